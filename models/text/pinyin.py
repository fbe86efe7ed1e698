"""How names are read: full pinyin to sort by, initials to search by.

Characters of several readings are read as surnames in first place and as given names after it.
The dictionary is loaded when the first name is read, so that importing this module costs nothing.
"""

from __future__ import annotations

import importlib
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from models.text.names import MIDDLE_DOT
from models.text.surnames import COMPOUND_SURNAMES, GIVEN_NAMES, SURNAMES

if TYPE_CHECKING:  # a packager reads here that the library is needed
    import pypinyin

    _LIBRARY = pypinyin

_MANY = 12  # variants of the initials kept of one name


@dataclass(frozen=True, slots=True)
class Reading:
    """A name in Latin letters, small and without tones; ü is v.

    Attributes:
        full: the most likely reading in one word: "shanxue".
        initials: its first letters, then those of other readings of the same characters, apart
            by a blank: "sx dx cx". The first word is the likely one.
    """

    full: str
    initials: str


def read_name(name: str) -> Reading:
    """The reading of a cleaned name; characters nobody has a reading for are left out."""
    syllables = _syllables(name)
    letters = (tuple(dict.fromkeys(one[0] for one in choices)) for choices in syllables)
    words = ("".join(chosen) for chosen in product(*letters))
    initials = list(dict.fromkeys(word for word, _ in zip(words, range(_MANY), strict=False)))
    return Reading("".join(choices[0] for choices in syllables), " ".join(initials))


def _syllables(name: str) -> list[tuple[str, ...]]:
    """For each syllable (or western word) its readings, the likely one first."""
    surname = "" if MIDDLE_DOT in name else _surname_of(name)
    if len(surname) == 2:
        first = [(one,) for one in COMPOUND_SURNAMES[surname]]
    else:
        first = [SURNAMES[surname]] if surname else []
    return [*first, *_given(name[len(surname) :])]


def _surname_of(name: str) -> str:
    """The beginning of the name whose reading as a surname is its own; "" for none."""
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return name[:2]
    return name[:1] if name[:1] in SURNAMES else ""


def _given(text: str) -> list[tuple[str, ...]]:
    """The readings of characters that stand for themselves; western words stay words."""
    found: list[tuple[str, ...]] = []
    word = ""
    for char in f"{text} ":
        if char.isascii() and char.isalpha():
            word += char.casefold()
            continue
        if word:
            found.append((word,))
            word = ""
        choices = GIVEN_NAMES.get(char) or _dictionary_reading(char)
        if choices:
            found.append(choices)
    return found


@cache
def _dictionary_reading(char: str) -> tuple[str, ...]:
    """The first reading of the dictionary, its other ones being too rare in names to search by."""
    readings = _dictionary().get(ord(char), "")
    return (_plain(readings.split(",")[0]),) if readings else ()


def _plain(syllable: str) -> str:
    """A syllable without its tone, ü as v: lǚ becomes lv."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("ê", "e")
    return "".join(char for char in letters if char.isascii() and char.isalpha())


@cache
def _dictionary() -> Mapping[int, str]:
    # Names are read character by character: the phrases would double the time to load.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    found: Mapping[int, str] = importlib.import_module("pypinyin.pinyin_dict").pinyin_dict
    return found
