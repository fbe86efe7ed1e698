"""``usb enrol`` and ``usb join``: how a school comes to have its own file."""

from __future__ import annotations

import click

COMMANDS: tuple[click.Command, ...] = ()
