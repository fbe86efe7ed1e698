"""⑤ 成绩, ⑥ 结果, ⑦ 登记 by clicks: typed, pasted, twice, corrected, published, posted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.exams.marks import mark_book
from models.exams.records import Part
from models.exams.registration import read
from tests.gui.exam_steps import (
    answer,
    choose,
    click,
    county,
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

MARKS, RESULTS, POSTING = 4, 5, 6
SCORES = "91\n82\n75\n66\n58\n缺考\n88\n73\n60"


@pytest.fixture
def office(tmp_path):
    return county(tmp_path)


def paste(qtbot, grid, text):
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def enter_all(qtbot, main):
    """Paste the scores of all nine and save them."""
    step = opened(qtbot, main, MARKS)
    paste(qtbot, step.grid, SCORES)
    click(qtbot, step.save_button)
    settle(qtbot, step)
    return step


def turn(qtbot, main, place):
    click(qtbot, main.page.desk.bar.buttons[place])
    settle(qtbot, main.page)
    return main.page.desk.step


def test_a_score_is_typed_and_enter_goes_to_the_next_person(qtbot, office, tmp_path):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        grid = step.grid
        qtbot.keyClicks(grid, "88")
        qtbot.keyClick(grid.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: grid.currentIndex().row() == 1)
        qtbot.keyClicks(grid, "79.5")
        qtbot.keyClick(grid.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: step.save_button.text() == "保存 2 处")
        assert len(mark_book(step.session.office, exam).marks) == 0
        click(qtbot, step.save_button)
        settle(qtbot, step)
        assert len(mark_book(step.session.office, exam).marks) == 2
        assert main.page.notice.text() == "已录 2 个成绩。"
        press(qtbot, main.page, "撤销")
        assert len(mark_book(step.session.office, exam).marks) == 0


def test_a_pasted_column_is_marked_where_it_cannot_be_taken(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        paste(qtbot, step.grid, "88\n101\n没来")
        assert not step.save_button.isEnabled()
        assert step.problems.text().startswith("有 2 格不能用，已标红")
        sheet = step.grid.sheet
        place = sheet.columnCount() - 1
        assert "0 到 100" in sheet.data(sheet.index(1, place), Qt.ItemDataRole.ToolTipRole)
        sheet.setData(sheet.index(1, place), "100")
        sheet.setData(sheet.index(2, place), "缺考")
        click(qtbot, step.save_button)
        settle(qtbot, step)
        assert "缺考和作弊 1 人" in step.note.text()
        assert main.page.desk.bar.buttons[MARKS].text().endswith("已录 3/9")


def test_what_was_typed_stays_until_it_is_saved_or_given_up(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        paste(qtbot, step.grid, "88")
        main.page.reload()
        settle(qtbot, step)
        assert step.dirty
        turn(qtbot, main, RESULTS)
        turn(qtbot, main, MARKS)
        assert step.grid.sheet.text(0, step.grid.sheet.columnCount() - 1) == "88"
        press(qtbot, main.page, "返回列表")
        assert main.page.desk.isVisible()
        press(qtbot, sheet_of(main.page), "取消")
        assert not main.page.leave()
        press(qtbot, sheet_of(main.page), "不保存")
        assert not step.dirty
        press(qtbot, main.page, "返回列表")
        assert main.page.table.isVisible()


def test_what_was_typed_is_saved_on_the_way_out(qtbot, office, tmp_path):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        paste(qtbot, step.grid, "88")
        assert not main.page.leave()
        press(qtbot, sheet_of(main.page), "保存")
        assert main.page.leave()
        assert len(mark_book(step.session.office, exam).marks) == 1


def test_two_typings_are_held_against_each_other(qtbot, office, tmp_path):
    exam = seated_exam(office, entries=2)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        paste(qtbot, step.grid, "80\n70")
        click(qtbot, step.save_button)
        settle(qtbot, step)
        step.mode.setCurrentIndex(1)
        last = step.grid.sheet.columnCount() - 1
        assert step.grid.sheet.text(0, last) == ""
        paste(qtbot, step.grid, "80\n71")
        click(qtbot, step.save_button)
        settle(qtbot, step)
        assert "两遍不同 1 处" in step.note.text()
        step.mode.setCurrentIndex(2)
        step.show_only.setCurrentIndex(2)
        sheet = step.grid.sheet
        assert sheet.rowCount() == 1
        assert (sheet.text(0, last), sheet.text(0, last + 1)) == ("70", "71")
        assert "核对原卷" in sheet.data(sheet.index(0, last), Qt.ItemDataRole.ToolTipRole)
        sheet.setData(sheet.index(0, last), "71")
        click(qtbot, step.save_button)
        settle(qtbot, step)
        book = mark_book(step.session.office, read(step.session.office, exam.id))
        settled = [book.settled(one.id, book.parts[0].id) for one in book.examinees]
        assert sorted(int(one.points) for one in settled if one) == [71, 80]


def test_points_by_item_are_summed_up_and_must_be_whole(qtbot, office, tmp_path):
    parts = (Part(name="笔试", weight=Decimal(70)), Part(name="操作", weight=Decimal(30)))
    seated_exam(office, parts)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, 0)
        press(qtbot, step, "科目与权重…")
        sheet = sheet_of(main.page)
        grid = sheet.grid.sheet
        grid.setData(grid.index(0, 5), "选择题 40，简答题 60")
        press(qtbot, sheet, "保存")
        step = turn(qtbot, main, MARKS)
        titles = [one.title for one in step.grid.sheet.columns[3:]]
        assert titles == ["选择题（40）", "简答题（60）", "笔试（100）", "操作（100）"]
        paste(qtbot, step.grid, "35")
        click(qtbot, step.save_button)
        assert "“笔试”的“简答题”没有得分" in step.problems.text()
        paste(qtbot, step.grid, "35\t50\t\t90")
        click(qtbot, step.save_button)
        settle(qtbot, step)
        assert step.grid.sheet.text(0, 5) == "85"


def test_a_score_workbook_goes_out_and_comes_back(qtbot, office, tmp_path, monkeypatch):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        step = opened(qtbot, main, MARKS)
        out = tmp_path / "成绩.xlsx"
        monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
        monkeypatch.setattr(saving.QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
        choose(qtbot, step, "成绩表", "导出成绩登记表…")
        book = load_workbook(out)
        page = book.active
        head = next(row for row in page.iter_rows() if any(c.value == "准考证号" for c in row))
        place = next(c.column for c in head if c.value and str(c.value).startswith("总分"))
        page.cell(head[0].row + 1, place).value = 300
        book.save(out)
        choose(qtbot, step, "成绩表", "收回成绩登记表…")
        question = sheet_of(main.page)
        assert len(mark_book(step.session.office, exam).marks) == 0
        press(qtbot, question, "关闭")
        page.cell(head[0].row + 1, place).value = 93
        book.save(out)
        choose(qtbot, step, "成绩表", "收回成绩登记表…")
        assert len(mark_book(step.session.office, exam).marks) == 1


def test_results_are_ranked_published_and_then_only_corrected(qtbot, office, tmp_path):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        enter_all(qtbot, main)
        step = turn(qtbot, main, RESULTS)
        people = rows(step, "people")
        assert [one["rank"] for one in people][:3] == ["1", "2", "3"]
        assert people[0]["total"] == "91"
        assert len(rows(step, "units")) == 3
        press(qtbot, step, "确定表彰名单…")
        press(qtbot, sheet_of(main.page), "确定")
        assert {one["state"] for one in rows(step, "awards")} == {"已确定"}
        press(qtbot, step, "公布成绩…")
        press(qtbot, sheet_of(main.page), "公布")
        assert read(step.session.office, exam.id).published_on == "2025-09-20"
        marks = turn(qtbot, main, MARKS)
        assert not marks.grid.isEnabled()
        step = turn(qtbot, main, RESULTS)
        step.show_list("people")
        step.tables["people"].selectRow(0)
        press(qtbot, step, "更正成绩…")
        assert answer(qtbot, main.page, "更正", text="95")._problem.isVisible()
        answer(qtbot, main.page, "更正", text="95", reason="漏加 4 分")
        assert rows(step, "people")[0]["total"] == "95"
        assert [one["change"] for one in rows(step, "corrections")] == ["91 → 95"]


def test_units_are_ranked_anew_by_another_rule_and_the_papers_shown(qtbot, office, tmp_path):
    seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        enter_all(qtbot, main)
        step = turn(qtbot, main, RESULTS)
        step.by.setCurrentIndex(step.by.findData("pass_rate"))
        settle(qtbot, step)
        assert "单位按合格率" in step.note.text()
        for title in ("通报", "成绩统计"):
            choose(qtbot, step, "通报和名单", title)
            preview = [one for one in step.findChildren(PreviewWindow) if one.isVisible()][-1]
            assert title in preview.paper.title
            preview.close()
        settle(qtbot, step)


def test_posting_tells_what_it_does_and_brings_hours_and_blocks(qtbot, office, tmp_path):
    exam = seated_exam(office)
    with window(qtbot, office, tmp_path) as main:
        enter_all(qtbot, main)
        step = turn(qtbot, main, POSTING)
        assert rows(step, "courses")[0]["marks"] == "9"
        assert {one["what"] for one in rows(step, "stamp")} == {"不予验印"}
        press(qtbot, step, "登记成绩")
        told = main.page.notice.text()
        assert "9 人的成绩记入课程，7 人的学时入账" in told
        office = step.session.office
        assert office.store.value("SELECT COUNT(*) FROM ledger_entry") == 7
        assert read(office, exam.id).posted_on == "2025-09-20"
        assert main.page.desk.hint.text().startswith("下一步：核对名次")
        assert rows(step, "stamp") == []
