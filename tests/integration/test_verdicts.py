"""Verdicts on real files: what counts, what is owed, and what the explanation says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.errors import UserError
from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.policies.packs import parse_pack
from models.staff.registration import TeacherChange, write_teachers
from models.training.approvals import approve, file_plans, review
from models.training.courses import read, register
from models.training.enrolments import enrol
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.training.marks import Mark
from models.training.projects import join
from models.training.scoring import record_scores
from models.verdicts.designations import entitlements
from models.verdicts.exemptions import decide_exemptions, exemptions, file_exemption
from models.verdicts.explaining import explain
from models.verdicts.figures import report_figure
from models.verdicts.forecast import outlooks
from models.verdicts.judging import judge
from models.verdicts.overview import standings, whole
from models.verdicts.periods import Period, months_within, of_year
from models.verdicts.targets import targets_reached
from models.verdicts.vetoes import lift_veto, put_veto, vetoes
from tests.offices import new_office
from tests.packs import LESSENED
from tests.people import school, teachers
from tests.trainings import post

CYCLE = Period(2021, 2025)
FOCUSED, SCHOOL_BASED, PRACTICE = "1", "3", "8"
NEW_TEACHER, HEAD = "02", "03"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2026-02-01")
    yield office
    office.store.close()


@pytest.fixture
def someone(office):
    return teachers(office, school(office, "桦甸市第四中学"), 1, work_start="2001-08")[0]


def result(office, teacher, requirement, pack="wenzhou-2012", period=CYCLE, **given):
    board = judge(office, period, pack_named(office, pack), **given)
    row = next(one for one in board.rows() if one.teacher_id == teacher)
    found = next(one for one in row.results if one.id == requirement)
    verdict = explain(office, teacher, period, pack_named(office, pack), **given)
    again = next(one for one in verdict.requirements if one.result.id == requirement)
    assert again.result == found  # the two ways to the number agree
    return again


def test_360_hours_are_reached_exactly_and_missed_by_a_hundredth(office, someone):
    for year in CYCLE.years:
        post(office, someone, year, "72")
    assert result(office, someone, "cycle-360").result.met
    post(office, someone, 2025, "0.01")
    reverse(office, entry_ids(office, EntryFilter(year=2025))[:2], "重记")
    post(office, someone, 2025, "71.99")
    found = result(office, someone, "cycle-360")
    assert (found.result.achieved, found.result.missing) == (Decimal("359.99"), Decimal("0.01"))
    assert not found.result.met
    reasons = {each.reason for each in found.not_counted}
    assert reasons == {"已被冲销", "冲销记录，与被冲销的一条相抵"}


def test_a_new_teachers_hours_count_for_the_probation_and_not_for_the_cycle(office):
    new = teachers(office, school(office, "二中"), 1, work_start="2023-08")[0]
    post(office, new, 2023, "120", theme=NEW_TEACHER, start="2023-09-01")
    post(office, new, 2024, "60", PRACTICE, theme=NEW_TEACHER, start="2024-03-01")
    post(office, new, 2024, "30", theme=NEW_TEACHER, start="2024-08-01")
    probation = result(office, new, "new-teacher-180")
    assert (probation.result.achieved, probation.result.met) == (180, True)
    assert probation.not_counted[0].reason.startswith("不在 2023-08-01 至 2024-08-01")
    assert result(office, new, "new-teacher-practice-60").result.met
    cycle = result(office, new, "cycle-360")
    assert cycle.result.achieved == 0
    assert {each.reason for each in cycle.not_counted} == {"新任教师试用期培训的学时不列入周期"}


def test_a_year_before_the_start_of_work_is_not_asked(office):
    new = teachers(office, None, 1, work_start="2024-03")[0]
    post(office, new, 2024, "48", SCHOOL_BASED)
    found = result(office, new, "year-48")
    assert (found.result.required, found.result.achieved, found.result.unit) == (2, 1, "年")
    assert [(part.label, part.met) for part in found.parts] == [
        ("2024 年", True),
        ("2025 年", False),
    ]


def test_one_training_of_ninety_hours_is_not_two_of_forty_five(office, someone):
    post(office, someone, 2022, "45")
    post(office, someone, 2023, "45")
    assert not result(office, someone, "long-course-90").result.met
    post(office, someone, 2024, "90", "2")
    assert not result(office, someone, "long-course-90").result.met  # 远程 is not 集中
    post(office, someone, 2024, "90")
    found = result(office, someone, "long-course-90")
    assert (found.result.achieved, found.result.unit, found.result.met) == (1, "次", True)
    told = {each.reason for each in found.not_counted}
    assert told == {"一次不足 90 学时", "培训形式为远程，本项只计集中"}


def test_head_teachers_are_asked_for_a_session_each_term(office):
    head = teachers(office, None, 1, work_start="2001-08", is_head=True)[0]
    for day in ("2021-03-01", "2021-09-01", "2022-06-30"):
        post(office, head, int(day[:4]), "3", SCHOOL_BASED, theme=HEAD, start=day)
    post(office, head, 2022, "3", SCHOOL_BASED, theme=HEAD, title="没有日期的一次")
    found = result(office, head, "head-teacher-each-term", "jilin-city-2011")
    assert (found.result.required, found.result.achieved, found.result.unit) == (10, 3, "学期")
    assert found.parts[1].label == "2021 年第 2 学期"
    assert "没有日期，不知属于哪个学期" in {each.reason for each in found.not_counted}


def test_a_verdict_is_as_of_a_day(office, someone):
    post(office, someone, 2022, "100", start="2022-05-01")
    post(office, someone, 2023, "100", start="2023-11-01")
    early = result(office, someone, "cycle-360", as_of=date(2023, 6, 30))
    assert early.result.achieved == 100
    assert result(office, someone, "year-48", as_of=date(2023, 6, 30)).result.required == 3
    assert result(office, someone, "cycle-360").result.achieved == 200


def test_posts_are_those_of_the_day(office):
    one = teachers(office, None, 1, work_start="2001-08", post="01")[0]
    with office.store.operation("test", "任校长"):
        write_teachers(office, [TeacherChange(one, {"post": "06"})], "2024-09-01")
    assert result(office, one, "principal-120").result.applies
    assert not result(office, one, "principal-120", as_of=date(2024, 1, 1)).result.applies
    post(office, one, 2025, "250", theme="05", start="2025-03-01")
    post(office, one, 2025, "50", "2", theme="05", start="2025-09-01")
    found = result(office, one, "new-principal-300")
    assert (found.result.achieved, found.result.met) == (250, False)  # 1 September is a year later
    assert result(office, one, "new-principal-90").result.met


def test_who_left_is_not_judged_and_the_explanation_says_so(office):
    gone = teachers(office, None, 1, status="13")[0]
    pack = pack_named(office, "wenzhou-2012")
    assert judge(office, CYCLE, pack).people == []
    with pytest.raises(UserError, match="不在考核之列"):
        explain(office, gone, CYCLE, pack)


def test_a_fact_nobody_recorded_is_an_open_question(office):
    unknown = teachers(office, None, 1)[0]
    found = result(office, unknown, "new-teacher-180")
    assert not found.result.applies
    assert found.open_because == "没有登记参加工作时间"
    assert whole(judge(office, CYCLE, pack_named(office, "wenzhou-2012"))).open == 1


def test_a_late_start_and_approved_leave_lessen_what_is_owed(office):
    pack = parse_pack(LESSENED, "local")
    one = teachers(office, None, 1, work_start="2023-01")[0]

    def owed():
        found = explain(office, one, CYCLE, pack).requirements
        (row,) = judge(office, CYCLE, pack).rows()
        assert [one.result.required for one in found] == [one.required for one in row.results]
        return found[0].result.required, [part.required for part in found[1].parts]

    assert owed() == (216, [60, 60, 60])  # 36 of 60 months
    file_exemption(office, one, "04", (date(2024, 1, 15), date(2024, 7, 31)), "产假证明")
    assert owed() == (216, [60, 60, 60])  # not before it is approved
    (waiting,) = exemptions(office, state="filed")
    decide_exemptions(office, [waiting.id], approve=True)
    assert owed() == (180, [60, 30, 60])  # February to July: six whole months
    assert exemptions(office)[0].state == "已批"
    with pytest.raises(UserError, match="不在待批之列"):
        decide_exemptions(office, [waiting.id], approve=True)


def test_only_whole_months_of_leave_count():
    assert len(months_within("2024-01-01", "2024-03-31")) == 3
    assert len(months_within("2024-01-02", "2024-03-30")) == 1
    assert len(months_within("2024-01-10", "2024-01-20")) == 0


@pytest.mark.parametrize(
    ("ground", "days", "reason", "told"),
    [
        ("04", (date(2024, 2, 1), date(2024, 1, 1)), "x", "早于开始日期"),
        ("04", (date(2024, 1, 1), date(2024, 2, 1)), " ", "没有写减免的事由"),
        ("0x", (date(2024, 1, 1), date(2024, 2, 1)), "x", "没有“0x”这种岗位状态"),
    ],
)
def test_bad_leave_is_refused(office, someone, ground, days, reason, told):
    with pytest.raises(UserError, match=told):
        file_exemption(office, someone, ground, days, reason)
    assert exemptions(office) == []


def test_a_year_asks_what_that_year_decides(office, someone):
    pack = pack_named(office, "wenzhou-2012")
    asked = [
        one.demand.id
        for one in judge(office, of_year(2023, Cycle(2021, 2025)), pack).questions.asked
    ]
    assert "cycle-360" not in asked
    last = judge(office, of_year(2025, Cycle(2021, 2025)), pack)
    assert "cycle-360" in [one.demand.id for one in last.questions.asked]
    post(office, someone, 2021, "360")
    (row,) = judge(office, of_year(2025, Cycle(2021, 2025)), pack).rows()
    assert row.results[0].met  # over the whole cycle, not the year


def test_groups_are_counted_and_the_outlook_names_the_gap(office):
    near, far = school(office, "近校"), school(office, "远校")
    first = teachers(office, near, 2, work_start="2001-08")
    teachers(office, far, 1, work_start="2001-08")
    post(office, first[0], 2021, "360")
    board = judge(office, CYCLE, pack_named(office, "cn-2011"), as_of=date(2023, 6, 30))
    by_school = standings(office, board, "school")
    assert [(one.name, one.people, one.met, one.behind) for one in by_school] == [
        ("远校", 1, 0, 1), ("近校", 2, 1, 1),
    ]  # fmt: skip
    assert [(one.gap, one.per_year) for one in outlooks(board)] == [(360, 120), (360, 120)]


def test_targets_of_schools_and_the_county(office):
    place = school(office, "一中")
    people = teachers(office, place, 10, work_start="2001-08", backbone=None)
    pack, period = pack_named(office, "wenzhou-2012"), CYCLE
    for one in people[:1]:
        post(office, one, 2025, "90")

    def reached(target):
        return next(one for one in targets_reached(office, period, pack) if one.target.id == target)

    assert (reached("long-course-20").value, reached("long-course-20").lacking) == (10, 1)
    post(office, people[1], 2025, "90")
    assert reached("long-course-20").met
    assert not reached("money-payroll-3").told
    report_figure(office, "", 2025, "教师培训经费", Decimal("2.99"))
    report_figure(office, "", 2025, "教职工工资总额", Decimal(100))
    assert (reached("money-payroll-3").value, reached("money-payroll-3").met) == (
        Decimal("2.99"),
        False,
    )
    report_figure(office, "", 2025, "教师培训经费", Decimal(3))
    assert reached("money-payroll-3").met
    with pytest.raises(UserError, match="不能用"):
        report_figure(office, "", 2025, "教师培训经费", Decimal(-1))


def test_three_hundred_to_one(office):
    teachers(office, None, 301, post="01")
    pack = pack_named(office, "jiyuan-2017")

    def ratio():
        found = targets_reached(office, Period(2021, 2025), pack)
        return next(one for one in found if one.target.id == "trainers-300")

    assert (ratio().met, ratio().lacking) == (False, 2)
    teachers(office, None, 2, post="30")
    assert ratio().met


def test_one_failure_or_a_veto_rules_a_designation_out(office):
    one = teachers(office, None, 1, work_start="2001-08")[0]
    pack = parse_pack(
        LESSENED + '[[designations]]\nid = "basic"\ntitle = "基础型"\nclause = "三"\n', "x"
    )

    def earned():
        board = judge(office, CYCLE, pack)
        (found,) = entitlements(office, board, pack)
        return found

    assert earned().reasons == ("未达到“周期”", "未达到“每年”")
    for year in CYCLE.years:
        post(office, one, year, "72")
    assert earned().earned
    put_veto(office, one, 2025, "经查实有偿补课")
    assert earned().reasons == ("一票否决：师德（经查实有偿补课）",)
    lift_veto(office, vetoes(office)[0].id, "复议撤销")
    assert earned().earned
    assert vetoes(office)[0].lifted_because == "复议撤销"


def compulsory(office, title, filed_by=None, **more):
    values = {"title": title, "year": 2025, "hours": Decimal(15), "nature": "1", "theme": "01"}
    return register(office, values | more, filed_by=filed_by).course_id


def passed(office, teacher):
    found = result(office, teacher, "courses-passed", "huadian-2021").result
    return found.required, found.achieved


def test_compulsory_courses_are_due_from_everybody_they_are_meant_for(office):
    junior, primary = (
        teachers(office, None, 1, stage=one, work_start="2001-08")[0] for one in "32"
    )
    compulsory(office, "初中必修", stages="3")
    both = compulsory(office, "人人必修")
    assert passed(office, junior) == (2, 0)
    assert passed(office, primary) == (1, 0)
    enrol(office, both, [primary])
    record_scores(office, both, {primary: Mark(score=Decimal(59))})
    assert passed(office, primary) == (1, 0)
    record_scores(office, both, {primary: Mark(score=Decimal(60))})
    assert passed(office, primary) == (1, 1)


def test_classes_of_one_project_are_one_course_passed_in_any_of_them(office):
    one = teachers(office, None, 1, work_start="2001-08")[0]
    project = compulsory(office, "师德专题")
    first, second = (compulsory(office, f"师德专题{n}班") for n in "12")
    join(office, [first, second], read(office, project)["code"])
    assert passed(office, one) == (1, 0)
    enrol(office, second, [one])
    record_scores(office, second, {one: Mark(grade="合格", result="passed")})
    assert passed(office, one) == (1, 1)


def test_a_schools_own_plan_is_due_from_its_own_teachers(office):
    here, there = school(office, "一中"), school(office, "二中")
    mine, other = (teachers(office, one, 1, work_start="2001-08")[0] for one in (here, there))
    plan = compulsory(office, "一中校本必修", here)
    assert passed(office, mine)[0] == 0  # not before it is approved
    file_plans(office, [plan])
    review(office, [plan], "同意")
    approve(office, [plan])
    assert passed(office, mine)[0] == 1
    assert passed(office, other)[0] == 0


def test_who_starts_work_after_the_period_is_not_judged(office):
    later = teachers(office, None, 1, work_start="2026-01")[0]
    pack = pack_named(office, "wenzhou-2012")
    assert judge(office, CYCLE, pack).people == []
    with pytest.raises(UserError, match="还没有参加工作"):
        explain(office, later, CYCLE, pack)


def test_a_time_that_has_not_come_is_refused(office, someone):
    pack = pack_named(office, "wenzhou-2012")
    with pytest.raises(UserError, match="还没有开始"):
        judge(office, Period(2031, 2035), pack)
    with pytest.raises(UserError, match="还没有开始"):
        judge(office, CYCLE, pack, as_of=date(2001, 1, 1))


def test_a_principal_since_nobody_knows_when_is_told_so(office):
    head = teachers(office, None, 1, work_start="2001-08", post="06")[0]
    found = result(office, head, "new-principal-300")
    assert (found.result.applies, found.open_because) == (False, "没有登记任现职务的起始日期")
