"""``pair …`` as another program meets it: from a programme to its agreements and ranking."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands import ask, run
from tests.people import id_number
from tests.workbooks import xlsx

SCHOOLS = [
    ["机构名称", "机构类型", "城乡属性", "经度", "纬度"],
    ["桦甸市第四中学", "初级中学", "县城", "126.745312", "42.972038"],
    ["红石镇中学", "初级中学", "镇区", "127°06′", "42°52′30″"],
]
TEACHERS = [
    ["姓名", "身份证号", "所在学校", "任教学科", "学段", "骨干级别", "岗位状态"],
    ["单雄信", id_number(1), "桦甸市第四中学", "数学", "初中", "县骨干教师", "在岗"],
    ["罗士信", id_number(3), "红石镇中学", "数学", "初中", None, "在岗"],
    ["王伯当", id_number(5), "红石镇中学", "数学", "初中", None, "在岗"],
    ["徐茂公", id_number(7), "红石镇中学", "物理", "初中", None, "在岗"],
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with two schools, four people who want to be paired and a programme."""
    folder = tmp_path_factory.mktemp("county")
    database = folder / "office.db"
    ask(database, "init", "--name", "桦甸市教师进修学校", "--region", "220282")
    files = [xlsx(folder / "学校.xlsx", SCHOOLS), xlsx(folder / "教师.xlsx", TEACHERS)]
    ask(database, "import", "auto", "--yes", *files)
    ask(database, "pair", "programme", "add", "--kind", "town-village", "--code", "CX1",
        "--start", "2025-09-01")  # fmt: skip
    mentor, *mentees = [number(database, name) for name in ("单雄信", "罗士信", "王伯当", "徐茂公")]
    ask(database, "pair", "wish", "--programme", "CX1", "--part", "mentor", mentor)
    ask(database, "pair", "wish", "--programme", "CX1", "--part", "mentee", *mentees)
    return database


@pytest.fixture
def office(county: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "office.db"
    shutil.copy(county, copy)
    return copy


def number(office: Path, name: str) -> str:
    (found,) = ask(office, "teachers", "find", name)["teachers"]
    return found["teacher_no"]


def test_a_proposal_is_the_json_that_was_promised(office: Path, tmp_path: Path):
    out = tmp_path / "匹配.xlsx"
    found = ask(office, "pair", "propose", "--programme", "CX1", "--out", out)
    assert [(one["mentor"], one["cost"]) for one in found["pairs"]] == [
        (number(office, "单雄信"), 61),
        (number(office, "单雄信"), 69),
    ]
    assert found["pairs"][0]["why"] == [
        "同学科（数学）", "同学段（初中）", "两校相距约 31 公里（+31）", "县骨干教师（+30）",
    ]  # fmt: skip
    assert found["total_cost"] == 130
    assert found["unmatched_mentees"] == [
        {
            "teacher_no": number(office, "徐茂公"),
            "why": "没有教物理的师傅。",
            "hint": "请增加这一学科的师傅，或由人指定一对并固定。",
        }
    ]
    assert load_workbook(out).sheetnames == ["师徒", "未配上", "不能结对"]
    assert ask(office, "pair", "list", "--programme", "CX1")["pairs"] == []


OF = ("--programme", "CX1")


def filed(office: Path, folder: Path) -> tuple[str, str]:
    """The table of a proposal taken in, one pair refused, the other filed; its two numbers."""
    table = folder / "匹配.xlsx"
    ask(office, "pair", "propose", *OF, "--out", table)
    done = ask(office, "pair", "import", table, *OF)
    assert (done["pairs"], done["conflicts"]) == (2, [])
    mentor, mentee = number(office, "单雄信"), number(office, "罗士信")
    other = f"{mentor}:{number(office, '王伯当')}"
    assert ask(office, "pair", "step", *OF, "--step", "applied")["pairs"] == 2
    second = ("pair", "step", *OF, "--step", "recommended")
    ask(office, *second, "--refuse", other, code=1)
    ask(office, *second, "--refuse", "--opinion", "暂缓", other)
    ask(office, *second)
    ask(office, "pair", "step", *OF, "--step", "培训部审核备案", "--opinion", "同意")
    return mentor, mentee


@pytest.mark.prints
def test_a_pair_goes_from_the_table_to_its_agreement(office: Path, tmp_path: Path):
    _, mentee = filed(office, tmp_path)
    states = {one["mentee"]: one["state"] for one in ask(office, "pair", "list", *OF)["pairs"]}
    assert states == {mentee: "filed", number(office, "王伯当"): "refused"}
    out = tmp_path / "协议.pdf"
    printed = ask(office, "pair", "agreements", *OF, "--out", out)
    assert (printed["issued"], out.read_bytes()[:4]) == (1, b"%PDF")
    assert ask(office, "pair", "agreements", *OF, "--out", out)["issued"] == 0
    (pair,) = ask(office, "pair", "list", *OF, "--state", "filed")["pairs"]
    assert pair["agreement_no"]


def test_visits_ranking_and_sanction_of_a_filed_pair(office: Path, tmp_path: Path):
    mentor, mentee = filed(office, tmp_path)
    same = (*OF, "--mentor", mentor, "--mentee", mentee)
    (pair,) = ask(office, "pair", "list", *OF, "--state", "filed")["pairs"]
    visit = ("pair", "visit", *same, "--day", pair["starts_on"], "--topic", "方程")
    ask(office, *visit, "--kind", "听课", "--evidence", "听课记录第 3 页")
    ask(office, *visit, "--kind", "散步", code=1)
    assert ask(office, "pair", "post", *OF)["posted"] == 2
    ask(office, "pair", "post", *OF, code=1)
    units = ask(office, "pair", "rank", *OF)["units"]
    assert [(one["school"], one["pairs"], one["place"]) for one in units] == [
        ("红石镇中学", 1, None)
    ]
    ask(office, "pair", "sanction", "propose", *same, "--reason", "没有活动")
    (waiting,) = ask(office, "pair", "sanction", "list", *OF)["proposals"]
    assert waiting["decision"] is None
    decide = ("pair", "sanction", "decide", waiting["id"])
    ask(office, *decide, "--keep", code=2)
    assert ask(office, *decide, "--keep", "--opinion", "师傅病假")["decision"] == "keep"
    launch = ("--kind", "启动大会", "--day", pair["starts_on"])
    ask(office, "pair", "meeting", "add", *OF, *launch)
    ask(office, "pair", "meeting", "drop", *OF, *launch)
    held = ask(office, "pair", "meeting", "list", *OF)["meetings"]
    assert {one["held_on"] for one in held} == {None}
    refused = ask(office, "pair", "programme", "drop", OF[1], code=1)
    assert "不能删除" in refused["error"]["message"]
    ask(office, "pair", "dissolve", *same, "--reason", "师傅调走")
    assert ask(office, "pair", "list", *OF, "--state", "filed")["pairs"] == []


def test_a_pair_against_the_rules_is_filed_with_a_reason_that_stays(office: Path, tmp_path: Path):
    mentor, mentee = number(office, "单雄信"), number(office, "徐茂公")
    table = xlsx(tmp_path / "师徒.xlsx", [["师傅编号", "徒弟编号"], [mentor, mentee]])
    assert "师徒不同学科" in ask(office, "pair", "import", table, *OF)["conflicts"][0]
    ask(office, "pair", "step", *OF, "--step", "applied")
    ask(office, "pair", "step", *OF, "--step", "recommended")
    last = ("pair", "step", *OF, "--step", "filed", "--opinion", "同意")
    refused = ask(office, *last, code=1)["error"]
    assert refused["message"] == "单雄信带徐茂公：师徒不同学科，不合这项工程的要求。"
    assert "特例的理由" in refused["hint"]
    ask(office, *last, "--reason", "同属理科")
    (pair,) = ask(office, "pair", "list", *OF)["pairs"]
    assert (pair["state"], pair["reason"]) == ("filed", "特例：同属理科")


def test_surveys_go_out_and_come_back(office: Path, tmp_path: Path):
    of = ("--programme", "CX1")
    folder = tmp_path / "调查"
    files = ask(office, "pair", "survey", "out", *of, "--out", folder)["files"]
    assert len(files) == 2
    bad = xlsx(
        tmp_path / "乡镇.xlsx",
        [["填表学校", "学科", "人数"], ["红石镇中学", "奥数", 3]],
        "乡镇中小学接受帮扶人员与学科需求调查表",
    )
    told = ask(office, "pair", "survey", "read", *of, bad, code=1)["refused"]
    assert "奥数" in told[0]["why"][0]
    missing = ask(office, "pair", "survey", "status", *of)["surveys"]
    assert {one["survey"]: one["missing"] for one in missing}["township-need"] == ["红石镇中学"]
    (physics,) = [one for one in ask(office, "pair", "survey", "balance", *of)["balance"]
                  if one["subject"] == "物理"]  # fmt: skip
    assert (physics["mentees"], physics["lacking"]) == (1, 1)


def test_wrong_words_are_answered_in_words(office: Path):
    told = ask(office, "pair", "propose", "--programme", "没有", code=1)["error"]
    assert told["message"] == "没有编号为“没有”的结对工程。"
    assert "CX1" in told["hint"]
    assert run(office, "pair", "step", "--programme", "CX1", "--step", "x").returncode == 1
    own = '{"capacity":{"county":1}}'
    terms = ask(office, "pair", "programme", "terms", "CX1", "--set", own)["terms"]
    assert terms["capacity"]["county"] == 1
    found = ask(office, "pair", "propose", "--programme", "CX1")
    assert len(found["pairs"]) == 1
    assert "名额已满（共 1 个名额）" in found["unmatched_mentees"][0]["why"]
    ask(office, "pair", "programme", "terms", "CX1", "--set", "[]", code=1)
    low = ask(office, "pair", "programme", "terms", "CX1", "--set",
              '{"weights":{"subject":-5}}', code=1)["error"]  # fmt: skip
    assert low["message"] == "weights.subject 为 -5，不能用。"
    listed = ("pair", "list", "--programme", "CX1", "--state")
    assert ask(office, *listed, "已备案")["pairs"] == []
    assert "已备案（filed）" in ask(office, *listed, "bogus", code=1)["error"]["hint"]
