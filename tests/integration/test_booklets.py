"""续打: booklets go on where they stopped; what was printed keeps its page and line."""

from __future__ import annotations

import pytest

from models.certificates.booklet_layout import (
    Layout,
    Place,
    Section,
    layout_of,
    read_section,
    save_layout,
)
from models.certificates.booklet_marks import give_up_lines, mark, repeat
from models.certificates.booklet_plans import plan_year
from models.certificates.booklets import (
    lines_of,
    next_place,
    say_place,
    voided_lines,
    waiting_pages,
)
from models.certificates.issuing import void as void_certificate
from models.certificates.sheets import open_runs, read_run
from models.errors import CancelledByUser, UserError
from models.staff.moves import move_teachers
from models.stamping.running import void
from models.stamping.wording import save_wording
from models.store.undo import undo
from tests.booklet_years import SMALL, standing, three, trained
from tests.certificates import booklets
from tests.offices import reopened
from tests.papers import Stopping
from tests.people import school
from tests.stamped import DAY, YEAR, stamp_all, take_back, train

OPENED = DAY


@pytest.fixture
def people(office):
    return three(office)


def test_lines_of_the_stamp_and_the_year_go_where_the_booklet_is_empty(office, people):
    ids = booklets(office, people)
    trained(office, people)
    plan = plan_year(office, YEAR, SMALL)
    assert (plan.people, plan.lines, plan.full, plan.without) == (3, 9, (), ())
    assert standing(office, ids[0]) == [
        (4, 1, "register", "培训1", "waiting"),
        (4, 2, "register", "培训2", "waiting"),
        (10, 1, "year", "", "waiting"),
    ]
    pages = waiting_pages(office, plan.run.id)
    assert [(one.place, one.page, one.yearly) for one in pages] == [
        (1, 4, False), (2, 4, False), (3, 4, False), (4, 10, True), (5, 10, True), (6, 10, True),
    ]  # fmt: skip
    year = pages[3].lines[0]
    assert (year.hours, year.sealed_on, year.opinion) == (48, DAY, "经审核，准予登记。")
    assert plan.run.going_on == "从第 1 页继续（共 6 页，待打印 6 页）"


def test_planning_again_gives_nothing_new_before_and_after_printing(office, people):
    booklets(office, people)
    trained(office, people)
    run = plan_year(office, YEAR, SMALL).run
    assert (plan_year(office, YEAR, SMALL).run, plan_year(office, YEAR, SMALL).lines) == (None, 0)
    done = mark(office, run.id)
    assert (done.lines, done.run.state) == (9, "done")
    assert plan_year(office, YEAR, SMALL).run is None


def test_a_second_year_goes_on_below_and_over_the_page(office, people):
    (one, *_) = ids = booklets(office, people)
    trained(office, people)
    mark(office, plan_year(office, YEAR, SMALL).run.id)
    later = reopened(office, "2013-12-28")
    for person in people:
        for n in range(3):
            train(later, person, "16", f"研修{n + 1}", 2013)
    stamp_all(later, 2013)
    plan = plan_year(later, 2013, SMALL)
    assert [place[:2] for place in standing(later, one)] == [
        (4, 1), (4, 2), (4, 3), (5, 1), (5, 2), (10, 1), (10, 2),
    ]  # fmt: skip
    assert plan.run.sheets == 9
    assert next_place(later, ids, SMALL.register) == dict.fromkeys(ids, Place(5, 3))
    later.store.close()


def test_a_full_booklet_is_told_and_gets_no_half_year(office, people):
    ids = booklets(office, people)
    trained(office, people, 4)
    tiny = Layout(Section(4, 4, 3), None)
    plan = plan_year(office, YEAR, tiny)
    assert (plan.run, [one.name for one in plan.full]) == (None, ["张三二", "张三三", "张三一"])
    assert standing(office, ids[0]) == []
    plan = plan_year(office, YEAR, Layout(Section(4, 4, 5), None))
    assert [place[1:3] for place in standing(office, ids[0])] == [
        *((n, "register") for n in range(1, 5)), (5, "year"),
    ]  # fmt: skip
    assert next_place(office, ids[:1], Section(4, 4, 5)) == {ids[0]: None}


def test_yearly_pages_may_be_full_as_well(office, people):
    booklets(office, people)
    trained(office, people)
    plan = plan_year(office, YEAR, Layout(Section(4, 6, 3), Section(10, 10, 1)))
    assert plan.people == 3
    later = reopened(office, "2013-12-28")
    train(later, people[0], "48", "研修", 2013)
    stamp_all(later, 2013)
    again = plan_year(later, 2013, Layout(Section(4, 6, 3), Section(10, 10, 1)))
    assert (again.run, len(again.full)) == (None, 1)
    later.store.close()


def test_who_has_no_booklet_is_told(office, people):
    booklets(office, people[:1])
    trained(office, people)
    plan = plan_year(office, YEAR, SMALL)
    assert [one.teacher_id for one in plan.without] == people[1:]
    assert plan.people == 1


def test_corrections_since_come_below_and_only_once(office, people):
    (one, *_) = booklets(office, people)
    trained(office, people)
    mark(office, plan_year(office, YEAR, SMALL).run.id)
    take_back(office, people[0], "培训2")
    train(office, people[0], "40", "重记的培训")
    plan = plan_year(office, YEAR, SMALL)
    assert standing(office, one)[2:4] == [
        (4, 3, "correction", "重记的培训", "waiting"),
        (5, 1, "correction", "培训2", "waiting"),
    ]
    assert [line.takes_back for line in lines_of(office, run_id=plan.run.id)] == [False, True]
    assert plan_year(office, YEAR, SMALL).run is None


def test_a_mis_print_is_repeated_at_the_same_places_without_shifting(office, people):
    ids = booklets(office, people)
    trained(office, people)
    run = plan_year(office, YEAR, SMALL).run
    with pytest.raises(UserError, match=r"booklet\.not_printed"):
        repeat(office, run.id, [1], "打偏")
    mark(office, run.id, last=4)
    before = [(one.id, one.at) for one in lines_of(office, run_id=run.id)]
    done = repeat(office, run.id, [2], "打偏")
    assert (done.lines, done.run.state, done.run.next_place) == (2, "open", 2)
    pages = waiting_pages(office, run.id)
    assert [(one.place, [line.again for line in one.lines]) for one in pages] == [
        (2, [1, 1]), (5, [0]), (6, [0]),
    ]  # fmt: skip
    assert mark(office, run.id, first=2, last=2).lines == 2
    assert [(one.id, one.at) for one in lines_of(office, run_id=run.id)] == before
    assert [one[4] for one in standing(office, ids[0])] == ["printed"] * 3


def test_giving_up_frees_what_was_never_printed_and_keeps_the_rest(office, people):
    ids = booklets(office, people)
    trained(office, people)
    run = plan_year(office, YEAR, SMALL).run
    mark(office, run.id, last=1)
    repeat(office, run.id, [1], "打偏")
    give_up_lines(office, run.id)
    assert [one[4] for one in standing(office, ids[0])] == ["printed", "printed"]
    assert standing(office, ids[1]) == []
    plan = plan_year(office, YEAR, SMALL)
    assert (plan.people, plan.lines) == (3, 7)
    assert standing(office, ids[1])[0][:2] == (4, 1)


def test_a_mis_print_of_a_run_given_up_waits_again_alone(office, people):
    ids = booklets(office, people)
    trained(office, people)
    run = plan_year(office, YEAR, SMALL).run
    mark(office, run.id, last=1)
    give_up_lines(office, run.id)
    found = repeat(office, run.id, [1], "打偏")
    assert (found.run.state, found.run.waiting, found.run.next_place) == ("open", 1, 1)
    assert plan_year(office, YEAR, SMALL).people == 3
    mark(office, run.id)
    assert read_run(office, run.id).state == "done"
    assert [one[4] for one in standing(office, ids[0])] == ["printed", "printed", "waiting"]


def test_a_voided_stamp_is_told_and_its_printed_lines_stay(office, people):
    ids = booklets(office, people)
    lines = {one.teacher_id: one.id for one in trained(office, people)}
    run = plan_year(office, YEAR, SMALL).run
    mark(office, run.id, last=1)
    void(office, [lines[people[0]], lines[people[1]]], "材料不实")
    assert [(one.name, one.title) for one in voided_lines(office, YEAR)] == [
        ("张三二", "培训1"), ("张三二", "培训2"),
    ]  # fmt: skip
    found = read_run(office, run.id)
    assert (found.next_place, found.waiting) == (3, 2)
    assert mark(office, run.id).lines == 3
    plan = plan_year(office, YEAR, SMALL)
    assert [one.title for one in plan.voided] == ["培训1", "培训2"]
    assert (plan.run, standing(office, ids[1])) == (None, [])
    assert len(standing(office, ids[0])) == 2
    stamp_all(office)
    again = plan_year(office, YEAR, SMALL)
    assert again.people == 2
    assert [one[2:4] for one in standing(office, ids[0])] == [
        ("register", "培训1"), ("register", "培训2"), ("year", ""),
    ]  # fmt: skip


def test_handwritten_years_stand_before(office, people):
    (one, *_) = ids = booklets(office, people)
    trained(office, people)
    with pytest.raises(UserError, match=r"booklet\.no_reason"):
        say_place(office, one, Place(5, 2), "", SMALL)
    with pytest.raises(UserError, match=r"booklet\.no_place"):
        say_place(office, one, Place(7, 1), "此前为手写", SMALL)
    said = say_place(office, one, Place(5, 2), "此前为手写", SMALL)
    say_place(office, one, Place(10, 2), "此前为手写", SMALL)
    assert next_place(office, ids[:2], SMALL.register) == {
        ids[0]: Place(5, 2), ids[1]: Place(4, 1),
    }  # fmt: skip
    back = undo(office.store, said.id)
    assert next_place(office, [one], SMALL.register) == {one: Place(4, 1)}
    assert next_place(office, [one], SMALL.yearly) == {one: Place(10, 2)}
    undo(office.store, back.id)
    assert next_place(office, [one], SMALL.register) == {one: Place(5, 2)}
    plan_year(office, YEAR, SMALL)
    assert [place[:2] for place in standing(office, one)] == [(5, 2), (5, 3), (10, 2)]
    with pytest.raises(UserError, match="已经打印到第 5 页第 3 行"):
        say_place(office, one, Place(5, 3), "改", SMALL)
    say_place(office, one, Place(6, 2), "中间空出", SMALL)
    assert next_place(office, [one], SMALL.register) == {one: Place(6, 2)}


def test_a_teacher_who_moved_keeps_the_booklet_and_is_handed_it_at_the_new_school(office, people):
    (one, *_) = booklets(office, people)
    trained(office, people)
    new = school(office, "八道河子小学")
    move_teachers(office, people[:1], new, "2012-12-20")
    plan = plan_year(office, YEAR, SMALL, school_ids=[new])
    assert plan.people == 1
    assert {line.certificate_id for line in lines_of(office, run_id=plan.run.id)} == {one}
    assert lines_of(office, run_id=plan.run.id)[0].school == "八道河子小学"
    assert plan_year(office, YEAR, SMALL).people == 2


def test_a_lost_booklet_is_entered_anew_in_the_next_one_and_a_full_one_goes_on(office, people):
    (lost, *_) = booklets(office, people)
    trained(office, people)
    mark(office, plan_year(office, YEAR, SMALL).run.id)
    booklets(office, people[:2], first=11)
    assert plan_year(office, YEAR, SMALL).run is None
    void_certificate(office, lost, "遗失")
    plan = plan_year(office, YEAR, SMALL)
    assert (plan.people, plan.lines) == (1, 3)
    assert {one.number for one in lines_of(office, run_id=plan.run.id)} == {"JX00011"}


def test_each_step_is_undone_as_one_and_nothing_is_lost(office, people):
    (one, *_) = booklets(office, people)
    trained(office, people)
    plan = plan_year(office, YEAR, SMALL)
    marked = mark(office, plan.run.id)
    with pytest.raises(UserError, match=r"store\.undo_changed_since"):
        undo(office.store, plan.operation.id)
    undo(office.store, marked.operation.id)
    assert read_run(office, plan.run.id).waiting == 6
    undo(office.store, plan.operation.id)
    assert (open_runs(office), standing(office, one)) == ([], [])
    assert plan_year(office, YEAR, SMALL).lines == 9


def test_cancelling_plans_nothing(office, people):
    booklets(office, people)
    trained(office, people)
    with pytest.raises(CancelledByUser):
        plan_year(office, YEAR, SMALL, progress=Stopping(0))
    assert open_runs(office) == []


def test_the_layout_is_the_offices(office):
    own = Layout(read_section("2-9x10"), None)
    save_layout(office, own)
    assert layout_of(office) == own
    with pytest.raises(UserError, match=r"booklet\.overlap"):
        save_layout(office, Layout(Section(2, 9, 10), Section(9, 10, 5)))
    for text in ("2-9", "9-2x10", "0-2x1", "2-9x0"):
        with pytest.raises(UserError, match=r"booklet\.layout"):
            read_section(text)


def test_a_year_nobody_is_stamped_in_is_refused(office, people):
    with pytest.raises(UserError, match=r"booklet\.nobody"):
        plan_year(office, YEAR, SMALL)


def test_the_clerk_on_the_page_is_whom_the_office_named_never_a_log_in_name(office, people):
    booklet = booklets(office, people)[0]
    stamped = trained(office, people)
    assert {one.stamped_by for one in stamped} == {""}
    plan_year(office, YEAR, SMALL)
    assert {one.clerk for one in lines_of(office, certificate_id=booklet)} == {""}
    save_wording(office, "", "", "李文秀")
    train(office, people[0], "5", "补记")
    plan_year(office, YEAR, SMALL)
    assert {one.clerk for one in lines_of(office, certificate_id=booklet)} == {"", "李文秀"}
