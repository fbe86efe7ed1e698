"""The command line as another program meets it: real processes, exit codes, JSON, files."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.commands import ask, run, started
from tests.people import id_number
from tests.pictures import face
from tests.workbooks import many_sheets, xlsx

RARE = "𠮷野𫖯"
TEACHERS = ["姓名", "身份证号", "所在学校", "任教学科", "职称", "联系电话"]
RECORDS = ["姓名", "身份证号", "年度", "课程名称", "学时", "开始日期", "结束日期"]
SCHOOLS = [
    ["学校名称", "简称", "学段", "机构类型"],
    ["桦甸市第一中学", "一中", "初中", "初级中学"],
    ["桦甸市实验小学", "实小", "小学", "小学"],
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two schools, three teachers and their records; never written to."""
    folder = tmp_path_factory.mktemp("county")
    database = folder / "office.db"
    ask(database, "init", "--name", "桦甸市教师进修学校", "--region", "220282", "--level", "county")
    people = [
        TEACHERS,
        [RARE, id_number(1), "一中", "语文", "一级教师", "13800000001"],
        ["单雄信", id_number(3), "实小", "数学", "高级教师", None],
        ["买买提•吐尔逊", id_number(5), "实小", "=体育", "二级教师", None],
    ]
    records = [RECORDS, [RARE, id_number(1), 2025, "师德", 15.5, "2025-07-01", "2025-07-03"]]
    files = [
        xlsx(folder / "记录.xlsx", records),
        xlsx(folder / "教师.xlsx", people),
        xlsx(folder / "机构.xlsx", SCHOOLS),
    ]
    found = ask(database, "import", "auto", *files, "--yes")
    assert [one["kind"] for one in found["files"]] == ["institutions", "teachers", "records"]
    assert [one["inserted"] for one in found["files"]] == [2, 3, 1]
    return database


@pytest.fixture
def database(county: Path, tmp_path: Path) -> Path:
    """A copy of the county that a test may change."""
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


def people_of(database: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as store:
        rows = store.execute("SELECT name, id_number, title FROM teacher ORDER BY id_number")
        return rows.fetchall()


def number_of(database: Path, name: str) -> str:
    return ask(database, "teachers", "find", name)["teachers"][0]["teacher_no"]


def test_every_problem_of_an_import_is_one_entry_with_its_place(
    database: Path, tmp_path: Path
) -> None:
    rows = [["花名册"], TEACHERS, ["王五", "123", "一中", "语文", "一级教师", None]]
    errors = tmp_path / "错误.xlsx"
    file = xlsx(tmp_path / "错.xlsx", rows, "教师")
    found = ask(database, "import", "teachers", file, "--yes", "--errors", errors, code=1)
    (report,) = found["files"]
    assert (report["inserted"], report["refused"], report["data_rows"]) == (0, 1, 1)
    assert report["sheets"] == [{"sheet": "教师", "header_row": 2}]
    (problem,) = report["problems"]
    assert (problem["sheet"], problem["row"], problem["column"]) == ("教师", 3, "B")
    assert problem["severity"] == "refuse"
    assert problem["value"] == "123"
    assert errors.is_file()


def test_a_dry_run_writes_nothing(database: Path, tmp_path: Path) -> None:
    before = people_of(database)
    row = ["王五", id_number(7), "一中", "语文", "一级教师", None]
    file = xlsx(tmp_path / "新.xlsx", [TEACHERS, row])
    assert ask(database, "import", "auto", file, "--dry-run")["files"][0]["inserted"] == 1
    assert people_of(database) == before


def test_the_same_list_again_is_known_and_changes_nothing(database: Path, county: Path) -> None:
    before = people_of(database)
    again = ask(database, "import", "auto", county.parent / "教师.xlsx", "--yes")["files"][0]
    assert again["already_imported"] is True
    assert again["inserted"] == again["updated"] == 0
    assert people_of(database) == before


def test_a_person_in_two_sheets_is_one_teacher(database: Path, tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        school: [[*TEACHERS], ["王五", id_number(7), school, "语文", "一级教师", None]]
        for school in ("一中", "实小")
    }
    file = many_sheets(tmp_path / "两表.xlsx", sheets, set())
    found = ask(database, "import", "auto", file, "--yes")["files"][0]
    assert [one["code"] for one in found["problems"]] == ["teacher.two_schools"]
    assert len(people_of(database)) == 4


def test_people_are_found_with_their_numbers_masked_unless_asked_for(county: Path) -> None:
    for query in (RARE, "𠮷", id_number(1)[-4:], "13800000001"):
        found = ask(county, "teachers", "find", query)
        assert found["total"] == 1, query
        assert found["teachers"][0]["name"] == RARE
    assert id_number(1) not in json.dumps(found)
    assert id_number(1) in json.dumps(ask(county, "teachers", "find", RARE, "--unmask"))
    assert ask(county, "teachers", "find", "shan", "--limit", "0") == {"total": 1, "teachers": []}


def test_a_teacher_is_shown_as_of_a_day(county: Path) -> None:
    shown = ask(county, "teachers", "show", number_of(county, RARE), "--as-of", "2024-09-01")
    assert (shown["name"], shown["as_of"]) == (RARE, "2024-09-01")
    assert ask(county, "teachers", "show", "0", code=1)["error"]["code"] == "staff.no_such_number"
    wrong = ask(county, "teachers", "show", number_of(county, RARE), "--as-of", "昨天", code=1)
    assert wrong["error"]["code"] == "date"


def test_an_import_is_undone_and_the_undoing_too(database: Path, tmp_path: Path) -> None:
    before = people_of(database)
    rows = [TEACHERS, [RARE, id_number(1), "一中", "语文", "高级教师", None]]
    ask(database, "import", "teachers", xlsx(tmp_path / "改.xlsx", rows), "--yes")
    changed = people_of(database)
    assert changed != before
    latest = ask(database, "history", "--limit", "1")["operations"][0]
    undone = ask(database, "undo", latest["id"])
    assert people_of(database) == before
    ask(database, "undo", undone["operation"])
    assert people_of(database) == changed
    assert ask(database, "undo", "zz", code=1)["error"]["code"] == "store.no_such_operation"


@pytest.mark.parametrize("kind", ["institutions", "teachers", "records"])
def test_what_is_exported_reads_back_as_no_change(
    kind: str, database: Path, tmp_path: Path
) -> None:
    out = tmp_path / "导出.xlsx"
    rows = ask(database, "export", kind, out)["rows"]
    back = ask(database, "import", kind, out, "--yes")["files"][0]
    assert rows > 0
    assert back["data_rows"] == back["unchanged"] + back["skipped"] == rows
    assert back["problems"] == []


def test_an_export_of_one_school_has_only_that_school(county: Path, tmp_path: Path) -> None:
    counts = [
        ask(county, "export", kind, tmp_path / f"{kind}.xlsx", "--school", "一中")["rows"]
        for kind in ("institutions", "teachers", "records")
    ]
    assert counts == [1, 1, 1]
    wrong = ask(county, "export", "teachers", tmp_path / "x.xlsx", "--school", "无此校", code=1)
    assert wrong["error"]["code"] == "staff.no_such_school"


@pytest.mark.parametrize("kind", ["institutions", "teachers", "records"])
def test_a_template_is_a_workbook_without_data(kind: str, database: Path, tmp_path: Path) -> None:
    out = tmp_path / "模板.xlsx"
    ask(database, "template", kind, out)
    read = ask(database, "import", "auto", out, "--dry-run")["files"][0]
    assert (read["kind"], read["data_rows"]) == (kind, 0)


def test_a_backup_brings_back_what_was_lost(database: Path, tmp_path: Path) -> None:
    before = people_of(database)
    kept = tmp_path / "备份.db"
    assert ask(database, "backup", kept)["counts"]["教师"] == 3
    assert ask(database, "backup", kept, code=1)["error"]["code"] == "store.backup_exists"
    rows = [TEACHERS, ["王五", id_number(7), "一中", "语文", "一级教师", None]]
    ask(database, "import", "teachers", xlsx(tmp_path / "新.xlsx", rows), "--yes")
    assert ask(database, "restore", kept, "--dry-run")["counts"]["教师"] == 3
    assert len(people_of(database)) == 4
    saved = Path(ask(database, "restore", kept)["saved"])
    assert people_of(database) == before
    assert len(people_of(saved)) == 4
    assert ask(database, "check")["ok"] is True


@pytest.mark.prints
def test_a_demonstration_is_the_same_for_a_seed(tmp_path: Path) -> None:
    made = [
        ask(None, "demo", tmp_path / name, "--teachers", 60, "--seed", 7) for name in ("a", "b")
    ]
    assert made[0]["teachers"] == 60
    assert {**made[0], "folder": ""} == {**made[1], "folder": ""}
    names = [people_of(tmp_path / name / "示例县.db") for name in ("a", "b")]
    assert names[0] == names[1]
    assert ask(tmp_path / "a" / "示例县.db", "check")["ok"] is True
    runs = [
        ask(tmp_path / name / "示例县.db", "certificate", "runs")["runs"] for name in ("a", "b")
    ]
    assert runs[0] == runs[1]
    assert [(one["state"], one["waiting"]) for one in runs[0]] == [("done", 0)]
    pdfs = [(tmp_path / name / "结业证书.pdf").read_bytes() for name in ("a", "b")]
    assert pdfs[0] == pdfs[1]
    record, frame = tmp_path / "a" / "抽签记录.json", tmp_path / "a" / "抽签名单.txt"
    assert ask(None, "exam", "verify", record, "--frame", frame)["ok"] is True
    frame.write_text(frame.read_text("utf-8").replace("1", "2", 1), "utf-8")
    assert ask(None, "exam", "verify", record, "--frame", frame, code=1)["ok"] is False


@pytest.mark.parametrize(
    "words",
    [
        ["nonsense"],
        ["import", "teachers"],
        ["import", "pupils", "x.xlsx"],
        ["init", "--name", "单位"],
        ["teachers"],
        ["teachers", "find", "王", "--limit", "-1"],
        ["teachers", "find", "王", "--nonsense"],
        ["check", "too much"],
    ],
)
def test_wrong_usage_ends_with_two_and_a_chinese_sentence(words: list[str], county: Path) -> None:
    told = ask(county, *words, code=2)
    assert told["error"]["code"] == "usage"
    assert told["error"]["message"].endswith("。")
    assert "--help" in told["error"]["hint"]


def test_without_a_file_a_command_says_how_to_make_one(tmp_path: Path) -> None:
    for words in (["check"], ["history"], ["teachers", "find", "王"], ["export", "records", "x"]):
        told = ask(tmp_path / "no.db", *words, code=1)
        assert told["error"]["code"] == "office.no_file"
        assert "init" in told["error"]["hint"]
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_an_office_and_a_foreign_one_stays_as_it_was(tmp_path: Path) -> None:
    empty, foreign = tmp_path / "empty.db", tmp_path / "foreign.db"
    empty.touch()
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE theirs (a TEXT)")
    other.close()
    before = foreign.read_bytes()
    assert ask(empty, "init", "--name", "单位", "--region", "220282")["ok"] is True
    for words in (["init", "--name", "单位", "--region", "220282"], ["check"], ["history"]):
        ask(foreign, *words, code=1)
    assert foreign.read_bytes() == before


def test_what_the_computer_refuses_ends_with_three(county: Path, tmp_path: Path) -> None:
    assert ask(county, "import", "auto", tmp_path / "no.xlsx", code=3)["files"][0]["message"]
    assert ask(county, "restore", tmp_path / "no.db", code=3)["error"]["code"] == "store.missing"


def test_numbers_of_people_do_not_reach_standard_error(database: Path, tmp_path: Path) -> None:
    wrong = id_number(7)[:-1] + ("0" if id_number(7)[-1] != "0" else "1")
    rows = [TEACHERS, ["王五", wrong, "一中", "语文", "一级教师", "13912345678"]]
    file = xlsx(tmp_path / "错.xlsx", rows)
    done = run(database, "--json", "import", "teachers", file, "--yes")
    assert done.returncode == 1
    assert wrong not in done.stderr
    assert "13912345678" not in done.stderr


def test_without_json_a_person_reads_chinese(county: Path) -> None:
    shown = started(county, "teachers", "show", number_of(county, RARE))
    assert shown.returncode == 0
    assert f"姓名：{RARE}" in shown.stdout
    refused = started(county, "undo", "zz")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "历史记录" in refused.stderr


def test_photos_of_a_folder_are_taken_in_and_the_others_named(
    database: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "照片"
    folder.mkdir()
    for name in ("单雄信", id_number(1), "没有这人"):
        (folder / f"{name}.jpg").write_bytes(face())
    (folder / f"{id_number(9)}.jpg").write_bytes(b"no photo")
    tried = ask(database, "photos", "import", folder, "--dry-run", code=1)
    assert tried["matched"] == 2
    found = ask(database, "photos", "import", folder, code=1)
    assert (found["new"], found["changed"], found["same"]) == (2, 0, 0)
    assert {one["file"] for one in found["left"]} == {
        "没有这人.jpg",
        f"{id_number(9)[:4]}******{id_number(9)[-4:]}.jpg",
    }
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as store:
        assert store.execute("SELECT count(*) FROM teacher_photo").fetchone() == (2,)
    (folder / "没有这人.jpg").unlink()
    (folder / f"{id_number(9)}.jpg").unlink()
    assert ask(database, "photos", "import", folder)["same"] == 2


@pytest.mark.pinned_fonts
def test_fonts_are_shown_and_all_names_are_looked_over(database: Path) -> None:
    shown = ask(database, "fonts", "show")
    roles = {one["role"]: one for one in shown["roles"]}
    assert set(roles) == {"song", "fang", "kai", "hei", "biaosong"}
    assert roles["kai"]["helped"]["general"] == 8105
    assert "Noto Sans SC" in shown["choices"]
    assert ask(database, "fonts", "check")["missing"] == []
