"""Certificates: issuing, printing, voiding."""
