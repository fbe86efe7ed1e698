"""Certificate numbers by a template the office sets, such as ``{region}{year}{kind}{seq:05d}``.

Places one can name: ``region`` (six digits), ``year`` (of issue), ``batch`` (期), ``kind`` (its
mark) and ``seq``, the running number, which counts for itself wherever the rest differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from models.errors import UserError
from models.text.number_rules import check_places, fill, places_in
from models.text.unreadable import UnreadableError

PLACES = {
    "region": "行政区划",
    "year": "年份",
    "batch": "期次",
    "kind": "证书种类",
    "seq": "顺序号",
}
_COUNTED = frozenset({"batch", "seq"})
_SERIES_MARK = "*"


def check_rule(rule: str) -> None:
    """Refuse a template that cannot give unique numbers.

    Raises:
        UserError: broken braces, an unknown place, no running number or more than one.
    """
    try:
        check_places(rule, PLACES, _COUNTED)
    except UnreadableError as error:
        raise _refused(rule, error.message) from error
    if places_in(rule).count("seq") != 1:
        raise _refused(rule, "要有且只有一个 {seq}")


def series_of(rule: str, facts: Mapping[str, str]) -> str:
    """What all numbers of one series have in common, with ``*`` in place of the running number."""
    return fill(rule, {**facts, "seq": _SERIES_MARK})


def numbers(rule: str, facts: Mapping[str, str], last: int) -> Iterator[tuple[int, str]]:
    """Running number and full number of each next certificate of a series.

    Args:
        rule: a template that ``check_rule`` let pass.
        facts: place to text for all places of the template but ``seq``.
        last: the highest running number given so far.
    """
    for sequence in count(last + 1):
        yield sequence, fill(rule, {**facts, "seq": str(sequence)})


def names_batch(rule: str) -> bool:
    """Whether the numbers of a template say the batch."""
    return "batch" in places_in(rule)


def _refused(rule: str, why: str) -> UserError:
    return UserError(
        "certificate.rule",
        f"证书编号规则“{rule}”有误：{why}。",
        "可用 {region}、{year}、{batch}、{kind}、{seq:05d}，如 {region}{year}{kind}{seq:05d}。",
    )
