"""Courses, who took them with what result, and the ledger of hours and credits.

Owns the tables ``course``, ``enrolment`` and ``ledger_entry``. Ledger entries only ever add: a
correction is a reversal and a new entry.
"""
