"""``training …`` and ``ledger …`` as another program meets them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import ask, run
from tests.people import id_number
from tests.workbooks import xlsx

TEACHERS = [
    ["姓名", "身份证号", "所在学校", "任教学科", "职称"],
    ["单雄信", id_number(1), "桦甸市第一中学", "语文", "一级教师"],
    ["罗士信", id_number(3), "桦甸市第一中学", "数学", "高级教师"],
]
SCHOOLS = [["学校名称", "简称", "学段", "机构类型"], ["桦甸市第一中学", "一中", "初中", "初级中学"]]


def small_county(folder: Path) -> Path:
    """The file of an office with one school and two teachers."""
    database = folder / "office.db"
    ask(database, "init", "--name", "桦甸市教师进修学校", "--region", "220282")
    files = [xlsx(folder / "学校.xlsx", SCHOOLS), xlsx(folder / "教师.xlsx", TEACHERS)]
    ask(database, "import", "auto", "--yes", *files)
    return database


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_county(tmp_path_factory.mktemp("county"))


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


def numbers(office: Path) -> list[str]:
    found = ask(office, "teachers", "find", "信")["teachers"]
    return [one["teacher_no"] for one in found]


def test_a_course_goes_from_the_plan_to_the_ledger(office: Path, tmp_path: Path):
    first, second = numbers(office)
    plan = xlsx(
        tmp_path / "计划.xlsx",
        [["课程名称", "年度", "天数", "项目类别"], ["师德讲堂", 2025, 2, "师德"]],
    )
    report = ask(office, "training", "import", "--yes", plan)["files"][0]
    assert (report["kind"], report["inserted"]) == ("courses", 1)
    (course,) = ask(office, "training", "list", "--year", "2025")["courses"]
    assert (course["hours"], course["theme"], course["approval"]) == ("16", "师德培训", "已批准")
    code = course["code"]
    assert ask(office, "training", "choose", code, first)["chosen"] == 1
    ask(office, "training", "opinion", code, first, "--by", "school")
    ask(office, "training", "opinion", code, first, "--by", "county")
    ask(office, "training", "replace", code, first, second, "--reason", "产假")
    sheet = tmp_path / "成绩.xlsx"
    ask(office, "training", "sheet", code, "scores", sheet)
    book = load_workbook(sheet)
    assert book.worksheets[0].max_row == 3
    book.worksheets[0]["D3"] = 88
    book.save(sheet)
    assert ask(office, "training", "scores", code, sheet)["results"] == {"passed": 1}
    assert ask(office, "training", "post", code)["posted"] == 1
    (entry,) = ask(office, "ledger", "list", "--teacher", second)["entries"]
    assert entry == entry | {
        "teacher_no": second, "year": 2025, "title": "师德讲堂", "hours": 16, "credits": 1.6,
        "theme": "师德培训", "kind": "course", "reversed": False, "school": "桦甸市第一中学",
    }  # fmt: skip


def test_a_schools_plan_is_filed_and_approved(office: Path):
    made = ask(
        office, "training", "add", "--title", "校本研修", "--year", "2025", "--hours", "10",
        "--mode", "校本", "--school", "一中",
    )  # fmt: skip
    code = made["course"]
    first = numbers(office)[0]
    refused = ask(office, "training", "enrol", code, first, code=1)
    assert refused["error"]["code"] == "training.not_approved"
    ask(office, "training", "file", code)
    assert "师德" in ask(office, "training", "approve", code)["told"][0]
    assert ask(office, "training", "enrol", code, first)["enrolled"] == 1
    (course,) = ask(office, "training", "list")["courses"]
    assert (course["category"], course["filed_by"]) == ("校本", "桦甸市第一中学")
    people = ask(office, "training", "gate", code)["people"]
    assert people[0]["missing"]


def test_hours_are_posted_listed_and_reversed(office: Path):
    first = numbers(office)[0]
    words = ["ledger", "post", "--teacher", first, "--year", "2025", "--title", "国培"]
    assert ask(office, *words, "--hours", "7.25", "--level", "国家级")["posted"] == 1
    again = ask(office, *words, "--hours", "7.25", code=1)
    assert again["error"]["code"] == "training.in_ledger"
    paper = ["--offset", "发表论文", "--reason", "省级刊物"]
    ask(office, *words[:-1], "论文", "--hours", "5", *paper)
    entries = ask(office, "ledger", "list", "--year", "2025", "--school", "一中")["entries"]
    found = {one["title"]: (one["hours"], one["kind"], one["level"]) for one in entries}
    assert found == {"国培": (7.25, "record", "国家级"), "论文": (5, "offset", None)}
    ids = [one["id"] for one in entries]
    ask(office, "ledger", "reverse", *ids, "--reason", "记错")
    entries = ask(office, "ledger", "list", "--teacher", first)["entries"]
    assert sum(one["hours"] for one in entries) == 0
    assert ask(office, "ledger", "reverse", "无此号", "--reason", "x", code=1)["error"]["code"] == (
        "ledger.no_such_entry"
    )


@pytest.mark.parametrize(
    ("hours", "more", "code"),
    [
        ("-3", (), "number.too_small"),
        ("很多", (), "number.unreadable"),
        ("1001", (), "number.too_large"),
        ("25", ("--start", "2025-03-01", "--end", "2025-03-01"), "training.hours"),
        ("5", ("--theme", "没有这一类"), "code.unknown"),
        ("5", ("--offset", "发表论文"), "training.no_reason"),
        ("5", ("--start", "三月"), "date.unreadable"),
    ],
)
def test_bad_hours_end_in_a_sentence(office: Path, hours: str, more: tuple[str, ...], code: str):
    words = ["--teacher", numbers(office)[0], "--year", "2025", "--title", "课"]
    error = ask(office, "ledger", "post", *words, "--hours", hours, *more, code=1)["error"]
    assert error["code"] == code
    assert error["hint"]
    assert ask(office, "ledger", "list")["entries"] == []


def test_claims_wait_for_another_persons_approval(office: Path):
    first = numbers(office)[0]
    ask(office, "ledger", "set", "--steps", "approve,verify")
    words = ["--teacher", first, "--year", "2025", "--title", "国培", "--hours", "8"]
    made = ask(office, "ledger", "post", *words, "--person", "甲")
    assert made["posted"] == 0
    (one,) = made["claims"]
    assert ask(office, "ledger", "claims")["claims"][0]["state"] == "entered"
    own = ask(office, "ledger", "approve", one, "--person", "甲", code=1)
    assert own["error"]["code"] == "training.own_claim"
    ask(office, "ledger", "return", one, "--reason", "缺证书", "--person", "乙")
    ask(office, "ledger", "resubmit", one, "--person", "甲")
    ask(office, "ledger", "approve", one, "--person", "乙")
    assert ask(office, "ledger", "verify", one, "--person", "丙")["posted"] == 1
    (entry,) = ask(office, "ledger", "list")["entries"]
    found = (entry["entered_by"], entry["approved_by"], entry["verified_by"])
    assert found == ("甲", "乙", "丙")


def test_a_closed_year_takes_nothing(office: Path):
    ask(office, "ledger", "set", "--closed-until", "2024")
    words = ["--teacher", numbers(office)[0], "--title", "国培", "--hours", "8"]
    refused = ask(office, "ledger", "post", *words, "--year", "2024", code=1)
    assert refused["error"]["code"] == "training.closed_year"
    assert ask(office, "ledger", "post", *words, "--year", "2025")["posted"] == 1


def test_a_list_for_people_reads_like_one(office: Path):
    assert run(office, "ledger", "list").stdout.strip() == "没有学时记录。"
    assert run(office, "ledger", "claims").stdout.strip() == "没有这样的学时。"
