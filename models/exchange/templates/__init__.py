"""Workbooks we hand out to be filled in: their columns, locks, lists, notes, and hidden mark."""
