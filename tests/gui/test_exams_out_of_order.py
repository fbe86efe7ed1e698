"""The exams' page used in the wrong order, and with more than one thing at once."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from models.exams.exclusions import ExclusionWish, exclude
from models.exams.freezing import find_frame
from tests.gui.exam_steps import (
    answer,
    choose,
    click,
    county,
    drawn_exam,
    new_exam,
    opened,
    press,
    rows,
    seated_exam,
    settle,
    sheet_of,
    window,
)
from tests.windows import window_at

SETUP, FRAME, DRAW, ROOMS, MARKS = range(5)


@pytest.fixture
def office(tmp_path):
    return county(tmp_path)


def frozen_anew(qtbot, main):
    """Freeze the list a second time, after the draw."""
    click(qtbot, main.page.desk.bar.buttons[FRAME])
    settle(qtbot, main.page)
    press(qtbot, main.page.desk.step, "重新冻结…")
    answer(qtbot, main.page, "重新冻结", reason="漏了人")


def test_a_draw_from_a_list_that_was_frozen_anew_must_be_made_again(qtbot, office, tmp_path):
    exam = drawn_exam(office)
    old = find_frame(office, exam.id)
    teacher = office.store.value("SELECT id FROM teacher")
    exclude(office, exam, ExclusionWish(teacher, "产假", "王老师"), for_anew=True)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, DRAW)
        frozen_anew(qtbot, main)
        new = find_frame(step.session.office, exam.id)
        assert old is not None
        assert new is not None
        assert old.sha256 != new.sha256
        desk = main.page.desk
        assert "须重新抽签" in desk.bar.buttons[DRAW].text()
        assert desk.hint.text() == "下一步：名单重新冻结过，用新名单重新抽签。"
        press(qtbot, desk, "去下一步")
        assert desk.step is step
        assert "这次的结果不能再用" in step.note.text()
        press(qtbot, step, "大屏再看一遍")
        assert step.screen_shown.meeting.sha256 == old.sha256
        step.screen_shown.close()
        qtbot.waitUntil(lambda: step.screen_shown is None)
        press(qtbot, step, "重新抽签…")
        answer(qtbot, main.page, "到大屏抽签", reason="名单重新冻结")
        assert step.screen_shown.meeting.sha256 == new.sha256
        assert step.screen_shown.meeting.schools == ()
        step.screen_shown.close()


def test_one_person_at_a_time_is_replaced(qtbot, office, tmp_path):
    drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, DRAW)
        call_up = next(one for one in step.findChildren(QPushButton) if one.text() == "递补…")
        step.tables["drawn"].selectRow(0)
        assert call_up.isEnabled()
        step.tables["drawn"].selectAll()
        assert not call_up.isEnabled()


def test_an_exam_taken_back_while_its_desk_is_open_leads_to_the_list(qtbot, office, tmp_path):
    new_exam(office)
    with window_at(qtbot, office, tmp_path, "exams", "history") as main:
        opened(qtbot, main, SETUP)
        made = main.session.office.store.value(
            "SELECT id FROM operation ORDER BY rowid DESC LIMIT 1"
        )
        main.go("history")
        settle(qtbot, main.page)
        main.session.undo(made)
        settle(qtbot, main.page)
        main.go("exams")
        settle(qtbot, main.page)
        assert not main.page.desk.isVisible()
        assert "还没有考试" in main.page.grid.empty.text()


def test_nothing_of_one_exam_is_seen_under_the_name_of_another(qtbot, office, tmp_path):
    drawn_exam(office)
    other = new_exam(office, code="CK2", name="第二场")
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, DRAW)
        assert len(rows(step, "drawn")) == 9
        step.show_exam(other.id)
        assert rows(step, "drawn") == []
        assert step.grids["drawn"].empty.text() == "正在读取……"
        settle(qtbot, main.page)


def test_a_long_explanation_is_read_whole(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        choose(qtbot, step, "座位", "准考证号的编法…")
        sheet = sheet_of(main.page)
        words = sheet._explanation
        assert words.height() >= words.heightForWidth(words.width())
        sheet.reject()


def test_after_saving_the_person_goes_on_where_they_were(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        grid = step.grid
        fifth = grid.sheet.index(4, 3)
        grid.setCurrentIndex(fifth)
        grid.sheet.setData(fifth, "88")
        click(qtbot, step.save_button)
        settle(qtbot, step)
        assert grid.sheet.text(4, 3) == "88"
        assert (grid.currentIndex().row(), grid.currentIndex().column()) == (4, 3)


def test_what_waits_of_an_exam_leads_from_the_first_page_to_its_desk(qtbot, office, tmp_path):
    drawn_exam(office)
    new_exam(office, code="CK2", name="第二场")
    new_exam(office, code="CK3", name="第三场")
    with window_at(qtbot, office, tmp_path, "home", "exams") as main:
        texts = [one.text() for one in main.page.findChildren(QLabel)]
        assert "2 场考试等着冻结抽签名单" in texts
        assert "1 场考试等着编排考场座位" in texts
        found = [b for b in main.page.findChildren(QPushButton) if b.text() == "去办理"]
        qtbot.waitUntil(found[-1].isVisible)
        click(qtbot, found[-1])
        settle(qtbot, main.page)
        assert main.page_key == "exams"
        assert main.page.desk.isVisible()
        assert main.page.desk.stack.currentIndex() == ROOMS
