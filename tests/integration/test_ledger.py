"""The ledger: exact, only adding, and counting nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import Cycle, cycle_of, read_cycle
from models.policies.use import save_pack, use_pack
from models.staff.moves import move_teachers
from models.store.history import history
from models.store.undo import undo
from models.training import aliases, courses, sums
from models.training.ledger import RecordDraft, entry_key, existing_keys, post_records, reverse
from models.training.listing import (
    EntryFilter,
    EntryRow,
    entry_ids,
    entry_rows,
    ledger_years,
    stored_entries,
)
from models.training.sums import totals, uneven_accounts
from tests.offices import new_office
from tests.people import school, teachers

CYCLE = Cycle(2021, 2025)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = new_office(tmp_path)
    yield office
    office.store.close()


@pytest.fixture
def teacher(office: Office) -> str:
    return teachers(office, school(office, "桦甸市第四中学"), 1)[0]


def rows(
    office: Office, wanted: EntryFilter | None = None, *, masked: bool = True
) -> list[EntryRow]:
    return entry_rows(office, entry_ids(office, wanted), masked=masked)


def draft(teacher: str, hours: str = "15", credits: str | None = "1.5", **values: object):
    made = RecordDraft(
        teacher_id=teacher,
        year=2024,
        course="《手指游戏》",
        category="4",
        organizer="桦甸市教师进修学校",
        start_date="2024-05-01",
        end_date="2024-05-02",
        hours=Decimal(hours),
        credits=None if credits is None else Decimal(credits),
        score="合格",
    )
    return replace(made, **values)


def test_half_credits_stay_exact(office: Office, teacher: str):
    post_records(office, [draft(teacher, "5", "0.5"), draft(teacher, "7.25", "0.73")], source="x")
    total = totals(office, [teacher], CYCLE)[teacher]
    assert (total.hours, total.credits) == (Decimal("12.25"), Decimal("1.23"))


def test_credits_nobody_stated_follow_the_rule_and_say_so(office: Office, teacher: str):
    post_records(office, [draft(teacher, credits=None)], source="x")
    (entry,) = stored_entries(office, entry_ids(office))
    assert entry["credits"] == Decimal("1.5")
    assert entry["credits_rule"] == "10:1"


def test_a_year_without_any_rule_leaves_the_credits_open(office: Office, teacher: str):
    post_records(office, [draft(teacher, credits=None, year=1985)], source="x")
    (entry,) = stored_entries(office, entry_ids(office))
    assert entry["credits"] is None


def test_the_same_record_again_is_found(office: Office, teacher: str):
    assert post_records(office, [draft(teacher), draft(teacher)], source="x").repeated == 1
    again = post_records(office, [draft(teacher, course="手指游戏")], source="y")
    assert (again.posted, again.repeated) == (0, 1)
    assert post_records(office, [draft(teacher)], source="y", allow_repeats=True).posted == 1


@pytest.mark.parametrize(
    "other",
    [{"year": 2023}, {"course": "手指游戏二"}, {"start_date": None}, {"hours": Decimal(16)}],
)
def test_another_year_title_day_or_hours_is_another_training(
    office: Office, teacher: str, other: dict[str, object]
):
    post_records(office, [draft(teacher)], source="x")
    assert post_records(office, [draft(teacher, **other)], source="x").posted == 1


def test_keys_of_the_plan_and_of_the_ledger_agree(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="x")
    values = {
        "teacher_id": teacher,
        "year": 2024,
        "course": "手指 游戏",
        "start_date": "2024-05-01",
        "hours": Decimal("15.0"),
    }
    assert entry_key(values) in existing_keys(office, [teacher])
    assert existing_keys(office, [teacher], (2025, 2025)) == set()


def test_an_alias_a_person_declared_makes_two_spellings_one(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="x")
    values = {"title": "手指游戏", "year": 2024, "hours": Decimal(15)}
    course_id = courses.register(office, values).course_id
    assert post_records(office, [draft(teacher, course="指上游戏")], source="x").posted == 1
    aliases.add_alias(office, course_id, "手指谣")
    assert post_records(office, [draft(teacher, course="手指谣")], source="x").posted == 0


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ({"hours": Decimal(-1)}, "training.hours"),
        ({"hours": Decimal("1000.01")}, "training.hours"),
        ({"hours": Decimal("1.005")}, "training.decimals"),
        ({"credits": Decimal("0.333")}, "training.decimals"),
        ({"course": " "}, "training.no_title"),
        ({"teacher_id": "nobody"}, "training.no_such_teacher"),
    ],
)
def test_one_bad_record_and_none_is_entered(
    office: Office, teacher: str, bad: dict[str, object], code: str
):
    with pytest.raises(UserError, match=code):
        post_records(office, [draft(teacher), draft(teacher, **bad)], source="x")
    assert entry_ids(office) == []


def test_undoing_an_import_reverses_it_and_both_stay_visible(office: Office, teacher: str):
    operation = post_records(
        office, [draft(teacher), draft(teacher, "8", "0.8")], source="x"
    ).operation
    undo(office.store, operation.id)
    shown = [(row.shown["hours"], row.shown["kind"], row.reversed) for row in rows(office)]
    assert sorted(shown) == [
        ("-15", "冲销", False),
        ("-8", "冲销", False),
        ("15", "登记", True),
        ("8", "登记", True),
    ]
    assert totals(office, None, CYCLE)[teacher].hours == 0
    assert existing_keys(office, [teacher]) == set()
    assert entry_ids(office, EntryFilter(standing=True)) == []


def test_undoing_the_undo_restores_the_hours(office: Office, teacher: str):
    operation = post_records(office, [draft(teacher)], source="x").operation
    undo(office.store, undo(office.store, operation.id).id)
    assert totals(office, None, CYCLE)[teacher].hours == 15
    assert len(existing_keys(office, [teacher])) == 1
    assert [row.shown["kind"] for row in rows(office, EntryFilter(standing=True))] == ["登记"]
    assert uneven_accounts(office) == []


def test_a_reversal_needs_a_reason_and_happens_once(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="x")
    ids = entry_ids(office)
    with pytest.raises(UserError, match=r"training\.no_reason"):
        reverse(office, ids, " ")
    reverse(office, ids, "报错学时")
    with pytest.raises(UserError, match=r"training\.nothing_to_reverse"):
        reverse(office, ids, "报错学时")
    reversal, original = rows(office)
    assert (reversal.shown["remark"], original.shown["remark"]) == ("报错学时", "")


def test_what_stands_after_any_series_of_undos_sums_up(office: Office, teacher: str):
    for hours in ("3", "5", "7"):
        post_records(office, [draft(teacher, hours, None)], source="x")
    for pick in (0, 2, 0, 1, 2, 0):
        standing = [one for one in history(office.store, 20) if not one.undone]
        undo(office.store, [one for one in standing if "学时" in one.title][pick].id)
        assert uneven_accounts(office) == []
    standing = stored_entries(office, entry_ids(office, EntryFilter(standing=True)))
    assert totals(office, None, CYCLE)[teacher].hours == sum(one["hours"] for one in standing)


def test_no_statement_can_change_or_delete_an_entry(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="x")
    for sql in ("UPDATE ledger_entry SET hours = 1", "DELETE FROM ledger_entry"):
        with (
            pytest.raises(sqlite3.IntegrityError, match="append-only"),
            office.store.operation("t", "t"),
        ):
            office.store.execute(sql)
    assert totals(office, None, CYCLE)[teacher].hours == 15


def test_facts_of_the_moment_are_frozen(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="x")
    move_teachers(office, [teacher], school(office, "桦甸市第五中学"), "2025-09-10")
    assert [row.shown["school"] for row in rows(office)] == ["桦甸市第四中学"]
    (entry,) = stored_entries(office, entry_ids(office))
    assert (entry["stage"], entry["subject"]) == ("3", "102")
    reverse(office, [entry["id"]], "报错")
    assert {row.shown["school"] for row in rows(office)} == {"桦甸市第四中学"}


def test_lists_are_filtered_and_limited(office: Office):
    fourth = school(office, "桦甸市第四中学")
    first, second = teachers(office, fourth, 2)
    other = teachers(office, school(office, "桦甸市第五中学"), 1)[0]
    for one in (first, second, other):
        post_records(office, [draft(one), draft(one, year=2022, category="1")], source=one)
    assert len(entry_ids(office)) == 6
    assert len(entry_ids(office, limit=2)) == 2
    assert len(entry_ids(office, EntryFilter(school_id=fourth))) == 4
    assert len(entry_ids(office, EntryFilter(teacher_id=first, first_year=2023))) == 1
    assert len(entry_ids(office, EntryFilter(category="1", last_year=2022))) == 3
    assert len(entry_ids(office, EntryFilter(text="手指", source=other))) == 2
    assert entry_ids(office, EntryFilter(text="没有")) == []
    assert len(entry_ids(office, EntryFilter(name="张三", year=2022))) == 3
    assert entry_ids(office, EntryFilter(name="三")) == []
    assert ledger_years(office) == [2024, 2022]


def test_a_list_is_sorted_by_what_is_asked_for(office: Office, teacher: str):
    hours = ("8", "24", "15")
    post_records(office, [draft(teacher, one, None) for one in hours], source="x")
    rising = entry_rows(office, entry_ids(office, order="hours"))
    assert [row.shown["hours"] for row in rising] == ["8", "15", "24"]
    falling = entry_rows(office, entry_ids(office, order="hours", descending=True))
    assert falling == rising[::-1]


def test_years_outside_the_cycle_do_not_count_in_it(office: Office, teacher: str):
    post_records(office, [draft(teacher), draft(teacher, year=2020)], source="x")
    total = totals(office, [teacher], CYCLE)[teacher]
    assert (total.hours, total.entries, dict(total.hours_by_year)) == (15, 1, {2024: 15})


def test_id_numbers_are_masked_unless_asked_for(office: Office, teacher: str):
    post_records(office, [draft(teacher)], source="x")
    assert rows(office)[0].shown["id_number"].count("*") > 5
    assert "*" not in rows(office, masked=False)[0].shown["id_number"]


def test_the_cycle_of_the_office_follows_its_region(office: Office):
    assert cycle_of(office, 2023) == CYCLE == read_cycle("2021-2025")
    assert cycle_of(office, 1985).label == "1981-1985"


@pytest.mark.parametrize("text", ["", "2021", "2025-2021", "21-25", "二〇二一-二〇二五"])
def test_what_is_no_cycle_is_refused(text: str):
    with pytest.raises(UserError, match=r"policy\.cycle"):
        read_cycle(text)


@given(st.lists(st.decimals(0, 1000, places=2), min_size=1, max_size=20))
def test_any_hours_add_up_exactly(tmp_path_factory: pytest.TempPathFactory, hours: list[Decimal]):
    office = new_office(tmp_path_factory.mktemp("office"))
    try:
        teacher = teachers(office, None, 1)[0]
        drafts = [
            draft(teacher, str(one), None, course=f"课{n}", end_date=None)
            for n, one in enumerate(hours)
        ]
        post_records(office, drafts, source="x")
        assert totals(office, None, CYCLE)[teacher].hours == sum(hours)
    finally:
        office.store.close()


def test_the_sums_of_everybody_come_from_the_covering_index(office: Office):
    plan = office.store.query(f"EXPLAIN QUERY PLAN {sums._SUMS}", (2021, 2025))
    assert [row["detail"] for row in plan] == ["SCAN ledger_entry USING COVERING INDEX ledger_sums"]


TWENTY_TO_ONE = """
id = "by-mode"
title = "按形式折算"
region = "220282"
document = "示例"
valid_from = 2021-01-01
[conversion]
hours = 10
credits = 1
clause = "一"
[[conversions]]
hours = 20
credits = 1
clause = "二"
of = [{ mode = ["校本", "远程", "跟岗实践"] }]
[[conversions]]
hours = 6
credits = 1
clause = "三"
of = [{ mode = ["集中"], theme = ["骨干教师培训"] }]
"""


@pytest.mark.parametrize(
    ("mode", "theme", "credits", "ratio"),
    [("4", None, "3", "10:1"), ("3", None, "1.5", "20:1"), ("1", "06", "5", "6:1")],
)
def test_credits_follow_the_ratio_of_the_kind_of_training(office, mode, theme, credits, ratio):
    save_pack(office, TWENTY_TO_ONE)
    use_pack(office, "by-mode", date(2025, 1, 1), date(2025, 12, 31))
    (teacher,) = teachers(office, None, 1)
    draft = RecordDraft(
        teacher_id=teacher, year=2025, course="培训", category=mode, theme=theme, organizer=None,
        start_date=None, end_date=None, hours=Decimal(30),
    )  # fmt: skip
    post_records(office, [draft], source="测试")
    (stored,) = stored_entries(office, entry_ids(office, EntryFilter(teacher_id=teacher)))
    assert (stored["credits"], stored["credits_rule"]) == (Decimal(credits), ratio)
