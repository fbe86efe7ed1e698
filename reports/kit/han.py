"""The sets of Chinese characters that standards ask a system to show, and how far a font does.

GB 18030-2022, clause 9: level 1 is the characters of 4E00-9FEF, extension A and twelve of the
compatibility block; level 2 adds the 通用规范汉字表; level 3, which products for public services
must show, is all of the standard: extensions B to F as well.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from reports.kit.cmap import Charset
from resources import path

if TYPE_CHECKING:
    from collections.abc import Iterable

_BASIC = ((0x4E00, 0x9FEF), (0x3400, 0x4DB5))
_COMPATIBLE = (
    0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29,
)  # fmt: skip
_EXTENSIONS = (
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)


class HanSet(StrEnum):
    """A set a standard names."""

    GENERAL = "general"  # 通用规范汉字
    LEVEL_1 = "level_1"
    LEVEL_2 = "level_2"
    LEVEL_3 = "level_3"


HAN_TITLES = {
    HanSet.GENERAL: "通用规范汉字",
    HanSet.LEVEL_1: "GB 18030 级别 1",
    HanSet.LEVEL_2: "级别 2",
    HanSet.LEVEL_3: "级别 3",
}


@cache
def han(which: HanSet) -> Charset:
    """The characters of a set."""
    if which is HanSet.GENERAL:
        text = path("characters/general_standard.txt").read_text(encoding="utf-8")
        return Charset(_single(ord(char) for line in text.splitlines()[1:] for char in line))
    if which is HanSet.LEVEL_1:
        return Charset([*_BASIC, *_single(_COMPATIBLE)])
    if which is HanSet.LEVEL_2:
        return han(HanSet.LEVEL_1) | han(HanSet.GENERAL)
    return han(HanSet.LEVEL_1) | Charset(_EXTENSIONS)


def counted(known: Charset) -> dict[HanSet, int]:
    """How many characters of each set are known."""
    return {which: len(known & han(which)) for which in HanSet}


def _single(codes: Iterable[int]) -> list[tuple[int, int]]:
    return [(code, code) for code in codes]
