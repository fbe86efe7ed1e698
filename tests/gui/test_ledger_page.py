"""Hours entered by hand, in the steps the office sets."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.gui.test_courses_page import answer, close_messages, press, quiet, texts
from tests.offices import new_office
from tests.people import school, teachers
from tests.windows import session_on, window_on
from ui.desktop.widgets.form.sheet import FormSheet


@pytest.fixture
def window(qtbot, tmp_path):
    office = new_office(tmp_path)
    teachers(office, school(office, "桦甸市第四中学"), 2, name="单雄信")
    teachers(office, school(office, "红石中学"), 1, name="罗士信")
    session = session_on(office, tmp_path)
    found = window_on(session, {"ledger", "settings"}, tmp_path)
    qtbot.addWidget(found)
    found.go("ledger")
    quiet(qtbot, session)
    yield found
    quiet(qtbot, session)
    assert session.leave()


def entered(page, **values):
    press(page, "登记学时…")
    sheet = page.findChild(FormSheet)
    for name, text in values.items():
        sheet.form.field(name).editor.set_text(text)
    press(sheet, "保存")
    return sheet


def set_steps(qtbot, window, steps):
    window.go("settings")
    settings = window.page.training
    settings.steps.setCurrentIndex(settings.steps.findData(steps))
    with qtbot.waitSignal(window.session.told):
        press(settings, "保存")
    window.go("ledger")
    quiet(qtbot, window.session)
    return window.page


def test_hours_entered_by_hand_are_in_the_ledger(qtbot, window):
    page = window.page
    entered(page, teacher_no="罗士信", course="国培", hours="8.5", level="国家级", evidence="证 12")
    qtbot.waitUntil(lambda: "已入账 1 条" in page.notice.text())
    assert texts(page, "hours") == ["8.5"]
    page.table.selectRow(0)
    labels = [one.text() for one in page.card.findChildren(type(page.count))]
    assert {"国家级", "证 12", "王老师"} <= set(labels)


def test_a_name_that_several_bear_is_asked_back(qtbot, window):
    page = window.page
    sheet = entered(page, teacher_no="单雄信", course="国培", hours="8")
    qtbot.waitUntil(lambda: "有 2 位单雄信" in sheet.notice.text())
    sheet.form.field("teacher_no").editor.set_text("")
    sheet.done(0)
    assert texts(page, "hours") == []


def test_a_claim_waits_is_returned_put_right_and_never_approved_by_its_writer(qtbot, window):
    page = set_steps(qtbot, window, "approve")
    entered(page, teacher_no="罗士信", course="国培", hours="8")
    qtbot.waitUntil(lambda: page.tabs.tabText(1) == "待审（1）")
    assert texts(page, "hours") == []
    page.tabs.setCurrentIndex(1)
    part = page.claims
    part.table.selectRow(0)
    with qtbot.waitSignal(page.session.runner.refused) as refused:
        press(part, "审核通过")
    assert "自己录入" in refused.args[0].message
    close_messages(window)
    press(part, "退回…")
    answer(part, reason="学时不符")
    qtbot.waitUntil(lambda: texts(part, "state") == ["已退回"])
    part.table.selectRow(0)
    press(part, "改正后重交…")
    sheet = part.findChild(FormSheet)
    sheet.form.field("hours").editor.set_text("6")
    press(sheet, "保存")
    qtbot.waitUntil(lambda: texts(part, "hours") == ["6"])
    assert texts(part, "state") == ["待审核"]


def test_a_closed_year_is_set_and_told(qtbot, window):
    window.go("settings")
    settings = window.page.training
    settings.closed.setText("去年")
    press(settings, "保存")
    assert "四位年份" in window.page.notice.text()
    settings.closed.setText("2024")
    with qtbot.waitSignal(window.session.told):
        press(settings, "保存")
    window.go("ledger")
    quiet(qtbot, window.session)
    sheet = entered(window.page, teacher_no="罗士信", year="2024", course="国培", hours="8")
    qtbot.waitUntil(lambda: "封账" in sheet.notice.text())
    assert sheet.findChildren(QPushButton)
    sheet.form.fill({})
    sheet.done(0)
