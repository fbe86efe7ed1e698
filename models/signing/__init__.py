"""Signing keys of the office: made, backed up, rotated; signing and checking signatures.

Owns the tables ``signing_key`` and ``signing_key_end`` (public halves only). The private half never
enters the office's file, a log or a package in clear. Knows nothing of what is signed.
"""
