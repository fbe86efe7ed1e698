from __future__ import annotations

import pytest

from models.errors import UserError
from reports.inputs.certificate_forms import shipped_texts
from reports.kit.form_setting import filled
from reports.kit.forms import FormField, names_in, parse_form

FORM = """
name = "x"
title = "样式"
width = 297
height = 210
[[fields]]
key = "姓名"
text = "{name} 同志"
x = 10
y = 20
width = 100
"""


@pytest.mark.parametrize("name", ["completion", "backbone", "continuing"])
def test_the_shipped_forms_are_forms_and_all_they_hold_lies_on_the_sheet(name):
    form = parse_form(shipped_texts()[name], name)
    assert form.name == name
    for field in form.fields:
        share = {"left": 0, "center": 0.5, "right": 1}[field.align]
        left = field.x - field.width * share
        last = field.y + (field.lines - 1) * field.leading
        assert 0 <= left < left + field.width <= form.width, field.key
        assert 0 < field.y <= last < form.height, field.key


def test_a_form_tells_the_values_it_wants_and_what_is_fixed():
    form = parse_form(FORM, "form.toml")
    assert form.values == {"name"}
    assert not form.fields[0].fixed


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (FORM.replace("width = 100", 'width = "宽"'), "fields → 0 → width"),
        (FORM.replace("x = 10", "x = -1"), "fields → 0 → x"),
        (FORM + 'colour = "red"', "fields → 0 → colour"),
        (FORM + 'colur = "#ff0000"', "fields → 0 → colur"),
        (FORM.replace("{name}", "{name.upper}"), "花括号"),
        (FORM.replace("{name}", "{name"), "fields → 0"),
        (FORM + 'fit = "wrap"', "leading"),
        ("name = ", "有误"),
    ],
)
def test_a_slip_in_a_form_is_told_with_its_place(wrong, told):
    with pytest.raises(UserError) as refused:
        parse_form(wrong, "form.toml")
    assert refused.value.code == "form.invalid"
    assert told in refused.value.message


def test_values_may_stand_in_a_typeface_of_their_own():
    field = FormField(
        key="正文", text="兹有{name}同志", x=1, y=1, width=9, role="song", value_role="kai"
    )
    parts = [(part.text, part.role) for part in filled(field, {"name": "张三"})]
    assert parts == [("兹有", "song"), ("张三", "kai"), ("同志", "song")]


def test_braces_in_a_value_are_plain_characters():
    field = FormField(key="姓名", text="{name}", x=1, y=1, width=9)
    assert [part.text for part in filled(field, {"name": "{0}"})] == ["{0}"]


def test_a_text_without_values_has_no_names():
    assert names_in("特发此证。") == ()
