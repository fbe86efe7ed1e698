"""The history page: every step, what it changed, and the way back and forth."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from models.exchange.importing import apply_plan, plan_import
from models.staff.queries import count_teachers, teacher_rows
from models.staff.registration import change_many, save_teacher
from models.store.history import history
from tests.offices import new_office
from tests.rosters import write_roster
from tests.windows import session_on, window_on
from ui.desktop.pages.history.page import REDO, UNDO

PATIENCE = 20_000


@pytest.fixture
def office(tmp_path):
    """An office in which one teacher was entered, and then changed."""
    office = new_office(tmp_path)
    values = {"name": "王芳", "sex": "2", "phone": "13812345521", "birth_date": "1990-05-06"}
    save_teacher(office, None, values)
    identity = str(office.store.value("SELECT id FROM teacher"))
    change_many(office, [identity], "subject", office.codes["subject"].find("数学").code)
    return office


@pytest.fixture
def session(qtbot, office, tmp_path):
    session = session_on(office, tmp_path)
    broken = []
    session.runner.broken.connect(broken.append)
    yield session
    session.leave()
    assert broken == []


@pytest.fixture
def page(session, tmp_path):
    window = window_on(session, {"history"}, tmp_path)
    yield window.page
    window.close()
    window.deleteLater()


def listed(table):
    return [table.table.row_at(place).texts for place in range(table.table.rowCount())]


def choose(page, title):
    place = next(
        place for place, one in enumerate(listed(page.table)) if one["title"].startswith(title)
    )
    page.table.selectRow(place)


def press(qtbot, session, button):
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=PATIENCE)


def subject(session):
    identity = str(session.office.store.value("SELECT id FROM teacher"))
    return teacher_rows(session.office, [identity])[0].shown["subject"]


def test_the_newest_step_is_on_top_and_shown(page, session):
    titles = [one["title"] for one in listed(page.table)]
    assert titles == [one.title for one in history(session.office.store, 10)]
    assert page.table.current_id() == history(session.office.store, 1)[0].id


def test_a_change_is_listed_field_by_field_in_the_office_s_words(page):
    [line] = listed(page.changes)
    assert line == {"who": "教师 王芳", "field": "任教学科", "before": "", "after": "数学"}


def test_what_a_new_row_holds_is_listed_and_what_is_personal_is_starred(page):
    choose(page, "新增教师")
    shown = {one["field"]: one.get("after", "") for one in listed(page.changes)}
    assert "新增" in shown
    assert shown["姓名"] == "王芳"
    assert shown["联系电话"] == "138****5521"
    assert shown["出生日期"] == "1990-**-**"
    assert not any("_" in field for field in shown)


def test_a_step_is_taken_back_and_done_again_from_its_own_line(qtbot, page, session):
    choose(page, "批量修改")
    assert page.undo_button.text() == UNDO
    press(qtbot, session, page.undo_button)
    assert subject(session) == ""
    choose(page, "批量修改")
    assert page.table.table.row_at(1).texts["state"] == "已撤销"
    assert page.undo_button.text() == REDO
    press(qtbot, session, page.undo_button)
    assert subject(session) == "数学"
    choose(page, "批量修改")
    assert page.undo_button.text() == UNDO


def test_taking_back_the_taking_back_does_the_step_again(qtbot, page, session):
    choose(page, "批量修改")
    press(qtbot, session, page.undo_button)
    choose(page, "撤销：批量修改")
    press(qtbot, session, page.undo_button)
    assert subject(session) == "数学"
    assert listed(page.table)[0]["title"].startswith("重做：批量修改")


def test_a_later_change_in_the_way_is_told_and_nothing_happens(qtbot, page, session):
    told = []
    session.runner.refused.connect(told.append)
    choose(page, "新增教师")
    press(qtbot, session, page.undo_button)
    assert len(told) == 1
    assert "王芳" in told[0].sentence
    assert count_teachers(session.office) == 1
    for window in page.window().findChildren(QDialog):
        window.close()


def test_the_search_finds_steps_and_can_be_cleared(qtbot, page):
    total = len(listed(page.table))
    page.search.setText("批量")
    page.search.returnPressed.emit()
    assert [one["title"][:4] for one in listed(page.table)] == ["批量修改"]
    page.search.setText("没有这样的操作")
    page.search.returnPressed.emit()
    assert not page.grid.shows_table
    qtbot.mouseClick(page.grid.empty.action, Qt.MouseButton.LeftButton)
    assert len(listed(page.table)) == total


def test_a_big_import_is_listed_by_rows_a_part_at_a_time(qtbot, office, tmp_path):
    apply_plan(office, plan_import(office, write_roster(tmp_path / "名册.xlsx", 450)))
    session = session_on(office, tmp_path)
    window = window_on(session, {"history"}, tmp_path)
    page = window.page
    page.table.selectRow(0)
    assert len(listed(page.changes)) == 200
    page.show_more()
    page.show_more()
    assert len(listed(page.changes)) == 451  # the teachers and the record of the import
    assert page.more_button.isHidden()
    press(qtbot, session, page.undo_button)
    assert count_teachers(session.office) == 1
    window.close()
    window.deleteLater()
    session.leave()


def test_nothing_can_be_taken_back_in_a_file_opened_to_read_only(qtbot, office, tmp_path):
    session = session_on(office, tmp_path, read_only=True)
    window = window_on(session, {"history"}, tmp_path)
    assert listed(window.page.table)
    assert not window.page.undo_button.isEnabled()
    window.close()
    window.deleteLater()
    session.leave()
