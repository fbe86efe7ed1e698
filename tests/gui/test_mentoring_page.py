"""师徒结对: a programme led through its nine steps by clicks."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton

from models.mentoring.pairs import pair_rows
from models.mentoring.programmes import programmes
from models.mentoring.proposing import Choice, keep, propose, set_pairs
from models.mentoring.school_pairs import school_pairs
from models.mentoring.steps import take_step
from models.mentoring.wishes import participants
from tests.gui.mentoring_steps import answer, choose, press, read, step, texts, told
from tests.offices import new_office
from tests.pair_rounds import county, opened
from tests.windows import at_rest, window_at
from ui.desktop.pages.mentoring.candidates import CandidateSheet
from ui.desktop.pages.mentoring.match_table import as_mime


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2025-09-20")
    opened(office, county(office))
    return office


@pytest.fixture
def page(qtbot, office, tmp_path):
    with window_at(qtbot, office, tmp_path, "mentoring") as window:
        yield window.page


def drop(view, dragged, target):
    """Drop a row on another as the mouse does it."""
    place = view.table.table.place_of(target)
    where = view.table.visualRect(view.table.table.index(place, 0)).center()
    none = Qt.KeyboardModifier.NoModifier
    mime = as_mime([dragged])
    event = QDropEvent(
        QPointF(where), Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, none
    )
    view.table.dropEvent(event)


def test_an_office_without_a_programme_is_led_to_the_first(qtbot, tmp_path):
    office = new_office(tmp_path)
    with window_at(qtbot, office, tmp_path, "mentoring") as window:
        page = window.page
        assert page.rail.isHidden()
        page.empty.action.click()
        answer(qtbot, page, kind="apprentice", starts_on="2025-09-01")
        at_rest(qtbot, page._session)
        assert "带徒工程" in page.programmes.currentText()
        assert page.rail.isVisible()


def test_the_row_of_steps_says_how_far_each_is(page):
    assert "师 3 徒 5" in page.rail.buttons["wishes"].text()
    assert page.rail.buttons["wishes"].text().startswith("✓")
    assert page.rail.buttons["matching"].text().startswith("4")


def test_a_day_that_is_none_keeps_the_window_open_with_the_reason(qtbot, page):
    press(qtbot, page, page.view, "修改…")
    sheet = answer(qtbot, page, ends_on="2020-01-01")
    assert sheet.isVisible()
    assert "早于开始日期" in sheet._problem.text()
    answer(qtbot, page, ends_on="2028-08-31", goals="三年成为基础型教师")
    assert "三年成为基础型教师" in {fact.value for fact in page.view.shown.general.facts}


def test_terms_are_set_for_this_programme(qtbot, page):
    press(qtbot, page, page.view, "带徒名额…")
    sheet = answer(qtbot, page, **{"capacity.county": "多"})
    assert "不是整数" in sheet._problem.text()
    answer(qtbot, page, **{"capacity.county": "3"})
    press(qtbot, page, page.view, "匹配条件…")
    answer(qtbot, page, **{"kept.visits": "4"})
    facts = {fact.title: fact.value for fact in page.view.shown.general.facts}
    assert "县级 3 人" in facts["带徒名额"]
    assert facts["活动"] == "每学期不少于 4 次"


def test_schools_are_paired(qtbot, page):
    press(qtbot, page, page.view, "学校结对…")
    answer(qtbot, page, town="桦甸市第四中学", village="红石中学", goals="共同教研")
    office, programme_id = read(page)
    assert [one.village for one in school_pairs(office, programme_id)] == ["红石中学"]
    assert texts(page.view, "village") == ["红石中学"]


def test_surveys_go_out_and_come_back(qtbot, page, tmp_path, monkeypatch):
    view = step(qtbot, page, "surveys")
    folder = tmp_path / "forms"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    press(qtbot, page, view, "导出调查表…")
    file = next(one for one in folder.iterdir() if "第四中学" in one.name)
    book = openpyxl.load_workbook(file)
    sheet = next(one for one in book.worksheets if "骨干教师" in one.title)
    heads = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, heads["姓名"]).value = "张红梅"
    sheet.cell(3, heads["学科"]).value = "炼丹"
    for other in book.worksheets:
        cell = {one.value: one.column for one in other[2]}
        other.cell(4, cell["备注"]).value = "无"
    book.save(file)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))
    press(qtbot, page, view, "读入调查表…")
    (message,) = told(page)
    words = "".join(one.text() for one in message.findChildren(type(view.note)))
    assert "炼丹" in words
    message.accept()
    sheet.cell(3, heads["学科"]).value = "数学"
    book.save(file)
    press(qtbot, page, view, "读入调查表…")
    assert "读入调查表 1 份" in page.notice.text()
    assert "已收回" in texts(view, "state")


def test_wishes_are_entered_and_taken_back(qtbot, page):
    view = step(qtbot, page, "wishes")
    choose(view, name="吴晓波")
    press(qtbot, page, view, "取消意愿")
    office, programme_id = read(page)
    assert len(participants(office, programme_id)) == 7
    press(qtbot, page, view, "登记徒弟…")
    sheet = answer(qtbot, page, who="")
    assert "请填写教师" in sheet._problem.text()
    answer(qtbot, page, who="吴晓波", wants="李秀英")
    assert len(participants(office, programme_id)) == 8
    choose(view, name="吴晓波")
    assert "李秀英" in {fact.value for fact in view.shown.cards[view.table.current_id()].facts}


def matched(qtbot, page):
    view = step(qtbot, page, "matching")
    assert "未配上" in texts(view, "state")
    press(qtbot, page, view, "自动匹配")
    assert texts(view, "state") == ["拟配对"] * 5
    return view


def test_everybody_is_matched_with_reasons(qtbot, page):
    view = matched(qtbot, page)
    choose(view, mentee="赵小雨")
    card = view.shown.cards[view.table.current_id()]
    assert "同学科（数学）" in " ".join(fact.value for fact in card.facts)
    assert "5 对" in page.rail.buttons["matching"].text()


def test_a_mentee_is_dragged_to_another_mentor_and_stays_when_solved_anew(qtbot, page):
    view = matched(qtbot, page)
    target = choose(view, mentee="周冬雨")
    dragged = choose(view, mentee="赵小雨")
    drop(view, dragged, target)
    at_rest(qtbot, page._session)
    (question,) = told(page)
    assert "不合要求" in "".join(one.text() for one in question.findChildren(type(view.note)))
    press(qtbot, page, question, "仍然这样配")
    office, programme_id = read(page)
    mentors = {one.mentee: one.mentor for one in pair_rows(office, programme_id)}
    assert mentors["赵小雨"] == "李秀英"
    assert "有冲突" in texts(view, "state")
    press(qtbot, page, view, "自动匹配")
    mentors = {one.mentee: one.mentor for one in pair_rows(office, programme_id)}
    assert mentors["赵小雨"] == "李秀英"


def test_nothing_is_changed_when_the_person_says_no(qtbot, page):
    view = matched(qtbot, page)
    target = choose(view, mentee="周冬雨")
    drop(view, choose(view, mentee="钱多多"), target)
    at_rest(qtbot, page._session)
    (question,) = told(page)
    press(qtbot, page, question, "不改")
    office, programme_id = read(page)
    mentors = {one.mentee: one.mentor for one in pair_rows(office, programme_id)}
    assert mentors["钱多多"] == "王建国"


def test_another_mentor_is_chosen_from_a_list_that_says_why(qtbot, page):
    view = matched(qtbot, page)
    choose(view, mentee="孙大圣")
    press(qtbot, page, view, "撤回")
    choose(view, mentee="赵小雨")
    press(qtbot, page, view, "改由谁带…")
    sheet = page.findChild(CandidateSheet)
    model = sheet.table.table
    names = [model.row_at(n).texts["name"] for n in range(len(model.ids))]
    assert names[0] == "张红梅"
    sheet.search.setText("李秀英")
    sheet.search.searched.emit("李秀英")
    assert [model.row_at(n).texts["name"] for n in range(len(model.ids))] == ["李秀英"]
    sheet.action.click()
    at_rest(qtbot, page._session)
    press(qtbot, page, told(page)[-1], "仍然这样配")
    office, programme_id = read(page)
    found = {one.mentee: (one.mentor, one.fixed) for one in pair_rows(office, programme_id)}
    assert found["赵小雨"] == ("李秀英", True)
    assert "孙大圣" not in found


def test_pairs_are_fixed_and_let_go_from_the_menu(qtbot, page):
    view = matched(qtbot, page)
    choose(view, mentee="赵小雨")
    menu = view.table.rows_menu()
    actions = {one.text(): one for one in menu.actions()}
    actions["固定"].trigger()
    at_rest(qtbot, page._session)
    office, programme_id = read(page)
    assert [one.mentee for one in pair_rows(office, programme_id) if one.fixed] == ["赵小雨"]
    press(qtbot, page, view, "取消固定")
    assert not any(one.fixed for one in pair_rows(office, programme_id))
    assert isinstance(menu, QMenu)
    menu.close()


def test_a_table_of_pairs_goes_out_and_comes_back_changed(qtbot, page, tmp_path, monkeypatch):
    view = matched(qtbot, page)
    file = tmp_path / "师徒.xlsx"
    monkeypatch.setattr("ui.desktop.pages.mentoring.papers.ask_where_to", lambda *_: file)
    press(qtbot, page, view, "导出…")
    book = openpyxl.load_workbook(file)
    sheet = book["师徒"]
    sheet.delete_rows(sheet.max_row)
    book.save(file)
    monkeypatch.setattr("ui.desktop.pages.mentoring.match_step.ask_for_file", lambda *_: file)
    press(qtbot, page, view, "读回…")
    office, programme_id = read(page)
    assert len(pair_rows(office, programme_id)) == 4


def test_the_three_steps_are_taken_and_a_refusal_needs_a_reason(qtbot, page):
    matched(qtbot, page)
    view = step(qtbot, page, "approval")
    view.table.selectAll()
    press(qtbot, page, view, "办下一步…")
    answer(qtbot, page, opinion="同意")
    assert set(texts(view, "state")) == {"已申报"}
    choose(view, mentee="吴晓波")
    press(qtbot, page, view, "不同意…")
    sheet = answer(qtbot, page, opinion="")
    assert "不同意的原因" in sheet._problem.text()
    answer(qtbot, page, opinion="本人另有任务")
    view.table.selectAll()
    for _ in range(2):
        press(qtbot, page, view, "办下一步…")
        answer(qtbot, page, on="2025-09-10")
        view.table.selectAll()
    office, programme_id = read(page)
    states = {one.mentee: one.state for one in pair_rows(office, programme_id)}
    assert states.pop("吴晓波") == "refused"
    assert set(states.values()) == {"filed"}
    press(qtbot, page, view, "办下一步…")
    assert len(told(page)) == 1
    told(page)[0].accept()


def test_filing_against_the_rules_asks_for_a_reason_that_is_shown(qtbot, office, tmp_path):
    programme_id = programmes(office)[0].id
    people = {one.name: one.wish.teacher_id for one in participants(office, programme_id)}
    set_pairs(office, programme_id, [Choice(people["王建国"], people["赵小雨"])])
    ids = [one.id for one in pair_rows(office, programme_id)]
    take_step(office, ids, "applied")
    take_step(office, ids, "recommended")
    with window_at(qtbot, office, tmp_path, "mentoring") as window:
        page = window.page
        view = step(qtbot, page, "approval")
        choose(view, mentee="赵小雨")
        press(qtbot, page, view, "办下一步…")
        sheet = answer(qtbot, page, opinion="同意")
        assert "请填写特例的理由（王建国带赵小雨：师徒不同学科）" in sheet._problem.text()
        answer(qtbot, page, exception="兼教数学")
        identity = choose(view, mentee="赵小雨", state="已备案", why="特例：兼教数学")
        told = " ".join(fact.value for fact in view.shown.cards[identity].facts)
        assert "特例：兼教数学；同意" in told


def test_pairs_that_wait_are_told_on_the_first_page_and_lead_to_their_step(qtbot, office, tmp_path):
    programme_id = programmes(office)[0].id
    keep(office, propose(office, programme_id))
    take_step(office, [one.id for one in pair_rows(office, programme_id)], "applied")
    with window_at(qtbot, office, tmp_path, "home", "mentoring") as window:
        words = {one.text() for one in window.page.findChildren(QLabel)}
        assert "5 对师徒待办结对手续" in words
        button = next(
            one for one in window.page.findChildren(QPushButton) if one.text() == "去办理"
        )
        button.click()
        at_rest(qtbot, window.session)
        assert window.page.view is window.page.steps["approval"]
        assert set(texts(window.page.view, "state")) == {"已申报"}
