"""Packages between a county's office and its schools: what goes to whom, in which form, and back.

The room knows every room below it by its tables only. Merging itself is the store's work.
"""
