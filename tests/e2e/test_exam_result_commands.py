"""An exam's scores from the sheet to ranking, circular, publication and ledger, by commands."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from models.exams.seats import give_seats
from models.training.courses import find
from models.training.enrolments import enrol
from tests.commands import ask, run
from tests.examined import sat_by_all
from tests.integration.test_course_desk import registered
from tests.offices import new_office
from tests.people import school, teachers

CODE = "2025-06"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Six people of two schools in their seats, before an exam that fills a course."""
    office = new_office(tmp_path)
    people = teachers(office, school(office, "第四中学"), 4)
    people += teachers(office, school(office, "第五中学"), 2)
    course = registered(office)
    enrol(office, course, people[:5])
    exam = sat_by_all(office, code=CODE, course_id=course, entries=2)
    give_seats(office, exam)
    assert find(office, str(office.store.value("SELECT code FROM course"))) == course
    office.store.close()
    return office.store.path


def filled(database: Path, path: Path, marks: list[object]) -> Path:
    """The score sheet of the exam with marks typed into its last column."""
    assert ask(database, "exam", "score-sheet", CODE, "--out", path)["rows"] == len(marks)
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    column = page.max_column
    for row, mark in enumerate(marks, start=3):
        page.cell(row, column).value = mark  # type: ignore[index]
    book.save(path)
    return path


def test_a_sheet_with_one_wrong_row_is_refused_whole(database: Path, tmp_path: Path) -> None:
    sheet = filled(database, tmp_path / "一.xlsx", [90, 80, 80, 59, "缺考", 101])
    refused = ask(database, "exam", "scores", CODE, sheet, "--dry-run", code=1)
    assert [one["code"] for one in refused["problems"]] == ["training.mark_range"]
    errors = tmp_path / "有误.xlsx"
    assert ask(database, "exam", "scores", sheet, "--errors", errors, code=1)["ok"] is False
    assert errors.exists()
    assert ask(database, "exam", "scores", sheet, code=1)["error"]["code"] == "exam.bad_scores"
    assert ask(database, "exam", "scores", CODE, "a", "b", code=2)["ok"] is False


def test_scores_become_ranks_and_a_publication(database: Path, tmp_path: Path) -> None:
    sheet = filled(database, tmp_path / "二.xlsx", [90, 80, 80, 59, "缺考", 70])
    taken = ask(database, "exam", "scores", sheet)
    assert (taken["recorded"], taken["states"], taken["missing"]) == (5, 1, 0)
    compared = ask(database, "exam", "compare", CODE, code=1)
    assert len(compared["differences"]) == 5
    assert ask(database, "exam", "publish", CODE, code=1)["error"]["code"] == "exam.unmarked"
    ask(database, "exam", "scores", CODE, sheet, "--entry", "2")
    assert ask(database, "exam", "compare", CODE)["ok"] is True

    done = run(database, "exam", "rank", CODE, "--json")
    ranked = json.loads(done.stdout)
    assert [one["rank"] for one in ranked["people"]] == [1, 2, 2, 4, 5, None]
    assert {one["result"] for one in ranked["people"]} == {"passed", "failed", "absent"}
    assert sum(one["due"] for one in ranked["units"]) == 6
    one = ranked["people"][4]
    assert (one["total"], one["parts"]) == (59, {"总分": 59})

    public = tmp_path / "公布.xlsx"
    assert ask(database, "exam", "publish", CODE, "--out", public)["people"] == 6
    assert openpyxl.load_workbook(public).sheetnames == ["个人成绩", "单位成绩"]
    words = ("exam", "marks", CODE, one["admission_no"], "60")
    assert ask(database, *words, code=1)["error"]["code"] == "exam.marks_closed"


def test_results_are_posted_and_after_a_correction_again(database: Path, tmp_path: Path) -> None:
    sheet = filled(database, tmp_path / "一.xlsx", [90, 80, 80, 59, "缺考", 70])
    ask(database, "exam", "scores", sheet, "--entry", "both")
    people = ask(database, "exam", "rank", CODE)["people"]
    who = next(one["admission_no"] for one in people if one["total"] == 59)
    plan = ask(database, "exam", "post", CODE, "--dry-run")
    assert (plan["blocked"], plan["idle"]) == (2, False)
    posted = ask(database, "exam", "post", CODE, "--enrol")
    assert (posted["recorded"], posted["posted"], posted["blocked"]) == (6, 4, 2)
    fixed = ask(database, "exam", "correct", CODE, who, "60", "--reason", "合分有误")
    assert fixed["corrections"][0]["before"] == "59／59"
    posted = ask(database, "exam", "post", CODE)
    assert (posted["recorded"], posted["posted"], posted["freed"]) == (1, 1, 1)
    assert ask(database, "exam", "post", CODE, "--dry-run")["idle"] is True


def test_parts_items_and_single_marks_by_hand(database: Path) -> None:
    parts = ask(database, "exam", "parts", CODE, "技能=60/120", "师德=40")["parts"]
    assert parts[0] == {"name": "技能", "weight": 60, "full_marks": 120}
    assert (
        ask(database, "exam", "parts", CODE, "技能=60", code=1)["error"]["code"] == "exam.weights"
    )
    assert ask(database, "exam", "parts", CODE, "技能", code=1)["error"]["code"] == "exam.pair"
    items = ("选择=80", "论述=40")
    assert ask(database, "exam", "items", CODE, *items, "--part", "技能")["items"] == 2
    marked = ask(database, "exam", "marks", CODE, "1-1", "100", "--part", "技能", "--entry", "both")
    (one,) = [one for one in marked["marks"] if one["marks"]["技能"]]
    assert one["marks"] == {"技能": [100, 100], "师德": []}
    again = ask(database, "exam", "marks", CODE, one["teacher_no"], "缺考", "--part", "师德")
    assert [each["state"] for each in again["marks"]].count("absent") == 1
    words = ("exam", "marks", CODE, "1-1", "5")
    assert ask(database, *words, code=1)["error"]["code"] == "exam.no_part"


@pytest.mark.prints
def test_statistics_and_awards_are_told_and_written(database: Path, tmp_path: Path) -> None:
    sheet = filled(database, tmp_path / "一.xlsx", [90, 80, 80, 59, "缺考", 70])
    ask(database, "exam", "scores", sheet, "--entry", "both")
    pdf = tmp_path / "统计.pdf"
    told = ask(database, "exam", "stats", CODE, "--out", pdf)
    assert (told["sat"], told["absent"], told["whole"]["mean"]) == (5, 1, 75.8)
    assert pdf.read_bytes().startswith(b"%PDF")
    weighted = ("--weights", "60,40", "--out", tmp_path / "排名.pdf")
    ranked = ask(database, "exam", "rank", CODE, *weighted)
    assert "平均分占 60%" in ranked["rule"]
    awards = ask(database, "exam", "awards", CODE)
    assert "person" in [one["award"] for one in awards["proposed"]]
    assert ask(database, "exam", "awards", CODE, "--confirm")["decided"] == awards["proposed"]
    words = ("--award", "优秀管理干部", "--name", "王辅导", "--school", "第四中学")
    given = ask(database, "exam", "awards", CODE, *words)["decided"]
    assert {"person", "manager"} <= {one["award"] for one in given}
    ask(database, "report", "exam-circular", "--exam", CODE, "--out", tmp_path / "通报.pdf")


def test_looking_at_marks_and_items_takes_nothing_away(database: Path) -> None:
    told = run(database, "exam", "stats", CODE).stdout + run(database, "exam", "rank", CODE).stdout
    assert "None" not in told
    assert "平均分 —" in told
    assert ask(database, "exam", "items", CODE, "一=60", "二=40")["items"] == 2
    assert [one["name"] for one in ask(database, "exam", "items", CODE)["list"]] == ["一", "二"]
    assert ask(database, "exam", "items", CODE, "--none")["list"] == []
    ask(database, "exam", "marks", CODE, "1-1", "80")
    assert "第二遍 未录" in run(database, "exam", "compare", CODE).stdout
    (one,) = ask(database, "exam", "marks", CODE, "1-1")["marks"]
    assert list(one["marks"].values()) == [[80]]
    ask(database, "exam", "marks", CODE, "1-1", "--erase")
    (one,) = ask(database, "exam", "marks", CODE, "1-1")["marks"]
    assert list(one["marks"].values()) == [[]]
