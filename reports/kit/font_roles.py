"""Which typefaces play which role, and who stands in for whom."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a font is for; the office names typefaces by these five."""

    SONG = "song"  # 宋体: lists, letters
    FANG = "fang"  # 仿宋: body of circulars
    KAI = "kai"  # 楷体: certificates
    HEI = "hei"  # 黑体: headings
    BIAOSONG = "biaosong"  # 小标宋: titles


ROLE_TITLES = {
    Role.SONG: "宋体",
    Role.FANG: "仿宋",
    Role.KAI: "楷体",
    Role.HEI: "黑体",
    Role.BIAOSONG: "小标宋",
}


class Wanted(NamedTuple):
    """A typeface that can play a role: its name and whether the bold cut is meant."""

    name: str
    bold: bool = False


PLAYERS: dict[Role, tuple[Wanted, ...]] = {
    Role.SONG: (
        Wanted("Noto Serif SC"),
        Wanted("SimSun"),
        Wanted("Source Han Serif SC"),
        Wanted("AR PL UMing CN"),
    ),
    Role.FANG: (
        Wanted("FangSong_GB2312"),
        Wanted("FangSong"),
        Wanted("STFangsong"),
        Wanted("FZFangSong-Z02"),
    ),
    Role.KAI: (
        Wanted("LXGW WenKai"),
        Wanted("KaiTi_GB2312"),
        Wanted("KaiTi"),
        Wanted("STKaiti"),
        Wanted("AR PL UKai CN"),
    ),
    Role.HEI: (
        Wanted("Noto Sans SC"),
        Wanted("SimHei"),
        Wanted("Microsoft YaHei"),
        Wanted("WenQuanYi Micro Hei"),
    ),
    Role.BIAOSONG: (
        Wanted("FZXiaoBiaoSong-B05S"),
        Wanted("FZXiaoBiaoSong-B05"),
        Wanted("方正小标宋简体"),
        Wanted("方正小标宋_GBK"),
        Wanted("Noto Serif SC", bold=True),
    ),
}
"""Who plays a role, the best first. 方正 and 仿宋_GB2312 are used where the computer has them."""

STAND_INS: dict[Role, tuple[Role, ...]] = {
    Role.SONG: (Role.KAI, Role.HEI),
    Role.FANG: (Role.KAI, Role.SONG, Role.HEI),
    Role.KAI: (Role.SONG, Role.HEI),
    Role.HEI: (Role.SONG, Role.KAI),
    Role.BIAOSONG: (Role.SONG, Role.KAI, Role.HEI),
}
"""Whose typefaces follow when a role has none, or none with the character."""

RARE = tuple(
    Wanted(name)
    for name in (
        "HanaMinB",
        "HanaMinA",
        "SimSun-ExtB",
        "SimSun-ExtG",
        "MingLiU-ExtB",
        "BabelStone Han",
        "Jigmo",
        "Jigmo2",
        "Jigmo3",
        "Droid Sans Fallback",
    )
)
"""Typefaces that serve only for characters the others lack."""
