from __future__ import annotations

import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from models.errors import CancelledByUser, UserError, WorldError
from models.progress import Progress
from reports.workbooks import book as books
from reports.workbooks import streaming
from reports.workbooks.table import ColumnKind, SheetColumn, TableSheet, write_table
from tests.papers import NOW, Stopping
from tests.workbooks import shown_by_libreoffice

COLUMNS = (
    SheetColumn("教师编号", 9, ColumnKind.ID),
    SheetColumn("姓名", 7),
    SheetColumn("身份证号", 12, ColumnKind.ID),
    SheetColumn("出生日期", 7, ColumnKind.DATE),
    SheetColumn("教龄", 4, ColumnKind.INTEGER),
    SheetColumn("学分", 4, ColumnKind.DECIMAL),
)
ROW = ("0012", "张三", "11010519491231002X", "1949-12-31", 17, Decimal("1.5"))
FORMULA_STARTS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("x")',
    "=cmd|' /C'!A0",
]


def a_sheet(rows, columns=COLUMNS, **changes):
    values = {"title": "教师", "columns": columns, "rows": rows, "author": "县", "made_at": NOW}
    return TableSheet(**(values | changes))


def written(tmp_path, rows, columns=COLUMNS, **changes):
    path = tmp_path / "list.xlsx"
    write_table(path, a_sheet(rows, columns, **changes), Progress(), overwrite=True)
    return path


def by_calamine(path):
    with path.open("rb") as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        return [tuple(row) for row in sheet.to_python(skip_empty_area=False)]


def by_openpyxl(path):
    book = openpyxl.load_workbook(path)
    return [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]


def sheet_xml(path, number=1):
    with zipfile.ZipFile(path) as parts:
        return parts.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_a_list_reads_back_the_same_in_both_readers(tmp_path):
    path = written(tmp_path, [ROW, ("0013", "王𬭎", None, "1990-05", None, Decimal("0.10"))])
    titles = tuple(column.title for column in COLUMNS)
    assert by_calamine(path) == [
        titles,
        ("0012", "张三", "11010519491231002X", "1949-12-31", 17.0, 1.5),
        ("0013", "王𬭎", "", "1990-05", "", 0.1),
    ]
    assert by_openpyxl(path) == [
        titles,
        ("0012", "张三", "11010519491231002X", "1949-12-31", 17, 1.5),
        ("0013", "王𬭎", None, "1990-05", None, 0.1),
    ]


@pytest.mark.parametrize("kind", list(ColumnKind))
@pytest.mark.parametrize("text", FORMULA_STARTS)
def test_no_text_becomes_a_formula_whatever_its_column(tmp_path, kind, text):
    path = written(tmp_path, [(text,)], (SheetColumn("栏", 8, kind),), heading=text)
    cells = openpyxl.load_workbook(path).worksheets[0]
    assert cells["A3"].value == text.replace("\r", "_x000D_")  # the format's way to write it
    assert {cell.data_type for row in cells.iter_rows() for cell in row} <= {"s", "inlineStr"}
    assert "<f>" not in sheet_xml(path)


def test_texts_are_marked_so_that_editing_them_makes_no_formula_either(tmp_path):
    path = written(tmp_path, [ROW])
    cells = openpyxl.load_workbook(path).worksheets[0]
    assert cells["A2"].number_format == cells["C2"].number_format == "@"
    assert cells["A2"].quotePrefix
    assert not cells["E2"].quotePrefix


def test_a_web_address_is_text_and_no_link(tmp_path):
    path = written(tmp_path, [("https://example.org/a",)], (SheetColumn("网址"),))
    assert "hyperlink" not in sheet_xml(path)


ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\ufffe\uffff"), max_size=40
)


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), min_size=1, max_size=5))
def test_any_text_comes_back_as_it_was(tmp_path_factory, rows):
    columns = (SheetColumn("甲"), SheetColumn("乙", 8, ColumnKind.ID))
    path = written(tmp_path_factory.mktemp("any"), rows, columns)
    got = [tuple(value or "" for value in row) for row in by_openpyxl(path)[1:]]
    escaped = [tuple(as_the_format_writes(text) for text in row) for row in rows]
    assert got == escaped


def as_the_format_writes(text):
    """Control characters and what looks like their escape, as openpyxl hands them on."""
    text = streaming.ESCAPED.sub(r"_x005F_\1", text)
    return streaming.FORBIDDEN.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def test_blanks_at_the_ends_and_line_ends_are_kept(tmp_path):
    texts = [" 前", "后 ", "一\n二", "\t", "<b>&amp;"]
    path = written(tmp_path, [(text,) for text in texts], (SheetColumn("栏"),))
    assert [row[0] for row in by_calamine(path)[1:]] == texts
    assert [row[0] for row in by_openpyxl(path)[1:]] == texts


def test_whole_numbers_too_long_for_a_spreadsheet_are_kept_as_text(tmp_path):
    number = 110105194912310021
    path = written(tmp_path, [(number,)], (SheetColumn("号", 9, ColumnKind.INTEGER),))
    assert by_calamine(path)[1] == (str(number),)


def test_decimals_are_written_to_the_last_digit(tmp_path):
    amounts = [Decimal("0.10"), Decimal("1E+2"), Decimal("360"), Decimal("-0.5")]
    columns = (SheetColumn("学分", 4, ColumnKind.DECIMAL),)
    path = written(tmp_path, [(amount,) for amount in amounts], columns)
    for text in ("<v>0.10</v>", "<v>100</v>", "<v>360</v>", "<v>-0.5</v>"):
        assert text in sheet_xml(path)


def test_the_header_is_frozen_filtered_and_repeated_in_print(tmp_path):
    path = written(tmp_path, [ROW, ROW], heading="桦甸市教师名单")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet["A1"].value == "桦甸市教师名单"
    assert sheet["A2"].value == "教师编号"
    assert sheet.freeze_panes == "A3"
    assert sheet.auto_filter.ref == "A2:F4"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.column_dimensions["C"].width > 24


def test_identifiers_show_no_green_corners(tmp_path):
    path = written(tmp_path, [ROW, ROW])
    assert '<ignoredError sqref="A1:F3" numberStoredAsText="1"/>' in sheet_xml(path)


def test_short_choices_stand_in_the_rule_and_long_ones_on_a_sheet_nobody_sees(tmp_path):
    long = tuple(f"桦甸市第{at}中学" for at in range(60))
    comma = ("甲,乙", "丙")
    columns = (
        SheetColumn("性别", 3, choices=("男", "女")),
        SheetColumn("学校", 9, choices=long),
        SheetColumn("其他", 9, choices=comma),
        SheetColumn("原校", 9, choices=long),
    )
    path = written(tmp_path, [("男", long[3], "丙", long[4])], columns)
    book = openpyxl.load_workbook(path)
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in book.worksheets[0].data_validations.dataValidation
    }
    assert rules["A2"] == '"男,女"'
    assert rules["B2"] == rules["D2"] == f"'{books.CHOICES_SHEET}'!$A$1:$A$60"
    assert rules["C2"] == f"'{books.CHOICES_SHEET}'!$B$1:$B$2"
    hidden = book[books.CHOICES_SHEET]
    assert hidden.sheet_state == "veryHidden"
    assert [cell.value for cell in hidden["A"]] == list(long)
    assert [cell.value for cell in hidden["B"]][:3] == [*comma, None]


def test_the_title_becomes_a_name_a_sheet_may_bear(tmp_path):
    path = written(tmp_path, [ROW], title="教师[在岗]: 2025/2026 学年" + "长" * 40)
    name = openpyxl.load_workbook(path).sheetnames[0]
    assert len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
    assert books.sheet_name("///") == "Sheet1"


def test_the_same_list_gives_the_same_bytes(tmp_path):
    first = written(tmp_path, [ROW]).read_bytes()
    assert written(tmp_path, [ROW]).read_bytes() == first


def test_an_empty_list_has_its_header(tmp_path):
    path = written(tmp_path, [])
    assert len(by_calamine(path)) == 1
    assert openpyxl.load_workbook(path).worksheets[0].auto_filter.ref == "A1:F1"


def test_rows_are_taken_as_they_come_and_not_gathered(tmp_path):
    alive = set()
    most = 0

    class Cell(str):
        __slots__ = ("__weakref__",)

        def __del__(self):
            alive.discard(id(self))

    def rows():
        nonlocal most
        for at in range(5_000):
            cell = Cell(f"T{at}")
            alive.add(id(cell))
            most = max(most, len(alive))
            yield (cell,)

    written(tmp_path, rows(), (SheetColumn("编号", 9, ColumnKind.ID),))
    assert most <= 3


def test_a_sheet_that_cannot_hold_the_rows_is_refused_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(streaming, "LAST_ROW", 3)
    with pytest.raises(UserError) as refused:
        written(tmp_path, [ROW] * 3)
    assert refused.value.code == "workbook.too_many_rows"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["长" * 32_768, "<" + "长" * 32_767])
def test_a_text_longer_than_a_cell_may_be_is_refused_and_not_cut(tmp_path, text):
    with pytest.raises(UserError, match="B2"):
        written(tmp_path, [("1", text, None, None, None, None)])


def test_a_row_of_the_wrong_length_is_our_mistake_and_writes_nothing(tmp_path):
    with pytest.raises(ValueError, match="shorter"):
        written(tmp_path, [("1", "张三")])
    assert list(tmp_path.iterdir()) == []


def test_cancelling_leaves_neither_file_nor_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(CancelledByUser):
        write_table(tmp_path / "list.xlsx", a_sheet([ROW] * 2_000), Stopping(2))
    assert [path.name for path in tmp_path.rglob("*")] == ["temporary"]


def test_a_file_is_replaced_only_when_the_caller_says_so(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(UserError) as refused:
        write_table(path, a_sheet([ROW]), Progress())
    assert refused.value.code == "file.exists"
    assert path.read_bytes() == b"old"


def test_a_full_disk_ends_in_a_sentence(tmp_path, monkeypatch):
    def full(*_anything, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    with pytest.raises(WorldError) as refused:
        written(tmp_path, [ROW])
    assert refused.value.code == "file.disk_full"
    assert list(tmp_path.iterdir()) == []


def test_libreoffice_shows_what_was_written(tmp_path):
    path = written(tmp_path, [ROW, ("007", "=1+1", "@x", "1990-05", 3, Decimal("0.25"))])
    assert shown_by_libreoffice(path, tmp_path)[1:] == [
        ["0012", "张三", "11010519491231002X", "1949-12-31", "17", "1.5"],
        ["007", "=1+1", "@x", "1990-05", "3", "0.25"],
    ]
