"""导入报告: what an import did and what was wrong, to file or to hand back to the sender."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.fonts import Role
from reports.kit.furniture import Margins, Output, Sheet
from reports.kit.paper import A4_LANDSCAPE, Pen
from reports.kit.setting import heading, paragraph
from reports.kit.table import CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.flow import Block
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row

HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
UNKNOWN = "〓"
"""The printers' geta mark: it stands for a character that no font has."""

PROBLEMS = (
    Column("序号", CellKind.SHORT),
    Column("工作表", CellKind.SHORT),
    Column("行", CellKind.NUMBER),
    Column("列", CellKind.SHORT),
    Column("原值"),
    Column("处理", CellKind.SHORT),
    Column("说明"),
)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem of the file.

    Attributes:
        sheet: its sheet, "" for files without sheets.
        row: the spreadsheet's own row as text, "" for the file as a whole.
        column: the header over the cell.
        value: the cell as text; the caller masks personal data.
        outcome: what was done: ``未导入``, ``已导入，请核对``, ``跳过``.
        message: the sentence.
    """

    sheet: str
    row: str
    column: str
    value: str
    outcome: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What the report says.

    Attributes:
        title: ``桦甸市第四中学教师花名册导入结果``.
        office: who imported.
        printed_at: the moment of printing.
        facts: label and text: file, sender, kind, time, operator.
        counts: label and number: data rows, new, changed, unchanged, refused.
        problems: in the order of the file; None where only their number is kept.
        note: what the sender is asked to do; "" for nothing.
    """

    title: str
    office: str
    printed_at: datetime
    facts: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    problems: tuple[ProblemLine, ...] | None
    note: str = ""


def build(
    report: ImportReport, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the report as a PDF.

    A character of the file that no font has is printed as ``〓``: the report quotes what others
    wrote, and must come out whatever that was.

    Raises:
        UserError: the file is already there.
    """
    sheet = Sheet(report.title, report.office, A4_LANDSCAPE, Margins(15, 15, 15, 17))
    blocks = list(_blocks(report, fonts, sheet.width))
    return furniture.write(
        Output(out, fonts, report.printed_at, progress, overwrite), sheet, blocks
    )


def _blocks(report: ImportReport, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(report.title, "", width)
    told = [(label, _printable(text, fonts)) for label, text in report.facts]
    told.append(("结果", "，".join(f"{label} {count}" for label, count in report.counts)))
    yield facts(told, fonts, width)
    if report.problems is not None:
        yield heading(f"问题（{len(report.problems)} 条）", HEADING)
    if report.problems:
        yield table(PROBLEMS, _rows(report.problems, fonts), fonts, width)
    elif report.problems is not None:
        yield paragraph("没有发现问题。", BODY, fonts, width)
    if report.note:
        yield heading("请核对" if report.problems is not None else "说明", HEADING)
        yield paragraph(report.note, BODY, fonts, width)


def _rows(problems: Sequence[ProblemLine], fonts: Fonts) -> list[Row]:
    return [
        tuple(
            _printable(text, fonts)
            for text in (
                str(number),
                line.sheet,
                line.row,
                line.column,
                line.value,
                line.outcome,
                line.message,
            )
        )
        for number, line in enumerate(problems, start=1)
    ]


def _printable(text: str, fonts: Fonts) -> str:
    for char in fonts.missing_characters([text]):
        text = text.replace(char, " " if char in "\n\r\t" else UNKNOWN)
    return text
