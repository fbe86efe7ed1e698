"""Print runs: in the order of handing out, gone on with after a stop, nothing printed twice."""

from __future__ import annotations

import pytest

from models.certificates.issuing import void
from models.certificates.print_marks import mark_places, serials_for, spoil_places
from models.certificates.printing import begin_run, give_up, mark_printed, mark_spoilt
from models.certificates.register import certificates
from models.certificates.sheets import (
    STATE_NAMES,
    open_runs,
    read_run,
    runs,
    sheets,
    waiting_sheets,
)
from models.certificates.stock import balance_of, receive
from models.errors import UserError
from models.store.undo import undo
from tests.certificates import BLANK, begun, issued, run_wish
from tests.offices import reopened


@pytest.fixture
def all_issued(office):
    return issued(office, {"红石中学": 3, "八道河子小学": 2})


def outcomes(office, run_id):
    return [(one.place, one.copy, one.outcome) for one in sheets(office, run_id)]


def test_sheets_stand_by_school_and_name_whatever_order_was_asked_for(office, all_issued):
    run = begun(office, tuple(reversed(all_issued)))
    listed = sheets(office, run.id)
    assert [one.place for one in listed] == [1, 2, 3, 4, 5]
    assert [one.school for one in listed] == ["八道河子小学"] * 2 + ["红石中学"] * 3
    assert [one.number for one in listed] == [one.number for one in all_issued]
    assert (run.state, run.sheets, run.waiting) == ("open", 5, 5)


def test_printing_goes_on_where_it_stopped_also_after_the_file_was_closed(office, all_issued):
    run = begun(office, all_issued)
    mark_printed(office, run.id, last=2)
    later = reopened(office)
    (found,) = open_runs(later)
    assert found.going_on == "从第 3 份继续（共 5 份，待打印 3 份）"
    assert [one.place for one in waiting_sheets(later, run.id)] == [3, 4, 5]
    done = mark_printed(later, run.id, first=3)
    assert (done.run.state, done.run.printed) == ("done", 5)
    assert open_runs(later) == []
    later.store.close()


def test_what_waits_or_was_printed_is_not_begun_again_unsaid(office, all_issued):
    run = begun(office, all_issued)
    with pytest.raises(UserError, match=r"printing\.in_open_run"):
        begun(office, all_issued[:1])
    mark_printed(office, run.id)
    with pytest.raises(UserError, match=r"printing\.printed_before"):
        begun(office, all_issued[:1])
    with pytest.raises(UserError, match=r"printing\.no_reason"):
        begun(office, all_issued[:1], copy="reprint")
    again = begun(office, all_issued[:1], copy="reprint", reason="遗失")
    mark_printed(office, again.id)
    both = [one for each in (run, again) for one in sheets(office, each.id)]
    copies = [one.copy for one in both if one.certificate_id == all_issued[0].id]
    assert copies == ["first", "reprint"]
    assert again.reason == "遗失"
    assert len(certificates(office)) == 5


def test_a_void_certificate_cannot_be_printed(office, all_issued):
    run = begun(office, all_issued)
    void(office, all_issued[1].id, "姓名有误")
    assert [one.place for one in waiting_sheets(office, run.id)] == [1, 3, 4, 5]
    assert mark_printed(office, run.id).run.state == "done"
    assert sheets(office, run.id)[1].outcome == "waiting"
    with pytest.raises(UserError, match=r"printing\.void"):
        begun(office, all_issued[1:2], copy="reprint", reason="遗失")


def test_a_spoilt_sheet_waits_again_at_its_place_and_the_rest_keeps_theirs(office, all_issued):
    receive(office, BLANK, 20, "N0001")
    run = begun(office, all_issued, BLANK)
    mark_printed(office, run.id, last=4, first_serial="N0001")
    with pytest.raises(UserError, match=r"printing\.no_reason"):
        mark_spoilt(office, run.id, 2, " ")
    mark_spoilt(office, run.id, 2, "卡纸")
    assert outcomes(office, run.id) == [
        (1, "first", "printed"),
        (2, "first", "spoilt"),
        (2, "again", "waiting"),
        (3, "first", "printed"),
        (4, "first", "printed"),
        (5, "first", "waiting"),
    ]
    assert read_run(office, run.id).next_place == 2
    done = mark_printed(office, run.id, first_serial="N0005")
    assert [(one.place, one.serial) for one in done.sheets if one.outcome == "printed"] == [
        (2, "N0005"),
        (5, "N0006"),
    ]
    found = balance_of(office, BLANK)
    assert (found.used, found.spoilt, found.left) == (5, 1, 14)


def test_a_sheet_spoilt_before_it_was_marked_takes_one_blank(office, all_issued):
    receive(office, BLANK, 20, "N0001")
    run = begun(office, all_issued, BLANK)
    mark_spoilt(office, run.id, 1, "墨粉不足", "N0001")
    found = balance_of(office, BLANK)
    assert (found.used, found.spoilt) == (0, 1)
    with pytest.raises(UserError, match=r"stock\.serial_gone"):
        mark_printed(office, run.id, first_serial="N0001")
    assert mark_printed(office, run.id, first_serial="N0002").run.state == "done"


def test_a_spoilt_reprint_stays_a_reprint(office, all_issued):
    run = begun(office, all_issued[:1], copy="reprint", reason="遗失")
    mark_spoilt(office, run.id, 1, "卡纸")
    assert [one.copy for one in sheets(office, run.id)] == ["reprint", "reprint"]


def test_a_run_of_which_nothing_counts_any_more_is_not_called_printed(office, all_issued):
    run = begun(office, all_issued)
    for one in all_issued:
        void(office, one.id, "发错")
    found = read_run(office, run.id)
    assert (found.state, STATE_NAMES[found.state], found.printed) == ("void", "全部作废", 0)


def test_every_step_is_undone_as_one(office, all_issued):
    receive(office, BLANK, 20, "N0001")
    begin = begin_run(office, run_wish(all_issued, BLANK))
    run_id = begin.run.id
    before = outcomes(office, run_id)
    printed = mark_printed(office, run_id, first_serial="N0001")
    spoilt = mark_spoilt(office, run_id, 3, "卡纸")
    with pytest.raises(UserError, match=r"store\.undo_changed_since"):
        undo(office.store, printed.operation.id)
    undo(office.store, spoilt.operation.id)
    assert balance_of(office, BLANK).used == 5
    back = undo(office.store, printed.operation.id)
    assert outcomes(office, run_id) == before
    assert balance_of(office, BLANK).left == 20
    undo(office.store, back.id)
    assert (balance_of(office, BLANK).used, read_run(office, run_id).state) == (5, "done")
    undo(office.store, printed.operation.id)
    undo(office.store, begin.operation.id)
    assert runs(office) == []


def test_undoing_an_earlier_part_opens_the_run_again(office, all_issued):
    run = begun(office, all_issued)
    first = mark_printed(office, run.id, last=2)
    mark_printed(office, run.id)
    undo(office.store, first.operation.id)
    found = read_run(office, run.id)
    assert (found.state, found.next_place, found.waiting) == ("open", 1, 2)


def test_a_run_given_up_keeps_what_was_printed_and_frees_the_rest(office, all_issued):
    run = begun(office, all_issued)
    mark_printed(office, run.id, last=2)
    given_up = give_up(office, run.id)
    assert (given_up.run.state, open_runs(office)) == ("given_up", [])
    with pytest.raises(UserError, match=r"printing\.given_up"):
        mark_printed(office, run.id)
    undo(office.store, given_up.operation.id)
    assert read_run(office, run.id).state == "open"
    give_up(office, run.id)
    assert begun(office, all_issued[2:]).sheets == 3


def test_what_was_printed_of_a_run_given_up_can_turn_out_to_be_spoilt(office, all_issued):
    receive(office, BLANK, 20, "N0001")
    run = begun(office, all_issued, BLANK)
    mark_printed(office, run.id, last=2, first_serial="N0001")
    give_up(office, run.id)
    found = mark_spoilt(office, run.id, 2, "折坏")
    assert (found.run.state, found.run.printed, found.run.spoilt) == ("given_up", 1, 1)
    assert (balance_of(office, BLANK).used, balance_of(office, BLANK).spoilt) == (1, 1)
    with pytest.raises(UserError, match=r"printing\.given_up"):
        mark_spoilt(office, run.id, 3, "折坏")
    again = begun(office, all_issued[1:2], BLANK)
    mark_printed(office, again.id, first_serial="N0003")
    undo(office.store, found.operation.id)
    assert balance_of(office, BLANK).used == 3


def test_exactly_what_was_printed_is_marked_on_the_blanks_it_went_onto(office, all_issued):
    receive(office, BLANK, 20, "N0001")
    run = begun(office, all_issued, BLANK)
    serials = serials_for(office, BLANK, "N0001", 4)
    void(office, all_issued[1].id, "姓名有误")  # after it went to the printer
    mark_places(office, run, [1, 2, 4, 5], serials)
    assert [(one.place, one.outcome, one.serial) for one in sheets(office, run.id)] == [
        (1, "printed", "N0001"),
        (2, "printed", "N0002"),
        (3, "waiting", ""),
        (4, "printed", "N0003"),
        (5, "printed", "N0004"),
    ]
    assert balance_of(office, BLANK).used == 4
    with pytest.raises(UserError, match="第 5 份不在待打印之列"):
        mark_places(office, run, [3, 5])
    assert waiting_sheets(office, run.id) == sheets(office, run.id, (3, 3))


def test_serials_do_not_run_past_their_digits(office, all_issued):
    run = begun(office, all_issued, BLANK)
    with pytest.raises(UserError, match="序列号的位数不够"):
        mark_printed(office, run.id, first_serial="NO9998")
    assert read_run(office, run.id).printed == 0
    mark_printed(office, run.id, first_serial="NO9995")
    assert sheets(office, run.id)[-1].serial == "NO9999"


def test_several_spoilt_sheets_are_one_step(office, all_issued):
    run = begun(office, all_issued)
    mark_printed(office, run.id)
    done = spoil_places(office, read_run(office, run.id), [2, 4], "卡纸")
    assert done.title == "手指游戏结业证书打坏 2 份：卡纸"
    assert [one.place for one in waiting_sheets(office, run.id)] == [2, 4]
    undo(office.store, done.id)
    assert read_run(office, run.id).state == "done"


def test_marking_a_few_sheets_reads_only_these(office, all_issued):
    run = begun(office, all_issued)
    asked = []
    office.store.db.conn.set_trace_callback(asked.append)
    mark_places(office, run, [1, 2])
    office.store.db.conn.set_trace_callback(None)
    listed = [one for one in asked if "FROM print_item AS i JOIN certificate" in one]
    assert listed
    assert all("BETWEEN 1 AND 2" in one for one in listed)
    assert not any("FROM print_run AS r JOIN (" in one for one in asked)


def test_too_few_blanks_are_told_before_anything_is_listed(office, all_issued):
    receive(office, BLANK, 4)
    with pytest.raises(UserError, match="只剩 4 份，要打印 5 份"):
        begun(office, all_issued, BLANK)
    assert runs(office) == []


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda office, run: mark_printed(office, run.id, first=6), "printing.nothing_waits"),
        (lambda office, run: mark_printed(office, "x"), "printing.no_run"),
        (lambda office, run: mark_spoilt(office, run.id, 9, "卡纸"), "printing.no_sheet"),
        (
            lambda office, run: mark_printed(office, run.id, first_serial="N1"),
            "printing.no_stock",
        ),
        (lambda office, run: begun(office, ()), "printing.nothing"),
    ],
)
def test_what_cannot_be_is_refused(office, all_issued, call, code):
    run = begun(office, all_issued)
    with pytest.raises(UserError) as refused:
        call(office, run)
    assert refused.value.code == code


def test_a_run_brought_back_by_an_undo_prints_nothing_a_second_time(office, all_issued):
    first = begin_run(office, run_wish(all_issued))
    gone = undo(office.store, first.operation.id)
    mark_printed(office, begun(office, all_issued[:2]).id)
    undo(office.store, gone.id)
    with pytest.raises(UserError, match=r"printing\.printed_before"):
        mark_printed(office, first.run.id)
