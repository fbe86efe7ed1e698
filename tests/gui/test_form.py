"""The form of an entity: errors in words below the field, nothing lost, nothing saved unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from tests.offices import new_office
from tests.people import id_number, school
from tests.windows import session_on
from ui.desktop.pages.teachers.form import teacher_form
from ui.desktop.widgets.dialogs import Sheet


@pytest.fixture
def session(tmp_path):
    office = new_office(tmp_path)
    school(office, "桦甸市第四中学")
    found = session_on(office, tmp_path)
    yield found
    assert found.leave()


@pytest.fixture
def parent(qtbot):
    found = QWidget()
    qtbot.addWidget(found)
    found.show()
    return found


def fill(sheet, **texts):
    for name, text in texts.items():
        sheet.form.field(name).editor.set_text(text)


def press(parent, text):
    """Click the button of the question that is open."""
    question = next(one for one in parent.findChildren(Sheet) if one.objectName() == "question")
    next(one for one in question.findChildren(QPushButton) if one.text() == text).click()


def teachers(session):
    return [tuple(row) for row in session.office.store.query("SELECT name, remark FROM teacher")]


def test_a_wrong_digit_is_told_below_the_field_while_typing(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    with qtbot.waitSignal(sheet.form.checked):
        fill(sheet, id_number=id_number(1)[:-1] + ("0" if id_number(1)[-1] != "0" else "1"))
    assert "第 18 位应为" in sheet.form.field("id_number").words()
    assert sheet.form.field("name").words() == ""
    sheet.form.fill({})
    sheet.close()


def test_what_will_be_kept_otherwise_than_typed_is_shown(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    with qtbot.waitSignal(sheet.form.checked):
        fill(sheet, name="阿卜杜拉•买买提")
    assert "阿卜杜拉·买买提" in sheet.form.field("name").words()
    sheet.form.fill({})
    sheet.close()


def test_errors_cannot_be_saved_and_the_cursor_goes_to_the_first(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    fill(sheet, name="王䶮")
    sheet.save()
    assert "需要改正" in sheet.notice.text()
    assert sheet.form.field("id_number").words()
    assert teachers(session) == []
    sheet.form.fill({})
    sheet.close()


def test_ctrl_s_saves_a_rare_name_whole(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    fill(sheet, name="张𬭎", id_number=id_number(3), school="桦甸市第四中学")
    with qtbot.waitSignal(session.changed):
        sheet.activateWindow()
        qtbot.waitUntil(sheet.isActiveWindow)
        qtbot.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert teachers(session) == [("张𬭎", None)]


def test_ctrl_enter_saves_and_begins_the_next(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    fill(sheet, name="李契", id_number=id_number(5), school="桦甸市第四中学")
    with qtbot.waitSignal(session.changed):
        sheet.activateWindow()
        qtbot.waitUntil(sheet.isActiveWindow)
        qtbot.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: sheet.form.field("name").editor.text() == "")
    assert sheet.isVisible()
    assert not sheet.form.dirty
    sheet.close()


def test_a_warning_is_confirmed_with_a_reason_that_others_can_read(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    fill(sheet, name="周犇", id_number=id_number(7), school="没有登记的学校")
    sheet.save()
    assert "请核对" in sheet.notice.text()
    assert teachers(session) == []
    sheet._reason.setText("学校新建")
    with qtbot.waitSignal(session.changed):
        sheet.save()
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert teachers(session) == [("周犇", "学校新建")]


def test_a_person_who_is_known_is_refused_in_words_and_the_input_stays(qtbot, session, parent):
    for _ in range(2):
        sheet = teacher_form(session, parent)
        fill(sheet, name="陈喆", id_number=id_number(9), school="桦甸市第四中学")
        sheet.save()
        qtbot.waitUntil(lambda: not session.runner.busy)
    assert "此人已在库" in sheet.notice.text()
    assert sheet.form.field("name").editor.text() == "陈喆"
    sheet.form.fill({})
    sheet.close()


def test_leaving_with_changes_asks_and_not_saving_saves_nothing(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    fill(sheet, name="赵颎")
    sheet.close()
    assert sheet.isVisible()
    press(sheet, "不保存")
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert teachers(session) == []


def test_several_subjects_are_ticked_in_a_menu_and_joined(qtbot, session, parent):
    sheet = teacher_form(session, parent)
    editor = sheet.form.field("subject").editor
    editor.set_text("语文")
    editor._tick(_action("数学"))
    assert editor.text() == "语文、数学"
    sheet.form.fill({})
    sheet.close()


def _action(text):
    found = QAction(text)
    found.setCheckable(True)
    found.setChecked(True)
    return found
