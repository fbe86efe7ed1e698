"""The stamping page: a year judged, cleared school by school in a few clicks, ended."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from models.stamping.listing import lines_of
from models.verdicts.vetoes import put_veto
from tests.counties import post, small_county
from tests.offices import new_office
from tests.windows import session_on, window_on
from ui.desktop.pages.stamping import deeds
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet

RED, SECOND, EIGHTH = "红石中学", "二道甸子小学", "八道河子小学"


@pytest.fixture
def people(tmp_path):
    office = new_office(tmp_path)
    found = small_county(office)
    put_veto(office, found[RED][2], 2025, "体罚学生")
    return office, found


@pytest.fixture
def window(qtbot, people, tmp_path):
    office, _ = people
    session = session_on(office, tmp_path)
    found = window_on(session, {"stamping", "policies"}, tmp_path)
    qtbot.addWidget(found)
    idle(qtbot, session)
    yield found
    idle(qtbot, session)
    assert session.leave()


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def judged(qtbot, page):
    qtbot.mouseClick(page.judge, Qt.MouseButton.LeftButton)
    idle(qtbot, page.session)
    return page


def idle(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=20_000)


def rows(table):
    model = table.table
    return [model.row_at(place).texts for place in range(len(model.ids))]


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)


def go_to(page, school):
    table = page.schools.table
    names = [row["name"] for row in rows(table)]
    table.selectRow(names.index(school))


def sheet_of(page, title):
    found = [one for one in page.findChildren(ChooseSheet) if one.windowTitle().startswith(title)]
    return found[-1]


def test_a_year_that_was_not_judged_says_what_to_do(qtbot, page):
    assert "2025 年度还没有核验" in page.nothing.text()
    assert page.steps.accessibleName().startswith("第 1 步")
    with qtbot.waitSignal(page.session.changed):
        page.nothing.action.click()
    idle(qtbot, page.session)
    assert page.count.text() == "可验印 3 · 不予 6 · 待核实 0 · 已验印 0"
    assert page.steps.accessibleName().startswith("第 2 步")


def test_schools_show_how_far_they_are_and_teachers_why(judged):
    found = {row["name"]: row for row in rows(judged.schools.table)}
    assert (found[RED]["ready"], found[RED]["blocked"]) == ("2", "1")
    go_to(judged, EIGHTH)
    assert judged.school.name.text() == EIGHTH
    reasons = [row["reason"] for row in rows(judged.school.table)]
    assert all("应 360 学时，实 200 学时，差 160 学时" in text for text in reasons)
    assert not judged.school.all_ready.isEnabled()


def test_a_school_is_cleared_with_two_clicks(qtbot, judged):
    go_to(judged, RED)
    assert judged.school.all_ready.text().strip() == "本校全部验印（2 人）"
    with qtbot.waitSignal(judged.session.undo_offered):
        qtbot.mouseClick(judged.school.all_ready, Qt.MouseButton.LeftButton)
    idle(qtbot, judged.session)
    assert judged.notice.text() == "已验印 2 人"
    assert [row["state"] for row in rows(judged.school.table)].count("已验印") == 2
    assert judged.school.name.text() == RED
    qtbot.mouseClick(judged.school.next_school, Qt.MouseButton.LeftButton)
    assert judged.school.name.text() == SECOND
    button(judged.notice, "撤销").click()
    idle(qtbot, judged.session)
    assert judged.count.text().endswith("已验印 0")


def test_why_not_me_is_answered_by_typing_the_name(qtbot, judged, people):
    one = people[1][RED][2]
    name, number = judged.session.office.store.one(
        "SELECT name, teacher_no FROM teacher WHERE id = ?", (one,)
    )
    with qtbot.waitSignal(judged.schools.filters.search.searched):
        judged.schools.filters.search.setText(number)
    assert [row["name"] for row in rows(judged.schools.table)] == [RED]
    told = "".join(each.text() for each in judged.school.card.findChildren(QLabel))
    assert name in told
    assert "一票否决：师德（体罚学生）" in told


def test_chips_narrow_to_one_state(qtbot, judged):
    go_to(judged, RED)
    chip = next(one for one in judged.school.chips.buttons() if one.text().startswith("不予验印"))
    chip.click()
    assert [row["state"] for row in rows(judged.school.table)] == ["不予验印"]


def test_a_stamp_is_voided_with_a_reason_and_the_school_judged_anew(qtbot, judged):
    go_to(judged, RED)
    judged.school.all_ready.click()
    idle(qtbot, judged.session)
    judged.school.table.selectAll()
    button(judged.school, "作废…").click()
    sheet = sheet_of(judged, "作废")
    sheet.action.click()
    assert sheet._problem.text() == "请写明原因。"
    sheet._lines["reason"].setText("错盖")
    with qtbot.waitSignal(judged.session.undo_offered):
        sheet.action.click()
    idle(qtbot, judged.session)
    assert [row["state"] for row in rows(judged.school.table)].count("已作废") == 2
    judged.school.judge_again.click()
    idle(qtbot, judged.session)
    states = [row["state"] for row in rows(judged.school.table)]
    assert (states.count("已作废"), states.count("可验印")) == (2, 2)


def test_hours_entered_later_are_judged_when_asked(qtbot, judged, people):
    one = people[1][EIGHTH][0]
    judged.session.write("登记", lambda office, _progress: post(office, one, 45))
    idle(qtbot, judged.session)
    go_to(judged, EIGHTH)
    judged.school.judge_again.click()
    idle(qtbot, judged.session)
    assert [row["state"] for row in rows(judged.school.table)].count("可验印") == 1


def test_what_changed_after_the_stamp_is_shown_beside_it(qtbot, judged, people):
    go_to(judged, RED)
    judged.school.all_ready.click()
    idle(qtbot, judged.session)
    one = people[1][RED][0]
    judged.session.write("登记", lambda office, _progress: post(office, one, 7, range(2025, 2026)))
    idle(qtbot, judged.session)
    assert "有 1 名已验印教师的台账在验印以后有更正" in judged.notice.text()
    button(judged.notice, "看第一人").click()
    told = "".join(each.text() for each in judged.school.card.findChildren(QLabel))
    assert "验印以后的更正" in told
    assert "已验印·有更正" in [row["state"] for row in rows(judged.school.table)]


def test_the_year_is_ended_and_opened_again_for_a_reason(qtbot, judged):
    judged.end.click()
    question = judged.findChildren(Sheet)[-1]
    told = "".join(each.text() for each in question.findChildren(QLabel))
    assert "还有 3 人可验印而没有验印" in told
    with qtbot.waitSignal(judged.session.undo_offered):
        button(question, "结束本年度").click()
    idle(qtbot, judged.session)
    assert not judged.judge.isEnabled()
    go_to(judged, RED)
    assert not judged.school.all_ready.isEnabled()
    assert judged.end.text() == "重新打开…"
    judged.end.click()
    sheet = sheet_of(judged, "重新打开")
    sheet._lines["reason"].setText("补办")
    with qtbot.waitSignal(judged.session.undo_offered):
        sheet.action.click()
    idle(qtbot, judged.session)
    assert judged.run.note == "补办"
    assert judged.judge.isEnabled()


def test_schools_are_narrowed_to_what_is_left_to_do(judged):
    combo = judged.schools.filters.filters["left"]
    combo.setCurrentIndex(combo.findData("ready"))
    assert {row["name"] for row in rows(judged.schools.table)} == {RED, SECOND}


@pytest.mark.prints
def test_lists_register_lines_and_a_workbook_are_written(qtbot, judged, monkeypatch, tmp_path):
    asked = []

    def answer(_parent, name, _kind):
        asked.append(tmp_path / name)
        return asked[-1]

    monkeypatch.setattr(deeds, "ask_where_to", answer)
    go_to(judged, RED)
    judged.school.all_ready.click()
    idle(qtbot, judged.session)
    for one in (judged.school.print_list, judged.school.print_register, judged.export):
        one.click()
        idle(qtbot, judged.session)
        assert "已生成" in judged.notice.text()
    assert [one.name for one in asked] == [
        f"2025年度验印清单-{RED}.pdf", f"2025年度登记页-{RED}.pdf", "2025年度验印.xlsx",
    ]  # fmt: skip
    assert all(one.stat().st_size for one in asked)


def test_in_a_low_window_the_reasons_stay_at_hand(qtbot, window, judged):
    window.resize(1000, 600)
    go_to(judged, EIGHTH)
    qtbot.waitUntil(lambda: not judged.school.card.isVisible())
    judged.school.open_card()
    sheet = judged.school.findChildren(Sheet)[-1]
    assert "差 160 学时" in "".join(each.text() for each in sheet.findChildren(QLabel))
    sheet.close()
    run = judged.run
    assert len(lines_of(judged.session.office, run.id, school_id="")) == 0
