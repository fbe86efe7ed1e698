"""Claims: in the ledger only when the office's steps are done, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from models.errors import UserError
from models.exchange.importing import apply_plan, plan_import
from models.office.context import Office
from models.office.settings import write_settings
from models.store.check import check
from models.store.undo import undo
from models.training import claims, courses, enrolments, posting, scoring
from models.training.claim_list import claim_counts, claim_rows
from models.training.events import events_of
from models.training.ledger import RecordDraft, post_records, reverse
from models.training.listing import entry_ids, entry_rows, stored_entries
from models.training.marks import read_mark
from models.training.sums import uneven_accounts
from tests.offices import new_office
from tests.people import id_number, school, teachers
from tests.workbooks import xlsx


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def teacher(office: Office) -> str:
    return teachers(office, school(office, "桦甸市第四中学"), 1)[0]


def draft(teacher: str, hours: str = "15", **values: object) -> RecordDraft:
    made = RecordDraft(
        teacher_id=teacher,
        year=2024,
        course="《手指游戏》",
        category="4",
        organizer="桦甸市教师进修学校",
        start_date="2024-05-01",
        end_date="2024-05-02",
        hours=Decimal(hours),
        theme="08",
        nature="1",
        level="40",
    )
    return replace(made, **values)


def of(teacher: str, hours: str = "15", **values: object) -> claims.Claim:
    return claims.Claim(draft(teacher, hours, **values), evidence="证书 0012 号")


def entries(office: Office) -> list[dict[str, object]]:
    return list(stored_entries(office, entry_ids(office)))


def test_without_steps_a_claim_is_an_entry_at_once(office: Office, teacher: str):
    assert claims.claim(office, [of(teacher)]).posted == 1
    (entry,) = entries(office)
    assert (entry["hours"], entry["credits"], entry["credits_rule"]) == (
        Decimal(15),
        Decimal("1.5"),
        "10:1",
    )
    assert (entry["theme"], entry["nature"], entry["level"]) == ("08", "1", "40")
    assert (entry["entered_by"], entry["approved_by"]) == ("王老师", None)
    assert entry["evidence"] == "证书 0012 号"
    assert claim_rows(office) == []


def test_two_steps_go_through_three_hands_and_are_frozen_in(office: Office, teacher: str):
    write_settings(office.store, {"ledger.steps": "approve,verify"})
    (one,) = claims.claim(office, [of(teacher)]).claims
    assert entries(office) == []
    with pytest.raises(UserError, match="王老师 自己录入的"):
        claims.approve(office, [one])
    with pytest.raises(UserError, match=r"training\.claim_state"):
        claims.verify(office, [one])
    office.store.person = "李主任"
    assert claims.approve(office, [one], "属实").posted == 0
    assert entries(office) == []
    with pytest.raises(UserError, match="李主任 自己审核的"):
        claims.verify(office, [one])
    office.store.person = "赵校长"
    assert claims.verify(office, [one]).posted == 1
    (entry,) = entries(office)
    assert [entry[name] for name in ("entered_by", "approved_by", "verified_by")] == [
        "王老师",
        "李主任",
        "赵校长",
    ]
    assert [event.what for event in events_of(office, one)] == ["录入", "批准", "验证"]


def test_one_step_posts_at_approval(office: Office, teacher: str):
    write_settings(office.store, {"ledger.steps": "approve"})
    (one,) = claims.claim(office, [of(teacher)]).claims
    office.store.person = "李主任"
    assert claims.approve(office, [one]).posted == 1
    assert claim_counts(office) == {"posted": 1}
    with pytest.raises(UserError, match=r"training\.claim_state"):
        claims.approve(office, [one])
    assert len(entries(office)) == 1


def test_a_returned_claim_is_put_right_and_handed_in_again(office: Office, teacher: str):
    write_settings(office.store, {"ledger.steps": "approve"})
    (one,) = claims.claim(office, [of(teacher)]).claims
    office.store.person = "李主任"
    with pytest.raises(UserError, match=r"training\.no_reason"):
        claims.send_back(office, [one], "")
    claims.send_back(office, [one], "学时与证书不符")
    (row,) = claim_rows(office)
    assert (row.shown["state"], row.shown["opinion"]) == ("已退回", "学时与证书不符")
    office.store.person = "王老师"
    claims.resubmit(office, one, of(teacher, "12"))
    assert claim_rows(office)[0].shown["hours"] == "12"
    office.store.person = "李主任"
    claims.approve(office, [one])
    assert entries(office)[0]["hours"] == Decimal(12)


def test_the_same_training_from_two_sources_is_told_and_counted_once(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="上报.xlsx")
    with pytest.raises(UserError, match=r"training\.in_ledger"):
        claims.claim(office, [of(teacher, course="手指游戏")])
    write_settings(office.store, {"ledger.steps": "approve"})
    other = of(teacher, course="另一门")
    claims.claim(office, [other])
    with pytest.raises(UserError, match=r"training\.claim_known"):
        claims.claim(office, [other])
    with pytest.raises(UserError, match=r"training\.repeated"):
        claims.claim(office, [of(teacher, course="第三门"), of(teacher, course="第三门")])


def test_what_came_into_the_ledger_while_a_claim_waited_stops_it(office: Office, teacher: str):
    write_settings(office.store, {"ledger.steps": "approve"})
    (one,) = claims.claim(office, [of(teacher)]).claims
    post_records(office, [draft(teacher)], source="上报.xlsx")
    office.store.person = "李主任"
    with pytest.raises(UserError, match=r"training\.in_ledger"):
        claims.approve(office, [one])
    assert claim_counts(office) == {"entered": 1}


def test_other_work_counts_with_a_ground_and_a_reason(office: Office, teacher: str):
    paper = claims.Claim(draft(teacher, course="论文一篇"), ground="2", reason="省级期刊发表")
    with pytest.raises(UserError, match=r"training\.no_reason"):
        claims.claim(office, [replace(paper, reason=" ")])
    with pytest.raises(UserError, match=r"training\.ground"):
        claims.claim(office, [replace(paper, ground="77")])
    claims.claim(office, [paper])
    (row,) = entry_rows(office, entry_ids(office))
    assert (row.shown["kind"], row.shown["ground"]) == ("冲抵", "发表论文")
    assert row.shown["remark"] == "省级期刊发表"
    reverse(office, [row.id], "论文撤稿")
    assert uneven_accounts(office) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"hours": Decimal(-1)}, "training.hours"),
        ({"hours": Decimal(0)}, "training.hours"),
        ({"hours": Decimal(49)}, "training.hours"),
        ({"hours": Decimal(1001), "end_date": None}, "training.hours"),
        ({"end_date": "2024-04-30"}, "training.dates"),
        ({"hours": Decimal("1.005")}, "training.decimals"),
    ],
)
def test_hours_that_cannot_be_are_refused(
    office: Office, teacher: str, values: dict[str, object], code: str
):
    with pytest.raises(UserError, match=code):
        claims.claim(office, [claims.Claim(draft(teacher, **values))])
    assert claim_counts(office) == {}


def test_days_outside_the_class_are_refused(office: Office, teacher: str):
    courses.register(
        office,
        {
            "title": "手指游戏",
            "year": 2024,
            "hours": Decimal(15),
            "start_date": "2024-05-02",
            "end_date": "2024-05-03",
        },
    )
    with pytest.raises(UserError, match=r"training\.outside_class"):
        claims.claim(office, [of(teacher)])


def test_a_year_that_does_not_fit_the_days_is_told(office: Office, teacher: str):
    assert "不在 2023 年内" in claims.claim(office, [of(teacher, year=2023)]).told[0]


def test_a_year_to_come_is_refused_and_the_same_title_on_another_day_is_told(
    office: Office, teacher: str
):
    with pytest.raises(UserError, match="还没有到"):
        claims.claim(office, [of(teacher, year=2099)])
    claims.claim(office, [of(teacher, start_date="2025-07-01", end_date="2025-07-03")])
    told = claims.claim(office, [of(teacher, start_date=None, end_date=None)]).told
    assert "（2025-07-01，15 学时），请核对是否重复" in told[0]


def test_nothing_goes_into_a_closed_year(office: Office, teacher: str, tmp_path: Path):
    post_records(office, [draft(teacher)], source="x")
    course_id = courses.register(
        office, {"title": "甲", "year": 2024, "hours": Decimal(8)}
    ).course_id
    enrolments.enrol(office, course_id, [teacher])
    scoring.record_scores(office, course_id, {teacher: read_mark("80")})
    write_settings(office.store, {"ledger.closed_until": "2024"})
    with pytest.raises(UserError, match=r"training\.closed_year"):
        claims.claim(office, [of(teacher, course="乙")])
    with pytest.raises(UserError, match=r"training\.closed_year"):
        reverse(office, entry_ids(office), "记错")
    with pytest.raises(UserError, match=r"training\.closed_year"):
        posting.post_results(office, course_id)
    book = xlsx(
        tmp_path / "记录.xlsx",
        [
            ["姓名", "身份证号", "年度", "课程名称", "学时", "开始日期"],
            ["张三一", id_number(0), 2024, "丙", 10, ""],
            ["张三一", id_number(0), 2024, "手指游戏", 15, "2024-05-01"],
            ["张三一", id_number(0), 2025, "丁", 10, ""],
        ],
    )
    plan = plan_import(office, book)
    assert (plan.counts.refused, plan.counts.inserted, plan.counts.unchanged) == (1, 1, 1)
    assert plan.problems()[0].code == "year.closed"
    apply_plan(office, plan)
    write_settings(office.store, {"ledger.closed_until": ""})
    assert claims.claim(office, [of(teacher, course="乙")]).posted == 1


def test_a_workbook_brings_theme_level_and_nature(office: Office, teacher: str, tmp_path: Path):
    rows = [
        ["姓名", "身份证号", "年度", "课程名称", "培训类别", "项目类别", "培训级别", "课程性质",
         "学时", "开始日期", "结束日期"],
        ["张三一", id_number(0), 2024, "丙", "集中", "师德", "省级", "必修", 10, "2024-05-01",
         "2024-05-02"],
        ["张三一", id_number(0), 2024, "丁", "集中", "", "", "", 49, "2024-05-01", "2024-05-02"],
    ]  # fmt: skip
    plan = plan_import(office, xlsx(tmp_path / "记录.xlsx", rows))
    apply_plan(office, plan)
    (entry,) = entries(office)
    found = [entry[name] for name in ("category", "theme", "level", "nature")]
    assert found == ["1", "08", "20", "1"]
    assert [one.code for one in plan.problems()] == ["hours.absurd"]


def test_undoing_a_claim_reverses_its_entry(office: Office, teacher: str):
    done = claims.claim(office, [of(teacher)])
    undo(office.store, done.operation.id)
    assert claim_counts(office) == {}
    assert sum(entry["hours"] for entry in entries(office)) == 0
    assert claims.claim(office, [of(teacher)]).posted == 1
    assert check(office.store).ok


def test_a_claim_that_waits_can_be_withdrawn(office: Office, teacher: str):
    write_settings(office.store, {"ledger.steps": "approve"})
    (one,) = claims.claim(office, [of(teacher)]).claims
    operation = claims.withdraw(office, [one])
    assert claim_counts(office) == {}
    undo(office.store, operation.id)
    assert claim_counts(office) == {"entered": 1}
