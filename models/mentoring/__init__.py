"""Mentoring pairs (带徒工程, 城乡对口帮扶): from the surveys to agreements, visits and results."""
