"""The rules against the ledger: who has met which demand, by how much, and why (达标).

Owns the tables ``exemption``, ``veto`` and ``reported_figure``. Reads people and entries as
the rooms below keep them; writes neither. What is stamped on the strength of a verdict is not its
business.
"""
