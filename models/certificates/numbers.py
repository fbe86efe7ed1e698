"""Certificate numbers by a template the office sets, such as ``{region}{year}{kind}{seq:05d}``.

Places one can name: ``region`` (six digits), ``year`` (of issue), ``kind`` (mark of the form) and
``seq``, the running number, which counts for itself wherever the rest of the number differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from string import Formatter

from models.errors import UserError

PLACES = {"region": "行政区划", "year": "年份", "kind": "证书种类", "seq": "顺序号"}
_WIDTH = re.compile(r"0?[1-9]?d?")
_SERIES_MARK = "*"


def check_rule(rule: str) -> None:
    """Refuse a template that cannot give unique numbers.

    Raises:
        UserError: broken braces, an unknown place, no running number or more than one.
    """
    try:
        parts = list(Formatter().parse(rule))
    except ValueError as error:
        raise _refused(rule, "大括号不成对") from error
    places = [place for _, place, _, _ in parts if place is not None]
    if unknown := [place for place in places if place not in PLACES]:
        raise _refused(rule, f"不认识 {{{unknown[0]}}}")
    if places.count("seq") != 1:
        raise _refused(rule, "要有且只有一个 {seq}")
    for _, place, width, conversion in parts:
        if conversion or (width and (place != "seq" or not _WIDTH.fullmatch(width))):
            raise _refused(rule, f"{{{place}:{width}}} 的写法不支持")


def series_of(rule: str, facts: Mapping[str, str]) -> str:
    """What all numbers of one series have in common, with ``*`` in place of the running number."""
    pieces: list[str] = []
    for text, place, _, _ in Formatter().parse(rule):
        pieces.append(text)
        if place is not None:
            pieces.append(_SERIES_MARK if place == "seq" else facts[place])
    return "".join(pieces)


def numbers(rule: str, facts: Mapping[str, str], last: int) -> Iterator[tuple[int, str]]:
    """Running number and full number of each next certificate of a series.

    Args:
        rule: a template that ``check_rule`` let pass.
        facts: place to text for all places but ``seq``.
        last: the highest running number given so far.
    """
    sequence = last
    while True:
        sequence += 1
        yield sequence, rule.format(**facts, seq=sequence)


def _refused(rule: str, why: str) -> UserError:
    return UserError(
        "certificate.rule",
        f"证书编号规则“{rule}”有误：{why}。",
        "可用 {region}、{year}、{kind}、{seq:05d}，如 {region}{year}{kind}{seq:05d}。",
    )
