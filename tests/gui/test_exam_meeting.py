"""The screen of the meeting room, driven by its keys: seed, names by school, leaving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from models.exams.drawing import drawn_people, draws
from models.exams.freezing import find_frame, freeze
from tests.gui.exam_steps import (
    SCHOOLS,
    SEED,
    answer,
    county,
    drawn_exam,
    new_exam,
    opened,
    press,
    settle,
)
from tests.windows import window_at
from ui.desktop.pages.exams.meeting.screen import Phase

DRAW = 2


@pytest.fixture
def exam(tmp_path):
    office = county(tmp_path)
    found = new_exam(office)
    freeze(office, found)
    return office, found


def screen_of(qtbot, step, button="会场抽签（大屏）"):
    press(qtbot, step, button)
    screen = step.screen_shown
    assert screen is not None
    assert screen.isFullScreen()
    return screen


def fix_seed(qtbot, screen):
    """Type a seed long enough, as the witnesses call it, and fix it."""
    qtbot.keyClick(screen, Qt.Key.Key_Space)
    qtbot.keyClicks(screen.seed.line, SEED)
    qtbot.keyClick(screen.seed.line, Qt.Key.Key_Return)
    assert screen.phase is Phase.FIXED


def test_the_seed_is_typed_in_public_and_taken_only_when_it_is_long_enough(qtbot, exam, tmp_path):
    office, found = exam
    with window_at(qtbot, office, tmp_path, "exams") as main:
        step = opened(qtbot, main, DRAW)
        screen = screen_of(qtbot, step)
        frame = find_frame(step.session.office, found.id)
        assert frame is not None
        assert screen.opening.hash.text().replace(" ", "") == frame.sha256
        qtbot.keyClick(screen, Qt.Key.Key_Space)
        line = screen.seed.line
        qtbot.keyClicks(line, SEED[:19])
        assert screen.seed.state.text() == "已有 19 位数字，还差 1 位"
        assert not screen.forward.isEnabled()
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert screen.phase is Phase.SEED
        qtbot.keyClicks(line, SEED[19:])
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert screen.seed.fixed.text() == "3141 5926 5358 9793 2384"
        assert draws(step.session.office, found) == []
        qtbot.keyClick(screen, Qt.Key.Key_Escape)


def test_drawn_names_appear_school_by_school(qtbot, exam, tmp_path):
    office, found = exam
    with window_at(qtbot, office, tmp_path, "exams") as main:
        step = opened(qtbot, main, DRAW)
        screen = screen_of(qtbot, step)
        fix_seed(qtbot, screen)
        qtbot.keyClick(screen, Qt.Key.Key_Space)
        settle(qtbot, step)
        assert [one.seed for one in draws(step.session.office, found)] == [SEED]
        shown = []
        while screen.phase is Phase.SCHOOLS:
            shown.append((screen.school.school.text(), screen.school.shown_names()))
            qtbot.keyClick(screen, Qt.Key.Key_PageDown)
        assert [school for school, _ in shown] == sorted(SCHOOLS)
        people = [one.name for one in drawn_people(step.session.office, found)]
        assert sorted(name for _, names in shown for name in names) == sorted(people)
        assert screen.phase is Phase.CLOSING
        assert screen.closing.figure.text() == "9 人"
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
        settle(qtbot, step)
        assert main.page.notice.text().startswith("抽签完毕，抽中 9 人")


def test_the_seed_may_be_typed_anew_before_the_draw_and_leaving_draws_nothing(
    qtbot, exam, tmp_path
):
    office, found = exam
    with window_at(qtbot, office, tmp_path, "exams") as main:
        step = opened(qtbot, main, DRAW)
        screen = screen_of(qtbot, step)
        qtbot.mouseClick(screen.forward, Qt.MouseButton.LeftButton)
        qtbot.keyClicks(screen.seed.line, "witnesses say so")
        assert screen.seed.state.text() == "已有 16 个字，长度够了"
        qtbot.mouseClick(screen.forward, Qt.MouseButton.LeftButton)
        assert screen.forward.text() == "开始抽取"
        qtbot.keyClick(screen, Qt.Key.Key_Left)
        assert screen.phase is Phase.SEED
        assert screen.seed.line.text() == "witnesses say so"
        qtbot.keyClick(screen.seed.line, Qt.Key.Key_Escape)
        settle(qtbot, step)
        assert draws(step.session.office, found) == []


def test_names_go_on_by_themselves_and_back_by_hand(qtbot, tmp_path):
    office = county(tmp_path)
    drawn_exam(office)
    with window_at(qtbot, office, tmp_path, "exams") as main:
        step = opened(qtbot, main, DRAW)
        screen = screen_of(qtbot, step, "大屏再看一遍")
        qtbot.keyClick(screen, Qt.Key.Key_Space)
        assert screen.phase is Phase.SCHOOLS
        screen.auto.setInterval(1)
        qtbot.keyClick(screen, Qt.Key.Key_A)
        qtbot.waitUntil(lambda: screen.phase is Phase.CLOSING)
        qtbot.keyClick(screen, Qt.Key.Key_Left)
        assert not screen.auto.isActive()
        qtbot.keyClick(screen, Qt.Key.Key_Left)
        assert screen.school.place.text() == "第 2 / 3 所"
        qtbot.keyClick(screen, Qt.Key.Key_Escape)


def test_a_second_draw_asks_why_and_keeps_the_first(qtbot, tmp_path):
    office = county(tmp_path)
    found = drawn_exam(office)
    with window_at(qtbot, office, tmp_path, "exams") as main:
        step = opened(qtbot, main, DRAW)
        press(qtbot, step, "重新抽签…")
        assert answer(qtbot, main.page, "到大屏抽签")._problem.text() == "请写明原因。"
        answer(qtbot, main.page, "到大屏抽签", reason="种子读错一位")
        screen = step.screen_shown
        qtbot.keyClick(screen, Qt.Key.Key_Space)
        qtbot.keyClicks(screen.seed.line, "27182818284590452353")
        qtbot.keyClick(screen.seed.line, Qt.Key.Key_Return)
        qtbot.keyClick(screen, Qt.Key.Key_Space)
        settle(qtbot, step)
        made = draws(step.session.office, found)
        assert [(one.attempt, one.reason) for one in made] == [(1, ""), (2, "种子读错一位")]
        qtbot.keyClick(screen, Qt.Key.Key_Escape)
        settle(qtbot, step)
