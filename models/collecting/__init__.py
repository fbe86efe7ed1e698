"""Collecting from schools without the program: templates out, filled ones in, bad rows back."""
