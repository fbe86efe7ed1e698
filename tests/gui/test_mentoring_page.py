"""师徒结对: a programme led through its nine steps by clicks."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton

from models.mentoring.pairs import pair_rows
from models.mentoring.programmes import programmes
from models.mentoring.school_pairs import school_pairs
from models.mentoring.visits import visit_rows
from models.mentoring.wishes import participants
from tests.offices import new_office
from tests.pair_rounds import county, filed, opened, visited
from tests.windows import at_rest, window_at
from ui.desktop.pages.mentoring.candidates import CandidateSheet
from ui.desktop.pages.mentoring.match_table import as_mime
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.paper.preview import PreviewWindow


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path, "2025-09-20")
    opened(office, county(office))
    return office


@pytest.fixture
def page(qtbot, office, tmp_path):
    with window_at(qtbot, office, tmp_path, "mentoring") as window:
        yield window.page


def step(qtbot, page, key):
    page.rail.buttons[key].click()
    at_rest(qtbot, page._session)
    return page.view


def press(qtbot, page, widget, text):
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    assert found, text
    assert found[0].isEnabled(), text
    found[0].click()
    at_rest(qtbot, page._session)


def answer(qtbot, page, **texts):
    """Fill the small window that is open and press its button."""
    sheet = [one for one in page.findChildren(ChooseSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        if key in sheet._lines:
            sheet._lines[key].setText(text)
        else:
            box = sheet._choices[key]
            box.setCurrentIndex(box.findData(text))
    sheet.action.click()
    at_rest(qtbot, page._session)
    return sheet


def told(page):
    """The windows that say or ask something."""
    return [one for one in page.findChildren(Sheet) if one.isVisible()]


def texts(view, key):
    model = view.table.table
    return [model.row_at(place).texts[key] for place in range(len(model.ids))]


def choose(view, **wanted):
    model = view.table.table
    for place, identity in enumerate(model.ids):
        row = model.row_at(place).texts
        if all(row[key] == text for key, text in wanted.items()):
            view.table.choose(identity)
            return identity
    pytest.fail(f"no row {wanted}")


def read(page):
    office = page._session.office
    return office, programmes(office)[0].id


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
    press(qtbot, page, page.view, "修改方案…")
    sheet = answer(qtbot, page, ends_on="2020-01-01")
    assert sheet.isVisible()
    assert "早于开始日期" in sheet._problem.text()
    answer(qtbot, page, ends_on="2028-08-31", goals="三年成为基础型教师")
    assert "三年成为基础型教师" in {fact.value for fact in page.view.shown.general.facts}


def test_terms_are_set_for_this_programme(qtbot, page):
    press(qtbot, page, page.view, "匹配条件…")
    sheet = answer(qtbot, page, **{"capacity.county": "多"})
    assert "不是整数" in sheet._problem.text()
    answer(qtbot, page, **{"capacity.county": "3", "kept.visits": "4"})
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


@pytest.fixture
def at_work(qtbot, tmp_path):
    """The page over a programme whose pairs are filed, in its second autumn."""
    office = new_office(tmp_path, "2025-09-20")
    programme_id = opened(office, county(office), starts_on="2024-09-01")
    pairs = filed(office, programme_id, "2024-09-01")
    visited(office, pairs["赵小雨"], "2024-10-10", "2025-03-10", "2025-04-10")
    with window_at(qtbot, office, tmp_path, "mentoring") as window:
        yield window.page


def test_a_mentor_is_changed_and_a_pair_dissolved(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "approval")
    choose(view, mentee="周冬雨")
    press(qtbot, page, view, "解除…")
    answer(qtbot, page, reason="徒弟调出")
    choose(view, mentee="孙大圣")
    press(qtbot, page, view, "更换师傅…")
    answer(qtbot, page, mentor="王建国", reason="原师傅生病")
    assert "不能带" in "".join(
        label.text() for one in page.window().findChildren(Sheet) for label in
        one.findChildren(type(view.note)) if one.isVisible()
    )  # fmt: skip
    for one in page.window().findChildren(Sheet):
        one.close()
    choose(view, mentee="孙大圣")
    press(qtbot, page, view, "更换师傅…")
    answer(qtbot, page, mentor="李秀英", reason="原师傅生病")
    office, programme_id = read(page)
    rows = [one for one in pair_rows(office, programme_id) if one.mentee == "孙大圣"]
    assert {(one.mentor, one.state) for one in rows} == {
        ("张红梅", "dissolved"),
        ("李秀英", "proposed"),
    }


def test_agreements_are_numbered_printed_and_signed(qtbot, at_work, monkeypatch):
    page = at_work
    view = step(qtbot, page, "agreements")
    choose(view, mentee="周冬雨")
    press(qtbot, page, view, "另写目标任务…")
    answer(qtbot, page, goals="一年上汇报课")
    press(qtbot, page, view, "全部编号")
    assert all(texts(view, "number"))
    press(qtbot, page, view, "另写目标任务…")
    assert "已编号" in told(page)[0].findChild(type(view.note), "heading").text()
    told(page)[0].accept()
    press(qtbot, page, view, "打印协议…")
    preview = next(one for one in page.window().findChildren(PreviewWindow))
    preview.close()
    view.table.selectAll()
    press(qtbot, page, view, "已签订…")
    answer(qtbot, page, on="2024-09-15")
    assert set(texts(view, "state")) == {"已签订"}
    office, programme_id = read(page)
    one = next(found for found in pair_rows(office, programme_id) if found.mentee == "周冬雨")
    assert (one.goals, one.signed_on) == ("一年上汇报课", "2024-09-15")


def test_visits_are_logged_for_several_pairs_and_their_hours_posted_once(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "visits")
    press(qtbot, page, view, "记活动…")
    sheet = answer(qtbot, page, kind="seminar", pairs="张红梅", topic="教材", evidence="照片")
    assert "有 2 对师徒" in sheet._problem.text()
    answer(qtbot, page, pairs="赵小雨、孙大圣", held_on="2025-09-11")
    office, programme_id = read(page)
    assert len(visit_rows(office, programme_id)) == 5
    assert texts(view, "state").count("可登记") == 5
    press(qtbot, page, view, "登记学时")
    assert set(texts(view, "state")) == {"已登记"}
    # Three visits for both; the joint one once for the mentor and for each of the two mentees.
    assert office.store.value("SELECT COUNT(*) FROM ledger_entry") == 3 * 2 + 3
    choose(view, mentee="赵小雨", held_on="2025-09-11")
    press(qtbot, page, view, "删除")
    assert len(visit_rows(office, programme_id)) == 5
    for one in page.window().findChildren(Sheet):
        one.close()


def test_who_falls_short_is_shown_proposed_and_decided(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "stage")
    choose(view, mentee="周冬雨", state="未履行")
    press(qtbot, page, view, "记会议…")
    answer(qtbot, page, kind="stage", held_on="2024-12-05", report="总结")
    assert "2024-12-05 已开" in " ".join(fact.value for fact in view.shown.general.facts)
    press(qtbot, page, view, "建议取消称号…")
    answer(qtbot, page)
    assert "待决定" in texts(view, "state")
    choose(view, mentee="周冬雨", state="待决定")
    press(qtbot, page, view, "决定…")
    answer(qtbot, page, decision="keep", opinion="已补足")
    assert "保留称号" in texts(view, "state")


def test_the_meeting_papers_are_shown(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "stage")
    for text in ("考核表…", "阶段报告…"):
        press(qtbot, page, view, text)
        for one in page.window().findChildren(PreviewWindow):
            assert one.isVisible()
            one.close()
            one.deleteLater()


def test_results_by_hand_rank_the_schools_and_honours_are_issued(qtbot, at_work):
    page = at_work
    view = step(qtbot, page, "results")
    choose(view, mentee="赵小雨")
    press(qtbot, page, view, "手工认定…")
    answer(qtbot, page, result="reached", note="考核合格")
    assert "达成" in texts(view, "result")
    assert view.shown.general.meters[0].value == "1/3 ★"
    press(qtbot, page, view, "单位排名")
    assert not view.chosen_ids()
    press(qtbot, page, view, "发荣誉证书")
    assert "已发荣誉证书" in page.notice.text()
    press(qtbot, page, view, "按规则核算")
    for one in page.window().findChildren(Sheet):
        one.close()
