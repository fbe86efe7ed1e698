"""Workbooks made to be read or filled in by others: lists, import templates, uploads.

They go one way; what comes back is read by ``models.exchange``.
"""
