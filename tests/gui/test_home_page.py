"""The first page: the cycle as plots with words, schools furthest behind, what waits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from models.training.courses import register
from models.verdicts.exemptions import file_exemption
from tests.counties import post, small_county
from tests.offices import new_office
from tests.windows import session_on, window_on
from ui.desktop.tasks.boards import Asked


@pytest.fixture
def people(tmp_path):
    office = new_office(tmp_path)
    found = small_county(office)
    sick = office.codes["teacher_status"].find("病假").code
    days = (date(2024, 1, 1), date(2024, 12, 31))
    file_exemption(office, found["红石中学"][0], sick, days, "住院")
    register(
        office,
        {"title": "师德", "year": 2025, "hours": Decimal(15), "end_date": "2025-09-25"},
    )
    return office, found


@pytest.fixture
def window(qtbot, people, tmp_path):
    office, _ = people
    session = session_on(office, tmp_path)
    keys = {"home", "teachers", "verdicts", "stamping", "policies", "courses", "ledger"}
    found = window_on(session, keys, tmp_path)
    qtbot.addWidget(found)
    found.go("home")
    idle(qtbot, session)
    yield found
    idle(qtbot, session)
    assert session.leave()


def idle(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=20_000)


def words(widget):
    return "".join(one.text() for one in widget.findChildren(QLabel))


def button(widget, text):
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    return next(one for one in found if not one.isHidden())


def test_the_cycle_is_told_in_plots_and_in_words(window):
    page = window.page
    assert page.progress.title.text() == "2021—2025 周期进度"
    assert "9 人中 4 人全部达标" in page.progress.words.text()
    years = page.progress.pace.years
    assert [one.label for one in years] == ["2021", "2022", "2023", "2024", "2025"]
    assert years[-1].expected == 360
    assert years[-1].reached == pytest.approx((4 * 400 + 5 * 200) / 9, abs=0.01)
    assert "2025 年实到" in page.progress.pace.accessibleDescription()
    assert "要求 9 人，达到 4 人" in page.progress.bars.accessibleDescription()


def test_the_school_furthest_behind_leads_to_its_teachers(qtbot, window):
    bars = window.page.schools.bars
    assert [one.name for one in bars.bars] == ["八道河子小学", "二道甸子小学"]
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    idle(qtbot, window.session)
    assert window.page_key == "verdicts"
    view = window.page.teachers
    assert len(view.table.table.ids) == 3
    school = view.filters.values()["school"]
    assert window.page.listing.schools[school] == "八道河子小学"


def test_bars_are_chosen_by_keys_too(qtbot, window):
    bars = window.page.schools.bars
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(bars.chosen) as told:
        qtbot.keyClick(bars, Qt.Key.Key_Return)
    assert told.args == [bars.bars[1].key]
    idle(qtbot, window.session)


def test_a_requirement_leads_to_those_who_have_not_met_it(qtbot, window):
    bars = window.page.progress.bars
    qtbot.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    idle(qtbot, window.session)
    assert window.page.teachers.filters.values()["requirement"] == bars.bars[0].key
    assert len(window.page.teachers.table.table.ids) == 5


def test_what_waits_and_what_ends_is_listed(qtbot, window):
    page = window.page
    assert "1 条减免申报待批" in words(page)
    assert "还有 5 天" in words(page)
    button(page, "去审批").click()
    idle(qtbot, window.session)
    assert (window.page_key, window.page.tab) == ("verdicts", "leaves")


def test_the_stamp_of_the_year_is_a_tile(qtbot, window):
    tile = next(
        one
        for one in window.page.findChildren(QPushButton)
        if one.accessibleName() == "2025 年验印：未开始"
    )
    tile.click()
    idle(qtbot, window.session)
    assert window.page_key == "stamping"


def test_new_hours_are_counted_without_judging_everybody_again(qtbot, window, people, monkeypatch):
    _, found = people
    judged = []
    from models.verdicts import judging, refreshing  # noqa: PLC0415 - to be watched

    def watched(office, period, pack, **wanted):
        judged.append(wanted.get("ids"))
        return judging.judge(office, period, pack, **wanted)

    monkeypatch.setattr(refreshing, "judge", watched)
    one = found["八道河子小学"][0]
    window.session.write("登记", lambda office, _progress: post(office, one, 90))
    idle(qtbot, window.session)
    assert "9 人中 5 人全部达标" in window.page.progress.words.text()
    assert judged == [[one]]
    assert window.session.boards.at_hand(Asked()).counts == (9, 5)


def test_an_empty_office_is_told_what_to_do_first(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path)
    window = window_on(session, {"home"}, tmp_path)
    qtbot.addWidget(window)
    idle(qtbot, session)
    assert "导入机构名录" in words(window.page)
    assert not window.page.progress.isVisible()
    assert session.leave()
