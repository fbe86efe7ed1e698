"""The page of uploads: from the check to the result, forms from empty workbooks, transfers."""

from __future__ import annotations

import threading

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.forms import Fraction
from models.uploads.given_numbers import numbers_of
from models.uploads.transfers import transfers
from tests.offices import new_office
from tests.trainings import post
from tests.uploads import NATIONAL, OWN, answered, authority, county, national, opened, wish
from tests.windows import at_rest, drop_files, press, window_at
from ui.desktop.pages.uploads import desk, forms, returning, sent
from ui.desktop.pages.uploads.code_sheet import CodeSheet
from ui.desktop.pages.uploads.returning import ReturnSheet
from ui.desktop.widgets.choose import ChooseSheet


@pytest.fixture
def office(tmp_path):
    return new_office(tmp_path)


@pytest.fixture
def people(office):
    return county(office)


@pytest.fixture
def page(qtbot, office, people, tmp_path):
    with window_at(qtbot, office, tmp_path, "uploads", "teachers", "ledger") as window:
        yield window.page


@pytest.fixture
def asked(monkeypatch):
    """Answers the next questions for files with these paths, the last one again and again."""

    def answers(*paths):
        left = list(paths)

        def next_one(*_):
            return left.pop(0) if len(left) > 1 else left[0]

        for module, name in (
            (desk, "ask_where_to"), (sent, "ask_where_to"), (returning, "ask_for_file"),
            (forms, "ask_for_file"),
        ):  # fmt: skip
            monkeypatch.setattr(module, name, next_one)

    return answers


def sheet_of(page, kind):
    return [one for one in page.findChildren(kind) if one.isVisible()][-1]


def answer(qtbot, page, **texts):
    """Fill the small window that is open and press its button."""
    sheet = sheet_of(page, ChooseSheet)
    for key, text in texts.items():
        if key in getattr(sheet, "_choices", {}):
            sheet._choices[key].setCurrentIndex(sheet._choices[key].findData(text))
        else:
            sheet._lines[key].setText(text)
    qtbot.mouseClick(sheet.action, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    return sheet


def turn(qtbot, page, key):
    page.show_tab(key)
    at_rest(qtbot, page.session)
    return page.views[key]


def texts(table, key):
    return [table.table.row_at(place).texts[key] for place in range(len(table.table.ids))]


def choose(qtbot, page, combo, value):
    """Choose in a combo box as a person does."""
    place = combo.findData(value)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    at_rest(qtbot, page.session)


def begun(qtbot, page, name=NATIONAL):
    """The desk of a form of 2025."""
    page.due.table.choose(name)
    press(qtbot, page, page.due.card, "生成…")
    return page.due.desk


def test_an_upload_is_checked_settled_written_and_made_again(qtbot, page, asked, tmp_path):
    """Fractions are asked for; the file goes out and comes again the same."""
    out, again = tmp_path / "上报.xlsx", tmp_path / "重做.xlsx"
    desk = begun(qtbot, page)
    assert "可以报 0 条；要先改的 3 条" in desk.figures.text()
    assert not desk.write.isEnabled()
    press(qtbot, page, desk.notice, "选办法")
    choose(qtbot, page, desk.rounding.choices["credits"], Fraction.EMPTY)
    assert desk.figures.text() == "可以报 3 条。"
    assert desk.rounding.grid.rowCount() == 3
    asked(out, again)
    known = desk.found
    press(qtbot, page, desk, "生成文件…")
    rows = list(openpyxl.load_workbook(out).worksheets[0].iter_rows(values_only=True))
    assert [row[9] for row in rows] == ["培训获得学分", None, None, None]
    press(qtbot, page, desk.notice, "登记送出")
    view = page.sent
    assert (page.tab, texts(view.table, "state")) == ("sent", ["待送出"])
    press(qtbot, page, view.card, "登记送出…")
    assert "还没有到" in answer(qtbot, page, day="2026-01-05")._problem.text()
    answer(qtbot, page, day="2025-09-20")
    assert texts(view.table, "sent") == ["2025-09-20"]
    press(qtbot, page, view.card, "重做文件…")
    assert out.read_bytes() == again.read_bytes()
    assert "与当时的文件完全相同" in page.notice.text()
    turn(qtbot, page, "due")
    assert desk.found is known
    press(qtbot, page, desk, "返回列表")
    begun(qtbot, page)
    assert "上次选定的办法" in desk.notice.text()
    assert desk.figures.text() == "可以报 3 条。"


def test_a_check_that_is_stopped_says_so_and_is_made_again(qtbot, page):
    """What follows on the lane waits behind a job that is let go only after the check was."""
    go_on = threading.Event()
    page.session.read("等", lambda *_: go_on.wait(20), quiet=True)
    page.due.table.choose(NATIONAL)
    build = next(one for one in page.due.card.findChildren(QPushButton) if one.text() == " 生成…")
    qtbot.mouseClick(build, Qt.MouseButton.LeftButton)
    page.session.runner.waiting[-1].progress.cancel()
    go_on.set()
    at_rest(qtbot, page.session)
    desk = page.due.desk
    assert "检查已取消" in desk.notice.text()
    assert not desk.write.isEnabled()
    press(qtbot, page, desk.notice, "重新检查")
    assert "要先改的 3 条" in desk.figures.text()


def test_the_ledger_leads_to_the_uploads_of_its_year(qtbot, office, people, tmp_path):
    post(office, people[0], 2023, "8", title="前年的", start="2023-04-01", organizer=OWN)
    with window_at(qtbot, office, tmp_path, "ledger", "uploads") as window:
        year = window.page.filters.filters["year"]
        year.setCurrentIndex(year.findData("2023"))
        press(qtbot, window.page, window.page, "报送上级…")
        at_rest(qtbot, window.session)
        assert (window.page_key, window.page.tab) == ("uploads", "due")
        assert window.page.due.years.currentData() == 2023


def test_a_result_is_seen_put_down_and_leads_back(qtbot, office, people, asked, tmp_path):
    """Numbers given there are kept; refused rows come first and lead to their record."""
    out, result = tmp_path / "上报.xlsx", tmp_path / "结果.xlsx"
    build(office, national(office), wish(), out)
    accepted = {"导入结果": "成功", "全国教师编号": "T001"}
    asked(answered(out, result, {2: accepted, 3: {"导入结果": "失败", "错误信息": "重名"}}))
    with window_at(qtbot, office, tmp_path, "uploads", "ledger") as window:
        page = window.page
        view = turn(qtbot, page, "sent")
        press(qtbot, page, view, "登记上级的结果…")
        sheet_of(page, ReturnSheet).reject()
        drop_files(page, tmp_path / "结果.xlsx")
        at_rest(qtbot, page.session)
        sheet = sheet_of(page, ReturnSheet)
        assert sheet.pills["refused"].text() == "已退回 1 条"
        press(qtbot, page, sheet, "登记")
        numbers = numbers_of(page.session.office, "全国教师管理信息系统")
        assert list(numbers.values()) == ["T001"]
        assert texts(view.table, "refused") == ["1"]
        view.table.selectRow(0)
        press(qtbot, page, view.card, "逐条看…")
        assert texts(view.desk.table, "message") == ["重名"]
        press(qtbot, page, view.desk, "看这条记录")
        assert window.page_key == "ledger"
        assert set(texts(window.page.table, "name")) == {"张三二"}


def test_a_problem_leads_to_its_record_in_the_ledger(qtbot, office, people, tmp_path):
    """The list there is narrowed to the teacher and the year, and the entry is chosen."""
    post(office, people[1], 2025, "7.5", title="另一门", start="2025-04-01", organizer=OWN)
    with window_at(qtbot, office, tmp_path, "uploads", "ledger") as window:
        page = window.page
        part = begun(qtbot, page).problems
        part.table.selectRow(texts(part.table, "who").index("张三二《另一门》"))
        press(qtbot, page, part, "去改这一条")
        assert window.page_key == "ledger"
        listed = window.page.table
        assert set(texts(listed, "name")) == {"张三二"}
        assert listed.table.row_at(listed.currentIndex().row()).texts["course"] == "另一门"


def test_a_form_is_made_from_an_empty_workbook_and_used(qtbot, page, asked, tmp_path):
    """Columns are proposed, a person says the rest; the authority's own file is filled."""
    out = tmp_path / "省.xlsx"
    asked(authority(tmp_path / "空表.xlsx"))
    view = turn(qtbot, page, "forms")
    press(qtbot, page, view, "用上级的空表做…")
    answer(qtbot, page, title="省研修采集表", receiver="省教育厅")
    editor = view.desk
    assert texts(editor.table, "fact")[:2] == ["", "教师：姓名"]
    editor.table.selectRow(7)
    choose(qtbot, page, editor.panel.fact, "record.category")
    press(qtbot, page, editor.panel, "代码对应…")
    codes = sheet_of(page, CodeSheet)
    codes.grid.sheet.put(0, 2, "甲")
    codes.grid.sheet.tell_all()
    press(qtbot, page, codes, "确定")
    editor.words.lines["due"].setText("3-31")
    editor.words.lines["due"].editingFinished.emit()
    assert not page.leave()
    save = [one for one in view.findChildren(QPushButton) if one.text() == "保存"]
    qtbot.mouseClick(save[-1], Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    form = form_named(page.session.office, "own1")
    assert (form.due, form.receiver) == ("03-31", "省教育厅")
    assert list(form.column("ch").translate.values()) == ["甲"]
    turn(qtbot, page, "due")
    asked(out)
    desk = begun(qtbot, page, "own1")
    press(qtbot, page, desk, "生成文件…")
    filled = opened(out)["填报表"]
    assert [filled.cell(4, column).value for column in (2, 5)] == ["张三一", "师德研修"]


def say(words, key, text):
    """Type one of the words of a form."""
    words.lines[key].setText(text)
    words.lines[key].editingFinished.emit()


def test_a_due_day_that_is_none_is_refused_at_its_line(qtbot, page):
    view = turn(qtbot, page, "forms")
    view.table.choose(NATIONAL)
    press(qtbot, page, view.card, "修改…")
    words = view.desk.words
    say(words, "due", "十三月")
    assert "看不懂" in words.problem.text()
    assert not view.desk.dirty
    say(words, "limit", "2")
    say(words, "key", "姓名")
    assert "没有“姓名”这一栏" in words.problem.text()
    say(words, "key", "教师身份证号、培训项目名称")
    say(words, "only", "培训级别=国家")
    press(qtbot, page, view.desk, "保存")
    assert "里没有“国家”" in view.desk.notice.text()
    say(words, "only", "培训级别=国家级")
    press(qtbot, page, view.desk, "保存")
    form = form_named(page.session.office, NATIONAL)
    assert (form.limit, form.only) == (2, {"record.level": ("国家级",)})
    assert [form.column(one).title for one in form.key] == ["教师身份证号", "培训项目名称"]
    view.table.choose(NATIONAL)
    press(qtbot, page, view.card, "删除…")
    drop = [one for one in page.window().findChildren(QPushButton) if one.text() == "删除"]
    qtbot.mouseClick(drop[-1], Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    assert form_named(page.session.office, NATIONAL).limit == 0


def test_a_transfer_is_followed_to_its_end(qtbot, page):
    view = turn(qtbot, page, "transfers")
    press(qtbot, page, view.grid, "登记调动…")
    sheet = answer(qtbot, page, teacher="张三一", direction="out", to_school="吉林市一中")
    assert "没有写调出和调入的学校" in sheet._problem.text()
    answer(qtbot, page, from_school="桦甸市第四中学")
    view.table.selectRow(0)
    press(qtbot, page, view.card, "登记办理…")
    answer(qtbot, page, what="调出校同意", person="李校长")
    press(qtbot, page, view.card, "登记办理…")
    answer(qtbot, page, what="县局审核", state="done")
    assert texts(view.table, "state") == ["已办结"]
    (one,) = transfers(page.session.office)
    assert [step.what for step in one.steps] == ["调出校同意", "县局审核"]
