"""The year-end stamp (年度验印): who may be stamped, who is blocked and why, and what was stamped.

Owns the tables ``stamp_run`` and ``stamp_line``. What was stamped stays as it was that day; a later
correction of the ledger shows beside it and changes nothing in it. Judges nobody itself.
"""
