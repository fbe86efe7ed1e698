"""Exams of a sample: the frozen frame of people, the public draw, and its record.

Owns the tables ``exam``, ``exam_frame``, ``exam_draw`` and ``exam_pick``. A frozen frame and a
draw are never changed or deleted; a further attempt stands beside the earlier ones.
"""
