"""Titles (骨干教师, 学科带头人, 名师 …): from the nomination to re-check and withdrawal."""
