"""Excel in: what schools and platforms send, read, checked, planned, agreed and applied.

Owns the tables ``import_batch`` and ``import_layout``. Writes teachers, institutions and ledger
entries only through the rooms that own them.
"""
