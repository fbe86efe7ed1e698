"""Teams: who may be in them and with which exception, their plans, their evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from models.errors import UserError
from models.office.context import Office
from models.staff.institutions import InstitutionChange, write_institutions
from models.staff.registration import TeacherChange, write_teachers
from models.store.check import check
from models.store.undo import undo
from models.teams.activities import (
    There,
    activities,
    log_activity,
)
from models.teams.listing import (
    member_rows,
    served_schools,
    taught_courses,
    team_row,
    team_rows,
)
from models.teams.members import Joining, add_members, change_role, end_members
from models.teams.plans import (
    approve_plans,
    plans,
    save_plan,
    send_plans_back,
    submit_plans,
)
from models.teams.posting import post_activities
from models.teams.registration import change_team, end_team, enter_team, set_served, team_meant
from models.teams.reviews import Judged, review, reviews
from models.training.courses import register
from models.training.events import events_of
from tests.people import teachers
from tests.teams import LECTURE, MATHS, Staffed, entries, maths_team, staffed
from tests.titled import titled

OPENED = "2025-10-20"


@pytest.fixture
def people(office: Office) -> Staffed:
    return staffed(office)


@pytest.fixture
def team(office: Office, people: Staffed) -> Iterator[str]:
    yield maths_team(office, people)
    assert check(office.store).ok


def change(office: Office, teacher: str, **values: object) -> None:
    with office.store.operation("test.change", "改"):
        write_teachers(office, [TeacherChange(teacher, values)], "2025-10-01")


def test_a_team_is_set_up_with_its_host_and_everybody_asked_for(office, people, team):
    (row,) = team_rows(office)
    assert (row.shown["kind"], row.shown["stage"], row.shown["subject"], row.shown["track"]) == (
        "学科辅导团队",
        "初中",
        "数学",
        "文本",
    )
    assert (row.shown["host"], row.leaders, row.members) == ("桦甸市第四中学", ("李春",), 5)
    assert row.doubts == ()
    assert team_meant(office, "数学辅导") == team
    assert [one.role_title for one in member_rows(office, team)] == [
        "负责人", "成员", "成员", "管理团队", "技术支持团队",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"kind": "合唱团"}, "teams.kind"),
        ({"kind": ""}, "cell.missing"),
        ({"track": "网联"}, "teams.track"),
        ({"stage": ""}, "teams.stage"),
        ({"subject": ""}, "teams.subject"),
        ({"subject": "炼丹"}, "code.unknown"),
        ({"host": ""}, "teams.no_host"),
        ({"host": "没有的学校"}, "staff.no_such_school"),
        ({"kind": "幼儿教师辅导团队"}, "teams.stage"),
        ({"ends_on": "2025-08-01"}, "teams.dates"),
        ({"name": "初中 数学辅导团队"}, "teams.known_name"),
    ],
)
def test_a_team_that_cannot_be_is_refused(office, team, texts, code):
    with pytest.raises(UserError) as error:
        enter_team(office, {**MATHS, "name": "另一个团队", **texts})
    assert error.value.code == code
    assert error.value.hint
    assert len(team_rows(office)) == 1


def test_exceptions_are_named_and_the_rules_are_asked(office, people, team):
    stranger = people.others[0]
    with pytest.raises(UserError, match="张三一不是县级以上学科带头人、骨干教师"):
        add_members(office, team, [Joining(stranger, "member", "2025-09-05")])
    with pytest.raises(UserError, match="不是所在校的教师"):
        add_members(office, team, [Joining(people.others[1], "manager", "2025-09-05")])
    add_members(office, team, [Joining(stranger, "member", "2025-09-05", "省级优质课一等奖")])
    (row,) = member_rows(office, team, stranger)
    assert (row.exception, row.doubts) == ("省级优质课一等奖", ())
    assert team_row(office, team).doubts == ()
    added = teachers(office, people.fourth, 1, backbone="31")[0]
    add_members(office, team, [Joining(added, "member", "2025-09-05", "不需要的理由")])
    assert member_rows(office, team, added)[0].exception == ""


def test_kinds_that_the_rules_know_no_more_go_by_their_stored_names(office, people, team):
    log_activity(office, team, LECTURE, {people.leader: There("trainer")})
    with office.store.operation("test.kind", "旧种类"):
        office.store.execute("UPDATE team SET kind = '旧团队'")
        office.store.execute("UPDATE team_activity SET kind = '旧活动'")
    row = team_row(office, team)
    assert (row.shown["kind"], row.leaders) == ("旧团队", ("李春",))
    assert row.doubts == ("“旧团队”这种团队已不在规则中",)
    (held,) = activities(office, team)
    assert (held.kind_title, held.hours_for("trainer")) == ("旧活动", 0)


def test_who_leads_a_team_is_no_plain_member_besides(office, people, team):
    with pytest.raises(UserError, match="李春在“初中数学辅导团队”任负责人，不能同时又任成员"):
        add_members(office, team, [Joining(people.leader, "member", "2025-09-05")])
    add_members(office, team, [Joining(people.leader, "manager", "2025-09-05")])


def test_a_title_that_ran_out_counts_no_more_for_a_role(office, people, team):
    titled(office, people.members[0], "县级骨干教师", ends_on="2025-09-10")
    (doubt,) = team_row(office, team).doubts
    assert "不是县级以上学科带头人、骨干教师" in doubt
    end_members(
        office,
        [one.id for one in member_rows(office, team, people.members[0])],
        "2025-09-11",
        "到期",
    )
    with pytest.raises(UserError, match="不是县级以上学科带头人、骨干教师"):
        add_members(office, team, [Joining(people.members[0], "member", "2025-09-12")])


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("leader", {"backbone": "21"}, "teams.role_full"),
        ("student", {"backbone": "21"}, "teams.role"),
        ("member", {"backbone": "21", "status": "13"}, "teams.barred"),
    ],
)
def test_who_cannot_join_is_told(office, people, team, role, changes, code):
    change(office, people.others[0], **changes)
    with pytest.raises(UserError) as error:
        add_members(office, team, [Joining(people.others[0], role, "2025-10-05", "特例")])
    assert error.value.code == code
    assert len(member_rows(office, team)) == 5


def test_nobody_has_a_role_twice_and_nobody_joins_before_the_team(office, people, team):
    with pytest.raises(UserError, match="李春已是负责人"):
        add_members(office, team, [Joining(people.leader, "leader", "2025-09-05")])
    with pytest.raises(UserError, match="早于团队组建日期"):
        add_members(office, team, [Joining(people.others[0], "member", "2025-08-05", "特例")])


def test_a_title_counts_as_of_the_day_the_term_begins(office, people, team):
    (titled,) = teachers(office, people.village, 1, backbone="41")
    change(office, titled, backbone=None)
    with pytest.raises(UserError, match=r"teams\.not_fit"):
        add_members(office, team, [Joining(titled, "member", "2025-10-05")])
    add_members(office, team, [Joining(titled, "member", "2025-09-05")])
    assert member_rows(office, team, titled)[0].doubts


def test_lost_titles_retirement_and_closed_hosts_are_seen(office, people, team):
    change(office, people.members[0], backbone=None)
    change(office, people.members[1], status="13")
    with office.store.operation("test.close", "撤销"):
        write_institutions(office, [InstitutionChange(people.fourth, {"status": "3"})])
    doubts = "；".join(team_row(office, team).doubts)
    assert "张三一不是县级以上学科带头人、骨干教师" in doubts
    assert "张三二已退休，不能担任成员" in doubts
    assert "所在校桦甸市第四中学已撤销" in doubts


def test_the_leader_is_replaced_and_both_terms_stay(office, people, team):
    leader = member_rows(office, team, people.leader)[0]
    with pytest.raises(UserError, match="没有写离任的原因"):
        end_members(office, [leader.id], "2025-10-01", " ")
    with pytest.raises(UserError, match=r"2025-09-01 才开始任职"):
        end_members(office, [leader.id], "2025-08-01", "调出")
    done = end_members(office, [leader.id], "2025-10-01", "调出")
    assert team_row(office, team).doubts == ("缺负责人",)
    member = member_rows(office, team, people.members[0])[0]
    change_role(office, member.id, "leader", "2025-10-01", "代理负责人")
    terms = member_rows(office, team, people.members[0])
    assert [(one.role, one.current, one.exception) for one in terms] == [
        ("leader", True, "代理负责人"),
        ("manager", True, ""),
        ("member", False, ""),
    ]
    assert terms[2].ended_because == "改任负责人"
    assert team_row(office, team).doubts == ("成员不足 2 人",)
    with pytest.raises(UserError, match="已于 2025-10-01 离任"):
        end_members(office, [leader.id], "2025-10-02", "调出")
    undo(office.store, done.id)
    assert member_rows(office, team, people.leader)[0].current


def test_an_ended_team_takes_its_members_along_and_nothing_more_is_done(office, people, team):
    done = end_team(office, team, "2025-10-15", "任务完成")
    row = team_row(office, team)
    assert (row.ended_on, row.ended_because, row.members, row.doubts) == (
        "2025-10-15", "任务完成", 0, (),
    )  # fmt: skip
    assert team_rows(office, ended=False) == []
    with pytest.raises(UserError, match="已于 2025-10-15 结束"):
        log_activity(office, team, LECTURE)
    enter_team(office, MATHS)
    undo(office.store, done.id)
    assert team_row(office, team).members == 5


def test_a_change_of_kind_needs_an_empty_team(office, people, team):
    change_team(office, team, {**MATHS, "name": "初中数学团队", "remark": "第二届"})
    assert team_row(office, team).shown["remark"] == "第二届"
    with pytest.raises(UserError, match="已有成员，不能改团队种类"):
        change_team(office, team, {**MATHS, "kind": "学科工作坊"})


def test_schools_and_courses_served_are_kept_and_come_back(office, people, team):
    course = register(
        office, {"title": "教学技能", "year": 2025, "hours": Decimal(15), "track": "1"}
    ).course_id
    set_served(office, team, "school", [people.fourth, people.village])
    set_served(office, team, "course", [course])
    done = set_served(office, team, "school", [people.village])
    assert served_schools(office, team) == {people.village: "桦甸市红石中学"}
    assert taught_courses(office, team) == {course: "教学技能"}
    with pytest.raises(UserError, match=r"teams\.unchanged"):
        set_served(office, team, "school", [people.village])
    undo(office.store, done.id)
    assert len(served_schools(office, team)) == 2


def test_a_plan_is_handed_in_sent_back_and_approved(office, team):
    items = "专题讲座 2 新课标解读\n研讨 1"
    save_plan(office, team, "2025-2026学年第一学期", "提高课堂效率", items)
    (plan,) = plans(office, team)
    assert (plan.state_name, plan.term_name) == ("未提交", "2025—2026学年第一学期")
    with pytest.raises(UserError, match="未提交，不能批准"):
        approve_plans(office, [plan.id])
    submit_plans(office, [plan.id])
    with pytest.raises(UserError, match=r"待审批，不能修改"):
        save_plan(office, team, "2025-2026-1", "改", items)
    with pytest.raises(UserError, match="没有写退回的原因"):
        send_plans_back(office, [plan.id], "")
    send_plans_back(office, [plan.id], "缺评价")
    save_plan(office, team, "2025-2026-1", "提高课堂效率", f"{items}\n评价反馈 1")
    submit_plans(office, [plan.id])
    approve_plans(office, [plan.id])
    log_activity(office, team, LECTURE)
    log_activity(office, team, {**LECTURE, "kind": "答疑", "topic": "线上答疑"})
    (plan,) = plans(office, team, "approved")
    assert [(one.title, one.planned, one.done) for one in plan.progress] == [
        ("答疑", 0, 1),
        ("专题讲座", 2, 1),
        ("研讨", 1, 0),
        ("评价反馈", 1, 0),
    ]
    said = [(one.what, one.opinion) for one in events_of(office, plan.id)]
    assert said == [("申报", ""), ("退回", "缺评价"), ("申报", ""), ("批准", "同意")]


def test_a_year_is_evaluated_and_said_anew(office, people, team):
    review(office, team, 2025, Judged(score=Decimal("88.5")))
    member = member_rows(office, team, people.leader)[0]
    review(office, team, 2025, Judged(grade="优秀", remark="带头"), [member.id])
    review(office, team, 2025, Judged(score=Decimal(93)))
    found = [(one.name, one.score, one.grade) for one in reviews(office, team, 2025)]
    assert found == [("", Decimal(93), "优秀"), ("李春", None, "优秀")]
    for judged, said in (
        (Judged(), "没有填分数或等次"),
        (Judged(score=Decimal(101)), "101 分不对"),
        (Judged(grade="极好"), "没有“极好”这个等次"),
    ):
        with pytest.raises(UserError, match=said):
            review(office, team, 2025, judged)
    with pytest.raises(UserError, match="还没有到"):
        review(office, team, 2026, Judged(grade="优秀"))


def test_every_step_can_be_undone_one_by_one_to_the_beginning(office, people):
    begun = {table: office.store.value(f"SELECT COUNT(*) FROM {table}") for table in TEAM_TABLES}
    start = office.store.value("SELECT MAX(no) FROM operation")
    team = maths_team(office, people)
    set_served(office, team, "school", [people.village])
    save_plan(office, team, "2025-2026-1", "目标", "研讨 1")
    lecture, _ = log_activity(office, team, LECTURE, {people.leader: There("trainer")})
    post_activities(office, [lecture])
    review(office, team, 2025, Judged(grade="优秀"))
    end_team(office, team, "2025-10-18", "试验")
    done = [
        row[0]
        for row in office.store.query(
            "SELECT id FROM operation WHERE no > ? ORDER BY no DESC", (start,)
        )
    ]
    for operation in done:
        undo(office.store, operation)
    counts = {table: office.store.value(f"SELECT COUNT(*) FROM {table}") for table in TEAM_TABLES}
    assert counts == begun
    assert entries(office, people.leader) == []


TEAM_TABLES = (
    "team", "team_member", "team_school", "team_course", "team_plan", "team_activity",
    "activity_person", "team_review",
)  # fmt: skip


def test_a_team_named_in_part_by_several_is_asked_for_in_full(office, people, team):
    enter_team(office, {**MATHS, "name": "高中数学辅导团队", "stage": "高中"})
    with pytest.raises(UserError, match="有 2 个团队的名称含“数学”"):
        team_meant(office, "数学")
    with pytest.raises(UserError, match="没有名称为“体育”的团队"):
        team_meant(office, "体育")
    assert [one.shown["stage"] for one in team_rows(office, "高中")] == ["高中"]


def test_two_leaders_at_once_are_refused_together(office, people):
    team, _ = enter_team(office, replaced(name="语文团队", subject="语文"))
    joining = [Joining(one, "leader", "2025-09-01", "特例") for one in people.others[:2]]
    with pytest.raises(UserError, match="负责人最多 1 人，这样将有 2 人"):
        add_members(office, team, joining)
    add_members(office, team, [replace(joining[0], exception="试用")])
    assert team_row(office, team).leaders == ("张三一",)


def replaced(**texts: str) -> dict[str, str]:
    return {**MATHS, **texts}
