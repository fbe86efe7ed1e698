"""证书发放（交接）清单: which certificates go to which school, counted, to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4
from reports.kit.sealing import Seal, sealed
from reports.kit.setting import Signatures
from reports.kit.table import CellKind, Column, Total, facts, table
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built

NO_SCHOOL = "（未填学校）"
TITLE = "证书发放（交接）清单"
SUMMARY = "证书发放（交接）汇总"
SIGN_HIGH = 8.5
"""Millimetres of a row that somebody signs in."""
_SIGN = "　" * 5
SCHOOLS = (
    Column("序号", CellKind.SHORT),
    Column("学校"),
    Column("数量", CellKind.NUMBER),
    Column("编号起止"),
    Column("领取人签字"),
    Column("日期", CellKind.SHORT),
)
HOLDERS = (
    Column("序号", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("证书编号", CellKind.SHORT),
    Column("备注", CellKind.SHORT),
    Column("本人签字"),
    Column("日期", CellKind.SHORT),
)


@dataclass(frozen=True, slots=True)
class Handed:
    """One certificate: holder, number, the number as series and place in it, a remark."""

    name: str
    number: str
    series: str
    seq: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SchoolHandOver:
    """One school's certificates, in the order they lie in the pile."""

    school: str
    holders: tuple[Handed, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """What the list says.

    Attributes:
        title: of the batch.
        office, printed_at: who hands over and when it was printed.
        unit: what one counts: 本, 张.
        schools: in the order of handing out.
    """

    title: str
    office: str
    printed_at: datetime
    unit: str
    schools: tuple[SchoolHandOver, ...]

    @property
    def count(self) -> int:
        """How many certificates."""
        return sum(len(one.holders) for one in self.schools)


def build(
    listed: HandOver, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the list: a summary of all schools, then each school from a new page.

    Raises:
        UserError: nothing to hand over; characters no font has; the file is there.
    """
    if not listed.schools:
        raise UserError("printing.nothing", "没有要发放的证书。", "请先打印证书。")
    missing = fonts.missing(
        (holder.name, (holder.name, holder.number, one.school))
        for one in listed.schools
        for holder in one.holders
    )
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(f"{listed.title}{TITLE}", listed.office, A4, CLOSE)

    def parts() -> Iterator[Part]:
        yield Part("汇总", list(_summary(listed, fonts, sheet.width)))
        for one in listed.schools:
            yield Part(one.school or NO_SCHOOL, list(_school(listed, one, fonts, sheet.width)))

    output = Output(out, fonts, listed.printed_at, progress, overwrite)
    return furniture.write_parts(output, sheet, parts(), len(listed.schools) + 1)


def ranges(holders: Sequence[Handed]) -> list[str]:
    """The numbers as ranges: what runs on within a series is said by its ends."""
    ordered = sorted(holders, key=lambda one: (one.series, one.seq, one.number))
    found: list[list[Handed]] = []
    for one in ordered:
        before = found[-1][-1] if found else None
        if before and before.series == one.series and one.seq == before.seq + 1:
            found[-1].append(one)
        else:
            found.append([one])
    return [
        one[0].number if len(one) == 1 else f"{one[0].number}—{one[-1].number}" for one in found
    ]


def _summary(listed: HandOver, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(SUMMARY, listed.title, width)
    rows = [
        (
            str(number),
            one.school or NO_SCHOOL,
            str(len(one.holders)),
            "、".join(ranges(one.holders)),
            _SIGN,
            _SIGN,
        )
        for number, one in enumerate(listed.schools, start=1)
    ]
    total = Total(("", f"合计 {len(rows)} 所", str(listed.count), "", "", ""))
    yield table(SCHOOLS, [*rows, total], fonts, width, least=SIGN_HIGH)
    yield from _end(listed, f"以上证书共 {listed.count} {listed.unit}，交接清楚。", width)


def _school(listed: HandOver, one: SchoolHandOver, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(TITLE, one.school or NO_SCHOOL, width)
    count = f"{len(one.holders)} {listed.unit}"
    numbers = "、".join(ranges(one.holders))
    printed = plain_date(listed.printed_at.date().isoformat())
    yield facts(
        [("批次", listed.title), ("数量", count), ("编号起止", numbers), ("制表日期", printed)],
        fonts,
        width,
    )
    yield Block((Gap(3),))
    rows = [
        (str(number), holder.name, holder.number, holder.note, _SIGN * 2, _SIGN)
        for number, holder in enumerate(one.holders, start=1)
    ]
    yield table(HOLDERS, rows, fonts, width, least=SIGN_HIGH)
    yield from _end(listed, f"以上证书共 {count}，已当面点清。", width)


def _end(listed: HandOver, words: str, width: float) -> Iterator[Block]:
    signs = Signatures(("发放人", "领取人", "学校负责人"), width)
    yield Block((Gap(3), signs), whole=True, bound=frozenset({1}))
    yield sealed(Seal(listed.office, words), width)
