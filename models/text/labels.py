"""Labels compared as a person reads them: header words, names of schools, sheet names."""

from __future__ import annotations

import re
import unicodedata

from models.text.folding import fold_characters

_NOISE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00a0\u3000]+")


def tidy_label(text: str) -> str:
    """The label without blanks and invisible characters, in half-width forms, lower case.

    Two labels that look alike to a person give the same text: ``"姓　名"`` and ``"姓名"``,
    ``"（必填）"`` and ``"(必填)"``.
    """
    return _NOISE.sub("", unicodedata.normalize("NFKC", fold_characters(text))).casefold()
