"""Where a table begins, what it brings, and which of its rows are people."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.entities.cells import ErrorValue
from models.exchange.plans import ImportKind
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import Found, find_tables
from tests.workbooks import GOOD_ID, OTHER_ID, bare_xlsx, many_sheets, xlsx

HEADER = ["姓名", "性别", "身份证号", "所在学校"]
WANG = ["王芳", "女", GOOD_ID, "五中"]
LI = ["李雷", "男", OTHER_ID, "三中"]


def found(path: Path) -> Found:
    return find_tables(open_source(path))


def test_title_rows_above_the_header_are_read_past(tmp_path: Path) -> None:
    rows = [
        ["桦甸市第五中学教师花名册"],
        ["学校（公章）：五中　填表时间：2025年9月"],
        [],
        HEADER,
        WANG,
    ]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert table.kind is ImportKind.TEACHERS
    assert table.header_rows == (4,)
    assert [number for number, _ in table.rows] == [5]
    assert "五中" in table.school_hints[0]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("姓　　名", "name"),
        ("姓名*", "name"),
        ("（必填）姓名", "name"),
        ("教师姓名", "name"),
        ("身份证\n号码", "id_number"),
        ("教师身份证号码(18位)", "id_number"),
        ("公民身份号码", "id_number"),
        ("现工作单位", "school"),
        ("专业技术职务", "title"),
        ("手机号码（本人）", "phone"),
    ],
)
def test_a_header_word_is_understood(title: str, field: str, tmp_path: Path) -> None:
    others = [
        word for word in ("姓名", "身份证号", "所在学校", "民族") if field not in _means(word)
    ]
    rows = [[title, *others], ["x"] * (len(others) + 1)]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert table.columns[0] == field


def _means(word: str) -> str:
    return {"姓名": "name", "身份证号": "id_number", "所在学校": "school"}.get(word, "ethnicity")


def test_lookalike_columns_are_not_the_teachers(tmp_path: Path) -> None:
    rows = [
        [*HEADER, "配偶姓名", "紧急联系人电话", "QQ群昵称"],
        [*WANG, "张三", "13800000000", "x"],
    ]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert set(table.columns.values()) == {"name", "sex", "id_number", "school"}
    assert "配偶姓名" in "".join(table.notes)


def test_a_header_of_two_rows_is_one_header(tmp_path: Path) -> None:
    rows = [["基本信息", None, None, "任职情况"], ["姓名", "性别", "身份证号", "所在学校"], WANG]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert table.header_rows[-1] == 2
    assert [number for number, _ in table.rows] == [3]


def test_rows_that_are_no_people_are_left_out(tmp_path: Path) -> None:
    rows = [
        ["序号", *HEADER],
        [1, *WANG],
        [],
        ["序号", *HEADER],
        [2, *LI],
        [3],
        [4],
        ["合计", "2人"],
        ["制表人：王五　审核人：赵六"],
        ["注：本表一式两份，请于九月底前报送。"],
    ]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert [number for number, _ in table.rows] == [2, 5]


def test_a_table_may_begin_in_any_column(tmp_path: Path) -> None:
    rows = [[None, None, *HEADER], [None, None, *WANG]]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert table.letters["name"] == "C"


def test_hidden_and_notes_sheets_are_no_data_and_said_so(tmp_path: Path) -> None:
    path = many_sheets(
        tmp_path / "a.xlsx",
        {
            "五中": [list(HEADER), list(WANG)],
            "填表说明": [list(HEADER), ["示例", "女", GOOD_ID, "五中"]],
            "旧名单": [list(HEADER), list(LI)],
        },
        hidden={"旧名单"},
    )
    result = found(path)
    assert [table.sheet for table in result.tables] == ["五中"]
    assert "旧名单" in result.message


def test_two_tables_side_by_side_are_two_tables(tmp_path: Path) -> None:
    rows = [[*HEADER, None, *HEADER], [*WANG, None, *LI]]
    tables = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert [raw["name"] for table in tables for _, raw in table.rows] == ["王芳", "李雷"]


@pytest.mark.parametrize(
    "rows",
    [
        [["品名", "规格", "数量", "单价"], ["粉笔", "盒", 10, 2]],
        [["姓名", "性别", "学号", "班级", "身份证号"], ["小明", "男", "1", "三年一班", GOOD_ID]],
        [["会议通知"], ["各校："]],
        [],
    ],
)
def test_what_is_no_roster_is_refused_with_a_reason(
    rows: list[list[object]], tmp_path: Path
) -> None:
    result = found(xlsx(tmp_path / "其他.xlsx", rows))
    assert result.tables == ()
    assert "其他.xlsx" in result.message


def test_hours_make_a_list_of_records(tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "培训年度", "课程名称", "学时(节)"],
        ["王芳", GOOD_ID, 2025, "x", 15],
    ]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert table.kind is ImportKind.RECORDS


def test_the_repeating_example_of_a_template_is_no_data(tmp_path: Path) -> None:
    rows = [["序号", *HEADER], ["示例", *WANG], [1, *LI]]
    (table,) = found(xlsx(tmp_path / "a.xlsx", rows)).tables
    assert [raw["name"] for _, raw in table.rows] == ["李雷"]


def test_an_error_value_is_told_apart_from_nothing(tmp_path: Path) -> None:
    text = '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>'
    header = "".join(
        text % (f"{letter}1", word) for letter, word in zip("ABCD", HEADER, strict=True)
    )
    row = text % ("A2", "王芳") + '<c r="C2" t="e"><v>#N/A</v></c>' + text % ("D2", "五中")
    data = f'<row r="1">{header}</row><row r="2">{row}</row>'
    (table,) = found(bare_xlsx(tmp_path / "a.xlsx", data.encode())).tables
    assert next(iter(table.rows))[1]["id_number"] == ErrorValue("#N/A")
    assert next(iter(table.rows))[1]["sex"] is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_files_are_read_in_any_usual_writing(
    encoding: str, delimiter: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    lines = "\r\n".join(delimiter.join(cells) for cells in (HEADER, WANG, LI))
    path.write_bytes(lines.encode(encoding))
    (table,) = found(path).tables
    assert [raw["name"] for _, raw in table.rows] == ["王芳", "李雷"]
    assert table.sheet is None


def test_a_web_table_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "平台导出.xls"
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADER, WANG)
    )
    path.write_bytes(f"<html><table>{body}</table></html>".encode("gb18030"))
    (table,) = found(path).tables
    assert list(table.rows) == [
        (2, dict(zip(["name", "sex", "id_number", "school"], WANG, strict=True)))
    ]
