"""Import templates: a sheet to fill in, its drop-downs and notes, all from one description."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from models.exchange.templates.asking import (
    AS_NUMBER,
    NOTE_TITLES,
    NOTE_WIDTHS,
    NOTES_SHEET,
    Asked,
    asked_of,
    note_height,
    version_of,
)
from models.exchange.templates.mark import MARK, MARK_SHEET
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
    from models.entities.describe import Entity
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

LAST_ROW = 1_048_575  # index of the last row of a sheet
MADE_AT = datetime(2026, 1, 1)  # noqa: DTZ001 - stands in the properties; the same file each time


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
    asked = asked_of(entity, codes, tuple(institutions))
    with books.new_book(path, Properties(title, "", MADE_AT), overwrite=overwrite) as book:
        sheet = books.add_sheet(book, title)
        notes = books.add_sheet(book, NOTES_SHEET)
        _fill_sheet(book, sheet, asked)
        _fill_notes(book, notes, title, asked)
        _fill_mark(books.add_sheet(book, MARK_SHEET), entity)
    progress.report(1, 1, "正在写模板")
    return path


def _fill_sheet(book: Book, sheet: Sheet, asked: list[Asked]) -> None:
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
    lists = [one.choices for one in asked if one.picks_one]
    sources = iter(books.choice_sources(book, lists))
    for at, one in enumerate(asked, start=1):
        place = (1, at, LAST_ROW, at)
        if one.picks_one:
            books.add_choices(sheet, place, next(sources), one.hint)
        elif one.hint:
            rule = {"validate": "any", "input_message": one.hint[:255]}
            sheet.data_validation(*place, rule)


def _write_header(book: Book, sheet: Sheet, asked: list[Asked]) -> None:
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


def _fill_notes(book: Book, sheet: Sheet, title: str, asked: list[Asked]) -> None:
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
    for at, word in enumerate(NOTE_TITLES):
        sheet.write_string(head, at, word, books.head_style(book))
    for row, one in enumerate(asked, start=head + 1):
        words = one.note
        sheet.set_row(row, note_height(words))
        for at, word in enumerate(words):
            sheet.write_string(row, at, word, cell)
    books.print_on_a4(sheet)
    sheet.fit_to_pages(1, 0)


def _instructions(title: str) -> list[str]:
    return [
        f"1. 请在“{title}”页填写，一人（一项）一行，不要合并单元格，不要改动第 1 行的栏目名称。",
        "2. 第 2 行是示例，导入时不读，可以留着，也可以删去。",
        "3. 栏目名称底色为橙色的必填，其余没有的可以空着。",
        "4. 身份证号、电话、编号等各栏已设为文本，从别处粘贴时请选“只粘贴数值”，以免变成科学记数。",
    ]


def _fill_mark(sheet: Sheet, entity: type[Entity]) -> None:
    """What tells the program which template came back, and whether it is of today's columns."""
    sheet.write_string(0, 0, MARK)
    sheet.write_string(0, 1, entity.__name__)
    sheet.write_string(1, 0, "版本")
    sheet.write_string(1, 1, version_of(entity))
    sheet.very_hidden()
