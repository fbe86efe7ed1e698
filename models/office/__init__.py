"""What this office is: its name, region and level, its settings, its own code entries.

Owns the tables ``setting`` and ``code_entry``. Every room above takes the ``Office`` it makes.
"""
