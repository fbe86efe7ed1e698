"""Work away from the window's thread: the writer lane, the pool, and what pages are handed.

Knows no widget. Everything that touches the database for writing runs on the one lane.
"""
