from __future__ import annotations

import pytest
from hypothesis import given

import resources
from models.errors import UserError
from reports.inputs.certificate_forms import free_name, shipped_texts
from reports.kit.form_text import form_text
from reports.kit.forms import parse_form
from tests.certificate_forms import forms, new_part, small_form


@given(forms)
def test_a_form_written_as_text_and_read_again_is_the_same(form):
    assert parse_form(form_text(form), "x") == form


@pytest.mark.parametrize("name", sorted(shipped_texts()))
def test_the_shipped_forms_go_there_and_back(name):
    form = parse_form(shipped_texts()[name], name)
    assert form.name == name
    assert parse_form(form_text(form), name) == form


def test_what_has_its_usual_value_is_left_out_and_the_units_are_told():
    text = form_text(small_form(new_part("fields", text="{name}")))
    assert text.startswith("# 小样。长度单位毫米")
    assert "tracking" not in text
    assert 'text = "{name}"' in text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("width = 60.0", "width = -1", "第 1 个文字的宽（fields → 0 → width）：要大于 0"),
        ("width = 60.0", 'width = "宽"', "要填数字"),
        ("width = 60.0", "widht = 60", "不认识这一项"),
        ('text = "文字"', 'text = "{name"', "花括号没有成对"),
        ('text = "文字"', 'text = "{name.x}"', "花括号里只能写一个值的名称"),
        ('text = "文字"', 'text = "{name:>9999999}"', "花括号里只能写一个值的名称"),
        ('text = "文字"', 'text = "{name!r}"', "花括号里只能写一个值的名称"),
        ("height = 100.0", "", "纸高（height）：没有写"),
        ("height = 100.0", "height = ", "第 6 行第 10 个字处读不下去"),
        ("size = 14.0", 'colour = "red"', "颜色要写成"),
        ("size = 14.0", 'align = "middle"', "对齐"),
        ("size = 14.0", 'fit = "wrap"', "折行的字段要写 leading"),
    ],
)
def test_a_mistake_is_told_with_its_place_in_chinese(old, new, told):
    text = form_text(small_form(new_part("fields")))
    assert old in text
    with pytest.raises(UserError) as refusal:
        parse_form(text.replace(old, new), "小样")
    assert told in refusal.value.message
    assert "小样" in refusal.value.message


def test_a_copy_gets_a_name_that_nothing_has():
    assert free_name("completion", {"x"}) == "completion"
    assert free_name("completion", {"completion"}) == "completion-2"
    assert free_name("completion-2", {"completion", "completion-2"}) == "completion-3"
    assert (resources.path("certificates") / "completion.toml").is_file()
