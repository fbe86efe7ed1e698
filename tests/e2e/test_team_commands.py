"""``team …`` as another program meets it: from setting up to the ledger, and what is missing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands import ask, run
from tests.people import id_number
from tests.workbooks import xlsx

SCHOOLS = [
    ["学校名称", "简称", "学段", "机构类型"],
    ["桦甸市第四中学", "四中", "初中", "初级中学"],
    ["桦甸市红石中学", "红石中学", "初中", "初级中学"],
]
TEACHERS = [
    ["姓名", "身份证号", "所在学校", "学段", "任教学科", "骨干级别", "培训方式", "职称"],
    ["李春", id_number(1), "四中", "初中", "数学", "市学科带头人", "文本", "高级教师"],
    ["单雄信", id_number(3), "四中", "初中", "数学", "县骨干教师", "文本", "一级教师"],
    ["罗士信", id_number(5), "红石中学", "初中", "数学", "", "网联", "二级教师"],
    ["程咬金", id_number(7), "红石中学", "初中", "语文", "", "网联", "二级教师"],
]
TEAM = [
    "team", "add", "--name", "初中数学辅导团队", "--kind", "学科辅导团队", "--stage", "初中",
    "--subject", "数学", "--host", "四中", "--start", "2025-01-01",
]  # fmt: skip
LECTURE = ["--kind", "专题讲座", "--topic", "函数教学", "--day", "2025-03-10", "--hours", "3"]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("teams")
    database = folder / "office.db"
    ask(database, "init", "--name", "桦甸市教师进修学校", "--region", "220282")
    files = [xlsx(folder / "学校.xlsx", SCHOOLS), xlsx(folder / "教师.xlsx", TEACHERS)]
    ask(database, "import", "auto", "--yes", *files)
    ask(database, *TEAM)
    leading = ["--role", "负责人", "--start", "2025-01-01"]
    ask(database, "team", "member", "数学辅导", "李春", *leading)
    return database


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


def test_a_team_goes_from_its_plan_to_the_ledger(office: Path, tmp_path: Path):
    plan = ["team", "plan", "数学辅导", "--term", "2024-2025-2"]
    ask(office, *plan, "--goals", "提高效率", "--item", "专题讲座 2 函数", "--step", "submit")
    (found,) = ask(office, *plan, "--step", "approve")["plans"]
    assert (found["state"], found["items"]) == (
        "approved",
        [{"kind": "lecture", "count": 2, "words": "函数"}],
    )
    sheet = xlsx(
        tmp_path / "签到.xlsx",
        [["身份证号", "姓名", "学时"], [id_number(5), "罗士信", 2], [id_number(7), "程咬金", None]],
    )
    words = ["team", "activity", "数学辅导", *LECTURE, "--trainer", "李春", "--people", sheet]
    activity = ask(office, *words)["activity"]
    posted = ask(office, "team", "post")
    assert (posted["activities"], posted["posted"], posted["told"]) == (1, 3, [])
    entries = ask(office, "ledger", "list")["entries"]
    assert {(one["title"], one["hours"], one["kind"]) for one in entries} == {
        ("专题讲座：函数教学（主讲）", 6, "offset"),
        ("专题讲座：函数教学", 2, "record"),
        ("专题讲座：函数教学", 3, "record"),
    }
    again = ask(office, "team", "post", "--activity", activity)
    assert (again["posted"], again["before"]) == (0, 3)
    (trainer,) = ask(office, "team", "workload", "--year", "2025")["trainers"]
    assert (trainer["hours"], trainer["kinds"], trainer["enough"]) == (6, {"专题讲座": 6}, False)
    (found,) = ask(office, *plan)["plans"]
    assert found["progress"] == [{"kind": "专题讲座", "planned": 2, "done": 1}]
    ask(office, "team", "unpost", activity, "--reason", "学时写错")
    assert sum(one["hours"] for one in ask(office, "ledger", "list")["entries"]) == 0


def test_what_is_missing_and_who_could_fill_it(office: Path):
    found = ask(office, "team", "coverage")
    assert {(one["subject"], one["track"], one["teachers"]) for one in found["empty"]} == {
        ("数学", "网联", 1),
        ("语文", "网联", 1),
    }
    (one,) = ask(
        office, "team", "propose", "--stage", "初中", "--subject", "数学", "--track", "网联"
    )["proposals"]
    assert [each["name"] for each in one["people"]] == ["李春", "单雄信", "罗士信"]
    assert one["people"][0]["why"] == ["市学科带头人", "高级教师"]
    assert one["people"][2]["but"] == ["不是县级以上学科带头人、骨干教师，需写明特例"]
    assert one["takers"] == ["初中数学辅导团队：同学段同学科，现只面向文本"]
    assert len(ask(office, "team", "propose")["proposals"]) == 2
    words = run(office, "team", "coverage").stdout
    assert "空缺：初中语文（网联），教师 1 人" in words
    wrong = ask(office, "team", "propose", "--stage", "初中", "--subject", "炼丹", code=1)
    assert wrong["error"]["message"] == "没有“炼丹”这个任教学科。"


def test_members_come_go_and_need_their_exceptions(office: Path):
    refused = ask(office, "team", "member", "数学辅导", "罗士信", code=1)
    assert refused["error"]["code"] == "teams.not_fit"
    ask(office, "team", "member", "数学辅导", "罗士信", "--exception", "村小骨干")
    ask(office, "team", "member", "数学辅导", "单雄信", "--role", "管理团队")
    shown = ask(office, "team", "show", "数学辅导")
    assert [(one["name"], one["role"], one["exception"]) for one in shown["members"]] == [
        ("李春", "负责人", None),
        ("罗士信", "成员", "村小骨干"),
        ("单雄信", "管理团队", None),
    ]
    assert shown["doubts"] == ["成员不足 2 人", "缺技术支持团队"]
    ask(office, "team", "leave", "数学辅导", "李春", "--reason", "调出")
    change = ["--role", "负责人", "--instead", "--exception", "代理"]
    ask(office, "team", "member", "数学辅导", "罗士信", *change)
    (row,) = ask(office, "team", "list")["teams"]
    assert (row["leaders"], row["host"], row["kind"]) == (
        ["罗士信"],
        "桦甸市第四中学",
        "学科辅导团队",
    )
    ask(office, "team", "serve", "数学辅导", "--school", "红石中学")
    assert ask(office, "team", "show", "数学辅导")["schools"] == ["桦甸市红石中学"]
    ask(office, "team", "change", "数学辅导", "--remark", "第二届")
    assert ask(office, "team", "list")["teams"][0]["remark"] == "第二届"
    ask(office, "team", "review", "数学辅导", "--year", "2025", "--score", "91")
    ask(office, "team", "end", "数学辅导", "--reason", "期满")
    assert ask(office, "team", "list")["teams"] == []
    assert len(ask(office, "team", "list", "--ended")["teams"]) == 1


def test_targets_and_kinds_are_told_with_their_sources(office: Path):
    ratio, hours, workshops = ask(office, "team", "targets")["targets"]
    assert (ratio["wanted"], ratio["found"], ratio["met"]) == (1, 1, True)
    assert "300:1" in ratio["quote"]
    assert hours["met"] is False
    assert workshops["wanted"] == 0
    kinds = ask(office, "team", "kinds")
    assert kinds["kinds"][0]["roles"] == ["负责人", "成员", "管理团队", "技术支持团队"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add", "--name", "x", "--kind", "合唱团"], "teams.kind"),
        (["plan", "数学辅导", "--term", "去年"], "teams.term"),
        (["show", "体育"], "teams.no_such_team"),
        (["activity", "数学辅导", "--kind", "研讨", "--day", "2025-03-10"], "cell.missing"),
        (["activity", "数学辅导", *LECTURE, "--trainer", "无此人"], "staff.no_such_number"),
        (["post"], "teams.nothing_chosen"),
        (["leave", "数学辅导", "罗士信", "--reason", "x"], "teams.no_such_member"),
        (
            ["activity", "数学辅导", *LECTURE, "--trainer", "李春", "--participant", "李春"],
            "teams.both_parts",
        ),
        (["unpost", "无此号", "--reason", "x"], "teams.no_such_activity"),
        (["review", "数学辅导", "--year", "2025", "--score", "很好"], "number"),
        (["end", "数学辅导", "--reason", "x", "--day", "昨天"], "date"),
    ],
)
def test_bad_input_ends_in_a_sentence(county: Path, words: list[str], code: str):
    error = ask(county, "team", *words, code=1)["error"]
    assert error["code"] == code
    assert error["hint"]


def test_a_list_of_people_with_faults_is_refused_whole(office: Path, tmp_path: Path):
    activity = ask(office, "team", "activity", "数学辅导", *LECTURE)["activity"]
    rows = [
        ["身份证号", "姓名", "参加方式", "学时"],
        [id_number(5), "罗士信", "旁听", 2],
        [id_number(7), "程咬金", "主讲", "很多"],
        [id_number(1), "李春", "", ""],
        [id_number(1), "李春", "", ""],
    ]
    sheet = xlsx(tmp_path / "签到.xlsx", rows)
    told = ask(office, "team", "people", activity, "--people", sheet, code=1)["error"]["message"]
    for said in ("第 2 行：没有“旁听”", "第 3 行：学时“很多”不是数", "第 5 行", "出现两次"):
        assert said in told
    ask(office, "team", "people", activity, "--participant", "罗士信", "--hours", "1.5")
    (one,) = ask(office, "team", "show", "数学辅导")["activities"]
    assert (one["participants"], one["trainers"]) == (1, 0)
