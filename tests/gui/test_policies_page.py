"""The rules page: read, copied, written by text and by form, put to use, compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton

from models.policies.library import own_text, packs_of, uses_of
from models.policies.use import save_pack
from models.training.ledger import RecordDraft, post_records
from tests.offices import new_office
from tests.people import school, teachers
from tests.windows import session_on, window_on
from ui.desktop.pages.policies.requirement_sheet import RequirementSheet
from ui.desktop.pages.policies.using import UseSheet
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet

OWN = """\
id = "own"
title = "本县规则"
region = "220282"
document = "县文件"
valid_from = 2021-01-01
valid_until = 2025-12-31

[[requirements]]
id = "focused"
title = "集中培训"
clause = "一"
of = [{ mode = ["集中"] }]
least = 100
"""


@pytest.fixture
def office(tmp_path):
    return new_office(tmp_path)


@pytest.fixture
def window(qtbot, office, tmp_path):
    session = session_on(office, tmp_path)
    found = window_on(session, {"home", "policies", "teachers"}, tmp_path)
    qtbot.addWidget(found)
    found.go("policies")
    qtbot.waitUntil(lambda: not session.runner.busy)
    yield found
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


@pytest.fixture
def page(window):
    return window.page


def press(qtbot, widget, text):
    found = next(
        one for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisibleTo(widget)
    )  # fmt: skip
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    return found


def sheet_of(page, kind):
    return [one for one in page.findChildren(kind) if one.isVisible()][-1]


def copied(qtbot, page, pack_id="wenzhou-2012", **texts):
    page.packs.table.choose(pack_id)
    press(qtbot, page.packs, "复制为本单位规则…")
    sheet = sheet_of(page, ChooseSheet)
    for key, text in texts.items():
        sheet._lines[key].setText(text)
    press(qtbot, sheet, "复制并编辑")
    return sheet


def write(page, text):
    page.editor.edit.replace_all(text)
    page.editor.check()


def test_every_pack_is_listed_and_told_in_plain_sentences(page):
    assert page.count.text() == f"共 {len(packs_of(page.session.office))} 套"
    rows = {one: page.packs.table.table.row_at(n).texts
            for n, one in enumerate(page.packs.table.table.ids)}  # fmt: skip
    assert rows["huadian-2021"] == {
        "title": "桦甸市 2021—2025 周期", "region": "桦甸市", "valid": "2021—2025", "own": "附带",
        "use": "按地区",
    }  # fmt: skip
    assert next(iter(rows)) == "huadian-2021"
    page.packs.table.choose("wenzhou-2012")
    told = page.packs.text.toPlainText()
    assert "全体教师｜整个周期｜集中培训一次不少于 90 学时｜至少 1 次" in told
    assert "依据：4 「教师至少参加一次不少于90学时的集中培训」" in told
    assert "不计入按整个周期、每个年度核算的要求" in told
    page.packs.table.choose("huadian-2021")
    told = page.packs.text.toPlainText()
    assert "在“吉林省教师培训（2019 年起）”的基础上增改" in told
    assert "教师全员培训 沿用" in told
    assert "师德问题一票否决" in told


def test_a_shipped_pack_is_copied_changed_and_saved_and_saving_can_be_taken_back(qtbot, page):
    copied(qtbot, page, title="本县规则")
    editor = page.editor
    assert editor.isVisible()
    assert 'id = "wenzhou-2012-own"\ntitle = "本县规则"\n' in editor.edit.toPlainText()
    assert editor._state.text() == "没有错误"
    write(page, editor.edit.toPlainText().replace("least = 360", "least = 400"))
    assert "各类培训｜至少 400 学时" in editor.reading.toPlainText()
    with qtbot.waitSignal(page.session.undo_offered):
        press(qtbot, editor, "保存")
    assert editor._state.text() == "已保存"
    assert "least = 400" in own_text(page.session.office, "wenzhou-2012-own")
    press(qtbot, editor, "返回")
    assert page.packs.table.table.place_of("wenzhou-2012-own") >= 0
    with qtbot.waitSignal(page.session.told):
        press(qtbot, page.notice, "撤销")
    assert page.packs.table.table.place_of("wenzhou-2012-own") < 0


def test_a_bad_id_is_refused_before_anything_is_opened(qtbot, page):
    sheet = copied(qtbot, page, id="本县")
    assert "小写英文字母" in sheet._problem.text()
    assert not page.editor.isVisible()
    sheet.close()


def test_mistakes_are_listed_while_typing_and_a_click_leads_to_the_line(qtbot, page):
    copied(qtbot, page)
    editor = page.editor
    text = editor.edit.toPlainText().replace('theme = ["班主任培训"]', 'theme = ["班主任培川"]')
    editor.edit.replace_all(text)
    qtbot.waitUntil(lambda: editor.mistakes.count() == 1)  # by itself, after a pause
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "培川" in one)
    item = editor.mistakes.item(0)
    assert item.text().startswith(f"第 {line} 行，第 7 条要求“班主任专题培训” › 计入的培训第 1 项")
    assert "是不是“班主任培训”" in item.text()
    assert not editor.save_button.isEnabled()
    assert editor._state.text() == "1 处需要改正"
    place = editor.mistakes.visualItemRect(item).center()
    qtbot.mouseClick(editor.mistakes.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert editor.edit.line() == line
    editor.edit.undo()
    editor.check()
    assert editor.mistakes.count() == 0
    assert editor._state.text() == "没有错误"
    editor.settle(editor.edit.toPlainText())


def test_what_cannot_be_read_keeps_the_last_sentences_in_sight(qtbot, page):
    copied(qtbot, page)
    before = page.editor.reading.toPlainText()
    write(page, page.editor.edit.toPlainText() + "\nremark = “说明”\n")
    assert page.editor.reading.toPlainText() == before
    assert "中文标点 “" in page.editor.mistakes.item(0).text()
    page.editor.begin("", saved=True)


def test_words_are_found_in_the_text(qtbot, page):
    copied(qtbot, page)
    page.focus_search()
    page.editor.finder.setText("head-teacher-30")
    qtbot.keyClick(page.editor.finder, Qt.Key.Key_Return)
    assert page.editor.edit.textCursor().selectedText() == "head-teacher-30"
    first = page.editor.edit.line()
    page.editor.finder.setText("clause")
    for _ in range(3):
        page.editor.find_next()
    assert page.editor.edit.line() != first
    page.editor.begin("", saved=True)


def test_unsaved_text_is_not_left_without_asking(qtbot, window, page):
    copied(qtbot, page)
    window.rail._buttons["teachers"].click()
    assert window.page_key == "policies"
    press(qtbot, sheet_of(page, Sheet), "继续编辑")
    assert page.editor.isVisible()
    press(qtbot, page.editor, "返回")
    press(qtbot, sheet_of(page, Sheet), "不保存")
    assert page.packs.isVisible()
    window.go("teachers")
    assert window.page_key == "teachers"


def test_a_requirement_is_added_by_a_form_without_knowing_toml(qtbot, page):
    copied(qtbot, page)
    press(qtbot, page.editor, "新增要求…")
    sheet = sheet_of(page, RequirementSheet)
    press(qtbot, sheet, "写入规则")
    assert sheet.problem() == "还没有填名称、条款、至少。"
    sheet.lines["title"].setText("小学班主任远程培训")
    sheet.lines["clause"].setText("第三条")
    sheet.least.setText("1")
    press(qtbot, sheet.whom, "＋ 条件（不加条件就是全体教师）")
    line = sheet.whom.lines[0]
    line.fact.setCurrentIndex(line.fact.findData("stage"))
    line.editor.set_text("小学、初中")
    flag = sheet.whom.add("is_head")
    flag.editor.set_text("是")
    mode = sheet.of[0].add("mode")
    mode.editor.set_text("远成")
    assert "是不是“远程”" in sheet.problem()
    mode.editor.set_text("远程")
    sheet.choices["window"].setCurrentIndex(sheet.choices["window"].findData("year"))
    sheet.least.setText("二十")
    assert "要写数字" in sheet.problem()
    sheet.least.setText("20")
    assert sheet.sentence() == "学段为小学或初中的班主任｜每个年度｜远程培训｜至少 20 学时"
    press(qtbot, sheet, "写入规则")
    text = page.editor.edit.toPlainText()
    assert 'whom = { stage = ["小学", "初中"], is_head = true }' in text
    assert page.editor.checked.mistakes == ()
    assert page.editor.edit.document().findBlockByNumber(
        page.editor.edit.line() - 1
    ).text() == "[[requirements]]"  # fmt: skip
    assert page.editor.checked.pack.requirements[-1].title == "小学班主任远程培训"
    page.editor.begin("", saved=True)


def test_the_requirement_at_the_cursor_is_changed_by_the_form(qtbot, page):
    copied(qtbot, page)
    editor = page.editor
    lines = editor.edit.toPlainText().splitlines()
    editor.edit.go_to(1)
    assert not editor.change_button.isEnabled()
    editor.edit.go_to(lines.index('id = "new-principal-90"') + 1)
    press(qtbot, editor, "修改这条…")
    sheet = sheet_of(page, RequirementSheet)
    assert sheet.lines["title"].text() == "新任校长任职资格集中培训"
    assert sheet.months.isVisibleTo(sheet)
    assert sheet.of[0].values() == {"mode": ("集中",), "theme": ("新任校长任职资格培训",)}
    sheet.months.setText("18")
    sheet.least.setText("60")
    assert sheet.sentence().startswith("任校长的教师｜到岗起 18 个月内｜")
    press(qtbot, sheet, "写入规则")
    found = {one.id: one for one in editor.checked.pack.requirements}["new-principal-90"]
    assert (found.months, found.least) == (18, 60)
    editor.edit.undo()
    assert editor.edit.toPlainText().splitlines() == lines
    editor.begin("", saved=True)


def test_courses_and_a_second_selection_in_the_form(qtbot, page):
    copied(qtbot, page)
    page.editor.add_requirement()
    sheet = sheet_of(page, RequirementSheet)
    sheet.lines["title"].setText("必修课")
    sheet.lines["clause"].setText("一")
    measure = sheet.choices["measure"]
    measure.setCurrentIndex(measure.findData("courses"))
    assert not sheet.least.isVisibleTo(sheet)
    sheet.for_all[0].add("nature").editor.set_text("必修")
    sheet._add_selection(sheet.of, sheet._of).add("theme").editor.set_text("师德培训")
    sheet.of[0].add("nature").editor.set_text("必修")
    assert sheet.sentence() == (
        "全体教师｜整个周期｜已报名的必修课程、师德培训课程，以及本学段应修的必修课程｜全部合格"
    )
    sheet.close()
    page.editor.begin("", saved=True)


def test_a_pack_is_put_to_use_with_what_that_means_and_taken_back(qtbot, page):
    page.tabs.setCurrentIndex(1)
    assert page.uses.grid.empty.text().startswith("没有另行指定")
    years = {page.uses.years.item(n, 0).text(): page.uses.years.item(n, 1).text()
             for n in range(page.uses.years.rowCount())}  # fmt: skip
    assert years["2025 年"] == "桦甸市 2021—2025 周期"
    qtbot.mouseClick(page.uses.grid.empty.action, Qt.MouseButton.LeftButton)
    sheet = sheet_of(page, UseSheet)
    sheet.pack.setCurrentIndex(sheet.pack.findData("wenzhou-2012"))
    sheet.first.setText("2024-01-01")
    sheet.last.setText("2023年")
    assert "请按 2021-01-01" in sheet.means()
    assert not sheet.action.isEnabled()
    sheet.last.setText("2025.12.31")
    assert "2024—2025 年度的达标和验印改按“温州市" in sheet.means()
    assert "现按“桦甸市 2021—2025 周期”" in sheet.means()
    with qtbot.waitSignal(page.session.undo_offered):
        press(qtbot, sheet, "指定")
    (use,) = uses_of(page.session.office)
    assert (use.first_day, use.last_day) == ("2024-01-01", "2025-12-31")
    assert page.uses.years.item(1, 1).text().startswith("温州市")
    assert page.uses.years.item(1, 2).text() == "本单位指定"
    page.uses.table.selectRow(0)
    with qtbot.waitSignal(page.session.undo_offered):
        press(qtbot, page.uses, "取消这段适用期")
    assert uses_of(page.session.office) == []


def test_a_pack_in_use_is_not_deleted_and_the_window_says_why(qtbot, office, tmp_path):
    save_pack(office, OWN)
    session = session_on(office, tmp_path)
    window = window_on(session, {"policies"}, tmp_path)
    qtbot.addWidget(window)
    page = window.page
    page.packs.table.choose("own")
    assert "本县规则" in page.packs._name.text()
    page.decide_use("own")
    with qtbot.waitSignal(session.undo_offered):
        press(qtbot, sheet_of(page, UseSheet), "指定")
    page.tabs.setCurrentIndex(0)
    with qtbot.waitSignal(session.runner.refused) as told:
        press(qtbot, page.packs, "删除规则")
    assert told.args[0].code == "policy.in_use"
    press(qtbot, sheet_of(window, Sheet), "知道了")
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


@pytest.fixture
def compared(qtbot, office, tmp_path):
    """The window on its comparison: mild, strict, and three teachers told apart by them."""
    save_pack(office, OWN)
    ids = teachers(office, school(office, "红石中学"), 3)
    drafts = [
        RecordDraft(
            teacher_id=one, year=2024, course="集中培训", category=mode, organizer=None,
            start_date=None, end_date=None, hours=Decimal(hours),
        )
        for one, mode, hours in ((ids[0], "1", 360), (ids[1], "1", 100), (ids[2], "2", 360))
    ]  # fmt: skip
    post_records(office, drafts, source="测试", allow_repeats=True)
    session = session_on(office, tmp_path)
    window = window_on(session, {"policies", "teachers"}, tmp_path)
    qtbot.addWidget(window)
    window.go("policies", "compare")
    view = window.page.whatif
    view.a.setCurrentIndex(view.a.findData("jilin-2019"))
    view.b.setCurrentIndex(view.b.findData("own"))
    yield window, view, ids
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def test_two_packs_are_compared_and_who_changes_is_listed(qtbot, compared):
    window, view, ids = compared
    assert view.grid.empty.text().startswith("选两套规则")
    assert view.period.currentText() == "2021—2025 周期"
    with qtbot.waitSignal(window.session.runner.ended):
        press(qtbot, view, "比较")
    assert [one.text() for one in view.figures] == ["1 人", "1 人", "1 人", "0 人"]
    assert view.demands.table.row_at(0).texts["a"] == "2 / 3"
    assert view.demands.table.row_at(1).texts["a"] == "无此要求"
    assert len(view.people.table.ids) == 2
    view.which.setCurrentIndex(view.which.findData("b"))
    assert list(view.people.table.ids) == [ids[1]]
    assert view.people.table.row_at(0).texts["lacking"] == "教师全员培训"
    view.people.opened.emit(ids[1])
    assert window.page_key == "teachers"


def test_the_list_of_those_who_change_goes_into_a_workbook(qtbot, compared, tmp_path, monkeypatch):
    window, view, _ids = compared
    with qtbot.waitSignal(window.session.runner.ended):
        press(qtbot, view, "比较")
    out = tmp_path / "比较.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    with qtbot.waitSignal(view.told):
        press(qtbot, view, "导出名单…")
    assert "结论改变的 2 人已导出到" in window.page.notice.text()
    rows = list(load_workbook(out).active.iter_rows(values_only=True))
    assert "只按甲达标 1 人，只按乙达标 1 人" in str(rows[0])
    assert len(rows) == 4


def test_a_stored_pack_that_cannot_be_read_is_told_and_nothing_breaks(qtbot, office, tmp_path):
    with office.store.operation("test.pack", "坏规则包"):
        office.store.insert("own_pack", ("id", "pack_id", "text"), [("a" * 32, "own", "id = 3")])
    session = session_on(office, tmp_path)
    window = window_on(session, {"policies"}, tmp_path)
    qtbot.addWidget(window)
    assert "规则文件 own 有误" in window.page.notice.text()
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


def test_the_page_is_usable_in_a_small_window(qtbot, window, page):
    window.resize(1000, 600)
    for tab in range(3):
        page.tabs.setCurrentIndex(tab)
        assert page.parts.currentWidget().minimumSizeHint().width() <= 792
    copied(qtbot, page)
    assert page.editor.minimumSizeHint().width() <= 792
    page.editor.begin("", saved=True)
