"""Texts as parts of file names that Windows takes."""

from __future__ import annotations

_FORBIDDEN = dict.fromkeys([*map(ord, '\\/:*?"<>|'), *range(32)], " ")
_LONGEST = 80


def file_name_of(text: str) -> str:
    """The text with a blank for each character no file name may hold, not too long."""
    return text.translate(_FORBIDDEN)[:_LONGEST].strip(" .")
