"""证书 → 编号: the next number as one types, refusals under the field, one step of history."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from models.certificates.at_print import id_number_shown
from models.certificates.kinds import kind_named
from models.certificates.series import next_number, own_rule
from models.store.history import history
from tests.offices import new_office
from tests.windows import at_rest, window_at

RULE = "桦骨〔{year}〕{batch:02d}-{seq:03d}"


@pytest.fixture
def page(qtbot, tmp_path):
    with window_at(qtbot, new_office(tmp_path), tmp_path, "certificates") as window:
        window.page.show_tab("numbers")
        at_rest(qtbot, window.page.session)
        yield window.page


def view(page):
    return page.view.widget


def opened(qtbot, page, kind):
    assert view(page).table.choose(kind)
    qtbot.mouseClick(view(page).change, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    return view(page).sheet


def typed(qtbot, page, line, text):
    line.selectAll()
    line.insert(text)
    at_rest(qtbot, page.session)


def line_of(page, kind):
    table = view(page).table.table
    return table.row_at(list(table.ids).index(kind)).texts


def test_every_kind_is_listed_with_its_next_number(page):
    assert line_of(page, "backbone") == {
        "title": "骨干教师资格证书",
        "rule": "{region}{year}{kind}{seq:04d}",
        "whose": "通常的",
        "next": "2202822025GG0001",
        "id_number": "全写",
    }


def test_the_next_number_is_said_as_one_types_and_a_bad_rule_is_refused_under_it(qtbot, page):
    sheet = opened(qtbot, page, "backbone")
    assert sheet.example.text() == "下一个号：2202822025GG0001"
    assert not sheet.batch.isVisible()
    typed(qtbot, page, sheet.rule, "{year}{sequence}")
    assert "不认识 {sequence}" in sheet.problem.text()
    assert (sheet.problem.isVisible(), sheet.example.isVisible()) == (True, False)
    assert not sheet.save.isEnabled()
    typed(qtbot, page, sheet.rule, RULE)
    assert sheet.example.text() == "下一个号：桦骨〔2025〕01-001"
    typed(qtbot, page, sheet.batch, "第五期")
    typed(qtbot, page, sheet.start, "12")
    assert sheet.example.text() == "下一个号：桦骨〔2025〕05-012"
    typed(qtbot, page, sheet.start, "十号")
    assert "不是整数" in sheet.problem.text()
    sheet.reject()
    assert own_rule(page.session.office, kind_named("backbone")) == ""


def test_rule_start_and_id_number_are_kept_as_one_step(qtbot, page):
    session = page.session
    before = len(history(session.office.store, 50))
    sheet = opened(qtbot, page, "honour")
    typed(qtbot, page, sheet.rule, "桦奖{year}-{seq:03d}")
    typed(qtbot, page, sheet.start, "120")
    sheet.id_number.setCurrentIndex(sheet.id_number.findData("masked"))
    with qtbot.waitSignal(session.undo_offered) as offered:
        qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    at_rest(qtbot, session)
    told = "修改荣誉证书的编号：规则 桦奖{year}-{seq:03d}，从 120 编起，身份证号的写法"
    assert offered.args[0] == f"已{told}"
    assert next_number(session.office, "honour") == "桦奖2025-120"
    assert id_number_shown(session.office, kind_named("honour")) == "masked"
    assert (line_of(page, "honour")["whose"], line_of(page, "honour")["next"]) == (
        "本单位定的", "桦奖2025-120",
    )  # fmt: skip
    steps = history(session.office.store, 50)
    assert (len(steps) - before, steps[0].title) == (1, told)
    session.undo(steps[0].id)
    at_rest(qtbot, session)
    assert line_of(page, "honour")["next"] == "2202822025RY0001"
    assert line_of(page, "honour")["id_number"] == "不写"


def test_the_usual_rule_is_written_back(qtbot, page):
    session = page.session
    sheet = opened(qtbot, page, "honour")
    typed(qtbot, page, sheet.rule, "{year}{seq}")
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    at_rest(qtbot, session)
    again = opened(qtbot, page, "honour")
    qtbot.mouseClick(again.usual, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(again.save, Qt.MouseButton.LeftButton)
    at_rest(qtbot, session)
    assert own_rule(session.office, kind_named("honour")) == ""
    assert line_of(page, "honour")["whose"] == "通常的"
