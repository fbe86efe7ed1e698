"""``certificate print``, ``stock``, ``booklet`` … as another program meets them."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from models.certificates.issuing import issue, issue_for_course
from models.certificates.wishes import Holder, Wish
from models.office.printers import Tray, calibrate
from models.staff.registration import save_teacher
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.marks import read_mark
from models.training.scoring import record_scores
from models.workspace.opening import open_workspace
from tests.certificates import booklets, issued
from tests.commands import ask, run
from tests.offices import desk, new_office
from tests.papers import place_of
from tests.people import school, teachers
from tests.stamped import DAY, YEAR, stamp_all, train

COURSE, RARE = "2025-001", "2012-001"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    office = new_office(tmp_path_factory.mktemp("county"), DAY)
    issued(office, {"红石中学": 3, "八道河子小学": 2})
    people = teachers(office, school(office, "桦甸市第四中学"), 2, work_start="2001-08")
    for one in people:
        train(office, one, "48", "研修")
    stamp_all(office)
    booklets(office, people)
    course_id = register(office, {"title": "生僻字", "year": YEAR, "hours": 15}).course_id
    save_teacher(office, people[0], {"name": "李\U0003fff0"})
    enrol(office, course_id, people)
    record_scores(office, course_id, dict.fromkeys(people, read_mark("80")))
    issue_for_course(office, course_id)
    holders = [Holder(people[1]), Holder(institution_id=school(office, "红石小学"))]
    holders.append(Holder(institution_id=school(office, "红石二小")))
    issue(office, Wish("honour", holders, facts={"title": "优秀帮扶对子", "occasion": "城乡帮扶"}))
    office.store.close()
    return office.store.path


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


@pytest.fixture
def calibrated(office: Path) -> Path:
    """The office with one tray that prints 1.5 mm too far left, and a little too narrow."""
    found = open_workspace(office, desk(DAY, seed=9))
    shift, scale = (Decimal("1.5"), Decimal("-0.8")), (Decimal("1.004"), Decimal("0.997"))
    calibrate(found, Tray("HP 1020", "手动进纸", "", *shift, *scale))
    found.store.close()
    return office


def pages(pdf: Path) -> int:
    return len(pypdf.PdfReader(pdf).pages)


def test_a_course_is_printed_once_and_then_only_when_one_says_so(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    told = ask(office, "certificate", "print", COURSE, "--out", str(out))
    assert (told["count"], told["pages"], told["missing_glyphs"]) == (5, 5, [])
    assert told["numbers"] == ["2202822012JY00001", "2202822012JY00005"]
    assert pages(out) == 5
    (listed,) = ask(office, "certificate", "runs")["runs"]
    assert (listed["state"], listed["printed"]) == ("done", 5)
    again = ["certificate", "print", COURSE, "--out", str(out)]
    assert run(office, *again).returncode == 1
    assert ask(office, *again, "--again", "墨色不匀")["count"] == 5
    number = "2202822012JY00002"
    told = ask(office, "certificate", "reprint", number, "--reason", "遗失", "--out", str(out))
    assert told["numbers"] == [number, number]
    assert f"{number}（补）" in pypdf.PdfReader(out).pages[0].extract_text()


def test_what_issue_prints_is_what_no_run_has_printed_before(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    issue = ["certificate", "issue", COURSE, "--pdf", str(out)]
    first, second = "2202822012JY00001", "2202822012JY00002"
    ask(office, "certificate", "print", first, "--out", str(tmp_path / "one.pdf"))
    told = ask(office, *issue)
    assert (told["issued"], told["pages"], told["pdf"]) == (0, 4, str(out))
    assert pages(out) == 4
    again = ["certificate", "print", second, "--out", str(out)]
    assert ask(office, *again, code=1)["error"]["code"] == "printing.printed_before"
    told = ask(office, *issue)
    assert (told["pages"], told["pdf"]) == (0, None)
    assert sum(one["printed"] for one in ask(office, "certificate", "runs")["runs"]) == 5
    assert "已打印 0 份" in run(office, *issue).stdout


def test_missing_glyphs_stop_the_print_and_mark_nothing(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    told = ask(office, "certificate", "print", RARE, "--out", str(out), code=1)
    assert told["missing_glyphs"] == [{"name": "李\U0003fff0", "characters": "\U0003fff0"}]
    assert not out.exists()
    assert ask(office, "certificate", "runs")["runs"] == []


def test_those_whose_characters_no_font_has_can_wait_while_the_others_are_printed(
    office: Path, tmp_path: Path
):
    out = tmp_path / "a.pdf"
    words = ("certificate", "print", RARE, "--out", out)
    assert "--skip-missing" in run(office, *map(str, words)).stdout
    told = ask(office, *words, "--skip-missing")
    assert (told["count"], told["pages"]) == (1, 1)
    assert told["missing_glyphs"] == [{"name": "李\U0003fff0", "characters": "\U0003fff0"}]
    (waiting,) = ask(office, "certificate", "runs", "--open")["runs"]
    assert (waiting["sheets"], waiting["printed"]) == (2, 1)


def test_a_run_is_planned_marked_spoilt_and_gone_on_with(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    ask(office, "certificate", "stock", "receive", "结业证书", "20", "--first", "N0001")
    ask(office, "certificate", "print", COURSE, "--out", str(out), "--stock", "--plan-only")
    (listed,) = ask(office, "certificate", "runs", "--open")["runs"]
    key = listed["run"][:8]
    marked = ask(office, "certificate", "mark", key, "--last", "3", "--serial", "N0001")
    assert (marked["printed"], marked["next_place"]) == (3, 4)
    spoilt = ask(office, "certificate", "spoilt", key, "2", "--reason", "卡纸")
    assert (spoilt["spoilt"], spoilt["next_place"]) == (1, 2)
    told = ask(office, "certificate", "print", "--run", key, "--out", str(out), "--serial", "N0004")
    assert (told["count"], pages(out)) == (3, 3)
    gaps = tmp_path / "gaps.pdf"
    report = ask(office, "certificate", "gaps", "--counted", "结业证书=14", "--out", str(gaps))
    assert pages(gaps) >= 1
    (stock,) = report["stocks"]
    assert (stock["used"], stock["spoilt"], stock["left"], report["clean"]) == (5, 1, 14, True)
    paper = tmp_path / "list.pdf"
    told = ask(office, "certificate", "handover", key, "--out", str(paper))
    assert (told["schools"], told["count"], pages(paper)) == (2, 5, 3)


def test_what_waits_in_a_run_among_others_is_not_printed_with_them(office: Path, tmp_path: Path):
    out, one = tmp_path / "a.pdf", "2202822012JY00001"
    plan = ["certificate", "print", COURSE, "--out", str(out)]
    assert "没有登记打印" in run(office, *plan, "--plan-only").stdout
    (listed,) = ask(office, "certificate", "runs", "--open")["runs"]
    out.unlink()
    refused = ask(office, "certificate", "print", one, "--out", str(out), code=1)["error"]
    assert refused["code"] == "printing.in_open_run"
    assert listed["run"][:8] in refused["hint"]
    assert not out.exists()
    for otherwise in (["--stock"], ["--form", "honour"]):
        refused = ask(office, *plan, *otherwise, code=1)["error"]
        assert refused["code"] == "printing.other_run"
    assert ask(office, *plan)["count"] == 5
    assert ask(office, "certificate", "runs")["runs"][0]["run"] == listed["run"]


def test_serials_are_refused_before_a_file_is_written_or_a_run_begun(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    plan = ["certificate", "print", COURSE, "--out", str(out)]
    refused = ask(office, *plan, "--serial", "N0001", code=1)["error"]
    assert refused["code"] == "printing.no_stock"
    refused = ask(office, *plan, "--stock", "--serial", "N0009", "--plan-only", code=0)
    assert refused["count"] == 5
    out.unlink()
    (listed,) = ask(office, "certificate", "runs", "--open")["runs"]
    ask(office, "certificate", "mark", listed["run"], "--last", "1", "--serial", "N0005")
    going = ["certificate", "print", "--run", listed["run"], "--out", str(out)]
    refused = ask(office, *going, "--serial", "N0004", code=1)["error"]
    assert refused["code"] == "stock.serial_gone"
    refused = ask(office, *going, "--serial", "N9997", code=1)["error"]
    assert refused["code"] == "stock.serial_too_long"
    assert not out.exists()
    assert ask(office, *going, "--serial", "N9996")["count"] == 4


def test_serials_run_on_from_form_to_form(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    honours = ["certificate", "print", "--kind", "honour", "--out", str(out), "--stock"]
    told = ask(office, *honours, "--serial", "N0001")
    assert (told["count"], len(told["files"])) == (3, 2)
    again = tmp_path / "b.pdf"
    other = ["certificate", "print", *told["numbers"], "2202822012JY00001", "--out", str(again)]
    refused = ask(office, *other, "--again", "试", "--stock", "--serial", "N0009", code=1)["error"]
    assert refused["code"] == "printing.stocks"
    for serial, code in (("N0003", "stock.serial_gone"), ("N9998", "stock.serial_too_long")):
        refused = ask(office, *honours, "--again", "试", "--serial", serial, code=1)["error"]
        assert refused["code"] == code
    assert len(ask(office, "certificate", "runs")["runs"]) == 2
    assert ask(office, *honours, "--again", "试", "--serial", "N0004")["count"] == 3


def test_each_holder_may_have_a_file(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    told = ask(office, "certificate", "print", COURSE, "--out", str(out), "--each")
    assert len(told["files"]) == len(set(told["files"])) == 5
    assert all(pages(Path(one)) == 1 for one in told["files"])


def test_a_year_is_entered_into_booklets(office: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    ask(office, "certificate", "booklet", "layout", "--register", "4-9x10", "--no-yearly")
    ask(office, "certificate", "booklet", "place", "JX00001", "--page", "5", "--line", "3",
        "--reason", "此前为手写")  # fmt: skip
    plan = ask(office, "certificate", "booklet", "plan", "--year", str(YEAR))
    assert (plan["people"], plan["lines"], plan["pages"]) == (2, 4, 2)
    told = ask(office, "certificate", "booklet", "print", plan["run"], "--out", str(out))
    assert (told["count"], pages(out)) == (2, 2)
    assert ask(office, "certificate", "booklet", "plan", "--year", str(YEAR))["run"] is None
    place = ask(office, "certificate", "booklet", "place", "JX00001")
    assert (place["register"], place["yearly"]) == ({"page": 5, "line": 5}, None)
    assert [(one["page"], one["line"], one["outcome"]) for one in place["lines"]] == [
        (5, 3, "printed"), (5, 4, "printed"),
    ]  # fmt: skip
    told = ask(office, "certificate", "booklet", "next", "JX00001")
    (new,) = told["booklets"]
    assert new["continues"] == "JX00001"
    assert ask(office, "certificate", "booklet", "next", "JX00001", code=1)["error"]["code"] == (
        "certificate.next"
    )
    again = ask(office, "certificate", "booklet", "again", plan["run"], "2", "--reason", "打偏")
    assert (again["lines"], again["waiting"]) == (2, 1)


def test_a_file_is_moved_and_scaled_as_its_tray_was_calibrated(calibrated: Path, tmp_path: Path):
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"
    words = ("certificate", "print", COURSE, "--stock", "--plan-only", "--out")
    assert ask(calibrated, *words, plain)["tray"] is None
    told = ask(calibrated, *words, moved, "--printer", "HP 1020", "--tray", "手动进纸")["tray"]
    assert told == {
        "printer": "HP 1020", "tray": "手动进纸", "paper": "",
        "right": 1.5, "down": -0.8, "wider": 1.004, "taller": 0.997,
    }  # fmt: skip
    before, after = (place_of(one, "2202822012JY00001") for one in (plain, moved))
    assert after.left == pytest.approx(before.left * 1.004 + 1.5, abs=0.05)
    assert after.top == pytest.approx(before.top * 0.997 - 0.8, abs=0.05)


def test_a_tray_nobody_calibrated_is_refused_and_nothing_is_begun(calibrated: Path, tmp_path: Path):
    out = tmp_path / "a.pdf"
    words = ("certificate", "print", COURSE, "--out", out)
    found = ask(calibrated, *words, "--printer", "HP 1020", "--tray", "纸盒", code=1)["error"]
    assert found["code"] == "printer.not_calibrated"
    assert "HP 1020 手动进纸" in found["hint"]
    lone = ask(calibrated, *words, "--tray", "手动进纸", code=1)["error"]
    assert lone["code"] == "usage"
    assert not out.exists()
    assert ask(calibrated, "certificate", "runs")["runs"] == []
    assert ask(calibrated, *words, "--printer", "HP 1020")["tray"]["tray"] == "手动进纸"


def test_the_calibration_sheet_is_written_as_it_is_and_as_the_tray_wants_it(
    calibrated: Path, tmp_path: Path
):
    plain, moved = tmp_path / "plain.pdf", tmp_path / "moved.pdf"
    words = ("certificate", "calibration", "--paper", "130x184", "--out")
    told = ask(calibrated, *words, plain)
    assert (told["paper"], told["crosses"]) == ("130×184 mm", [[20, 20], [110, 164]])
    assert told["tray"] is None
    assert ask(calibrated, *words, moved, "--printer", "HP 1020")["tray"]["right"] == 1.5
    before, after = (place_of(one, "100") for one in (plain, moved))
    assert after.left == pytest.approx(before.left * 1.004 + 1.5, abs=0.05)
    assert ask(calibrated, *words, plain, code=1)["error"]["code"]
    small = ask(calibrated, "certificate", "calibration", "--paper", "9x9", "--out", plain, code=1)
    assert "太小" in small["error"]["message"]
