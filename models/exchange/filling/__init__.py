"""Filling in a workbook that somebody else owns: rows go in, all else stays as it is."""
