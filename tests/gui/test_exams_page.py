"""The exams' page from a new exam to its draw, by clicks: setup, list, draw, reserves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox

from models.exams.drawing import draws
from models.exams.freezing import find_frame
from models.exams.registration import exams, parts_of
from tests.gui.exam_steps import (
    SEED,
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
from ui.desktop.widgets import saving
from ui.desktop.widgets.paper.preview import PreviewWindow

SETUP, FRAME, DRAW, ROOMS = range(4)


@pytest.fixture
def office(tmp_path):
    return county(tmp_path)


def test_an_exam_is_set_up_and_its_desk_says_what_comes_next(qtbot, office, tmp_path):
    with window(qtbot, office, tmp_path) as main:
        page = main.page
        assert "还没有考试" in page.grid.empty.text()
        click(qtbot, page.new)
        sheet = sheet_of(page)
        sheet.fields["name"].setText("十二月抽考")
        sheet.fields["fraction"].setText("一半")
        press(qtbot, sheet, "保存")
        assert "抽取比例“一半”看不懂" in sheet._problem.text()
        sheet.fields["fraction"].setText("50%")
        sheet.fields["starts_at"].setText("9：00")
        sheet.fields["held_on"].setText("2025.12.20")
        press(qtbot, sheet, "保存")
        exam = exams(page.session.office)[0]
        assert (exam.session.starts_at, exam.session.held_on) == ("09:00", "2025-12-20")
        desk = page.desk
        assert desk.isVisible()
        assert desk.stack.currentIndex() == FRAME
        assert desk.hint.text().startswith("下一步：核对各组人数")
        assert [one["quota"] for one in rows(desk.step, "strata")] == ["3", "3", "3"]
        assert desk.bar.buttons[DRAW].accessibleName() == "第 3 步 抽签：未抽签"
        press(qtbot, desk, "返回列表")
        assert page.table.isVisible()


def test_a_whole_exam_needs_no_terms_of_drawing(qtbot, office, tmp_path):
    with window(qtbot, office, tmp_path) as main:
        page = main.page
        click(qtbot, page.new)
        sheet = sheet_of(page)
        kind = sheet.fields["kind"]
        assert isinstance(kind, QComboBox)
        kind.setCurrentIndex(kind.findData("whole"))
        assert not sheet.fields["fraction"].isEnabled()
        sheet.fields["name"].setText("全员统考")
        press(qtbot, sheet, "保存")
        press(qtbot, page.desk.step, "冻结名单…")
        press(qtbot, sheet_of(page), "冻结")
        assert "统考不抽签" in page.desk.bar.buttons[DRAW].text()
        assert page.desk._following == ROOMS


def test_terms_are_changed_until_the_list_is_frozen(qtbot, office, tmp_path):
    new_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, SETUP)
        press(qtbot, step, "修改设置…")
        sheet = sheet_of(main.page)
        sheet.fields["places"].setText("二中")
        sheet.fields["quota"].setText("2")
        press(qtbot, sheet, "保存")
        exam = exams(step.session.office)[0]
        assert (exam.session.places, exam.quota) == ("二中", 2)
        click(qtbot, main.page.desk.bar.buttons[FRAME])
        settle(qtbot, step)
        press(qtbot, main.page.desk.step, "冻结名单…")
        press(qtbot, sheet_of(main.page), "冻结")
        click(qtbot, main.page.desk.bar.buttons[SETUP])
        settle(qtbot, step)
        press(qtbot, step, "修改设置…")
        sheet = sheet_of(main.page)
        assert not sheet.fields["quota"].isEnabled()
        assert sheet.fields["places"].isEnabled()
        press(qtbot, sheet, "取消")


def test_parts_and_items_are_pasted_from_excel(qtbot, office, tmp_path):
    new_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, SETUP)
        press(qtbot, step, "科目与权重…")
        sheet = sheet_of(main.page)
        block = "笔试\t70\t100\t\t\t选择题 40，简答题 60\n操作\t20\t50"
        QGuiApplication.clipboard().setText(block)
        qtbot.keyClick(sheet.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        press(qtbot, sheet, "保存")
        assert "权重合计 90，应为 100" in sheet._problem.text()
        grid = sheet.grid.sheet
        grid.setData(grid.index(1, 1), "30")
        press(qtbot, sheet, "保存")
        found = parts_of(step.session.office, exams(step.session.office)[0])
        assert [(one.name, int(one.weight)) for one in found] == [("笔试", 70), ("操作", 30)]
        assert "2 题" in [part[4] for part in step.loaded.more.parts]


def test_an_exam_nothing_came_of_is_removed_and_brought_back(qtbot, office, tmp_path):
    new_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, SETUP)
        press(qtbot, step, "删除考试…")
        press(qtbot, sheet_of(main.page), "删除")
        assert not main.page.desk.isVisible()
        assert main.page.notice.text() == "已删除考试。"
        press(qtbot, main.page, "撤销")
        assert len(exams(main.page.session.office)) == 1


def test_people_are_left_out_one_by_one_with_reason_and_sign_off(qtbot, office, tmp_path):
    new_exam(office)
    number = office.store.value("SELECT teacher_no FROM teacher ORDER BY teacher_no")
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, FRAME)
        press(qtbot, step, "不列入…")
        sheet = answer(qtbot, main.page, "不列入", who=number)
        assert sheet._problem.text() == "没有填全。 请补填后再确定。"
        answer(qtbot, main.page, "不列入", reason="产假")
        left = rows(step, "left")
        assert [(one["teacher_no"], one["reason"], one["signed_by"]) for one in left] == [
            (number, "产假", "王老师")
        ]
        assert sum(int(one["size"]) for one in rows(step, "strata")) == 17
        step.show_list("left")
        step.tables["left"].selectRow(0)
        press(qtbot, step, "重新列入")
        assert rows(step, "left") == []


def test_a_frozen_list_shows_its_hash_and_is_frozen_anew_only_with_a_reason(
    qtbot, office, tmp_path, monkeypatch
):
    exam = new_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, FRAME)
        press(qtbot, step, "冻结名单…")
        press(qtbot, sheet_of(main.page), "冻结")
        frame = find_frame(step.session.office, exam.id)
        assert frame is not None
        assert frame.sha256 in step.note.text()
        assert step.freeze_button.text() == "重新冻结…"
        out = tmp_path / "名单.txt"
        monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        press(qtbot, step, "导出名单文件…")
        assert out.read_bytes() == frame.body.encode()
        press(qtbot, step, "重新冻结…")
        assert answer(qtbot, main.page, "重新冻结")._problem.isVisible()
        answer(qtbot, main.page, "重新冻结", reason="漏了人")
        again = find_frame(step.session.office, exam.id)
        assert again is not None
        assert (again.attempt, again.reason) == (2, "漏了人")


def test_a_draw_without_a_projector_takes_only_a_long_seed(qtbot, office, tmp_path):
    exam = new_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, DRAW)
        assert not step.here.isEnabled()
        click(qtbot, main.page.desk.bar.buttons[FRAME])
        settle(qtbot, step)
        press(qtbot, main.page.desk.step, "冻结名单…")
        press(qtbot, sheet_of(main.page), "冻结")
        click(qtbot, main.page.desk.bar.buttons[DRAW])
        settle(qtbot, step)
        press(qtbot, step, "在这里抽签…")
        sheet = answer(qtbot, main.page, "开始抽取", seed="12345")
        assert "只有 5 位数字，至少要 20 位" in sheet._problem.text()
        answer(qtbot, main.page, "开始抽取", seed=SEED)
        assert len(rows(step, "drawn")) == 9
        assert main.page.notice.text().startswith("抽签完毕，抽中 9 人")
        assert [one.seed for one in draws(step.session.office, exam)] == [SEED]
        choose(qtbot, step, "更多", "用记录和名单重算一遍")
        assert main.page.notice.text() == "核对无误：从 18 人中抽取 9 人，逐人相同。"


def test_the_record_is_written_and_shown(qtbot, office, tmp_path, monkeypatch):
    drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, DRAW)
        out = Path(tmp_path / "记录.json")
        monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        choose(qtbot, step, "更多", "导出抽签记录（JSON）…")
        assert json.loads(out.read_text(encoding="utf-8"))["seed"] == SEED
        press(qtbot, step, "抽签记录")
        preview = step.findChildren(PreviewWindow)[-1]
        assert preview.count >= 1
        preview.close()


def test_a_reserve_is_called_up_for_somebody_who_cannot_come(qtbot, office, tmp_path):
    drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, DRAW)
        step.tables["drawn"].selectRow(0)
        who = rows(step, "drawn")[0]
        press(qtbot, step, "递补…")
        assert answer(qtbot, main.page, "递补")._problem.isVisible()
        answer(qtbot, main.page, "递补", reason="外出学习")
        called = rows(step, "called")
        assert [(one["left"], one["reason"], one["place"]) for one in called] == [
            (f"{who['name']}（{who['teacher_no']}）", "外出学习", "候补第 1 名")
        ]
        assert main.page.desk._following == ROOMS
        press(qtbot, main.page, "撤销")
        assert rows(step, "called") == []


def test_the_list_and_its_card_tell_how_far_each_exam_is(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        page = main.page
        texts = page.table.table.row_at(0).texts
        assert (texts["pool"], texts["people"], texts["state"]) == ("18", "9", "成绩")
        page.table.selectRow(0)
        found = page.details(page.table.current_id())
        assert found is not None
        assert found.below == "下一步：登记缺考和成绩。"
        assert [fact.value for fact in found.facts][3] == "✓ 已排 9/9"
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        assert page.desk.isVisible()
        settle(qtbot, page)


def test_the_sheet_before_the_draw_and_the_supplement_after_it_are_shown(qtbot, office, tmp_path):
    drawn_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, FRAME)
        press(qtbot, step, "公示单")
        step.findChildren(PreviewWindow)[-1].close()
        click(qtbot, main.page.desk.bar.buttons[DRAW])
        settle(qtbot, step)
        step = main.page.desk.step
        step.tables["drawn"].selectRow(0)
        press(qtbot, step, "递补…")
        answer(qtbot, main.page, "递补", reason="产假")
        choose(qtbot, step, "更多", "抽签记录附页（候补递补）")
        step.findChildren(PreviewWindow)[-1].close()
        settle(qtbot, step)
