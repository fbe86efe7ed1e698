"""The gap report: every blank and every number accounted for, or named."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from models.certificates.heirs import HEIR
from models.certificates.kinds import kinds
from models.certificates.serials import Stretch, cover, without
from models.certificates.stock import STEPS, Balance, balances, serials_of
from models.errors import UserError
from models.office.context import Office

_TOLD = 5
_BETWEEN = re.compile(r"[、，,；;]")
# The last event of a certificate says whether it is void now.
_VOID_SHEETS = """
SELECT e.stock, -SUM(e.count) AS void FROM stock_entry AS e
JOIN print_item AS i ON i.id = e.item_id
WHERE e.step = 'used' AND (SELECT l.event FROM certificate_event AS l
    WHERE l.certificate_id = i.certificate_id ORDER BY l.step DESC LIMIT 1) = 'void'
GROUP BY e.stock
"""
_MISBOOKED = """
SELECT r.stock, COUNT(*) AS count FROM print_item AS i JOIN print_run AS r ON r.id = i.run_id
WHERE r.medium = 'stock' AND i.outcome = 'printed' AND COALESCE((SELECT -SUM(e.count)
    FROM stock_entry AS e WHERE e.item_id = i.id AND e.step = 'used'), 0) <> 1
GROUP BY r.stock
"""
_SERIES = """
SELECT c.series, MIN(c.seq) AS first, MAX(c.seq) AS last, COUNT(*) AS given,
    COUNT(*) - COUNT(DISTINCT c.seq) AS doubles,
    COUNT(CASE WHEN s.event = 'void' THEN 1 END) AS void
FROM certificate AS c LEFT JOIN certificate_event AS s ON s.certificate_id = c.id
    AND s.step = (SELECT MAX(l.step) FROM certificate_event AS l WHERE l.certificate_id = c.id)
GROUP BY c.series ORDER BY c.series
"""
_VOID_NUMBERS = f"""
SELECT c.series, c.seq, c.number, s.reason, COALESCE({HEIR}, '') AS replaced_by
FROM certificate AS c JOIN certificate_event AS s ON s.certificate_id = c.id
    AND s.step = (SELECT MAX(l.step) FROM certificate_event AS l WHERE l.certificate_id = c.id)
WHERE s.event = 'void' ORDER BY c.series, c.seq
"""  # noqa: S608 - our own words
_MISSING = """
SELECT series, before + 1 AS first, seq - 1 AS last FROM (
    SELECT series, seq, LAG(seq) OVER (PARTITION BY series ORDER BY seq) AS before
    FROM certificate) WHERE seq > before + 1
ORDER BY series, first
"""
_DOUBLES = """
SELECT series, number, COUNT(*) AS times FROM certificate
GROUP BY number HAVING COUNT(*) > 1 ORDER BY series, number
"""


@dataclass(frozen=True, slots=True)
class StockReport:
    """One stock: received = valid + void + spoilt + lost + returned + left.

    Attributes:
        balance: its sums; ``balance.used`` is valid and void together.
        valid, void: printed sheets whose certificate is valid, or void now.
        counted: what was counted in the cupboard; None where nobody counted.
        differences: what does not add up, a sentence each.
        unaccounted: serials between those that went out, of which nothing is known.
    """

    balance: Balance
    valid: int
    void: int
    counted: int | None
    differences: tuple[str, ...]
    unaccounted: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """A number of a series that stands for no valid certificate.

    Attributes:
        number: as printed, or the running numbers where none was ever given.
        reason: why: declared void for a reason, issue undone, never given.
        replaced_by: the number that stands in its place; "" for none.
    """

    number: str
    reason: str
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The numbers of one series.

    Attributes:
        series: the number with ``*`` in place of the running number.
        first, last: lowest and highest running number.
        given, void: how many were given, and how many of them are void.
        holes: those void or never given, with reason.
        doubles: numbers given twice, such as by two offices' data brought together.
    """

    series: str
    first: int
    last: int
    given: int
    void: int
    holes: tuple[Hole, ...]
    doubles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapReport:
    """Every stock and every series of numbers."""

    stocks: tuple[StockReport, ...]
    series: tuple[Series, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing differs: every blank is accounted for, no number is double or lacking."""
        return not any(one.differences for one in self.stocks) and not any(
            one.doubles or any(not hole.reason for hole in one.holes) for one in self.series
        )


def gap_report(office: Office, counted: Mapping[str, int] | None = None) -> GapReport:
    """What became of all blanks and all numbers.

    Args:
        office: the office.
        counted: title of a stock to the blanks counted in the cupboard.

    Raises:
        UserError: something was counted that is no blank of the office.
    """
    known = counted or {}
    void = {row["stock"]: row["void"] for row in office.store.query(_VOID_SHEETS)}
    misbooked = {row["stock"]: row["count"] for row in office.store.query(_MISBOOKED)}
    stocks = {one.stock: one for one in balances(office)}
    _refuse_strange(known, {*stocks, *misbooked, *(one.stock for one in kinds().values())})
    for stock in (*known, *misbooked):
        stocks.setdefault(stock, Balance(stock))
    reports = (
        _stock(office, one, void.get(name, 0), known.get(name), misbooked.get(name, 0))
        for name, one in sorted(stocks.items())
    )
    return GapReport(tuple(reports), _series(office))


def read_counted(said: str) -> dict[str, int]:
    """What was counted as a person writes it: ``结业证书=120、荣誉证书=40``.

    Raises:
        UserError: a part that is no title and number.
    """
    found: dict[str, int] = {}
    for part in filter(None, (one.strip() for one in _BETWEEN.split(said))):
        title, _, count = part.rpartition("=")
        if not title or not count.strip().isdecimal():
            raise UserError("usage", f"“{part}”看不懂。", "请写成 名称=数量，如 结业证书=120。")
        found[title.strip()] = int(count)
    return found


def _refuse_strange(counted: Collection[str], known: Collection[str]) -> None:
    """Refuse a count of what is no blank: a slip of the pen would be a difference of hundreds."""
    strange = [one for one in counted if one not in known]
    if strange:
        raise UserError(
            "stock.unknown",
            f"没有“{'、'.join(strange)}”这种空白证书。",
            f"可用：{'、'.join(sorted(filter(None, known)))}。",
        )


def _stock(
    office: Office, balance: Balance, void: int, counted: int | None, misbooked: int
) -> StockReport:
    serials = serials_of(office, balance.stock)
    went = cover([part for step in STEPS if step != "received" for part in serials[step]])
    unaccounted = _passed_over(serials["received"], went)
    differences = (
        *_of_count(balance, counted, misbooked),
        *_of_serials(serials["received"], went, unaccounted),
    )
    valid = balance.used - void
    return StockReport(balance, valid, void, counted, differences, tuple(unaccounted))


def _of_count(balance: Balance, counted: int | None, misbooked: int) -> list[str]:
    found: list[str] = []
    if balance.left < 0:
        found.append(f"用去的比领入的多 {-balance.left} 份，应有领入没有登记")
    if misbooked:
        found.append(f"{misbooked} 份已印证书的空白出库登记缺少或重复")
    if counted is not None and counted != balance.left:
        gap = counted - balance.left
        word = "多" if gap > 0 else "少"
        found.append(f"账上应余 {balance.left} 份，实有 {counted} 份，{word} {abs(gap)} 份")
    return found


def _of_serials(
    received: list[Stretch], went: list[Stretch], unaccounted: list[Stretch]
) -> list[str]:
    doubles = [one for one in went if one.times > 1]
    twice = [one for one in received if one.times > 1]
    unknown = without(went, received) if received else []
    told = (
        (unaccounted, "被跳过，没有登记去向"),
        (doubles, "重复登记出库"),
        (twice, "重复登记领入"),
        (unknown, "没有登记领入就已出库"),
    )
    return [
        f"序列号 {_named(parts)} {words}（{sum(one.count for one in parts)} 份）"
        for parts, words in told
        if parts
    ]


def _named(parts: Sequence[Stretch]) -> str:
    """The first few, and how many stretches there are."""
    more = f"等 {len(parts)} 段" if len(parts) > _TOLD else ""
    return "、".join(one.text for one in parts[:_TOLD]) + more


def _passed_over(received: list[Stretch], went: list[Stretch]) -> list[Stretch]:
    """Serials that lie before one of the same delivery that went out."""
    left = without(received, went)
    return [
        part
        for part in left
        if any(
            box.first <= part.first <= box.last and part.first < gone.last <= box.last
            for box in received
            for gone in went
        )
    ]


def _series(office: Office) -> tuple[Series, ...]:
    holes: dict[str, list[Hole]] = {}
    for row in office.store.query(_VOID_NUMBERS):
        hole = Hole(row["number"], row["reason"], row["replaced_by"])
        holes.setdefault(row["series"], []).append(hole)
    for row in office.store.query(_MISSING):
        text = str(row["first"]) if row["first"] == row["last"] else f"{row['first']}—{row['last']}"
        holes.setdefault(row["series"], []).append(Hole(f"顺序号 {text}", ""))
    doubles: dict[str, list[str]] = {}
    for row in office.store.query(_DOUBLES):
        doubles.setdefault(row["series"], []).append(row["number"])
    return tuple(
        Series(
            row["series"],
            row["first"],
            row["last"],
            row["given"],
            row["void"],
            tuple(holes.get(row["series"], ())),
            tuple(doubles.get(row["series"], ())),
        )
        for row in office.store.query(_SERIES)
    )
