"""A school's template as a workbook: its rows in a locked sheet, lists, notes and the mark.

The same columns, rows and mark always give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from models.exchange.error_workbook import REASONS
from models.exchange.filling.blank_book import MADE
from models.exchange.reading.sheets import column_letter
from models.exchange.templates.asking import (
    AS_NUMBER,
    NOTE_TITLES,
    NOTE_WIDTHS,
    NOTES_SHEET,
    Asked,
    note_height,
)
from models.exchange.templates.mark import MARK_SHEET, SchoolMark

HEAD = 1
"""The index of the row with the titles; above it stands the school's name."""
_SPARE = 2000
LISTS_SHEET = "选项"
_REASON_WIDTH = 60
_FONT = {"font_name": "宋体", "font_size": 11}
_BORDER = {"border": 1, "border_color": "#C3C9D1", "valign": "vcenter"}
_LOOKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "head": {**_BORDER, "bold": True, "bg_color": "#E3EBF6", "text_wrap": True, "align": "center"},
    "needed": {**_BORDER, "bold": True, "bg_color": "#FBE5D6", "text_wrap": True,
               "align": "center"},
    "text": {**_BORDER, "num_format": "@", "locked": False},
    "number": {**_BORDER, "num_format": "General", "locked": False},
    "kept": {**_BORDER, "num_format": "@", "font_color": "#5F6670", "bg_color": "#F4F5F7"},
    "wrong": {**_BORDER, "num_format": "@", "bg_color": "#FCE8E6", "locked": False},
    "reason": {**_BORDER, "text_wrap": True, "font_color": "#A8071A"},
    "note": {**_BORDER, "text_wrap": True},
    "plain": {"text_wrap": True, "valign": "vcenter"},
}  # fmt: skip
_ALLOWED = dict.fromkeys(
    ("format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row that stands in the template.

    Attributes:
        cells: text by field.
        kept: fields whose cell is locked.
        reasons: field ("" for the row) to why the row came back.
    """

    cells: Mapping[str, str]
    kept: frozenset[str] = frozenset()
    reasons: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet to fill in: its name, the line above its titles, its columns and rows."""

    title: str
    heading: str
    asked: Sequence[Asked]
    rows: Sequence[BookRow]


def school_book(sheets: Sequence[BookSheet], lines: Sequence[str], mark: SchoolMark) -> bytes:
    """The bytes of the workbook.

    Args:
        sheets: what to fill in.
        lines: how to go about it, for the notes.
        mark: what it says of itself, hidden.
    """
    out = io.BytesIO()
    book: Any = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
              "strings_to_numbers": False, "default_format_properties": {**_FONT}}
    )  # fmt: skip
    book.set_properties({"created": MADE, "title": mark.school, "author": mark.office})
    styles = {name: book.add_format({**_FONT, **look}) for name, look in _LOOKS.items()}
    pages = [book.add_worksheet(one.title[:31]) for one in sheets]
    notes: Any = book.add_worksheet(NOTES_SHEET)
    lists = _Lists(book)
    for page, one in zip(pages, sheets, strict=True):
        _fill(page, one, styles, lists)
    _fill_notes(notes, sheets, lines, styles)
    lists.write()
    hidden: Any = book.add_worksheet(MARK_SHEET)
    for row, pair in enumerate(mark.pairs()):
        hidden.write_row(row, 0, pair)
    hidden.very_hidden()
    for name, formula in mark.defined_names():
        book.define_name(name, formula)
    book.close()
    return out.getvalue()


class _Lists:
    """The choices of all drop-downs, each list once, on a sheet that no click can show."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._book = book
        self._known: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        """The reference of a list."""
        letter = column_letter(self._known.setdefault(choices, len(self._known)))
        return f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(choices)}"

    def write(self) -> None:
        """Make the sheet, if there is any list."""
        if self._known:
            page = self._book.add_worksheet(LISTS_SHEET)
            for choices, at in self._known.items():
                page.write_column(0, at, choices)
            page.very_hidden()


def _fill(page: Any, sheet: BookSheet, styles: Mapping[str, Any], lists: _Lists) -> None:  # noqa: ANN401
    """The heading, the titles, the rows, the rules of the cells, the lock."""
    back = any(one.reasons for one in sheet.rows)
    page.set_row(0, 26, styles["title"])
    page.write_string(0, 0, sheet.heading, styles["title"])
    page.set_row(HEAD, 30, styles["plain"])
    for at, one in enumerate(sheet.asked):
        wide = max(one.column.width, len(one.column.title) + 1) * 2 + 1.5
        page.set_column(at, at, wide, styles[_look(one)])
        head = "needed" if one.column.required else "head"
        page.write_string(HEAD, at, one.column.title, styles[head])
        _add_rule(page, at, one, lists)
    if back:
        page.set_column(len(sheet.asked), len(sheet.asked), _REASON_WIDTH, styles["reason"])
        page.write_string(HEAD, len(sheet.asked), REASONS, styles["head"])
    for number, row in enumerate(sheet.rows, HEAD + 1):
        _write_row(page, number, sheet.asked, row, styles)
    last = column_letter(len(sheet.asked))
    page.ignore_errors({"number_stored_as_text": f"A1:{last}{_SPARE}"})
    page.freeze_panes(HEAD + 1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(HEAD)
    page.protect("", _ALLOWED)


def _look(one: Asked) -> str:
    return "number" if one.column.kind in AS_NUMBER else "text"


def _write_row(
    page: Any,  # noqa: ANN401
    number: int,
    asked: Sequence[Asked],
    row: BookRow,
    styles: Mapping[str, Any],
) -> None:
    for at, one in enumerate(asked):
        said = row.cells.get(one.field, "")
        look = _look(one)
        if one.field in row.reasons:
            look = "wrong"
        elif said and one.field in row.kept:
            look = "kept"
        if said:
            page.write_string(number, at, said, styles[look])
        else:
            page.write_blank(number, at, None, styles[look])
    if row.reasons:
        said = "；".join(dict.fromkeys(row.reasons.values()))
        page.write_string(number, len(asked), said, styles["reason"])


def _add_rule(page: Any, at: int, one: Asked, lists: _Lists) -> None:  # noqa: ANN401
    """A drop-down or a hint; another word is questioned, not refused: aliases are understood."""
    rule: dict[str, object] = {}
    if one.picks_one:
        rule = {
            "validate": "list", "source": lists.source(one.choices), "error_type": "warning",
            "error_title": "不在选项中", "error_message": "所填内容不在选项中。确认无误可以保留。",
        }  # fmt: skip
    elif one.hint:
        rule = {"validate": "any"}
    if one.hint and rule:
        rule["input_message"] = one.hint[:255]
    if rule:
        page.data_validation(HEAD + 1, at, HEAD + _SPARE, at, rule)


def _fill_notes(
    page: Any,  # noqa: ANN401
    sheets: Sequence[BookSheet],
    lines: Iterable[str],
    styles: Mapping[str, Any],
) -> None:
    for at, width in enumerate(NOTE_WIDTHS):
        page.set_column(at, at, width)
    row = 0
    for line in lines:
        page.merge_range(row, 0, row, len(NOTE_WIDTHS) - 1, line, styles["plain"])
        row += 1
    for sheet in sheets:
        row += 1
        page.write_string(row, 0, sheet.title, styles["title"])
        page.write_row(row + 1, 0, NOTE_TITLES, styles["head"])
        row += 2
        for one in sheet.asked:
            page.set_row(row, note_height(one.note))
            page.write_row(row, 0, one.note, styles["note"])
            row += 1
    page.protect("", _ALLOWED)
