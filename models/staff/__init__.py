"""Schools and teachers: who belongs where, since when, and what they are.

Owns the tables ``institution``, ``institution_alias``, ``teacher``, ``teacher_period``,
``teacher_photo`` and ``glyph_image``. Knows nothing of trainings, hours or papers.
"""
