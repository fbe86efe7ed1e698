"""花名册: the list of teachers (or of anything) as it stands on the screen, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.fonts import no_glyphs
from reports.kit.furniture import CLOSE, Output, Sheet
from reports.kit.paper import A4, A4_LANDSCAPE
from reports.kit.table import CellKind, Column, Section, table

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row


NAME = CellKind.NAME


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster shows.

    Attributes:
        title: ``桦甸市第四中学教师花名册``.
        scope: one line of what it covers: filters, as-of date, number of people.
        office: who prints it.
        printed_at: the moment that stands on it.
        columns: from left to right; a running number is put before them.
        rows: cells as text in the order of the columns; a ``Section`` begins a group, within
            which numbers go on.
        landscape: whether the paper lies on its side.
    """

    title: str
    scope: str
    office: str
    printed_at: datetime
    columns: tuple[Column, ...]
    rows: tuple[Row | Section, ...]
    landscape: bool = True


def build(
    roster: Roster, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the roster as a PDF.

    Raises:
        UserError: characters no font has (all of them, with their rows), too many columns, or
            the file is already there.
    """
    output = Output(out, fonts, roster.printed_at, progress, overwrite)
    missing = fonts.missing(
        (_called(roster, number, row), row) for number, row in enumerate(_people(roster), start=1)
    )
    if missing:
        raise no_glyphs(missing)
    size = A4_LANDSCAPE if roster.landscape else A4
    sheet = Sheet(roster.title, roster.office, size, CLOSE)
    blocks = [
        furniture.title_block(roster.title, roster.scope, sheet.width),
        table(
            (Column("序号", CellKind.SHORT), *roster.columns),
            _numbered(roster),
            fonts,
            sheet.width,
        ),
    ]
    return furniture.write(output, sheet, blocks)


def _called(roster: Roster, number: int, row: Row) -> str:
    """Whom a row is about: the name in it, where it has one, and its number."""
    names = (cell for column, cell in zip(roster.columns, row, strict=True) if column.kind is NAME)
    name = next(names, "")
    return f"{name}，第{number}行" if name else f"第{number}行"


def _people(roster: Roster) -> list[Row]:
    return [row for row in roster.rows if not isinstance(row, Section)]


def _numbered(roster: Roster) -> list[Row | Section]:
    """The rows with their running numbers."""
    rows: list[Row | Section] = []
    number = 0
    for row in roster.rows:
        if isinstance(row, Section):
            rows.append(row)
            continue
        number += 1
        rows.append((str(number), *row))
    return rows
