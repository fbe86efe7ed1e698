"""Half and full width, and the blanks nobody sees."""

from __future__ import annotations

import re

_FULL = "".join(map(chr, range(0xFF01, 0xFF5F)))
_HALF = "".join(map(chr, range(0x21, 0x7F)))
_TO_HALF = str.maketrans(_FULL + "\u3000￠￡￢￣￤￥￦−", _HALF + " ¢£¬¯¦¥₩-")

# What Unicode calls a space or a control, the blank letters of Hangul and Braille, and the marks
# without width that travel with texts copied from chats and web pages.
INVISIBLE = (
    "\u0000-\u001f\u007f-\u00a0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180e"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_BLANKS = re.compile(f"[ {INVISIBLE}]+")


def to_half(text: str) -> str:
    """``text`` with full-width letters, digits and signs in half width."""
    return text.translate(_TO_HALF)


def without_blanks(text: str) -> str:
    """``text`` without blanks of any kind: spaces, line breaks, marks without width."""
    return _BLANKS.sub("", text)


def identifier(text: str) -> str:
    """``text`` as an identifier: half width, no blanks, none of Excel's leading apostrophes."""
    return without_blanks(to_half(text)).strip("'`‘’")
