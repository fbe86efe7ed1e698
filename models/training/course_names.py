"""When two course titles are the same title, and when they only look alike.

One book has come under three titles in one county plan. Spellings that differ in width, blanks,
brackets or quotation marks are one title; anything more is proposed to a person, never merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process

from models.text.labels import tidy_label

_MARKS = re.compile(r"[\W_]+")
_ALIKE = 80


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """What two spellings of one title have in common: letters and digits alone, half width."""
    return _MARKS.sub("", tidy_label(title)) or tidy_label(title)


def alike(title: str, others: Iterable[str], limit: int = 3) -> list[str]:
    """The other titles that may mean the same book, most alike first; equal keys left out."""
    key = title_key(title)
    keys = {other: title_key(other) for other in others}
    choices = {other: found for other, found in keys.items() if found != key}
    near = process.extract(key, choices, scorer=fuzz.ratio, limit=limit, score_cutoff=_ALIKE)
    return [other for _, _, other in near]
