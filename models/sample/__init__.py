"""A generated county with some years' work in it, to try the program out and to measure it.

Believable and wholly invented; the same seed gives the same rows. Owns no table: it goes through
the use cases of the rooms, marks the file as sample data, and can take everything away again.
"""
