"""空白证书收发存报表: every blank and every number accounted for, what differs named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.errors import UserError
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.sealing import Seal, sealed
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Section, Total, table
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from models.certificates.gaps import GapReport, Series, StockReport
    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line

TITLE = "空白证书收发存报表"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
STOCKS = (
    Column("空白证书"),
    Column("领入", CellKind.NUMBER),
    Column("有效证书用", CellKind.NUMBER),
    Column("作废证书用", CellKind.NUMBER),
    Column("损坏", CellKind.NUMBER),
    Column("丢失", CellKind.NUMBER),
    Column("退回", CellKind.NUMBER),
    Column("应余", CellKind.NUMBER),
    Column("实有", CellKind.NUMBER),
    Column("相符", CellKind.SHORT),
)
SERIES = (
    Column("编号"),
    Column("起止顺序号", CellKind.SHORT),
    Column("发出", CellKind.NUMBER),
    Column("有效", CellKind.NUMBER),
    Column("作废", CellKind.NUMBER),
    Column("缺号、重号", CellKind.SHORT),
)
HOLES = (Column("编号", CellKind.SHORT), Column("情况"), Column("由…代替", CellKind.SHORT))
NEVER = "没有发出过，原因不明"
DOUBLE = "重号，发出不止一本"


@dataclass(frozen=True, slots=True)
class BlankReport:
    """Who reports, when, what became of blanks and numbers, and what the report is called."""

    office: str
    printed_at: datetime
    found: GapReport
    title: str = TITLE


def build(
    report: BlankReport, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the report.

    Raises:
        UserError: there are neither blanks nor numbers; the file is there.
    """
    if not (report.found.stocks or report.found.series):
        raise UserError("stock.nothing", "没有空白证书，也没有发过证书。", "请先登记领入空白证书。")
    sheet = Sheet(report.title, report.office, A4, CLOSE)
    output = Output(out, fonts, report.printed_at, progress, overwrite)
    return furniture.write(output, sheet, list(_blocks(report, fonts, sheet.width)))


def stock_cells(one: StockReport) -> tuple[str | int | None, ...]:
    """A stock as a row of ``STOCKS``."""
    sums = one.balance
    return (
        sums.stock, sums.received, one.valid, one.void, sums.spoilt, sums.lost, sums.returned,
        sums.left, one.counted, "有差异" if one.differences else "相符",
    )  # fmt: skip


def series_cells(one: Series) -> tuple[str | int, ...]:
    """A series of numbers as a row of ``SERIES``."""
    wrong = len(one.doubles) + sum(not hole.reason for hole in one.holes)
    return (
        one.series, f"{one.first}—{one.last}", one.given, one.given - one.void, one.void,
        f"{wrong} 处" if wrong else "无",
    )  # fmt: skip


def hole_cells(one: Series) -> Iterator[tuple[str, str, str]]:
    """What stands for nothing in a series, and what stands twice, as rows of ``HOLES``."""
    for hole in one.holes:
        why = f"作废：{hole.reason}" if hole.reason else NEVER
        yield hole.number, why, hole.replaced_by
    for number in one.doubles:
        yield number, DOUBLE, ""


def _blocks(report: BlankReport, fonts: Fonts, width: float) -> Iterator[Block]:
    day = plain_date(report.printed_at.date().isoformat())
    yield furniture.title_block(report.title, f"截至 {day}", width)
    if report.found.stocks:
        yield heading("一、空白证书", HEADING)
        rows = [tuple(_text(cell) for cell in stock_cells(one)) for one in report.found.stocks]
        yield table(STOCKS, rows, fonts, width)
        yield from _differences(report, fonts, width)
    if report.found.series:
        yield heading("二、证书编号", HEADING)
        yield table(SERIES, list(_series(report)), fonts, width)
    holes = list(_holes(report))
    if holes:
        yield heading("三、作废、缺号和重号", HEADING)
        yield table(HOLES, holes, fonts, width)
    signs = Signatures(("保管人", "复核人", "负责人"), width)
    yield Block((Gap(4), signs), whole=True, bound=frozenset({1}))
    yield sealed(Seal(report.office, "以上经核对。"), width)


def _differences(report: BlankReport, fonts: Fonts, width: float) -> Iterator[Block]:
    words = "领入 ＝ 有效证书用 ＋ 作废证书用 ＋ 损坏 ＋ 丢失 ＋ 退回 ＋ 应余。"
    yield Block((Gap(2),))
    yield paragraph(words, BODY, fonts, width)
    for one in report.found.stocks:
        for difference in one.differences:
            yield paragraph(f"{one.balance.stock}：{difference}。", BODY, fonts, width)


def _series(report: BlankReport) -> Iterator[Line]:
    for one in report.found.series:
        yield tuple(_text(cell) for cell in series_cells(one))
    sums = [(one.given, one.given - one.void, one.void) for one in report.found.series]
    total = [str(sum(column)) for column in zip(*sums, strict=True)]
    yield Total(("合计", "", *total, ""))


def _holes(report: BlankReport) -> Iterator[Line]:
    for one in report.found.series:
        rows = list(hole_cells(one))
        if rows:
            yield Section(f"{one.series}（{len(rows)}）")
            yield from rows


def _text(cell: str | int | None) -> str:
    return "" if cell is None else str(cell)
