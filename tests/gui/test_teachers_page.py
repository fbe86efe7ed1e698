"""The teachers' page: found by typing, filtered, shown, changed, copied, taken back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from models.text.pinyin import read_name
from models.training.courses import register
from models.training.enrolments import enrol
from tests.offices import new_office
from tests.people import id_number, school, teachers
from tests.windows import session_on, window_on
from ui.desktop.pages.teachers.bulk import ChangeManySheet
from ui.desktop.pages.teachers.details import teacher_details
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.sheet import FormSheet


@pytest.fixture
def window(qtbot, tmp_path):
    office = new_office(tmp_path)
    fourth, red = school(office, "桦甸市第四中学"), school(office, "红石中学")
    teachers(office, fourth, 3)
    teachers(office, red, 1, name="王䶮", stage="2", phone="13812345521")
    session = session_on(office, tmp_path)
    found = window_on(session, {"home", "teachers", "imports"}, tmp_path)
    qtbot.addWidget(found)
    found.go("teachers")
    qtbot.waitUntil(lambda: not session.runner.busy)
    yield found
    assert session.leave()


@pytest.fixture
def page(window):
    return window.page


def names(page):
    model = page.table.table
    return [model.row_at(place).texts["name"] for place in range(len(model.ids))]


def search(qtbot, page, text):
    with qtbot.waitSignal(page.filters.search.searched):
        page.filters.search.setText(text)
    qtbot.waitUntil(lambda: not page.session.runner.busy)


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)


@pytest.mark.parametrize(
    "query", ["王䶮", "wy", "wangyan", id_number(3)[-4:], "13812345521", "红石"]
)
def test_a_teacher_is_found_by_name_initials_pinyin_id_tail_phone_and_school(qtbot, page, query):
    search(qtbot, page, query)
    assert "王䶮" in names(page)
    assert len(names(page)) < 4
    assert "共 4 人，筛选后" in page.count.text()


def test_names_are_sorted_by_how_they_are_read(page):
    found = names(page)
    assert found == sorted(found, key=lambda name: read_name(name).full)


def test_filters_narrow_the_list_and_are_cleared_at_once(qtbot, page):
    combo = page.filters.filters["stage"]
    combo.setCurrentIndex(combo.findData("2"))
    assert names(page) == ["王䶮"]
    button(page, "清除筛选").click()
    assert len(names(page)) == 4
    assert page.count.text() == "共 4 人"


def test_nothing_found_offers_to_clear_the_filters(qtbot, page):
    search(qtbot, page, "没有这个人")
    assert not page.grid.shows_table
    page.grid.empty.action.click()
    assert page.grid.shows_table


def test_an_empty_register_says_what_to_do(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path)
    window = window_on(session, {"teachers"}, tmp_path)
    qtbot.addWidget(window)
    assert window.page.grid.empty.text() == "还没有教师。可从 Excel 导入名册，或逐个新增。"
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def test_id_numbers_and_phones_are_starred_until_asked_for(page):
    search_id = next(one for one in page.table.table.ids)
    page.table.choose(search_id)
    row = page.table.table.row_at(0).texts
    assert "******" in row["id_number"]
    page._eye.click()
    assert "*" not in page.table.table.row_at(0).texts["id_number"]


def test_copied_rows_hold_whole_numbers_once_they_are_shown(qtbot, page):
    page._eye.click()
    header = page.table.horizontalHeader()
    place = [one.key for one in page.table.table.columns].index("id_number")
    header.setSectionHidden(place, False)
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert id_number(3) in QGuiApplication.clipboard().text()


def test_an_edit_is_saved_shown_and_can_be_taken_back(qtbot, window, page):
    page.table.choose(page.table.table.ids[-1])
    before = names(page)[-1]
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    sheet = page.findChild(FormSheet)
    sheet.form.field("name").editor.set_text("翟喆")
    with qtbot.waitSignal(page.session.undo_offered):
        button(sheet, "保存").click()
    qtbot.waitUntil(lambda: "翟喆" in names(page))
    assert "已保存" in page.notice.text()
    with qtbot.waitSignal(page.session.told):
        button(page.notice, "撤销").click()
    qtbot.waitUntil(lambda: before in names(page))


def test_deleting_asks_nothing_and_offers_to_undo(qtbot, window, page):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.table.choose(page.table.table.ids[0])
    page.table.setFocus()
    with qtbot.waitSignal(page.session.undo_offered):
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert page.notice.text() == "已删除 1 人"
    assert len(names(page)) == 3
    with qtbot.waitSignal(page.session.told):
        button(page.notice, "撤销").click()
    assert len(names(page)) == 4


def test_many_are_changed_in_one_step_shown_before_it_is_written(qtbot, page):
    page.table.selectAll()
    page.deeds.change_many()
    sheet = page.findChild(ChangeManySheet)
    sheet._field.setCurrentIndex(sheet._field.findData("stage"))
    sheet._value.setCurrentIndex(sheet._value.findData("4"))
    assert "将修改 4 人的“学段”" in sheet._says.text()
    assert sheet._preview.rowCount() == 4
    with qtbot.waitSignal(page.session.undo_offered):
        sheet.change()
    stages = {page.table.table.row_at(place).texts["stage"] for place in range(4)}
    assert stages == {page.session.office.codes["stage"].name_of("4")}


def test_teachers_move_to_a_school_of_the_list_only(qtbot, page):
    page.table.choose(page.table.table.ids[0])
    page.deeds.move_selected()
    sheet = page.findChild(ChooseSheet)
    sheet._lines["school"].setText("没有的学校")
    sheet.action.click()
    assert "没有“没有的学校”" in sheet._problem.text()
    sheet._lines["school"].setText("红石中学")
    with qtbot.waitSignal(page.session.undo_offered):
        sheet.action.click()
    assert page.table.table.row_at(0).texts["school"] == "红石中学"


def test_the_card_shows_the_chosen_teacher_and_where_they_were(qtbot, page):
    page.table.choose(page.table.table.ids[0])
    assert page.card._name.text() == names(page)[0]


def test_pasting_leads_to_the_check_and_writes_nothing(qtbot, window, page):
    lines = (
        ("姓名", "身份证号", "所在学校"),
        ("孙犇", id_number(50), "红石中学"),
        ("钱错", "220282198506019999", "红石中学"),
    )
    QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))
    page.table.setFocus()
    page.deeds.paste()
    qtbot.waitUntil(lambda: window.page_key == "imports" and not page.session.runner.busy)
    assert page.session.office.store.value("SELECT COUNT(*) FROM teacher") == 4


def test_f2_edits_and_ctrl_f_goes_to_the_search(qtbot, window, page):
    page.focus_search()
    assert page.filters.search.hasFocus() or not window.isActiveWindow()
    page.table.choose(page.table.table.ids[0])
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    sheet = page.findChild(FormSheet)
    assert sheet.windowTitle() == "修改教师"
    sheet.close()


def test_the_hours_of_the_cycle_stand_in_the_list_and_on_the_card(page):
    row = page.table.table.row_at(0)
    assert row.texts["cycle_hours"] == "0 / 360"
    page.table.choose(row.id)
    details = teacher_details(page.session.office, row.id, masked=True)
    assert details.measured == "2021—2025 周期学时"
    assert [one.value for one in details.meters] == ["0 / 360"]


def test_who_is_in_a_course_cannot_be_deleted_and_the_window_says_why(qtbot, tmp_path):
    office = new_office(tmp_path)
    ids = teachers(office, school(office, "红石中学"), 1)
    values = {"title": "师德", "year": 2025, "hours": Decimal(15)}
    enrol(office, register(office, values).course_id, ids)
    session = session_on(office, tmp_path)
    window = window_on(session, {"teachers"}, tmp_path)
    qtbot.addWidget(window)
    window.page.table.choose(ids[0])
    with qtbot.waitSignal(session.runner.refused) as told:
        window.page.deeds.delete()
    assert told.args[0].code == "staff.teacher_in_use"
    assert len(window.page.table.table.ids) == 1
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def test_in_a_narrow_window_the_buttons_of_the_card_stay_at_hand(qtbot, window, page):
    window.resize(1000, 600)
    edit = button(page, "编辑")
    qtbot.waitUntil(lambda: not page.card.isVisible())
    assert edit.isVisible()
    window.resize(1280, 800)
    qtbot.waitUntil(page.card.isVisible)
    assert page.card.isAncestorOf(edit)
