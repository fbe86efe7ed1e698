"""Everything of the office that survives if the window is removed; no Qt, no ReportLab.

The rooms stand on floors (docs/ARCHITECTURE.md): a room may use what lies below it, never what
lies above or beside it.
"""
