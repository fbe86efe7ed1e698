from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit.form_parts import Place, rect_at
from tests.certificate_forms import new_part, small_form
from ui.desktop.pages.certificates.designer import document
from ui.desktop.pages.certificates.designer.snapping import (
    Lines,
    Rest,
    Rule,
    lines_of,
    rest,
    still_lines,
)

lengths = st.floats(-300, 300)
lines = st.builds(
    Lines, st.lists(lengths, max_size=4).map(tuple), st.lists(lengths, max_size=2).map(tuple)
)
rules = st.builds(Rule, st.sampled_from([0, 1, 5, 10]), st.sampled_from([0, 0.5, 1.5]))


@given(lengths, lines, lines, lengths, rules)
def test_a_step_ends_near_where_the_hand_is(step, moving, still, anchor, rule):
    found = rest(step, moving, still, anchor, rule)
    assert abs(found.step - step) <= max(rule.reach, rule.grid / 2, 0.05) + 0.011


@given(lengths, lines, lines, lengths, rules)
def test_a_step_without_guides_ends_on_the_grid_and_stays_there(step, moving, still, anchor, rule):
    found = rest(step, moving, still, anchor, rule)
    if not found.guides:
        grid = rule.grid or 0.1
        at = (anchor + found.step) / grid
        assert at == pytest.approx(round(at), abs=0.011 / grid)
    again = rest(found.step, moving, still, anchor, rule)
    assert again.step == pytest.approx(found.step, abs=0.02)


@given(lengths, lines, lines, lengths, rules)
def test_a_guide_is_a_line_of_something_that_stands_and_something_moved_lies_on_it(
    step, moving, still, anchor, rule
):
    found = rest(step, moving, still, anchor, rule)
    for at in found.guides:
        assert at in (*still.edges, *still.middles)
        assert any(abs(own + found.step - at) < 0.06 for own in (*moving.edges, *moving.middles))


def test_an_edge_near_another_is_drawn_to_it_and_a_middle_only_to_middles():
    moving, still = Lines((10, 30), (20,)), Lines((50, 90), (70,))
    assert rest(39.4, moving, still, 10, Rule(1, 1)) == Rest(40, (50,))
    assert rest(50.3, moving, still, 10, Rule(1, 1)) == Rest(50, (70,))
    assert rest(30.3, moving, still, 10, Rule(1, 1)) == Rest(30)
    assert rest(39.4, moving, still, 10, Rule(5, 0)) == Rest(40)
    assert rest(39.44, moving, still, 10, Rule(0, 0)) == Rest(39.4)


def test_a_text_is_laid_by_its_base_line_and_a_seal_by_its_ring():
    form = small_form(
        new_part("fields", x=20, y=30, width=60), seal=new_part("seal", x=100, y=50, diameter=40)
    )
    assert lines_of(form, [Place("fields")], 1) == Lines((30,), ())
    assert lines_of(form, [Place("seal")], 1) == Lines((30, 70), (50,))
    assert still_lines(form, [Place("fields")], 0) == Lines((0, 80, 120, 200), (100,)) or set(
        still_lines(form, [Place("fields")], 0).edges
    ) == {0, 80, 120, 200}


@pytest.fixture
def three():
    return small_form(
        *(new_part("fields", key=key, x=x, y=y, width=20, size=10)
          for key, x, y in (("甲", 10, 20), ("乙", 37, 33), ("丙", 100, 80)))
    )  # fmt: skip


ALL = [Place("fields", 0), Place("fields", 1), Place("fields", 2)]


def xs(form):
    return [one.x for one in form.fields]


def test_several_are_aligned_to_each_other_and_one_to_the_sheet(three):
    assert xs(document.aligned(three, ALL, "left")) == [10, 10, 10]
    assert xs(document.aligned(three, ALL, "right")) == [100, 100, 100]
    assert xs(document.aligned(three, ALL[:1], "center")) == [90, 37, 100]
    bottom = document.aligned(three, ALL, "bottom")
    assert [one.y for one in bottom.fields] == [80, 80, 80]


def test_the_middle_ones_are_spread_evenly(three):
    assert xs(document.distributed(three, ALL, 0)) == [10, 55, 100]
    assert document.distributed(three, ALL[:2], 0) == three


def test_what_is_moved_together_stops_together_at_the_edge(three):
    far = document.moved(three, ALL, 500, -500)
    assert rect_at(far, ALL[2]).right == 200
    assert xs(far) == [90, 117, 180]
    assert rect_at(far, ALL[0]).top == pytest.approx(0, abs=0.01)


def test_a_copy_gets_a_name_of_its_own_and_a_single_part_is_replaced(three):
    again, new = document.added(three, [("fields", three.fields[0])], 5)
    assert again.fields[3].key == "甲 2"
    assert (again.fields[3].x, again.fields[3].y) == (15, 25)
    assert new == (Place("fields", 3),)
    third, _ = document.added(again, [("fields", three.fields[0])])
    assert third.fields[4].key == "甲 3"
    sealed, _ = document.added(three, [("seal", new_part("seal"))])
    assert document.added(sealed, [("seal", new_part("seal", x=50))])[0].seal.x == 50


def test_a_text_set_to_wrap_gets_room_for_lines(three):
    form = document.changed(three, ALL[:1], ("fit",), "wrap")
    assert form.fields[0].leading == 5.6
    assert form.fields[0].lines == 2


def test_the_smallest_part_under_the_mouse_is_meant(three):
    form = three.model_copy(update={"boxes": (new_part("boxes", x=5, y=5, width=190, height=90),)})
    assert document.hit(form, (12, 19), 1) == ALL[0]
    assert document.hit(form, (60, 60), 1) == Place("boxes")
    assert document.hit(form, (199, 99), 1) is None


def test_parts_taken_out_leave_the_others(three):
    form = document.without(three, [ALL[0], ALL[2]])
    assert [one.key for one in form.fields] == ["乙"]
