"""Courses: who takes them, their scores, and the hours they bring."""
