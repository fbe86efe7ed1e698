"""Schools and teachers: who belongs where, since when, and what they are.

Owns the tables ``institution``, ``institution_alias``, ``teacher``, ``teacher_period`` and
``teacher_photo``. Knows nothing of trainings, hours or papers.
"""
