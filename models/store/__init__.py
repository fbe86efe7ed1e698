"""The office's one SQLite file: how it is opened, locked, upgraded, journalled, backed up.

This room owns the connection and the journal (the version store) and nothing of the office's own
affairs: it knows tables by their ``Tracked`` description only. It may not import any room above
it, and no other room may open the file or write past its operations.
"""
