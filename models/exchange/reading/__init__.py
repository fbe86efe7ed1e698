"""Reading what was sent: any workbook, CSV or web table becomes rows of raw cells, safely.

Says what a file really is, refuses what is damaged, locked by a password or built to do harm,
finds the tables of the office's entities in it, and tells data rows from titles, totals and
signatures. Owns no table of the database and judges no value: that is cleaning's part.
"""
