"""Free text as the office keeps it, and the key under which two spellings are one."""

from __future__ import annotations

import re
import unicodedata

from models.text.folding import fold_characters
from models.text.width import INVISIBLE, to_half, without_blanks

_SUSPECT = re.compile(f"[{INVISIBLE}\u2e80-\u2fdf\ue000-\ufaff]|_x000[0-9A-F]_|^ | $")
_ESCAPED_CONTROL = re.compile("_x000[0-9A-F]_")  # a control character as workbooks write it
_BREAK = re.compile("\r\n?|[\u0085\u2028\u2029\v\f]")
_ODD_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_DROPPED = re.compile(f"(?![\n\u3000])[{INVISIBLE}]")


def tidy(text: str) -> str:
    """``text`` with its characters folded and without invisible marks and blanks at the ends.

    Words, signs, line breaks and width stay as they were written, and the text may be long.
    """
    if not _SUSPECT.search(text):
        return text
    text = _BREAK.sub("\n", _ESCAPED_CONTROL.sub("", fold_characters(text)))
    return _DROPPED.sub("", _ODD_BLANK.sub(" ", text)).strip()


def key(text: str) -> str:
    """What two spellings share that differ in width, blanks, case or folded characters only.

    For looking things up, never for showing.
    """
    folded = without_blanks(to_half(fold_characters(text)))
    return unicodedata.normalize("NFC", folded).casefold()
