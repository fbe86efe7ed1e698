"""Names of persons: cleaned as the register writes them, padded as papers show them."""

from __future__ import annotations

import re
import unicodedata

from models.text.folding import PRIVATE_USE, fold_characters
from models.text.width import INVISIBLE, to_half

MIDDLE_DOT = "\u00b7"

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\ufa0e-\ufa29\U00020000-\U0003ffff"
_PLAIN = re.compile("[\u4e00-\u9fff]+")
_BLANKS = re.compile(f"[\\s{INVISIBLE}]+")
_BLANK_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
# Every dot found between the parts of a name; a full stop only counts beside a Chinese character,
# so that "John R. Smith" keeps his.
_DOTS = re.compile(
    " *[\u00b7\u0387\u16eb\u2022\u2024\u2027\u2219\u22c5\u25cf\u2e31\u2e33\u30fb\u318d\ua78f\uff65"
    "\U00010101]+ *"
)
_STOP_BESIDE_HAN = re.compile(f"(?<=[{_HAN}])[.\ufe52]+(?=[A-Za-z{_HAN}])|[.\ufe52]+(?=[{_HAN}])")
_USUAL = re.compile(f"[{_HAN}A-Za-z\u00c0-\u024f\u0400-\u04ff\uac00-\ud7a3 {MIDDLE_DOT}.'’-]+")


def without_blanks_beside_han(text: str) -> str:
    """``text`` without blanks but the single ones inside western words."""
    return _BLANK_BESIDE_HAN.sub("", _BLANKS.sub(" ", text).strip())


def clean_name(text: str) -> str:
    """The name as the register writes it; "" where ``text`` holds no name.

    Blanks of any kind disappear from Chinese names and stay single in western ones; every middle
    dot becomes U+00B7; radicals and private codes become characters; rare characters stay.
    """
    if _PLAIN.fullmatch(text):
        return text
    name = _without_marks(to_half(fold_characters(text)))
    name = without_blanks_beside_han(name)
    name = _STOP_BESIDE_HAN.sub(MIDDLE_DOT, _DOTS.sub(MIDDLE_DOT, name))
    return unicodedata.normalize("NFC", name).strip(" '‘`")


def _without_marks(text: str) -> str:
    """``text`` without the marks that have no width; blanks with a width stay."""
    return "".join(char for char in text if char.isspace() or unicodedata.category(char) != "Cf")


def odd_characters(name: str) -> str:
    """The characters of a cleaned ``name`` that names do not have: digits, brackets, lost ones."""
    return "".join(dict.fromkeys(_USUAL.sub("", name)))


def has_private_characters(name: str) -> bool:
    """Whether ``name`` holds a character that only its maker's computer can show (造字)."""
    return PRIVATE_USE.search(name) is not None


def pad_name(name: str, blank: str = "\u3000") -> str:
    """A name of two characters with ``blank`` between them, as papers align names; others as is."""
    return f"{name[0]}{blank}{name[1]}" if len(name) == 2 and _PLAIN_PAIR.fullmatch(name) else name


_PLAIN_PAIR = re.compile(f"[{_HAN}]{{2}}")
