"""The page of verdicts: counted, filtered, explained, tried with other rules, decided on."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from models.training.ledger import reverse
from models.verdicts.exemptions import exemptions
from models.verdicts.vetoes import vetoes
from tests.counties import post, small_county
from tests.offices import new_office
from tests.windows import session_on, window_on
from ui.desktop.pages.verdicts import papers
from ui.desktop.pages.verdicts.page import TABS
from ui.desktop.pages.verdicts.sheet import VerdictSheet
from ui.desktop.tasks.boards import Asked
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Sheet


@pytest.fixture
def people(tmp_path):
    office = new_office(tmp_path)
    found = small_county(office)
    return office, found


@pytest.fixture
def window(qtbot, people, tmp_path):
    session = session_on(people[0], tmp_path)
    found = window_on(session, {"home", "verdicts", "teachers", "policies"}, tmp_path)
    qtbot.addWidget(found)
    found.go("verdicts")
    idle(qtbot, session)
    yield found
    idle(qtbot, session)
    assert session.leave()


@pytest.fixture
def page(window):
    return window.page


def idle(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=20_000)


def names(table, key="name"):
    model = table.table
    return [model.row_at(place).texts[key] for place in range(len(model.ids))]


def button(widget, text):
    return next(one for one in widget.findChildren(QPushButton) if one.text().strip() == text)


def words(widget):
    return "".join(one.text() for one in widget.findChildren(QLabel))


def test_everybody_is_counted_and_each_requirement_has_its_tile(page):
    assert page.count.text() == "9 人 · 达标 4（44.4%） · 未达标 5"
    assert [tile.bar.text for tile in page.strip.tiles] == ["44.4%"]
    assert "要求 9 人，达到 4 人" in page.strip.tiles[0].accessibleName()
    assert names(page.teachers.table, "state").count("达标") == 4
    assert "还差" in [one.title for one in page.teachers.table.table.columns]


def test_a_tile_narrows_to_those_who_have_not_met_it(qtbot, page):
    qtbot.mouseClick(page.strip.tiles[0], Qt.MouseButton.LeftButton)
    assert names(page.teachers.table, "state") == ["未达标"] * 5
    assert page.teachers.filters.values()["requirement"] == page.strip.tiles[0].bar.key
    qtbot.mouseClick(page.strip.tiles[0], Qt.MouseButton.LeftButton)
    assert len(names(page.teachers.table)) == 9


def test_search_and_filters_narrow_and_are_cleared_at_once(qtbot, page):
    view = page.teachers
    with qtbot.waitSignal(view.filters.search.searched):
        view.filters.search.setText("hongshi")
    idle(qtbot, page.session)
    view.filters.search.setText("红石")
    with qtbot.waitSignal(view.filters.search.searched):
        pass
    assert set(names(view.table, "school")) == {"红石中学"}
    combo = view.filters.filters["state"]
    combo.setCurrentIndex(combo.findData("behind"))
    assert not view.grid.shows_table
    view.grid.empty.action.click()
    assert len(names(view.table)) == 9


def test_sorting_by_the_state_puts_those_behind_first(page):
    page.teachers.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert names(page.teachers.table, "state")[:5] == ["未达标"] * 5


def test_the_card_says_in_words_what_is_owed_and_which_entries_count(qtbot, page):
    view = page.teachers
    view.filters.filters["state"].setCurrentIndex(1)
    view.table.selectRow(0)
    idle(qtbot, page.session)
    assert view.card.verdict is not None
    told = words(view.card)
    assert "应 360　实 200　差 160　学时" in told
    assert "✗ 未达标" in told

    def more():
        found = view.card.findChildren(QPushButton)
        return [one for one in found if "计入" in one.text() and one.isVisible()]

    qtbot.waitUntil(lambda: len(more()) == 1)
    more()[0].click()
    assert more()[0].text().startswith("▾ 计入 5 条，不计 0 条")
    body = [one for one in view.card.findChildren(QLabel) if one.isVisible()]
    assert any("2021-03-01 · 研修2021" in one.text() for one in body)


def test_the_whole_verdict_opens_with_clause_and_reasons(qtbot, people, page):
    office = page.session.office
    entry = office.store.value(
        "SELECT id FROM ledger_entry WHERE teacher_id = ? AND year = 2021",
        (page.teachers.table.table.ids[0],),
    )
    page.session.write("冲销", lambda desk, _progress: reverse(desk, [entry], "重复"))
    idle(qtbot, page.session)
    page.teachers.table.selectRow(0)
    idle(qtbot, page.session)
    page.teachers.open_details()
    sheet = page.findChild(VerdictSheet)
    item = sheet.tree.topLevelItem(sheet.tree.topLevelItemCount() - 1)
    texts = [item.child(n).text(0) for n in range(item.childCount())]
    assert any(text.startswith("依据：") for text in texts)
    assert "不计 2 条" in texts
    refused = item.child(texts.index("不计 2 条"))
    assert refused.child(0).text(4)
    sheet.close()


def test_schools_are_listed_furthest_behind_first_and_lead_to_their_teachers(qtbot, page):
    page.show_tab("school")
    idle(qtbot, page.session)
    assert names(page.groups.table)[-1] == "红石中学"
    assert names(page.groups.table, "share") == ["0.0%", "33.3%", "100%"]
    button(page.groups, "看未达标的教师").click()
    assert page.tab == "teachers"
    assert names(page.teachers.table, "school") == ["八道河子小学"] * 3


def test_a_group_that_has_no_filter_is_named_and_can_be_dropped(qtbot, page):
    page.show_tab("subject")
    idle(qtbot, page.session)
    page.groups._open()
    assert "只看学科：" in page.teachers.group_chip.text()
    assert len(names(page.teachers.table)) == 5
    page.teachers.group_chip.click()
    assert len(names(page.teachers.table)) == 5  # still those behind
    button(page.teachers, "清除筛选").click()
    assert len(names(page.teachers.table)) == 9


def test_the_outlook_says_who_will_miss_the_cycle(qtbot, page):
    page.show_tab("outlook")
    idle(qtbot, page.session)
    assert "将有 5 人、5 项达不到要求" in page.outlook.words.text()
    assert len(names(page.outlook.table)) == 5
    page.choices.years.setCurrentIndex(1)
    idle(qtbot, page.session)
    assert page.outlook.grid.empty.text() == "预测只看整个周期。"
    page.outlook.grid.empty.action.click()
    idle(qtbot, page.session)
    assert len(names(page.outlook.table)) == 5


def test_other_rules_are_tried_and_said_to_be_a_trial(qtbot, page):
    page.choices.pack.setCurrentIndex(page.choices.pack.findData("jiyuan-2017"))
    idle(qtbot, page.session)
    assert page.notice.text().startswith("这是试算")
    assert page.listing.board.questions.pack.id == "jiyuan-2017"
    button(page.notice, "恢复当时的规则").click()
    idle(qtbot, page.session)
    assert page.choices.asked() == Asked()
    assert page.notice.text() == ""


def test_an_earlier_day_is_judged_as_things_stood_then(qtbot, page):
    page.choices.day.setDate(QDate(2023, 12, 31))
    idle(qtbot, page.session)
    assert page.choices.asked().as_of == date(2023, 12, 31)
    assert page.count.text().startswith("9 人 · 达标 0")


def test_new_hours_change_the_verdict_at_once(qtbot, people, page):
    _, found = people
    one = found["八道河子小学"][0]
    page.session.write("登记", lambda office, _progress: post(office, one, 90, range(2021, 2025)))
    idle(qtbot, page.session)
    assert page.count.text().startswith("9 人 · 达标 5")
    kept = page.session.boards.at_hand(Asked())
    assert kept.counts == (9, 5)


def test_leave_is_filed_shown_as_waiting_and_approved(qtbot, page):
    page.teachers.table.selectRow(0)
    button(page.teachers, "减免…").click()
    sheet = page.findChild(ChooseSheet)
    values = {"ground": "病假", "first": "2024-01-01", "last": "昨天", "reason": "住院"}
    for key, text in values.items():
        sheet._lines[key].setText(text)
    sheet.action.click()
    assert "看不出是哪一天" in sheet._problem.text()
    sheet._lines["last"].setText("2024.12.31")
    with qtbot.waitSignal(page.session.undo_offered):
        sheet.action.click()
    idle(qtbot, page.session)
    assert page.tabs.tabText(list(TABS).index("leaves")) == "减免（1 待批）"
    page.show_tab("leaves")
    assert names(page.leaves.table, "state") == ["待批"]
    with qtbot.waitSignal(page.session.undo_offered):
        button(page.leaves, "批准").click()
    idle(qtbot, page.session)
    assert [one.state for one in exemptions(page.session.office)] == ["已批"]
    assert not button(page.leaves, "批准").isEnabled()


def test_a_refusal_needs_a_reason(qtbot, page):
    values = {
        "ground": "产假", "first": "2024-01-01", "last": "2024-06-30", "reason": "生育",
    }  # fmt: skip
    page.show_tab("leaves")
    page.leaves.grid.empty.action.click()
    sheet = page.findChild(ChooseSheet)
    number = page.session.office.store.value("SELECT MIN(teacher_no) FROM teacher")
    for key, text in {**values, "who": number}.items():
        sheet._lines[key].setText(text)
    sheet.action.click()
    idle(qtbot, page.session)
    button(page.leaves, "不批准…").click()
    refusal = next(one for one in page.findChildren(ChooseSheet) if one.windowTitle()[0] == "不")
    refusal.action.click()
    assert refusal._problem.text() == "请写明原因。"
    refusal._lines["opinion"].setText("没有证明")
    with qtbot.waitSignal(page.session.undo_offered):
        refusal.action.click()
    idle(qtbot, page.session)
    assert names(page.leaves.table, "state") == ["未批"]


def test_a_veto_is_put_down_and_lifted(qtbot, page):
    page.teachers.table.selectRow(1)
    button(page.teachers, "否决…").click()
    sheet = page.findChild(ChooseSheet)
    sheet._lines["year"].setText("今年")
    sheet._lines["reason"].setText("通报")
    sheet.action.click()
    assert "四位数字" in sheet._problem.text()
    sheet._lines["year"].setText("2025")
    with qtbot.waitSignal(page.session.undo_offered):
        sheet.action.click()
    idle(qtbot, page.session)
    page.show_tab("vetoes")
    assert names(page.vetoes.table, "state") == ["有效"]
    button(page.vetoes, "解除…").click()
    lifting = next(one for one in page.findChildren(ChooseSheet) if one.windowTitle()[0] == "解")
    lifting._lines["because"].setText("查无此事")
    with qtbot.waitSignal(page.session.undo_offered):
        lifting.action.click()
    idle(qtbot, page.session)
    assert vetoes(page.session.office)[0].lifted_because == "查无此事"


def test_files_say_their_scope(qtbot, page, monkeypatch, tmp_path):
    asked = []

    def answer(_parent, name, _kind):
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(papers, "ask_where_to", answer)
    page.export()
    idle(qtbot, page.session)
    assert "已生成" in page.notice.text()
    page.teachers.filters.filters["state"].setCurrentIndex(1)
    page.export()
    idle(qtbot, page.session)
    assert asked == [
        "达标情况-2021-2025-全部.xlsx",
        "达标情况-2021-2025-当前筛选的5人.xlsx",
    ]
    assert all((tmp_path / name).stat().st_size for name in asked)


@pytest.mark.prints
def test_a_teacher_and_a_school_are_printed(qtbot, page, monkeypatch, tmp_path):
    asked = []

    def answer(_parent, name, _kind):
        asked.append(tmp_path / name)
        return asked[-1]

    def chosen():
        page.teachers.table.selectRow(0)
        return bool(page.teachers.table.selected_ids())

    monkeypatch.setattr(papers, "ask_where_to", answer)
    qtbot.waitUntil(chosen)
    page.print_chosen()
    idle(qtbot, page.session)
    page.show_tab("school")
    idle(qtbot, page.session)
    page.print_chosen()
    idle(qtbot, page.session)
    assert [one.name.split("-")[0] for one in asked] == ["达标核算单", "达标统计"]
    assert all(one.read_bytes().startswith(b"%PDF") for one in asked)


def test_a_period_without_rules_leads_to_the_rules(qtbot, window, page):
    page.choices.years.setCurrentIndex(page.choices.years.count() - 1)
    idle(qtbot, page.session)
    if page.listing is None:
        assert page.nothing.action.text() == "去设置规则"
        page.nothing.action.click()
        assert window.page_key == "policies"


def test_an_empty_register_says_what_to_do(qtbot, tmp_path):
    session = session_on(new_office(tmp_path), tmp_path)
    window = window_on(session, {"verdicts"}, tmp_path)
    qtbot.addWidget(window)
    idle(qtbot, session)
    assert "请先导入名册" in window.page.teachers.grid.empty.text()
    assert session.leave()


def test_in_a_low_window_the_tiles_are_folded_and_the_list_has_room(qtbot, window, page):
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: not page.strip.isVisible())
    page.strip.toggle.click()
    assert page.strip.isVisible()
    assert button(page.teachers.grid, "逐条明细…").isVisible()
    assert not page.findChildren(Sheet)
