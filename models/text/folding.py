"""Characters that only look like characters, folded to the real ones.

Text copied out of PDF papers holds radicals instead of characters; text of the GBK age holds codes
of the private use area; Korean systems hold compatibility ideographs. All three look right on the
screen and are found by no search.
"""

from __future__ import annotations

import re
import unicodedata

# Where NFKC gives the traditional or the Japanese shape, the register of a mainland office has the
# simplified one (《通用规范汉字表》, 2013): ⼾ is 户 and ⾭ is 青 there.
_MAINLAND = {
    **dict(zip("戶靑見貝車長門韋頁風飛馬魚鳥鹵", "户青见贝车长门韦页风飞马鱼鸟卤", strict=True)),
    **dict(zip("麥黃黽齊齒龍龜", "麦黄黾齐齿龙龟", strict=True)),
}

# CJK Radicals Supplement: those that are drawn exactly like a character of their own. The parts of
# characters that GBK itself encodes (⺁ ⺄ ⺈ ⺋ ⺌ ⺗ ⺧ ⺪ ⺮ ⺳ ⺶ ⺷ ⺻ ⻊) stay what they are.
_SUPPLEMENT = dict(
    zip(
        "⺂⺃⺅⺉⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺣⺤⺦⺨⺫⺬⺭⺯⺰⺱⺲⺹⺺⺼⺽⺾⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "乛乚亻刂兀尣尢巳幺彑彐忄扌攵旡日月歺母民氵灬爫丬犭罒示礻糹纟罓罒耂肀月臼艹虎衤覀西见角讠贝车辶阝钅长镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟",
        strict=True,
    )
)

# GBK cells that GB 18030-2000 left in the private use area and that later editions of Unicode and
# of GB 18030 (2005, 2022) filled; Python's codec still gives the private code for them.
_LATE = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE864: 0x9FBB,
    0xE78D: 0xFE10,
    0xE78E: 0xFE12,
    0xE78F: 0xFE11,
    0xE790: 0xFE13,
    0xE791: 0xFE14,
    0xE792: 0xFE15,
    0xE793: 0xFE16,
    0xE794: 0xFE17,
    0xE795: 0xFE18,
    0xE796: 0xFE19,
    0xE7C7: 0x1E3F,
}


def _kangxi() -> dict[int, int]:
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    return {code: ord(_MAINLAND.get(char, char)) for code, char in plain.items()}


def _private_use() -> dict[int, int]:
    """The private codes of GBK: those of cells FE50-FEA0 in order, then single ones."""
    trails = [trail for trail in range(0x50, 0xA1) if trail != 0x7F]
    cells = {
        0xE815 + place: ord(bytes((0xFE, trail)).decode("gb18030"))
        for place, trail in enumerate(trails)
    }
    cells |= {0xE7E7 + place: code for place, code in enumerate((0x303E, *range(0x2FF0, 0x2FFC)))}
    return cells | {0xE7C8: 0x01F9, 0xE76C: 0x20AC} | _LATE


def _compatibility() -> dict[int, int]:
    plain = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xF900, 0xFB00)}
    return {code: ord(char) for code, char in plain.items() if len(char) == 1}


_FOLDS: dict[int, int] = {
    **_kangxi(),
    **{ord(radical): ord(char) for radical, char in _SUPPLEMENT.items()},
    **_private_use(),
    **_compatibility(),
}
_FOLDABLE = re.compile("[\u2e80-\u2fdf\ue000-\uf8ff\uf900-\ufaff]")
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def fold_characters(text: str) -> str:
    """``text`` with radicals, GBK's private codes and compatibility ideographs made real.

    Rare characters stay what they are; so do private codes nobody has given a meaning.
    """
    return text.translate(_FOLDS) if _FOLDABLE.search(text) else text
