"""Certificate numbers by a template the office sets, such as ``{region}{year}{kind}{seq:05d}``.

Places one can name: ``region`` (six digits), ``year`` (of issue), ``batch`` (期), ``kind`` (its
mark) and ``seq``, the running number, which counts for itself wherever the rest differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from string import Formatter

from models.errors import UserError

PLACES = {
    "region": "行政区划",
    "year": "年份",
    "batch": "期次",
    "kind": "证书种类",
    "seq": "顺序号",
}
_COUNTED = frozenset({"batch", "seq"})
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
        if conversion or (width and (place not in _COUNTED or not _WIDTH.fullmatch(width))):
            raise _refused(rule, f"{{{place}:{width}}} 的写法不支持")


def series_of(rule: str, facts: Mapping[str, str]) -> str:
    """What all numbers of one series have in common, with ``*`` in place of the running number."""
    return _filled(rule, {**facts, "seq": _SERIES_MARK})


def numbers(rule: str, facts: Mapping[str, str], last: int) -> Iterator[tuple[int, str]]:
    """Running number and full number of each next certificate of a series.

    Args:
        rule: a template that ``check_rule`` let pass.
        facts: place to text for all places of the template but ``seq``.
        last: the highest running number given so far.
    """
    for sequence in count(last + 1):
        yield sequence, _filled(rule, {**facts, "seq": str(sequence)})


def names_batch(rule: str) -> bool:
    """Whether the numbers of a template say the batch."""
    return any(place == "batch" for _, place, _, _ in Formatter().parse(rule))


def _filled(rule: str, texts: Mapping[str, str]) -> str:
    """The template with its places filled; a width counts for digits only."""
    pieces: list[str] = []
    for words, place, width, _ in Formatter().parse(rule):
        pieces.append(words)
        if place is not None:
            text = texts[place]
            pieces.append(format(int(text), width or "") if text.isdecimal() and width else text)
    return "".join(pieces)


def _refused(rule: str, why: str) -> UserError:
    return UserError(
        "certificate.rule",
        f"证书编号规则“{rule}”有误：{why}。",
        "可用 {region}、{year}、{batch}、{kind}、{seq:05d}，如 {region}{year}{kind}{seq:05d}。",
    )
