"""Signing keys of the office: made, backed up, rotated; signing and checking signatures.

Owns the table ``signing_key`` (public halves only). The private half never enters the office's
file, a log or a package in clear. Knows nothing of what is signed.
"""
