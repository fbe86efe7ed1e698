from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.inputs.certificate_forms import shipped_texts
from reports.kit.form_checking import complaints
from reports.kit.form_parts import PARTS, Place, part_at, parts_in, places, rect_at, words_at
from reports.kit.forms import parse_form
from tests.certificate_forms import forms, new_part, small_form

steps = st.floats(0, 300).map(lambda one: round(one, 2))


def changed(part, changes):
    return type(part).model_validate({**dict(part), **changes})


@settings(max_examples=20)
@given(forms, steps, steps)
def test_a_part_moved_lies_moved_and_keeps_its_size(form, right, down):
    for place in places(form):
        part, shape = part_at(form, place), place.kind.shape
        before = shape.rect(part)
        after = shape.rect(part.model_copy(update=shape.moved(part, right, down)))
        assert after.left - before.left == pytest.approx(right, abs=0.011)
        assert after.bottom - before.bottom == pytest.approx(down, abs=0.011)
        assert after.width == pytest.approx(before.width, abs=0.011)


PULLED = [
    new_part("boxes", x=30, y=30),
    new_part("seal", x=40, y=40, diameter=20),
    new_part("lines", start=(20, 30), end=(70, 50)),
    new_part("fields", x=60, y=50, width=40, align="center"),
    new_part("fields", x=60, y=50, width=40, fit="wrap", leading=8, lines=2),
    new_part("rows", first_y=20, pitch=5, count=8),
    new_part("rows", first_y=20, count=1),
    new_part("photo", x=30, y=30),
]
SHAPE_OF = {kind.model: kind.shape for kind in PARTS.values()}


@given(st.sampled_from(PULLED), st.tuples(st.floats(0, 90), st.floats(0, 90)))
def test_a_pulled_part_follows_the_hand_and_pulled_again_stays(part, to):
    shape = SHAPE_OF[type(part)]
    for handle in shape.handles(part):
        pulled = changed(part, shape.pulled(part, handle, to))
        again = changed(pulled, shape.pulled(pulled, handle, to))
        assert shape.rect(again) == pytest.approx(shape.rect(pulled), abs=0.05)


def test_a_box_pulled_at_a_corner_keeps_the_opposite_one():
    box = new_part("boxes", x=10, y=10, width=30, height=40)
    shape = PARTS["boxes"].shape
    assert shape.rect(changed(box, shape.pulled(box, "se", (50, 60)))) == (10, 10, 50, 60)
    assert shape.rect(changed(box, shape.pulled(box, "nw", (5, 8)))) == (5, 8, 40, 50)
    assert shape.rect(changed(box, shape.pulled(box, "e", (0, 0)))).width == 1


def test_a_centred_text_stays_under_its_middle_and_a_line_is_made_straight():
    shape = PARTS["fields"].shape
    text = new_part("fields", x=100, width=60, align="center")
    assert shape.rect(text).left == 70
    assert shape.pulled(text, "e", (140, 0)) == {"x": 105, "width": 70}
    line = new_part("lines", start=(10, 20), end=(50, 20))
    assert PARTS["lines"].shape.pulled(line, "end", (60, 20.7)) == {"end": (60, 20)}


def test_a_text_of_several_lines_is_pulled_to_whole_lines():
    shape = PARTS["fields"].shape
    text = new_part("fields", y=50, fit="wrap", leading=10, lines=2)
    assert set(shape.handles(text)) == {"w", "e", "s"}
    assert shape.pulled(text, "s", (0, 82)) == {"lines": 4}
    assert shape.pulled(text, "s", (0, 0)) == {"lines": 1}


def test_the_rows_of_a_register_page_are_moved_and_pulled_as_one():
    rows = new_part("rows", first_y=40, pitch=10, count=5)
    shape = PARTS["rows"].shape
    assert shape.anchor(rows) == (15, 40)
    assert len(shape.marks(rows)) == 5 * 3
    assert shape.pulled(rows, "s", (0, 88)) == {"pitch": 12}
    wider = changed(rows, shape.pulled(rows, "e0", (50, 0)))
    assert [(one.x, one.width) for one in wider.columns] == [(15, 35), (46, 40), (87, 12)]
    narrower = changed(rows, shape.pulled(rows, "w1", (50, 0)))
    assert (narrower.columns[1].x, narrower.columns[1].width) == (50, 36)


def test_an_unknown_value_in_a_column_is_told():
    rows = new_part("rows")
    bad = rows.columns[0].model_copy(update={"text": "{horus}"})
    form = small_form(rows=changed(rows, {"columns": (bad, *rows.columns[1:])}))
    assert (
        complaints(form)[0].text == "“起止日期”里的 {horus} 不是已知的值，是不是 {hours}（学时）？"
    )


def test_every_part_of_a_form_is_found_and_named():
    form = small_form(new_part("fields", key="姓名"), boxes=(new_part("boxes"),),
                      seal=new_part("seal"))  # fmt: skip
    assert places(form) == [Place("fields"), Place("boxes"), Place("seal")]
    assert [words_at(form, one) for one in places(form)] == ["姓名", "方框 1", "印章位置"]
    assert rect_at(form, Place("boxes")) == (10, 10, 40, 50)
    assert parts_in(small_form(), "seal") == ()


def told(form):
    """What is told of the parts; that small forms lack some is another matter."""
    return [one.text for one in complaints(form) if one.places]


def test_an_unknown_value_is_named_with_the_one_that_may_be_meant():
    form = small_form(new_part("fields", key="姓名", text="{nmae}、{name}、{zzz}"))
    found = complaints(form)
    assert found[0].text == "“姓名”里的 {nmae} 不是已知的值，是不是 {name}（姓名）？"
    assert found[1].text == "“姓名”里的 {zzz} 不是已知的值。"
    assert found[0].grave
    assert found[0].places == (Place("fields"),)


def test_overlaps_and_parts_off_the_sheet_are_told_in_millimetres():
    a = new_part("fields", key="甲", text="{name}", x=20, y=20, width=60, size=10)
    b = a.model_copy(update={"key": "乙", "x": 70})
    c = a.model_copy(update={"key": "丙", "x": 150, "y": 60})
    assert told(small_form(a, b)) == ["“甲”与“乙”的位置重叠 10.0 × 3.5 毫米。"]
    assert told(small_form(a, c)) == ["“丙”超出纸边 10.0 毫米。"]


def test_a_fixed_word_takes_only_the_room_of_its_letters_and_may_stand_in_a_box():
    label = new_part("fields", key="名目", text="姓名", x=10, y=20, width=60, size=10)
    value = new_part("fields", key="姓名", text="{name}", x=20, y=20, width=60, size=10)
    assert told(small_form(label, value, boxes=(new_part("boxes"),))) == []


def test_a_form_that_does_not_say_whose_it_is_is_told():
    form = parse_form(shipped_texts()["completion"], "completion")
    assert complaints(form) == []
    bare = [one for one in form.fields if not {"name", "number"} & set(one.names)]
    without = form.model_copy(update={"fields": tuple(bare), "code": None})
    assert [one.text.split("，")[0] for one in complaints(without)] == [
        "没有持证人的姓名 {name}", "没有证书编号 {number}", "没有二维码",
    ]  # fmt: skip
    assert not any(one.grave for one in complaints(without))
    lines = parse_form(shipped_texts()["continuing_register"], "continuing_register")
    assert complaints(lines) == []


def test_two_texts_of_one_name_are_told():
    a = new_part("fields", key="甲", text="甲", x=10)
    b = a.model_copy(update={"y": 60.0})
    assert told(small_form(a, b)) == ["有 2 处文字都叫“甲”，不易分清。"]


@pytest.mark.parametrize("name", sorted(shipped_texts()))
def test_of_the_shipped_forms_nothing_grave_is_told(name):
    form = parse_form(shipped_texts()[name], name)
    assert [one.text for one in complaints(form) if one.grave] == []
