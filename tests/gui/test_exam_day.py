"""④ 考场 by clicks: rooms typed and pasted, seats, absences, papers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.exams.examinees import examinees
from models.exams.rooms import rooms_of
from reports.catalogue import papers as catalogue
from tests.gui.exam_steps import (
    answer,
    choose,
    county,
    drawn_exam,
    opened,
    press,
    rows,
    seated_exam,
    settle,
    sheet_of,
    window,
)
from ui.desktop.pages.exams import results_step, rooms_step
from ui.desktop.widgets.paper.preview import PreviewWindow

ROOMS = 3


@pytest.fixture
def office(tmp_path):
    return county(tmp_path)


def test_the_first_button_leads_from_the_list_to_the_seats(qtbot, office, tmp_path):
    drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        press(qtbot, step, "生成考生名单")
        assert len(rows(step, "people")) == 9
        choose(qtbot, step, "考场", "一次加几个考场…")
        sheet = answer(qtbot, main.page, "增加", count="两个")
        assert "考场数“两个”不对" in sheet._problem.text()
        answer(qtbot, main.page, "增加", count="2", lanes="3 2")
        assert [one["seats"] for one in rows(step, "rooms")] == ["5", "5"]
        press(qtbot, step, "排座位")
        assert all(one["admission_no"] and one["seat"] for one in rows(step, "people"))
        assert step.go_on.text() == "打印整套考务材料"
        assert main.page.desk.hint.text() == "下一步：登记缺考和成绩。"


def test_too_few_seats_are_told_before_seats_are_given(qtbot, office, tmp_path):
    drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        press(qtbot, step, "生成考生名单")
        choose(qtbot, step, "考场", "一次加几个考场…")
        answer(qtbot, main.page, "增加", count="1", lanes="2 2")
        assert "还差 5 个座位" in step.note.text()


def test_rooms_are_pasted_from_excel_and_bad_cells_marked(qtbot, office, tmp_path):
    exam = drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        press(qtbot, step, "生成考生名单")
        choose(qtbot, step, "考场", "逐个填写、修改…")
        sheet = sheet_of(main.page)
        QGuiApplication.clipboard().setText("三年一班\t东楼\t四五列\n三年二班\t东楼\t5 5")
        qtbot.keyClick(sheet.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert not sheet.action.isEnabled()
        assert sheet._told.text().startswith("有 1 格不能用")
        grid = sheet.grid.sheet
        grid.setData(grid.index(0, 3), "6 6")
        press(qtbot, sheet, "保存")
        found = rooms_of(step.session.office, exam)
        assert [(one.number, one.name, one.lanes) for one in found] == [
            (1, "三年一班", (6, 6)),
            (2, "三年二班", (5, 5)),
        ]
        step.show_list("rooms")
        step.tables["rooms"].selectRow(1)
        choose(qtbot, step, "考场", "删除选中的考场")
        assert len(rooms_of(step.session.office, exam)) == 1


def test_absent_and_excused_are_noted_and_taken_back(qtbot, office, tmp_path):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        step.tables["people"].selectRow(0)
        press(qtbot, step, "缺考、缓考、作弊…")
        press(qtbot, sheet_of(main.page), "登记")
        assert rows(step, "people")[0]["state"] == "缺考"
        press(qtbot, step, "缺考、缓考、作弊…")
        sheet = sheet_of(main.page)
        states = sheet._choices["state"]
        states.setCurrentIndex(states.findData("cheated"))
        press(qtbot, sheet, "登记")
        assert sheet._problem.isVisible()
        answer(qtbot, main.page, "登记", reason="传递纸条")
        assert rows(step, "people")[0]["reason"] == "传递纸条"
        press(qtbot, main.page, "撤销")
        found = {one.id: one.state for one in examinees(step.session.office, exam)}
        assert "cheated" not in found.values()


def test_two_people_change_seats(qtbot, office, tmp_path):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        before = {one["name"] + one["school"]: one["seat"] for one in rows(step, "people")}
        step.tables["people"].selectRow(0)
        first, second = rows(step, "people")[:2]
        press(qtbot, step, "调座位…")
        answer(qtbot, main.page, "调整", room="1", seat="99")
        assert sheet_of(main.page)._problem.text().startswith("没有这个座位")
        answer(qtbot, main.page, "调整", room=second["room"], seat=second["seat"].lstrip("0"))
        after = {one["name"] + one["school"]: one["seat"] for one in rows(step, "people")}
        assert after[first["name"] + first["school"]] == second["seat"]
        assert after[second["name"] + second["school"]] == before[first["name"] + first["school"]]
        assert exam.id


def test_the_pack_of_the_day_is_shown(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        press(qtbot, step, "打印整套考务材料")
        preview = step.findChildren(PreviewWindow)[-1]
        assert preview.count > 5
        preview.close()
        choose(qtbot, step, "考务材料", "门贴")
        preview = [one for one in step.findChildren(PreviewWindow) if one.isVisible()][-1]
        assert "门贴" in preview.paper.title
        preview.close()
        settle(qtbot, step)


def test_admission_numbers_follow_a_template_of_the_office(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, ROOMS)
        choose(qtbot, step, "座位", "准考证号的编法…")
        sheet = answer(qtbot, main.page, "确定", rule="{year}{month}")
        assert "准考证号规则“{year}{month}”有误" in sheet._problem.text()
        answer(qtbot, main.page, "确定", rule="A{seq:04d}")
        assert main.page.notice.text() == "准考证号今后按 A{seq:04d} 编。"
        choose(qtbot, step, "座位", "全部重新排座…")
        press(qtbot, sheet_of(main.page), "重新排座")
        numbers = sorted(one["admission_no"] for one in rows(step, "people"))
        assert numbers == [f"A{n:04d}" for n in range(1, 10)]


def test_every_paper_the_steps_offer_is_in_the_catalogue():
    known = {info.name for info in catalogue.papers()}
    offered = {*rooms_step.PAPERS.values(), *results_step.PAPERS.values()}
    assert offered <= known
