"""The year-end stamp: one failure blocks, what was stamped stays, corrections show beside it."""

from __future__ import annotations

import copy
from dataclasses import replace
from decimal import Decimal

import pytest

from models.errors import UserError
from models.staff.moves import move_teachers
from models.stamping.listing import find_run, lines_of, school_lists
from models.stamping.register import corrections
from models.stamping.running import close_run, reopen_run, run_stamp, stamp, void
from models.store.check import check
from models.store.history import history
from models.store.undo import undo
from models.training.ledger import RecordDraft, post_records, reverse
from models.training.listing import EntryFilter, entry_ids
from models.verdicts.vetoes import Settling, put_veto, settle
from models.workspace import opening
from tests.offices import HUADIAN, desk, new_office
from tests.people import school, teachers

YEAR = 2012
PACK = "wenzhou-2012"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2012-12-28")
    yield office
    office.store.close()


@pytest.fixture
def people(office):
    return teachers(office, school(office, "桦甸市第四中学"), 3, work_start="2001-08")


def post(office, teacher, hours, title="培训"):
    draft = RecordDraft(
        teacher_id=teacher, year=YEAR, course=title, category="3", organizer="进修学校",
        start_date="2012-05-01", end_date="2012-05-05", hours=Decimal(hours), score="合格",
    )  # fmt: skip
    post_records(office, [draft], source="测试")


def states(office):
    run = find_run(office, YEAR)
    return [line.state for line in lines_of(office, run.id)]


def test_one_failed_requirement_blocks_and_the_line_says_which(office, people):
    post(office, people[0], "48")
    post(office, people[1], "47.5")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    assert (run.ready, run.blocked, run.open, run.stamped) == (1, 2, 0, 0)
    (listed,) = school_lists(office, run.id)
    assert listed.school_name == "桦甸市第四中学"
    (reason,) = next(line for line in listed.blocked if line.teacher_id == people[1]).reasons
    assert reason.text == "每年培训时间：应 48 学时，实 47.5 学时，差 0.5 学时（4）"
    with pytest.raises(UserError, match="不能验印"):
        stamp(office, [line.id for line in listed.blocked])


def test_what_was_stamped_stays_and_later_corrections_show(office, people):
    post(office, people[0], "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    ready = [line.id for one in school_lists(office, run.id) for line in one.ready]
    assert stamp(office, ready).run.stamped == 1
    line = next(line for line in lines_of(office, run.id) if line.stamped)
    assert [(one.title, one.hours, one.mode) for one in line.register] == [("培训", 48, "校本")]
    reverse(office, entry_ids(office, EntryFilter(teacher_id=people[0])), "记错人")
    post(office, people[0], "40", "重记的培训")
    (changed,) = corrections(office, YEAR, lines_of(office, run.id))
    assert changed.hours_now == 40
    assert [one.title for one in changed.added] == ["重记的培训"]
    assert [one.title for one in changed.removed] == ["培训"]
    again = run_stamp(office, YEAR, pack_id=PACK).run
    assert again.stamped == 1
    kept = next(line for line in lines_of(office, run.id) if line.stamped)
    assert (kept.hours, kept.register) == (line.hours, line.register)


def test_a_closed_year_is_opened_again_for_a_reason_and_run_anew(office, people):
    post(office, people[0], "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    close_run(office, run.id)
    with pytest.raises(UserError, match="已经结束"):
        run_stamp(office, YEAR, pack_id=PACK)
    with pytest.raises(UserError, match="没有写重新打开的原因"):
        reopen_run(office, run.id, "  ")
    assert reopen_run(office, run.id, "漏登两人").run.note == "漏登两人"
    post(office, people[1], "48")
    assert run_stamp(office, YEAR, pack_id=PACK).run.ready == 2


def test_a_void_stamp_stays_to_be_seen_and_the_teacher_is_judged_anew(office, people):
    post(office, people[0], "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    ready = [line.id for one in school_lists(office, run.id) for line in one.ready]
    stamp(office, ready)
    with pytest.raises(UserError, match="没有写作废的原因"):
        void(office, ready, "")
    assert void(office, ready, "盖错页").run.year == YEAR
    run_stamp(office, YEAR, pack_id=PACK)
    assert sorted(states(office)) == ["不予验印", "不予验印", "可验印", "已作废"]


def stamped_again(office, people):
    """Stamp, void, judge anew and stamp once more; gives the run and the voiding's step."""
    post(office, people[0], "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    stamp(office, ready_in(office, run))
    voided = void(office, [line.id for line in lines_of(office, run.id) if line.stamped], "盖错页")
    run_stamp(office, YEAR, pack_id=PACK)
    return run, voided.operation.id


def ready_in(office, run):
    return [line.id for line in lines_of(office, run.id) if line.state == "可验印"]


def test_a_void_is_not_undone_once_the_teacher_is_stamped_anew(office, people):
    run, voided = stamped_again(office, people)
    again = stamp(office, ready_in(office, run)).operation.id
    with pytest.raises(UserError, match="会与现有的记录冲突") as refused:
        undo(office.store, voided)
    assert refused.value.code == "store.undo_collides"
    assert sorted(states(office)) == ["不予验印", "不予验印", "已作废", "已验印"]
    undo(office.store, again)
    undo(office.store, voided)
    assert sum(line.stamped for line in lines_of(office, run.id)) == 1
    assert check(office.store).ok


def test_who_has_a_stamp_that_stands_again_is_not_stamped_twice(office, people):
    run, voided = stamped_again(office, people)
    undo(office.store, voided)
    with pytest.raises(UserError, match="已有有效的验印") as refused:
        stamp(office, ready_in(office, run))
    assert refused.value.code == "stamping.twice"
    assert run_stamp(office, YEAR, pack_id=PACK).run.stamped == 1
    assert sorted(states(office)) == ["不予验印", "不予验印", "已验印"]


def test_of_two_stamps_an_older_program_left_the_later_one_stands(tmp_path, monkeypatch):
    path = tmp_path / "office.db"
    with monkeypatch.context() as then:
        cut = copy.copy(opening.stamping_migrations.migrations)
        cut._migrations = cut._migrations[:1]
        rooms = tuple(cut if room.name == "stamping" else room for room in opening.MIGRATIONS)
        then.setattr(opening, "MIGRATIONS", rooms)
        office = opening.create_office(path, HUADIAN, desk(day="2012-12-28"))
        people = teachers(office, school(office, "桦甸市第四中学"), 3, work_start="2001-08")
        run, voided = stamped_again(office, people)
        stamp(office, ready_in(office, run))
        undo(office.store, voided)
        assert sum(line.stamped for line in lines_of(office, run.id)) == 2
        opening.close_workspace(office)
    office = opening.open_workspace(path, desk(seed=2, day="2012-12-28"))
    lines = lines_of(office, run.id)
    assert sorted(line.state for line in lines) == ["不予验印", "不予验印", "已作废", "已验印"]
    (void_one,) = (line for line in lines if line.voided_on)
    assert void_one.voided_because == "同一年度验印两次，以后一次为准"
    assert check(office.store).ok
    opening.close_workspace(office)


def test_a_veto_blocks_and_a_missing_fact_is_an_open_question(office, people):
    unknown = teachers(office, None, 1)
    for one in (*people, *unknown):
        post(office, one, "48")
    put_veto(office, people[0], YEAR, "师德考核不合格")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    assert (run.ready, run.blocked, run.open) == (2, 1, 1)
    by_teacher = {line.teacher_id: line for line in lines_of(office, run.id)}
    assert by_teacher[people[0]].reasons[0].text == "一票否决：师德（师德考核不合格）"
    assert "没有登记参加工作时间" in by_teacher[unknown[0]].reasons[0].text


def test_a_failed_exam_blocks_in_its_own_words(office, people):
    """S4-25: an exam failed is no 一票否决, and says so; passing it later frees the person."""
    for one in people:
        post(office, one, "48")
    reasons = {people[0]: "上半年县级抽测55分，60分合格"}
    wish = Settling(
        source="exam:1", year=YEAR, kind="抽测不合格", reasons=reasons, cleared=people[1:],
        because="补考",
    )  # fmt: skip
    settle(office, wish)
    run = run_stamp(office, YEAR, pack_id=PACK).run
    assert (run.ready, run.blocked) == (2, 1)
    (line,) = [line for line in lines_of(office, run.id) if line.outcome == "blocked"]
    assert line.reasons[0].text == "抽测不合格（上半年县级抽测55分，60分合格）"
    settle(office, replace(wish, reasons={}, cleared=people))
    assert run_stamp(office, YEAR, pack_id=PACK).run.blocked == 0


def test_one_school_is_run_alone_and_everything_can_be_undone(office, people):
    other = school(office, "二中")
    teachers(office, other, 2, work_start="2001-08")
    run = run_stamp(office, YEAR, pack_id=PACK, school_id=other).run
    assert run.blocked == 2
    assert run_stamp(office, YEAR, pack_id=PACK).run.blocked == 5
    undo(office.store, history(office.store, 1)[0].id)
    assert find_run(office, YEAR).blocked == 2


def test_a_year_that_has_not_come_is_refused(office):
    with pytest.raises(UserError, match="还没有到"):
        run_stamp(office, 2013)


def ready_of(office, run):
    return [line.id for one in school_lists(office, run.id) for line in one.ready]


def test_what_changed_since_it_was_judged_is_not_stamped(office, people):
    for one in people[:2]:
        post(office, one, "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    ready = ready_of(office, run)
    reverse(office, entry_ids(office, EntryFilter(teacher_id=people[0])), "记错人")
    put_veto(office, people[1], YEAR, "师德考核不合格")
    with pytest.raises(UserError, match="等 2 人，已不符合验印条件"):
        stamp(office, ready)
    assert find_run(office, YEAR).stamped == 0


def test_a_teacher_who_changes_school_has_one_line(office, people):
    post(office, people[0], "48")
    run_stamp(office, YEAR, pack_id=PACK)
    other = school(office, "二中")
    move_teachers(office, [people[0]], other, "2012-12-01")
    run = run_stamp(office, YEAR, pack_id=PACK, school_id=other).run
    lines = [line for line in lines_of(office, run.id) if line.teacher_id == people[0]]
    assert [line.school_name for line in lines] == ["二中"]


def test_one_year_is_judged_by_one_pack(office, people):
    post(office, people[0], "48")
    run_stamp(office, YEAR, pack_id=PACK)
    with pytest.raises(UserError, match="不能一部分改用"):
        run_stamp(office, YEAR, pack_id="cn-2011", school_id=school(office, "二中"))
    run = run_stamp(office, YEAR, pack_id="jiyuan-2017").run
    assert run.pack_id == "jiyuan-2017"


def test_where_nothing_is_asked_nothing_is_certified(office, people):
    run = run_stamp(office, YEAR, pack_id="cn-2011").run  # its one demand is due in 2015
    assert (run.ready, run.open) == (0, 3)
    (reason,) = lines_of(office, run.id)[0].reasons
    assert "没有适用于本人的要求" in reason.text


def test_a_closed_year_is_neither_voided_nor_closed_again(office, people):
    post(office, people[0], "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    ready = ready_of(office, run)
    stamp(office, ready)
    close_run(office, run.id)
    with pytest.raises(UserError, match="已经结束"):
        void(office, ready, "盖错页")
    with pytest.raises(UserError, match="本来就是已结束"):
        close_run(office, run.id)


def test_a_reversal_that_was_taken_back_is_no_correction(office, people):
    post(office, people[0], "48")
    run = run_stamp(office, YEAR, pack_id=PACK).run
    stamp(office, ready_of(office, run))
    step = reverse(office, entry_ids(office, EntryFilter(teacher_id=people[0])), "记错人")
    assert len(corrections(office, YEAR, lines_of(office, run.id))) == 1
    undo(office.store, step.id)
    assert corrections(office, YEAR, lines_of(office, run.id)) == []


def test_those_without_a_school_are_judged_by_themselves(office, people):
    teachers(office, None, 2, work_start="2001-08")
    run = run_stamp(office, YEAR, pack_id=PACK, school_id="").run
    assert (run.blocked, run.ready) == (2, 0)
    assert run_stamp(office, YEAR, pack_id=PACK, school_id="").run.blocked == 2


def test_a_repeated_run_keeps_its_rules(office, people):
    run_stamp(office, YEAR, pack_id=PACK)
    assert run_stamp(office, YEAR).run.pack_id == PACK
