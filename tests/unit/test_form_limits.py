from __future__ import annotations

import pytest

from models.errors import UserError
from reports.inputs.certificate_forms import shipped_texts
from reports.kit.form_limits import check_printable
from reports.kit.forms import Form, parse_form

NAME = {"key": "姓名", "text": "{name} 同志", "x": 10, "y": 20, "width": 50}
COLUMN = {"key": "学时", "text": "{hours}", "x": 10, "width": 20}
EIGHT = {"first_y": 20, "pitch": 10, "count": 8, "columns": [COLUMN]}


def form(**parts):
    base = {"name": "x", "title": "样张", "width": 100, "height": 80, "fields": [NAME]}
    return Form.model_validate(base | parts)


@pytest.mark.parametrize("name", shipped_texts())
def test_the_shipped_forms_can_be_printed(name):
    check_printable(parse_form(shipped_texts()[name], name))


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"fields": [NAME | {"x": 101}]}, "姓名"),
        ({"fields": [NAME | {"y": 80.5}]}, "姓名"),
        ({"lines": [{"start": (1, 1), "end": (120, 1)}]}, "线"),
        ({"boxes": [{"x": 90, "y": 10, "width": 20, "height": 10}]}, "方框"),
        ({"photo": {"x": 80, "y": 10, "width": 28, "height": 39}}, "照片"),
        ({"code": {"x": 10, "y": 60, "size": 30}}, "二维码"),
        ({"seal": {"x": 120, "y": 10}}, "印章"),
        (
            {"rows": {"first_y": 20, "pitch": 10, "count": 8, "columns": [COLUMN]}},
            "学时（第 8 行）",
        ),
    ],
)
def test_a_part_off_the_sheet_is_refused_with_form_part_and_remedy(parts, named):
    with pytest.raises(UserError) as refused:
        check_printable(form(**parts))
    assert refused.value.code == "form.off_sheet"
    assert "样张" in refused.value.message
    assert named in refused.value.message
    assert "移到纸内" in refused.value.hint


def test_a_name_nobody_knows_is_refused_with_the_names_there_are():
    rows = {"first_y": 20, "pitch": 10, "count": 3, "columns": [COLUMN]}
    check_printable(form(rows=rows), {"name", "hours"})
    with pytest.raises(UserError, match="hours") as refused:
        check_printable(form(rows=rows), {"name", "number"})
    assert refused.value.code == "form.unknown_value"
    assert refused.value.hint == "可用的值：name、number。"


def test_an_unknown_typeface_is_refused_when_the_form_is_read():
    text = shipped_texts()["completion"].replace('"kai"', '"kaiti"', 1)
    with pytest.raises(UserError) as refused:
        parse_form(text, "f.toml")
    assert refused.value.code == "form.invalid"
    assert "role" in refused.value.message
