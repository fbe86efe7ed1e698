"""Rows written into a sheet of an empty workbook; no other part of the file is touched.

openpyxl would lose what it does not know (lists that refer to another sheet, as Excel has written
them since 2010, shapes, custom parts), so only the rows' element of the one worksheet part is made
anew, in the styles that stand in it. Equal rows in an equal workbook give equal bytes.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from models.errors import UserError
from models.exchange.filling.sheet_rows import (
    TemplateCell,
    TemplateRow,
    TemplateSheet,
    read_rows,
)
from models.exchange.reading.limits import UNPACKED, Budget, Refusal
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import column_letter
from models.exchange.reading.xml_events import XmlReader
from models.progress import Progress

Cell = str | int | Decimal | None
LONGEST_TEXT = 32_767
_WHOLE_DIGITS = 10**15
_CHUNK = 500
_DIMENSION = re.compile(r"(<(?:\w+:)?dimension\b[^<>]*\bref=\")[^\"]*(\")")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^[ \t\n]|[ \t\n]$")
"""Texts that are not written as they are."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("_(x[0-9A-Fa-f]{4}_)")
_BLANK_ENDS = re.compile(r"^[ \t\n]|[ \t\n]$")


@dataclass(frozen=True, slots=True)
class Filling:
    """What goes where.

    Attributes:
        sheet: the sheet's name.
        first_row: the number of the first row of data.
        columns: the index from 0 of each value's column.
        rows: the values: text, whole numbers, decimals, or None for an empty cell.
        last_row: the last row of the space for data; 0 where nothing follows below.
    """

    sheet: str
    first_row: int
    columns: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    last_row: int = 0


def fill_book(book: bytes, filling: Filling, progress: Progress | None = None) -> bytes:
    """The workbook with the rows in it.

    Raises:
        UserError: it is no .xlsx workbook, has no such sheet, a column is computed there, or the
            rows do not fit.
        CancelledByUser: the person asked to stop.
    """
    _check_space(filling)
    try:
        part, text = sheet_text(book, filling.sheet)
    except Refusal as refusal:
        raise UserError(
            "upload.book", f"上级的空表{refusal.reason}", refusal.hint or "请重新索取空表。"
        ) from refusal
    filled = _filled(text, filling, progress or Progress())
    return _replaced(book, part, filled.encode())


def _check_space(filling: Filling) -> None:
    space = filling.last_row - filling.first_row + 1
    if filling.last_row and len(filling.rows) > space:
        raise UserError(
            "upload.no_space",
            f"“{filling.sheet}”里只有 {space} 行可填，要填 {len(filling.rows)} 行。",
            "请分成几份，或核对 last_row。",
        )


@dataclass(slots=True)
class _Names:
    """Collects sheet names with their relation, and relations with their parts."""

    sheets: dict[str, str] = field(default_factory=dict[str, str])
    targets: dict[str, str] = field(default_factory=dict[str, str])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self.sheets[attributes.get("name", "")] = attributes.get("id", "")
        elif name == "Relationship" and attributes.get("TargetMode") != "External":
            self.targets[attributes.get("Id", "")] = attributes.get("Target", "")


def sheet_text(book: bytes, sheet: str) -> tuple[str, str]:
    """The name of the sheet's part and its text.

    Raises:
        Refusal: it is no .xlsx workbook.
        UserError: it has no such sheet.
    """
    parcel = Parcel(io.BytesIO(book), Budget())
    names = _Names()
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        XmlReader(names.start, lambda _: None).read([parcel.read(part, UNPACKED)])
    if sheet not in names.sheets:
        there = "、".join(names.sheets)
        raise UserError(
            "upload.no_sheet",
            f"上级的空表里没有工作表“{sheet}”，有：{there}。",
            "请核对上报表的 sheet，或重新选择空表。",
        )
    target = names.targets.get(names.sheets[sheet], "")
    part = posixpath.normpath(posixpath.join("xl", target)) if target[:1] != "/" else target[1:]
    data = parcel.read(part, UNPACKED)
    XmlReader(lambda _n, _a: None, lambda _n: None).read([data])  # well-formed, and no DOCTYPE
    return part, data.decode("utf-8-sig")


def _filled(text: str, filling: Filling, progress: Progress) -> str:
    sheet = read_rows(text)
    if sheet is None:
        raise UserError(
            "upload.no_sheet", f"“{filling.sheet}”不是填数据的工作表。", "请换一张工作表。"
        )
    _refuse_formulas(sheet, filling)
    rows = "".join(_rows(sheet, filling, progress))
    mark = sheet.mark
    last = max([*sheet.rows, filling.first_row + len(filling.rows) - 1, 1])
    wide = max([*filling.columns, *(max(row.cells, default=0) for row in sheet.rows.values())])
    before = _DIMENSION.sub(rf"\g<1>A1:{column_letter(wide)}{last}\g<2>", sheet.before, count=1)
    return f"{before}<{mark}sheetData>{rows}</{mark}sheetData>{sheet.after}"


def _refuse_formulas(sheet: TemplateSheet, filling: Filling) -> None:
    """A cell that the authority computes is not ours to fill."""
    last = filling.last_row or max([*sheet.rows, filling.first_row])
    for number, row in sheet.rows.items():
        if filling.first_row <= number <= last:
            for column in filling.columns:
                if column in row.cells and row.cells[column].computed:
                    raise UserError(
                        "upload.formula",
                        f"空表“{filling.sheet}”的 {column_letter(column)}{number} 是公式，不能填。",
                        "请把这一栏从上报表中去掉，由公式自己算。",
                    )


def _rows(sheet: TemplateSheet, filling: Filling, progress: Progress) -> Iterator[str]:
    """Every row of the sheet as text: those above, those filled, those below."""
    first = filling.first_row
    behind = first + len(filling.rows)
    for number, row in sheet.rows.items():
        if number < first:
            yield _row(sheet.mark, number, row, ())
    pattern = _pattern(sheet, first)
    for place, values in enumerate(filling.rows):
        number = first + place
        row = sheet.rows.get(number, pattern)
        yield _row(sheet.mark, number, row, zip(filling.columns, values, strict=True), pattern)
        if place % _CHUNK == 0:
            progress.step(place, len(filling.rows), "正在填写上报表")
    last = filling.last_row or max([*sheet.rows, behind])
    for number, row in sheet.rows.items():
        if number >= behind:
            ours = [(column, None) for column in filling.columns if column in row.cells]
            yield _row(sheet.mark, number, row, ours if number <= last else ())


def _pattern(sheet: TemplateSheet, first: int) -> TemplateRow:
    """How a row looks that the workbook does not have yet: as its first row of data, but empty."""
    found = sheet.rows.get(first, TemplateRow("", {}))
    styled = {
        column: TemplateCell(cell.style, "", "")
        for column, cell in found.cells.items()
        if cell.style
    }
    return TemplateRow(found.attributes, styled)


def _row(
    mark: str,
    number: int,
    row: TemplateRow,
    ours: Iterable[tuple[int, Cell]],
    pattern: TemplateRow | None = None,
) -> str:
    """One row: the cells of the workbook as they are, ours over them in their style."""
    cells: dict[int, str] = {}
    for column, value in ours:
        known = row.cells.get(column) or (pattern.cells.get(column) if pattern else None)
        style = f' s="{known.style}"' if known is not None and known.style else ""
        cells[column] = _cell(mark, f"{column_letter(column)}{number}", style, value)
    for column, cell in row.cells.items():
        if column not in cells:
            place = f"{column_letter(column)}{number}"
            cells[column] = cell.text or f'<{mark}c r="{place}" s="{cell.style}"/>'
    inner = "".join(cells[column] for column in sorted(cells))
    return f'<{mark}row r="{number}"{row.attributes}>{inner}</{mark}row>'


def _cell(mark: str, place: str, style: str, value: Cell) -> str:
    if value is None or value == "":
        return f'<{mark}c r="{place}"{style}/>'
    if not isinstance(value, str):
        digits = str(value) if isinstance(value, int) else f"{value:f}"
        if -_WHOLE_DIGITS < value < _WHOLE_DIGITS:
            return f'<{mark}c r="{place}"{style}><{mark}v>{digits}</{mark}v></{mark}c>'
        value = digits
    if len(value) > LONGEST_TEXT:
        raise UserError(
            "upload.text_too_long",
            f"{place} 的内容有 {len(value)} 个字，超过一格的上限 {LONGEST_TEXT}。",
            "请先缩短该处内容。",
        )
    if not _SPECIAL.search(value):
        text = f"<{mark}is><{mark}t>{value}</{mark}t></{mark}is>"
        return f'<{mark}c r="{place}"{style} t="inlineStr">{text}</{mark}c>'
    said = _FORBIDDEN.sub(
        lambda found: f"_x{ord(found[0]):04X}_", _ESCAPED.sub(r"_x005F_\1", value)
    )
    kept = ' xml:space="preserve"' if _BLANK_ENDS.search(said) else ""
    text = f"<{mark}is><{mark}t{kept}>{escape(said)}</{mark}t></{mark}is>"
    return f'<{mark}c r="{place}"{style} t="inlineStr">{text}</{mark}c>'


def _replaced(book: bytes, part: str, data: bytes) -> bytes:
    """The archive with another content of one part; order, names and times stay."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            mine = info.filename.replace("\\", "/").casefold() == part.casefold()
            content = data if mine else source.read(info)
            target.writestr(copy(info), content, ZIP_DEFLATED, compresslevel=6)
    return out.getvalue()
