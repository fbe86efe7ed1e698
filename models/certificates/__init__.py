"""Certificates: their numbers, their issue, and what happened to each since.

Owns the tables ``certificate`` and ``certificate_event``. What was issued is never changed or
deleted; it is declared void by an event, and its number is never given again. Draws no paper: it
hands plain facts to the reports.
"""
