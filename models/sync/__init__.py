"""Packages between the county's office and its schools: sealed, merged, acknowledged.

Owns the tables ``sync_*``. What lies on a stick tells a stranger nothing; what comes from a stick
is believed only as far as the roster of sites knows its signer.
"""
