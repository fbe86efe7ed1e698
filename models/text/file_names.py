"""Texts as parts of file names that Windows takes."""

from __future__ import annotations

from pathlib import Path

_FORBIDDEN = dict.fromkeys([*map(ord, '\\/:*?"<>|'), *range(32)], " ")
_LONGEST = 80


def beside(path: Path, words: str) -> Path:
    """A file named after another one and some words, whatever characters they hold."""
    return path.with_stem(f"{path.stem}-{file_name_of(words)}")


def file_name_of(text: str) -> str:
    """The text with a blank for each character no file name may hold, not too long."""
    return text.translate(_FORBIDDEN)[:_LONGEST].strip(" .")
