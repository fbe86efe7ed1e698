"""``demo OUTDIR``: a generated county with a year's data."""

from __future__ import annotations

COMMANDS = ()
