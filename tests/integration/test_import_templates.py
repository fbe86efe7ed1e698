from __future__ import annotations

import openpyxl
import pytest

from models.codes.library import load_codes
from models.entities.describe import Kind, columns
from models.exchange.plans import ImportKind
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import ENTITIES, find_tables
from models.progress import Progress
from models.staff.records import Teacher
from reports.workbooks.template import (
    EXAMPLE,
    MARK_SHEET,
    NOTES_SHEET,
    SEQUENCE,
    version_of,
    write_template,
)

SCHOOLS = tuple(f"桦甸市第{at}中学" for at in range(1, 80))


@pytest.fixture(scope="module", params=list(ImportKind))
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def template(kind, tmp_path_factory):
    path = tmp_path_factory.mktemp("templates") / "template.xlsx"
    write_template(path, ENTITIES[kind], load_codes(), Progress(), institutions=SCHOOLS)
    return path


def teachers(tmp_path, **more):
    path = tmp_path / "teachers.xlsx"
    write_template(path, Teacher, load_codes(), Progress(), **more)
    return openpyxl.load_workbook(path)


def test_an_empty_template_is_recognised_and_its_example_is_not_data(kind, template):
    found = find_tables(open_source(template))
    assert [table.kind for table in found.tables] == [kind]
    assert list(found.tables[0].rows) == []


def test_every_column_of_the_template_is_the_field_it_was_made_from(kind, template):
    table = find_tables(open_source(template)).tables[0]
    described = columns(ENTITIES[kind])
    asked = [name for name, column in described.items() if column.templated]
    assert [table.columns[at] for at in sorted(table.columns)] == asked


def test_what_is_filled_in_below_the_example_is_read(kind, template, tmp_path):
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    for at, cell in enumerate(sheet[2], start=1):
        sheet.cell(3, at, cell.value or None)
    sheet["A3"] = "1"
    filled = tmp_path / "filled.xlsx"
    book.save(filled)
    table = find_tables(open_source(filled)).tables[0]
    examples = {name: one.example for name, one in columns(ENTITIES[kind]).items() if one.example}
    assert [number for number, _ in table.rows] == [3]
    row = next(iter(table.rows))[1]
    assert {name: str(row[name]) for name in examples if name in row} == examples


def test_identifiers_and_dates_are_text_and_amounts_are_not(tmp_path):
    sheet = teachers(tmp_path).worksheets[0]
    formats = {
        sheet.cell(1, at).value: group.number_format
        for group in sheet.column_dimensions.values()
        for at in range(group.min, group.max + 1)
    }
    for column in columns(Teacher).values():
        wanted = "General" if column.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.YEAR) else "@"
        assert formats[column.title] == wanted, column.title


def test_the_first_column_marks_the_example(tmp_path):
    sheet = teachers(tmp_path).worksheets[0]
    assert (sheet["A1"].value, sheet["A2"].value) == (SEQUENCE, EXAMPLE)
    assert sheet.freeze_panes == "A2"


def test_drop_downs_offer_the_names_of_the_code_tables(tmp_path):
    book = teachers(tmp_path, institutions=SCHOOLS)
    sheet = book.worksheets[0]
    offered = {
        sheet.cell(1, next(iter(rule.sqref.ranges)).min_col).value: choices(book, rule.formula1)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    codes = load_codes()
    assert offered["性别"] == codes["sex"].names()
    assert offered["民族"] == codes["ethnicity"].names()
    assert offered["是否班主任"] == ["是", "否"]
    assert offered["所在学校"] == list(SCHOOLS)
    assert "任教学科" not in offered  # several may be written, a drop-down replaces the first


def choices(book, source):
    if source.startswith('"'):
        return source.strip('"').split(",")
    name, place = source.replace("'", "").replace("$", "").split("!")
    return [cell.value for (cell,) in book[name][place]]


def test_another_word_is_questioned_and_not_refused(tmp_path):
    rules = teachers(tmp_path).worksheets[0].data_validations.dataValidation
    assert {rule.errorStyle for rule in rules if rule.type == "list"} == {"warning"}


def test_the_notes_explain_every_column(tmp_path):
    notes = teachers(tmp_path)[NOTES_SHEET]
    told = {row[0]: row for row in notes.iter_rows(values_only=True)}
    for column in columns(Teacher).values():
        if column.templated:
            assert (told[column.title][1] == "必填") == column.required
    assert "18 位" in told["身份证号"][2]
    assert any("示例" in str(row[0]) and "不读" in str(row[0]) for row in told.values())


def test_a_hidden_mark_says_which_template_it_is_and_of_which_columns(tmp_path):
    mark = teachers(tmp_path)[MARK_SHEET]
    assert mark.sheet_state == "veryHidden"
    assert mark["B1"].value == "Teacher"
    assert mark["B2"].value == version_of(Teacher)


def test_the_window_opens_on_the_sheet_to_fill_in(tmp_path):
    assert teachers(tmp_path).active.title == "教师花名册"
