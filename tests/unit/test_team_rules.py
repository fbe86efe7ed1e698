"""The rules of the place for teams, terms, hours of an activity, and whom to propose first."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.codes.library import load_codes
from models.errors import UserError
from models.teams.crediting import credited
from models.teams.fitness import Person, barred, objections, vacancies
from models.teams.kinds import activity_meant, kind_meant, part_meant, role_meant, team_rules
from models.teams.plans import PlanItem, read_items, write_items
from models.teams.proposing import Candidate, ranked
from models.training.school_terms import (
    read_term,
    term_days,
    term_name,
    term_of,
    terms_between,
)

RULES = team_rules()
CODES = load_codes()


def test_every_code_and_key_the_rules_name_is_there():
    named = [
        *(("backbone", code) for one in RULES.standings.values() for code in one.codes),
        *(("teacher_status", code) for one in RULES.roles.values() for code in one.not_for),
        *(("teacher_status", code) for code in RULES.away),
        *(("title", code) for code in RULES.proposals.high_titles),
        *(("stage", code) for one in RULES.kinds for code in one.stages),
        *(("stage", code) for code in RULES.left_out.stages),
        *(("subject", code) for code in RULES.left_out.subjects),
        *(("track", one.track) for one in RULES.kinds if one.track),
        *(("training_mode", one.mode) for one in RULES.activities),
        *(("offset_ground", one.ground) for one in RULES.activities if one.ground),
        *(("institution_type", code) for code in RULES.targets.workshops.units),
    ]
    assert [pair for pair in named if CODES[pair[0]].get(pair[1]) is None] == []
    assert {role for one in RULES.kinds for role in one.roles} == RULES.roles.keys()
    assert {one.standing for one in RULES.roles.values()} - {""} <= RULES.standings.keys()
    assert {RULES.proposals.standing, RULES.proposals.leads} <= RULES.standings.keys()
    assert set(RULES.targets.workshops.kinds) <= {one.key for one in RULES.kinds}


def test_the_sources_of_the_teams_are_quoted():
    assert "依托省市级学科带头人和省市级骨干教师" in kind_meant("学科辅导团队").quote
    assert "管理团队和技术支持团队" in RULES.roles["technician"].quote
    targets = RULES.targets
    assert (targets.trainers.per, targets.hours.least, targets.workshops.least) == (300, 100, 3)
    assert "300:1" in targets.trainers.quote


def test_words_find_kinds_roles_activities_and_parts():
    assert kind_meant(" 名师工作室 ").key == "studio"
    assert role_meant("studio", "") == "host"
    assert role_meant("tutoring", "技术支持团队") == "technician"
    assert activity_meant("批改作业").unit == "份"
    assert (part_meant("主讲"), part_meant("participant")) == ("trainer", "participant")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: kind_meant("合唱团"), "没有“合唱团”这种团队种类。 可填：学科辅导团队、"),
        (lambda: kind_meant(""), "没有填团队种类"),
        (lambda: role_meant("studio", "版主"), "没有“版主”这种身份。 可填：主持人、成员、学员"),
        (lambda: activity_meant("聚餐"), "没有“聚餐”这种活动种类"),
        (lambda: part_meant("旁听"), "可填：主讲、参加"),
    ],
)
def test_unknown_words_are_told_with_what_could_be_meant(ask, said: str):
    with pytest.raises(UserError) as error:
        ask()
    assert said in error.value.sentence


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("2025-2026学年第一学期", "2025-2026-1"),
        ("2025—2026 学年度第2学期", "2025-2026-2"),
        ("2025-2026-2", "2025-2026-2"),
        ("２０２５学年上学期", "2025-2026-1"),
    ],
)
def test_terms_are_read_as_people_write_them(text: str, term: str):
    assert read_term(text) == term


@pytest.mark.parametrize("text", ["", "2025", "2025-2027-1", "下学期", "2025-2026-3"])
def test_what_is_no_term_is_refused(text: str):
    with pytest.raises(UserError, match=r"teams\.term"):
        read_term(text)


def test_every_day_of_four_years_lies_in_the_term_that_says_so():
    for number in range(date(2023, 1, 1).toordinal(), date(2027, 1, 1).toordinal()):
        day = date.fromordinal(number)
        first, after = term_days(term_of(day))
        assert first <= day.isoformat() < after
    assert term_name(term_of(date(2026, 1, 31))) == "2025—2026学年第一学期"
    assert term_of(date(2026, 2, 1)) == "2025-2026-2"
    found = list(terms_between("2025-01-31", "2025-08-01"))
    assert found == ["2024-2025-1", "2024-2025-2", "2025-2026-1"]


@pytest.mark.parametrize(
    ("kind", "part", "measure", "own", "hours"),
    [
        ("lecture", "trainer", (Decimal(3), None), None, "6"),
        ("lecture", "participant", (Decimal(3), None), None, "3"),
        ("homework", "trainer", (None, 45), None, "4.5"),
        ("homework", "participant", (Decimal(9), 45), None, "0"),
        ("forum", "participant", (Decimal(2), None), Decimal("0.5"), "0.5"),
        ("answers", "trainer", (None, None), None, "0"),
    ],
)
def test_hours_follow_from_kind_part_and_measure(kind, part, measure, own, hours):
    assert credited(RULES.activity(kind), part, measure, own) == Decimal(hours)


def test_who_does_not_fit_a_role_is_told_why():
    leader, manager = RULES.roles["leader"], RULES.roles["manager"]
    person = Person("张三", "41", "01", "a")
    states = {"13": "退休"}
    assert objections(leader, RULES.standing_of(leader), person, "a") == (
        "张三不是省市级学科带头人、骨干教师",
    )
    assert objections(leader, RULES.standing_of(leader), replace(person, backbone="21"), "b") == ()
    assert objections(manager, None, person, "b") == ("张三不是所在校的教师",)
    assert barred(leader, replace(person, status="13"), states) == "张三已退休，不能担任负责人"
    assert barred(leader, person, states) == ""


def test_roles_with_too_few_people_are_told():
    roles = RULES.roles_of("tutoring")
    assert vacancies(roles, ["member", "manager"]) == (
        "缺负责人",
        "成员不足 2 人",
        "缺技术支持团队",
    )


def test_a_plan_is_read_and_written_back():
    items = read_items("专题讲座 2 新课标解读\n\n批改作业 30份；公开课 1")
    assert items == (
        PlanItem("lecture", 2, "新课标解读"),
        PlanItem("homework", 30, ""),
        PlanItem("open_lesson", 1, ""),
    )
    assert read_items(write_items(items)) == items


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("讲故事 2", "计划第 1 行：没有“讲故事”"),
        ("公开课 1\n研讨 几次", "计划第 2 行“研讨 几次”没有写次数"),
        ("研讨 0", "没有写次数"),
    ],
)
def test_a_line_of_a_plan_that_cannot_be_read_is_told(text: str, said: str):
    with pytest.raises(UserError, match=said):
        read_items(text)


def candidate(name: str, **values: object) -> Candidate:
    made = Candidate(
        name, name, name, "四中", "县骨干教师", "", 10, False, False, "1", 0, Decimal(0), False
    )
    return replace(made, **values)


def test_the_best_are_proposed_first_whatever_the_order_of_the_list():
    people = [
        candidate("1", rank=0, leads=True, backbone="省骨干教师"),
        candidate("2", rank=3, leads=True, senior=True, title="高级教师"),
        candidate("3", rank=3, leads=True),
        candidate("4", rank=3, leads=True, teams=1),
        candidate("5", rank=10, track="2"),
        candidate("6", rank=0, leads=True, teams=2),
        candidate("7", rank=0, leads=True, hours=Decimal(120)),
        candidate("8", rank=None, backbone=""),
    ]
    for seed in range(20):
        shuffled = random.Random(seed).sample(people, len(people))
        found = ranked(shuffled, "1", 2, 100)
        assert [one.candidate.name for one in found] == ["1", "2", "3", "4", "5", "7", "6", "8"]
    told = {one.candidate.name: (one.why, one.but) for one in found}
    assert told["1"] == (("省骨干教师", "没有参加其他团队", "培训方式相同"), ())
    assert told["6"][1] == ("已在 2 个团队中",)
    assert told["7"][1] == ("本年已授 120 学时",)
    assert told["5"][1] == ("可任成员；任负责人应为省市级学科带头人、骨干教师",)
    assert told["8"][1] == ("不是县级以上学科带头人、骨干教师，需写明特例",)
