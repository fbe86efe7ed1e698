"""After any operation the refreshed verdicts are those of a fresh judging."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from models.policies.cycles import Cycle
from models.policies.library import pack_named
from models.staff.registration import change_many, delete_teachers, save_teacher
from models.store.undo import undo
from models.training import courses
from models.training.enrolments import enrol
from models.training.ledger import RecordDraft, post_records, reverse
from models.verdicts import refreshing
from models.verdicts.exemptions import decide_exemptions, exemptions, file_exemption
from models.verdicts.judging import judge
from models.verdicts.periods import of_cycle
from models.verdicts.refreshing import newest_no, refreshed, touched_teachers
from models.verdicts.vetoes import put_veto
from tests.offices import new_office
from tests.people import id_number, school, teachers

CYCLE = of_cycle(Cycle(2021, 2025))


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    ids = teachers(found, school(found, "红石中学"), 6, work_start="2010-07")
    posted = [record(one, 40 * (n + 1), year) for n, one in enumerate(ids) for year in (2022, 2024)]
    post_records(found, posted, source="名册.xlsx")
    yield found
    found.store.close()


@pytest.fixture
def pack(office):
    return pack_named(office, "jiyuan-2017")


def record(teacher_id, hours, year=2025, course="课堂教学"):
    return RecordDraft(
        teacher_id, year, f"{course}{hours}", "1", None, None, None, Decimal(hours)
    )  # fmt: skip


def ids_of(office):
    return [row[0] for row in office.store.query("SELECT id FROM teacher ORDER BY teacher_no")]


def leave_of(office, one):
    ground = office.codes["teacher_status"].find("病假").code
    days = (date(2023, 1, 1), date(2024, 6, 30))
    return file_exemption(office, one, ground, days, "住院")


def approve(office):
    waiting = [one.id for one in exemptions(office, state="filed")]
    return decide_exemptions(office, waiting, approve=True)


def newcomer(office):
    values = {"name": "王䶮", "id_number": id_number(500), "teacher_no": "0000", "status": "01"}
    return save_teacher(office, None, values)


def retire(office, one):
    return change_many(office, [one], "status", office.codes["teacher_status"].find("退休").code)


def first_entry(office):
    return office.store.value("SELECT id FROM ledger_entry ORDER BY rowid LIMIT 1")


def entry_owner(office):
    return office.store.value("SELECT teacher_id FROM ledger_entry ORDER BY rowid LIMIT 1")


STEPS = {
    "a record": (
        lambda office: post_records(office, [record(ids_of(office)[1], 300)], source="补录"),
        lambda office: {ids_of(office)[1]},
    ),
    "a reversal": (
        lambda office: reverse(office, [first_entry(office)], "重复"),
        lambda office: {entry_owner(office)},
    ),
    "somebody new, sorted first": (newcomer, lambda office: {ids_of(office)[0]}),
    "somebody who leaves": (
        lambda office: retire(office, ids_of(office)[2]),
        lambda office: {ids_of(office)[2]},
    ),
    "leave that is filed": (
        lambda office: leave_of(office, ids_of(office)[3]),
        lambda office: {ids_of(office)[3]},
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_refreshed_board_is_the_fresh_one(office, pack, step):
    act, whose = STEPS[step]
    before, seen = judge(office, CYCLE, pack), newest_no(office)
    act(office)
    touched = touched_teachers(office, seen)
    assert touched.ids == whose(office)
    assert touched.newest_no == newest_no(office)
    assert_same(refreshed(office, before, touched.ids), judge(office, CYCLE, pack))


def test_a_chain_of_steps_and_their_undoing_stays_the_fresh_one(office, pack):
    board, seen = judge(office, CYCLE, pack), newest_no(office)

    def look():
        nonlocal board, seen
        touched = touched_teachers(office, seen)
        assert touched.ids is not None
        board, seen = refreshed(office, board, touched.ids), touched.newest_no
        assert_same(board, judge(office, CYCLE, pack))

    one = ids_of(office)[4]
    leave_of(office, one)
    look()
    given = approve(office)
    look()
    undo(office.store, given.id)
    look()
    gone = retire(office, one)
    look()
    undo(office.store, gone.id)
    look()
    newcomer(office)
    look()
    delete_teachers(office, [ids_of(office)[0]])
    look()
    posted = post_records(office, [record(one, 90)], source="补录")
    undo(office.store, posted.operation.id)
    look()


def test_who_was_taken_off_a_course_is_touched_too(office):
    course = courses.register(
        office, {"title": "师德", "year": 2025, "hours": Decimal(15)}
    ).course_id
    one = ids_of(office)[0]
    enrolled = enrol(office, course, [one])
    seen = newest_no(office)
    undo(office.store, enrolled.operation.id)
    assert touched_teachers(office, seen).ids == {one}


def test_nothing_new_touches_nobody_and_a_veto_is_no_matter_of_the_board(office):
    seen = newest_no(office)
    assert touched_teachers(office, seen).ids == frozenset()
    put_veto(office, ids_of(office)[0], 2025, "通报")
    assert touched_teachers(office, seen).ids == frozenset()


def test_what_concerns_everybody_touches_everybody(office, monkeypatch):
    seen = newest_no(office)
    school(office, "新学校")
    assert touched_teachers(office, seen).ids is None
    seen = newest_no(office)
    courses.register(office, {"title": "师德", "year": 2025, "hours": Decimal(15)})
    assert touched_teachers(office, seen).ids is None
    seen = newest_no(office)
    change_many(office, ids_of(office), "remark", "查")
    assert touched_teachers(office, seen).ids == frozenset(ids_of(office))
    monkeypatch.setattr(refreshing, "MOST", 3)
    assert touched_teachers(office, seen).ids is None
    assert touched_teachers(office, seen + 99).ids is None


def assert_same(found, fresh):
    assert list(found.people) == list(fresh.people)
    for mine, theirs in zip(found.columns, fresh.columns, strict=True):
        assert comparable(mine) == comparable(theirs), mine.id


def comparable(column):
    return {
        name: dict(value) if name == "unknown" else list(value)
        for name, value in asdict(column).items()
        if name != "question"
    }
