"""Titles of official papers cut into lines by their meaning (GB/T 9704-2012, 7.3.1).

“回行时，要做到词意完整，排列对称，长短适宜，间距恰当”. A line never begins with 的 or a closing
mark, never parts a number, a year or what stands in brackets; the best places are behind the name
of the office, behind 的 and between the parts of a list.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise

from reports.kit.breaking import may_break

MARKED = re.compile(r"\s*(?:\n|//)\s*")
"""Where a person says where a line ends: a line end or two strokes."""

WEIGHED = 3
"""Up to so many lines every way of cutting is weighed; longer titles are cut where full."""

WHOLE = re.compile(
    r"《[^》]*》|“[^”]*”|（[^）]*）|〔[^〕]*〕|\d+(?:[—-]\d+)?(?:年度|年周期|年|月|日|号|%)?"
)
"""What is never parted."""

UNITS = re.compile(
    "继续教育|周期|教师培训|中小学|幼儿园|专任教师|骨干教师|教师|学校|培训|年度|情况|工作|通报|通知|完成|"
    "验印|达标|考核|办法|意见|方案|名单|结果|关于|开展|组织|举办|进行|全县|全市|全区|进修|教育局|实施"
)
"""Words of the office that a line end does not part."""

_BEHIND = {"的": 6, "、": 4, "和": 0, "与": 0, "暨": 3, "，": 5, "及": 0, "校": 2, "局": 2}
_BEFORE = {"关于": 9, "和": 3, "与": 3, "及": 3, "完成": 1, "情况": 1, "工作": 1}
_KINDS = ("通报", "通知", "报告", "意见", "办法", "方案", "公告", "决定", "请示", "函")


def cut_title(text: str, most: int) -> list[str]:
    """The lines of a title of at most ``most`` characters each.

    A title that holds line ends or ``//`` is cut there and nowhere else.
    """
    marked = [part for part in MARKED.split(text.strip()) if part]
    if len(marked) > 1:
        return marked
    title = "".join(marked)
    count = -(-len(title) // most)
    if count <= 1:
        return [title] if title else []
    places = _places(title)
    for lines in range(count, count + 2 if count <= WEIGHED else count):
        chosen = [
            cuts
            for cuts in combinations(places, lines - 1)
            if max(map(len, _pieces(title, cuts))) <= most
        ]
        if chosen:
            return _pieces(title, min(chosen, key=lambda cuts: _cost(title, cuts)))
    return [title[at : at + most] for at in range(0, len(title), most)]


def _places(title: str) -> list[int]:
    """Where a line may end."""
    parted = [found.span() for rule in (WHOLE, UNITS) for found in rule.finditer(title)]
    return [
        at
        for at in range(2, len(title) - 1)
        if may_break(title, at)
        and title[at] not in "的地得了"
        and not any(start < at < end for start, end in parted)
        and not (title[at - 1] == "的" and title[at:] in _KINDS)
    ]


def _pieces(title: str, cuts: tuple[int, ...]) -> list[str]:
    bounds = (0, *cuts, len(title))
    return [title[start:end] for start, end in pairwise(bounds)]


def _cost(title: str, cuts: tuple[int, ...]) -> tuple[float, int]:
    """Uneven lines cost, good places earn; the shape is that of a trapezium or a lozenge."""
    lengths = [len(one) for one in _pieces(title, cuts)]
    uneven = (max(lengths) - min(lengths)) * 0.8
    earned = sum(_worth(title, at) for at in cuts)
    return uneven - earned, cuts[0]


def _worth(title: str, at: int) -> float:
    before = max(
        (worth for word, worth in _BEFORE.items() if title.startswith(word, at)), default=0
    )
    return max(before, _BEHIND.get(title[at - 1], 0))
