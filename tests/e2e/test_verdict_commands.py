"""Rules, verdicts and the stamp as another program meets them: processes, JSON, files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commands import ask
from tests.people import id_number
from tests.workbooks import xlsx

TEACHERS = ["姓名", "身份证号", "所在学校", "学段", "职务", "是否班主任", "参加工作时间"]
RECORDS = ["姓名", "身份证号", "年度", "课程名称", "培训形式", "学时"]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two teachers of one school: the first has 360 hours over the cycle, the second 48 a year."""
    folder = tmp_path_factory.mktemp("verdicts")
    database = folder / "office.db"
    ask(database, "init", "--name", "温州某县教师教育院", "--region", "330302", "--level", "county")
    schools = [["学校名称", "简称", "学段"], ["温州市第一中学", "一中", "初中"]]
    people = [
        TEACHERS,
        ["张红梅", id_number(1), "一中", "初中", "教师", "否", "2001-08"],
        ["李建国", id_number(3), "一中", "初中", "教师", "是", "2001-08"],
    ]
    records = [RECORDS]
    for year in range(2011, 2016):
        records.append(["张红梅", id_number(1), year, f"校本研修{year}", "校本", 24])
        records.append(["张红梅", id_number(1), year, f"集中培训{year}", "集中", 48])
        records.append(["李建国", id_number(3), year, f"集中培训{year}", "集中", 48])
    records.append(["张红梅", id_number(1), 2014, "高级研修班", "集中", 90])
    files = [
        xlsx(folder / "机构.xlsx", schools),
        xlsx(folder / "教师.xlsx", people),
        xlsx(folder / "记录.xlsx", records),
    ]
    ask(database, "import", "auto", *files, "--yes")
    return database


@pytest.fixture
def own(county: Path, tmp_path: Path) -> Path:
    """A copy that may be written to."""
    return Path(shutil.copy(county, tmp_path / "own.db"))


def test_one_teachers_verdict_shows_its_arithmetic(county: Path) -> None:
    found = ask(county, "verdict", "teacher", "330302000001", "--cycle", "2011-2015")
    assert (found["policy"], found["met"]) == ("wenzhou-2012", True)
    total = next(one for one in found["requirements"] if one["id"] == "cycle-360")
    assert (total["required"], total["achieved"], total["missing"]) == (360, 450, 0)
    assert sum(one["amount"] for one in total["counted"]) == 450
    long = next(one for one in found["requirements"] if one["id"] == "long-course-90")
    assert [one["title"] for one in long["counted"]] == ["高级研修班"]
    assert "一次不足 90 学时" in {one["reason"] for one in long["not_counted"]}
    head = next(one for one in found["requirements"] if one["id"] == "head-teacher-30")
    assert (head["applies"], head["counted"]) == (False, [])


def test_everybodys_verdicts_are_counted_and_written_out(county: Path, tmp_path: Path) -> None:
    details = tmp_path / "d.json"
    found = ask(county, "verdict", "all", "--cycle", "2011-2015", "--details", details)
    counts = {one["id"]: (one["applies"], one["met"]) for one in found["requirements"]}
    assert (found["teachers"], found["met"], found["period"]) == (2, 1, "2011-2015")
    assert counts["cycle-360"] == (2, 1)
    assert counts["year-48"] == (2, 2)
    assert counts["head-teacher-30"] == (1, 0)
    everybody = json.loads(details.read_text("utf-8"))["teachers"]
    assert [one["met"] for one in everybody] == [True, False]
    for requirement, (_, met) in counts.items():
        again = [
            result
            for one in everybody
            for result in one["requirements"]
            if result["id"] == requirement and result["applies"]
        ]
        assert sum(one["achieved"] >= one["required"] for one in again) == met


@pytest.mark.parametrize("name", ["达标.xlsx", "达标.pdf"])
def test_verdicts_go_out_as_workbook_and_paper(county: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    ask(county, "verdict", "all", "--cycle", "2011-2015", "--school", "一中", "--out", out)
    assert out.stat().st_size > 2000
    assert out.read_bytes()[:2] in (b"PK", b"%P")


def test_another_pack_and_another_day_give_another_verdict(county: Path) -> None:
    what_if = ask(county, "verdict", "all", "--cycle", "2011-2015", "--policy", "cn-2011")
    assert [one["id"] for one in what_if["requirements"]] == ["in-service-360"]
    early = ask(county, "verdict", "all", "--cycle", "2011-2015", "--as-of", "2013-12-31")
    assert early["met"] == 0


def test_mistakes_are_told_in_words(county: Path) -> None:
    for words, told in (
        (["all", "--policy", "nowhere"], "没有规则包“nowhere”"),
        (["all", "--cycle", "2015-2011"], "首尾颠倒"),
        (["all", "--cycle", "2011-2015", "--year", "2020"], "不在周期"),
        (["teacher", "0"], "没有编号为 0 的教师"),
        (["all", "--as-of", "昨天"], "不是日期"),
    ):
        found = ask(county, "verdict", *words, code=1)
        assert told in found["error"]["message"], words


def test_rules_are_listed_checked_saved_and_used(own: Path, tmp_path: Path) -> None:
    listed = ask(own, "policy", "list")
    assert "wenzhou-2012" in {one["id"] for one in listed["policies"]}
    text = ask(own, "policy", "show", "cn-2011")["text"]
    bad = tmp_path / "bad.toml"
    bad.write_text(text.replace("least = 360", "lest = 360"), encoding="utf-8")
    found = ask(own, "policy", "check", bad, code=1)
    assert "lest" in found["mistakes"][0]
    good = tmp_path / "good.toml"
    easy = text.replace('id = "cn-2011"', 'id = "easy"').replace("least = 360", "least = 200")
    good.write_text(easy, encoding="utf-8")
    assert ask(own, "policy", "check", good, "--save")["saved"]
    ask(own, "policy", "use", "easy", "--from", "2011-01-01", "--to", "2015-12-31")
    found = ask(own, "verdict", "all", "--cycle", "2011-2015")
    assert (found["policy"], found["met"]) == ("easy", 2)


def test_a_year_is_stamped_school_by_school(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "名单"
    run = ask(own, "stamp", "run", "--year", "2012", "--school", "一中", "--out", out)
    assert run["counts"] == {"ready": 1, "blocked": 1, "open": 0, "stamped": 0}
    (blocked,) = run["schools"][0]["blocked"]
    assert blocked["name"] == "李建国"
    assert "每年校本培训：应 24 学时，实 0 学时，差 24 学时" in blocked["reasons"][0]
    assert any(out.iterdir())
    assert ask(own, "stamp", "wording")["clerk"] == ""
    assert ask(own, "stamp", "wording", "--clerk", "李文秀")["clerk"] == "李文秀"
    assert ask(own, "stamp", "confirm", "--year", "2012")["counts"]["stamped"] == 1
    ask(own, "stamp", "void", "--year", "2012", "330302000001", "--reason", "盖错页")
    assert ask(own, "stamp", "list")["runs"][0]["counts"]["stamped"] == 0
    ask(own, "stamp", "close", "--year", "2012")
    assert "已经结束" in ask(own, "stamp", "run", "--year", "2012", code=1)["error"]["message"]
    ask(own, "stamp", "reopen", "--year", "2012", "--reason", "补办")
    assert ask(own, "stamp", "run", "--year", "2012")["counts"]["ready"] == 1


def test_leave_vetoes_and_figures_change_what_is_said(own: Path) -> None:
    number = "330302000001"
    ask(own, "exemption", "file", number, "--ground", "产假", "--from", "2012-01-01",
        "--to", "2012-06-30", "--reason", "产假证明")  # fmt: skip
    (waiting,) = ask(own, "exemption", "list", "--waiting")["exemptions"]
    ask(own, "exemption", "approve", waiting["id"])
    assert ask(own, "exemption", "list")["exemptions"][0]["state"] == "已批"
    ask(own, "veto", "put", number, "--year", "2012", "--reason", "有偿补课")
    run = ask(own, "stamp", "run", "--year", "2012")
    assert run["counts"]["ready"] == 0
    ask(own, "veto", "lift", ask(own, "veto", "list")["vetoes"][0]["id"], "--reason", "复议")
    ask(own, "figure", "set", "教师培训经费", "3", "--year", "2015")
    ask(own, "figure", "set", "教职工工资总额", "100", "--year", "2015")
    targets = ask(own, "verdict", "targets", "--cycle", "2011-2015")["targets"]
    money = next(one for one in targets if one["id"] == "money-payroll-3")
    assert (money["value"], money["met"]) == (3, True)
