"""Import templates: a sheet to fill in, its drop-downs and notes, all from one description."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from models.entities.describe import Kind, columns
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.training.course import Course
from models.training.records import TrainingRecord
from reports.workbooks import book as books
from reports.workbooks.book import Properties

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from models.codes.library import CodeTables
    from models.entities.describe import Column, Entity
    from models.progress import Progress
    from reports.workbooks.book import Book, Sheet

TITLES: dict[type[Entity], str] = {
    Institution: "机构名录",
    Teacher: "教师花名册",
    TrainingRecord: "培训记录",
    Course: "培训课程",
}

SEQUENCE = "序号"
EXAMPLE = "示例"
"""The word in the column 序号 of the row that is read past on import."""

NOTES_SHEET = "填写说明"
MARK_SHEET = "模板标识"
MARK = "师训通模板"
LINE_HEIGHT = 15  # points
NOTE_WIDTHS = (16, 10, 40, 52, 24)
LAST_ROW = 1_048_575  # index of the last row of a sheet
MANY = 12  # choices listed in full in the notes
MADE_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - stands in the properties; the same file each time

AS_NUMBER = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.YEAR})

HOW = {
    Kind.DATE: "写成 2024-09-01",
    Kind.MONTH: "写到月，如 2008-08",
    Kind.YEAR: "四位数字，如 2026",
    Kind.FLAG: "填“是”或“否”",
    Kind.CODE: "从下拉选项中选择",
    Kind.CODES: "几项之间用“、”隔开",
    Kind.COORDINATE: "写成度，如 126.745312",
    Kind.INTEGER: "填整数，不带单位",
    Kind.DECIMAL: "填数字，可以有小数，不带单位",
    Kind.PHONE: "几个号码之间用“、”隔开",
}
"""How to fill in a column whose description has no note of its own."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A column of the template."""

    column: Column
    choices: tuple[str, ...]

    @property
    def hint(self) -> str:
        """What the cell tells when it is entered."""
        return self.column.note or HOW.get(self.column.kind, "")


def write_template(
    path: Path,
    entity: type[Entity],
    codes: CodeTables,
    progress: Progress,
    *,
    institutions: Sequence[str] = (),
    overwrite: bool = False,
) -> Path:
    """Write an empty workbook for others to fill in.

    Args:
        path: the file to write.
        entity: what its rows are.
        codes: for the drop-downs.
        progress: may cancel.
        institutions: names offered where a row belongs to an institution.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: the file is already there.
        WorldError: the file cannot be written.
    """
    progress.step(0, 1, "正在写模板")
    title = TITLES.get(entity, entity.__name__)
    asked = _asked(entity, codes, tuple(institutions))
    with books.new_book(path, Properties(title, "", MADE_AT), overwrite=overwrite) as book:
        sheet = books.add_sheet(book, title)
        notes = books.add_sheet(book, NOTES_SHEET)
        _fill_sheet(book, sheet, asked)
        _fill_notes(book, notes, title, asked)
        _fill_mark(books.add_sheet(book, MARK_SHEET), entity)
    progress.report(1, 1, "正在写模板")
    return path


def version_of(entity: type[Entity]) -> str:
    """A short word that changes when the columns of the entity's template do."""
    words = [f"{one.title}/{one.kind}/{one.required}" for one in columns(entity).values()]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def _asked(entity: type[Entity], codes: CodeTables, institutions: tuple[str, ...]) -> list[_Asked]:
    return [
        _Asked(column, _choices(name, column, codes, institutions))
        for name, column in columns(entity).items()
        if column.templated
    ]


def _choices(
    field: str, column: Column, codes: CodeTables, institutions: tuple[str, ...]
) -> tuple[str, ...]:
    if column.kind is Kind.FLAG:
        return ("是", "否")
    if column.kind is Kind.INSTITUTION and field != "name":
        return institutions
    return tuple(codes[column.table].names()) if column.table else ()


def _fill_sheet(book: Book, sheet: Sheet, asked: list[_Asked]) -> None:
    """Header, example row, and the rules of the cells below."""
    _write_header(book, sheet, asked)
    example = book.add_format(
        {**books.FONT, "italic": True, "font_color": "#7A7F87", "num_format": "@"}
    )
    sheet.write_string(1, 0, EXAMPLE, example)
    for at, one in enumerate(asked, start=1):
        sheet.write_string(1, at, one.column.example, example)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    books.print_on_a4(sheet)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{books.column_letters(len(asked))}99999"})
    lists = [one.choices for one in asked if _picks_one(one)]
    sources = iter(books.choice_sources(book, lists))
    for at, one in enumerate(asked, start=1):
        place = (1, at, LAST_ROW, at)
        if _picks_one(one):
            books.add_choices(sheet, place, next(sources), one.hint)
        elif one.hint:
            rule = {"validate": "any", "input_message": one.hint[:255]}
            sheet.data_validation(*place, rule)


def _picks_one(one: _Asked) -> bool:
    """Whether a drop-down serves: it can put one value into a cell, not several."""
    return bool(one.choices) and one.column.kind is not Kind.CODES


def _write_header(book: Book, sheet: Sheet, asked: list[_Asked]) -> None:
    usual, needed = books.head_style(book), books.head_style(book, books.NEEDED_FILL)
    text = book.add_format({**books.FONT, "num_format": "@"})
    number = book.add_format(books.FONT)
    sheet.set_row(0, 26)
    sheet.set_column(0, 0, 7, text)
    sheet.write_string(0, 0, SEQUENCE, usual)
    for at, one in enumerate(asked, start=1):
        column = one.column
        wide = max(column.width, len(column.title) + 1) * 2 + 1.5
        sheet.set_column(at, at, wide, number if column.kind in AS_NUMBER else text)
        sheet.write_string(0, at, column.title, needed if column.required else usual)


def _fill_notes(book: Book, sheet: Sheet, title: str, asked: list[_Asked]) -> None:
    big = book.add_format({**books.FONT, "bold": True, "font_size": 14})
    plain = book.add_format({**books.FONT, "text_wrap": True, "valign": "vcenter"})
    cell = book.add_format(
        {**books.FONT, "text_wrap": True, "valign": "vcenter", "border": 1}
        | {"border_color": books.GRID}
    )
    for at, width in enumerate(NOTE_WIDTHS):
        sheet.set_column(at, at, width, plain)
    sheet.write_string(0, 0, f"{title}填写说明", big)
    lines = _instructions(title)
    for row, line in enumerate(lines, start=1):
        sheet.merge_range(row, 0, row, len(NOTE_WIDTHS) - 1, line, plain)
    head = len(lines) + 2
    for at, word in enumerate(("栏目", "是否必填", "怎样填", "选项", "示例")):
        sheet.write_string(head, at, word, books.head_style(book))
    for row, one in enumerate(asked, start=head + 1):
        words = _note(one)
        sheet.set_row(row, LINE_HEIGHT * max(map(_lines, words, NOTE_WIDTHS)) + 4)
        for at, word in enumerate(words):
            sheet.write_string(row, at, word, cell)
    books.print_on_a4(sheet)
    sheet.fit_to_pages(1, 0)


def _lines(text: str, width: int) -> int:
    """About how many lines the text takes in a column of ``width`` Latin letters."""
    units = sum(1 if char.isascii() else 2 for char in text)
    return max(1, -(-units // (width - 2)))


def _instructions(title: str) -> list[str]:
    return [
        f"1. 请在“{title}”页填写，一人（一项）一行，不要合并单元格，不要改动第 1 行的栏目名称。",
        "2. 第 2 行是示例，导入时不读，可以留着，也可以删去。",
        "3. 栏目名称底色为橙色的必填，其余没有的可以空着。",
        "4. 身份证号、电话、编号等各栏已设为文本，从别处粘贴时请选“只粘贴数值”，以免变成科学记数。",
    ]


def _note(one: _Asked) -> tuple[str, ...]:
    column = one.column
    shown = "、".join(one.choices[:MANY])
    if len(one.choices) > MANY:
        shown += f" 等 {len(one.choices)} 项，见下拉选项" if _picks_one(one) else " 等"
    needed = "必填" if column.required else ""
    return (column.title, needed, one.hint, shown, column.example)


def _fill_mark(sheet: Sheet, entity: type[Entity]) -> None:
    """What tells the program which template came back, and whether it is of today's columns."""
    sheet.write_string(0, 0, MARK)
    sheet.write_string(0, 1, entity.__name__)
    sheet.write_string(1, 0, "版本")
    sheet.write_string(1, 1, version_of(entity))
    sheet.very_hidden()
