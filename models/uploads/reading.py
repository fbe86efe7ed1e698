"""A workbook read by a form: whose columns are where, and which rows it holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from models.entities.cells import Raw
from models.entities.written import is_blank
from models.errors import UserError
from models.exchange.reading.sheets import Sheet, column_letter
from models.exchange.reading.source import Source
from models.exchange.reading.tables import preview_rows
from models.office.context import Office
from models.text.tidy import key
from models.uploads.form_list import forms
from models.uploads.forms import CellKind, Form
from models.uploads.translating import normal

_BETWEEN = "\x1f"
_HEADER_WITHIN = 40
_ENOUGH = 0.6
"""The share of a form's titles that make a sheet one of that form."""
_LOST = 1e15
_MARKS = re.compile(r"[*＊★]|[(（]必填[)）]|必填$")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row of the workbook.

    Attributes:
        number: the spreadsheet's own row number.
        raw: the cells by the keys of the form's columns.
        extra: the cells of columns that are not the form's, by title.
        key: what tells it from others, as ``upload_row`` keeps it; "" where it cannot be told.
        trouble: why it cannot be told, with place and remedy; "" for nothing.
    """

    number: int
    raw: Mapping[str, Raw]
    extra: Mapping[str, Raw]
    key: str
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What a workbook holds of a form.

    Attributes:
        form: the form it was read by.
        sheet: the sheet's name.
        header_row: the row of its titles.
        rows: its rows.
        extra: titles of columns that are not the form's.
        missing: titles of the form that it does not have.
        notes: what a person should know, as sentences.
    """

    form: Form
    sheet: str
    header_row: int
    rows: tuple[ReadRow, ...]
    extra: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """A row that may hold the titles: which column of the sheet is which of the form."""

    sheet: Sheet
    number: int
    columns: Mapping[str, int]
    titles: Mapping[int, str] = field(default_factory=dict[int, str])

    def share(self, form: Form) -> float:
        """How much of the form it has."""
        return len(self.columns) / len(form.columns)


def read_by_form(source: Source, form: Form) -> ReadForm:
    """The rows of a workbook by a form; columns are found by their titles, wherever they stand.

    Raises:
        UserError: it is not this form, or its header was changed so that rows cannot be told.
    """
    header = _header_of(source, form)
    if header is None or header.share(form) < _ENOUGH:
        raise UserError(
            "upload.other_form",
            f"“{source.path.name}”不是“{form.title}”：没有找到它的表头"
            f"（{'、'.join(one.title for one in form.columns[:5])}…）。",
            "请核对文件；上级换了新表的，请重新导入空表。",
        )
    missing = [one.title for one in form.columns if one.key not in header.columns]
    lost = [form.column(name).title for name in form.key if name not in header.columns]
    if lost:
        raise UserError(
            "upload.header_changed",
            f"“{source.path.name}”的工作表“{header.sheet.name}”第 {header.number} 行表头改过，"
            f"缺少“{'”“'.join(lost)}”，无法与报送的内容核对。",
            "请恢复原来的列名，或向上级重新索取。",
        )
    taken = set(header.columns.values())
    extra = {place: title for place, title in header.titles.items() if place not in taken}
    rows = tuple(_rows(header, form, extra))
    notes = [f"表头缺少“{'”“'.join(missing)}”，其余照读。"] if missing else []
    return ReadForm(
        form=form,
        sheet=str(header.sheet.name or ""),
        header_row=header.number,
        rows=rows,
        extra=tuple(extra.values()),
        missing=tuple(missing),
        notes=tuple(notes),
    )


def recognise(office: Office, source: Source, among: Sequence[Form] | None = None) -> Form:
    """The form whose header a workbook has; of several the one it has most of.

    Raises:
        UserError: it has none.
    """
    known = [one.form for one in forms(office) if one.form] if among is None else list(among)
    ranked = [
        (header.share(form), len(header.columns), -place)
        for place, form in enumerate(known)
        if (header := _header_of(source, form)) is not None and header.share(form) >= _ENOUGH
    ]
    if not ranked:
        names = "、".join(form.title for form in known)
        raise UserError(
            "upload.unknown_form",
            f"“{source.path.name}”的表头不像任何一张上报表（{names}）。",
            "请核对是否拿错了文件；上级换了新表的，请先导入它的空表。",
        )
    return known[-max(ranked)[2]]


def titles_of(cells: Sequence[Raw]) -> dict[int, str]:
    """The words of a header row by column, without breaks."""
    return {
        place: " ".join(cell.split())
        for place, cell in enumerate(cells)
        if isinstance(cell, str) and cell.strip()
    }


def plain_title(text: str) -> str:
    """What two writings of a title share: without marks of required columns."""
    return key(_MARKS.sub("", text))


def _header_of(source: Source, form: Form) -> _Header | None:
    """The row with most of the form's titles; the sheet of its name is looked at first."""
    sheets = sorted(source.sheets, key=lambda one: (one.name != form.sheet, one.hidden))
    best: _Header | None = None
    for sheet in sheets:
        for number, cells in preview_rows(sheet, _HEADER_WITHIN):
            titles = titles_of(cells)
            columns = _columns(titles, form)
            if columns and (best is None or len(columns) > len(best.columns)):
                best = _Header(sheet, number, columns, titles)
    return best


def _columns(titles: Mapping[int, str], form: Form) -> dict[str, int]:
    """Which column of the sheet is which of the form; of equal titles the one in its place."""
    places: dict[str, list[int]] = {}
    for place, title in titles.items():
        places.setdefault(plain_title(title), []).append(place)
    found: dict[str, int] = {}
    for column in form.columns:
        offered = places.get(plain_title(column.title), [])
        own = form.place(column.key)
        if offered:
            found[column.key] = own if own in offered else offered[0]
            offered.remove(found[column.key])
    return found


def _rows(header: _Header, form: Form, extra: Mapping[int, str]) -> list[ReadRow]:
    found: list[ReadRow] = []
    needed = min(2, len(header.columns))
    for number, cells in header.sheet.numbered():
        if number <= header.number:
            continue
        raw = {name: _at(cells, place) for name, place in header.columns.items()}
        if sum(not is_blank(one) for one in raw.values()) < needed:
            continue  # a signature or a remark below the rows
        more = {title: _at(cells, place) for place, title in extra.items()}
        trouble = _trouble(number, header, form, raw)
        said = [normal(form.column(name), raw[name]) for name in form.key]
        told = "" if trouble or not any(said) else _BETWEEN.join(said)
        found.append(ReadRow(number, raw, more, told, trouble))
    return found


def _trouble(number: int, header: _Header, form: Form, raw: Mapping[str, Raw]) -> str:
    """Why a row cannot be told from others: an identifier that a spreadsheet made a number of."""
    for name in form.key:
        cell = raw[name]
        damaged = (
            isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _LOST
        )
        if form.column(name).kind is CellKind.ID and damaged:
            place = f"{column_letter(header.columns[name])}{number}"
            return (
                f"{place} 的“{form.column(name).title}”被 Excel 转成数字，后几位已丢失，"
                "认不出是谁，请向上级要原文件或改成文本"
            )
    return ""


def _at(cells: Sequence[Raw], place: int) -> Raw:
    return cells[place] if place < len(cells) else None
