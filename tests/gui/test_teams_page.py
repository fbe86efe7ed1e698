"""The teams' page: from a new team to hours in the ledger, and from a hole to a team, by clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from models.teams.listing import member_rows, served_schools, team_rows
from models.teams.plans import plans, save_plan, submit_plans
from models.training.listing import EntryFilter, entry_ids
from tests.offices import new_office
from tests.people import teachers
from tests.teams import maths_team, staffed
from tests.windows import at_rest, window_at
from tests.workbooks import xlsx
from ui.desktop.pages.teams.people import PeopleSheet
from ui.desktop.widgets import saving
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.sheet import FormSheet

NAME = "初中数学辅导团队"


@pytest.fixture
def office(tmp_path):
    return new_office(tmp_path)


@pytest.fixture
def people(office):
    found = staffed(office)
    teachers(office, found.village, 2, track="2", subject="115")
    return found


@pytest.fixture
def window(qtbot, office, people, tmp_path):
    maths_team(office, people)
    with window_at(qtbot, office, tmp_path, "teams", "teachers", "reports") as found:
        yield found


@pytest.fixture
def page(window):
    return window.page


def press(qtbot, widget, text):
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisible()
    ]
    assert found, text
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def answer(widget, **texts):
    """Fill the small window that is open and press its button."""
    sheet = [one for one in widget.findChildren(ChooseSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        sheet._lines[key].setText(text)
    sheet.action.click()
    return sheet


def fill(widget, **texts):
    sheet = [one for one in widget.findChildren(FormSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        sheet.form.field(key).editor.set_text(text)
    return sheet


def texts(part, key):
    model = part.table.table
    return [model.row_at(place).texts.get(key, "") for place in range(len(model.ids))]


def opened(qtbot, page, place):
    page.table.selectRow(0)
    press(qtbot, page.card, "打开")
    page.desk.tabs.setCurrentIndex(place)
    at_rest(qtbot, page.session)
    return page.desk.parts[place]


def test_a_team_is_set_up_in_its_form_and_what_it_lacks_is_told(qtbot, page):
    press(qtbot, page, "组建团队")
    sheet = fill(page, kind="学科版主", name="初中物理版主", stage="初中", subject="物理")
    press(qtbot, sheet, "保存")
    qtbot.waitUntil(lambda: "要有所在校" in sheet.notice.text())
    fill(page, host="桦甸市红石中学")
    press(qtbot, sheet, "保存")
    qtbot.waitUntil(lambda: "初中物理版主" in texts(page, "name"))
    identity = page.table.table.ids[texts(page, "name").index("初中物理版主")]
    found = page.details(identity)
    assert (found.state, found.later[0].value) == ("需处理", "需要处理")
    assert "缺版主" in [one.value for one in found.later]
    assert any("全面推进文本" in one.value for one in found.later)
    page.table.choose(identity)
    press(qtbot, page.card, "修改…")
    sheet = fill(page, remark="试办")
    press(qtbot, sheet, "保存")
    qtbot.waitUntil(lambda: "试办" in [one.value for one in page.details(identity).facts])


def test_members_come_with_exceptions_and_go(qtbot, page):
    members = opened(qtbot, page, 0)
    assert texts(members, "role")[:2] == ["负责人", "成员"]
    press(qtbot, members, "增加成员…")
    numbers = [one.shown["teacher_no"] for one in member_rows(page.session.office)]
    office = page.session.office
    stranger = office.store.value(
        "SELECT teacher_no FROM teacher WHERE backbone IS NULL AND subject = '102'"
    )
    assert stranger not in numbers
    sheet = answer(members, teachers=stranger, role="成员")
    qtbot.waitUntil(lambda: "写明特例的理由" in sheet._problem.text())
    answer(members, exception="优质课获奖")
    qtbot.waitUntil(lambda: "特例：优质课获奖" in texts(members, "remark"))
    members.table.selectRow(texts(members, "remark").index("特例：优质课获奖"))
    press(qtbot, members, "离任…")
    answer(members, reason="调出")
    qtbot.waitUntil(lambda: "特例：优质课获奖；调出" in texts(members, "remark"))
    current = list(zip(texts(members, "role"), texts(members, "name"), strict=True))
    members.table.selectRow(current.index(("成员", "张三一")))
    press(qtbot, members, "改任…")
    answer(members, role="技术支持团队")
    qtbot.waitUntil(lambda: "改任技术支持团队" in texts(members, "remark"))
    assert texts(members, "role").count("技术支持团队") == 2


def test_a_plan_is_written_handed_in_and_approved(qtbot, page):
    tab = opened(qtbot, page, 1)
    press(qtbot, tab, "写计划…")
    sheet = [one for one in tab.findChildren(ChooseSheet) if one.isVisible()][-1]
    sheet.items.setPlainText("讲故事 2")
    answer(tab, goals="提高效率")
    qtbot.waitUntil(lambda: "没有“讲故事”" in sheet._problem.text())
    sheet.items.setPlainText("专题讲座 2 新课标解读")
    sheet.action.click()
    qtbot.waitUntil(lambda: texts(tab, "state") == ["未提交"])
    (plan,) = plans(page.session.office)
    assert [one.words for one in plan.items] == ["新课标解读"]
    for button, state in (("提交", "待审批"), ("批准…", "已批准")):
        tab.table.selectRow(0)
        press(qtbot, tab, button)
        if button.endswith("…"):
            answer(tab)
        qtbot.waitUntil(lambda state=state: texts(tab, "state") == [state])
    tab.table.selectRow(0)
    press(qtbot, tab, "退回…")
    asked = answer(tab)
    qtbot.waitUntil(lambda: "没有写退回的原因" in asked._problem.text())
    answer(tab, words="缺评价")
    qtbot.waitUntil(lambda: texts(tab, "state") == ["退回"])
    tab.table.selectRow(0)
    press(qtbot, tab, "修改…")
    again = [one for one in tab.findChildren(ChooseSheet) if one.isVisible()][-1]
    assert again.items.toPlainText() == "专题讲座 2 新课标解读"
    again.reject()


def test_an_activity_brings_hours_once_and_gives_them_back(
    qtbot, window, page, tmp_path, monkeypatch
):
    tab = opened(qtbot, page, 2)
    press(qtbot, tab, "登记活动…")
    sheet = fill(tab, kind="专题讲座", topic="函数教学", held_on="2025-09-10")
    press(qtbot, sheet, "保存")
    qtbot.waitUntil(lambda: "没有填学时" in sheet.notice.text())
    fill(tab, hours="3")
    press(qtbot, sheet, "保存")
    qtbot.waitUntil(lambda: texts(tab, "topic") == ["函数教学"])
    note_people(qtbot, tab, tmp_path, monkeypatch)
    press(qtbot, tab, "记学时")
    qtbot.waitUntil(lambda: texts(tab, "posted") == ["2025-09-20"])
    office = page.session.office
    assert "已登记学时 6 人次" in page.notice.text()
    assert "工作计划还没有批准" in page.notice.text()
    assert len(entry_ids(office, EntryFilter(standing=True))) == 6
    tab.table.selectRow(0)
    press(qtbot, tab, "撤回学时…")
    answer(tab, reason="学时写错")
    qtbot.waitUntil(lambda: texts(tab, "posted") == ["未入账"])
    assert entry_ids(office, EntryFilter(standing=True, source="")) == []
    tab.table.selectRow(0)
    press(qtbot, tab, "修改…")
    form = fill(tab, hours="2")
    assert form.form.field("kind").editor.text() == "专题讲座"
    press(qtbot, form, "保存")
    qtbot.waitUntil(lambda: texts(tab, "measure") == ["2 学时"])
    tab.table.selectRow(0)
    press(qtbot, tab, "删除")
    qtbot.waitUntil(lambda: texts(tab, "topic") == [])


def note_people(qtbot, tab, tmp_path, monkeypatch):
    """Trainers of the team, its audience, and one from a list; then one is taken off again."""
    tab.table.selectRow(0)
    press(qtbot, tab, "人员…")
    (sheet,) = (one for one in tab.findChildren(PeopleSheet) if one.isVisible())
    press(qtbot, sheet, "本团队培训者")
    qtbot.waitUntil(lambda: texts(sheet, "part") == ["主讲"] * 3)
    press(qtbot, sheet, "服务对象")
    qtbot.waitUntil(lambda: texts(sheet, "part") == ["主讲"] * 3 + ["参加"] * 3)
    assert set(texts(sheet, "hours")) == {"6", "3"}
    store = tab.session.office.store
    number = store.value("SELECT id_number FROM teacher WHERE subject = '115'")
    path = xlsx(tmp_path / "签到.xlsx", [["身份证号", "姓名", "学时"], [number, "张三一", 1]])
    monkeypatch.setattr(saving.QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    press(qtbot, sheet, "从工作簿…")
    qtbot.waitUntil(lambda: len(texts(sheet, "part")) == 7)
    teacher = store.value("SELECT id FROM teacher WHERE id_number = ?", (number,))
    sheet.table.choose(teacher)
    press(qtbot, sheet, "移除")
    qtbot.waitUntil(lambda: len(texts(sheet, "part")) == 6)
    press(qtbot, sheet, "增加…")
    asked = answer(sheet, teachers="无此人")
    qtbot.waitUntil(lambda: "没有编号或姓名为" in asked._problem.text())
    asked.reject()
    press(qtbot, sheet, "关闭")


def test_the_first_page_leads_to_what_waits(qtbot, office, people, tmp_path):
    team = maths_team(office, people)
    save_plan(office, team, "2025-2026-1", "目标", "研讨 1")
    submit_plans(office, [one.id for one in plans(office)])
    with window_at(qtbot, office, tmp_path, "home", "teams") as window:
        words = [one.text() for one in window.page.findChildren(QLabel)]
        assert "1 份团队工作计划待审批" in words
        found = [one for one in window.page.findChildren(QPushButton) if one.text() == "去审批"]
        qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
        assert window.page_key == "teams"


def test_a_year_is_evaluated(qtbot, page):
    tab = opened(qtbot, page, 3)
    press(qtbot, tab, "考核…")
    sheet = answer(tab, score="很好")
    qtbot.waitUntil(lambda: "“很好”不是数" in sheet._problem.text())
    answer(tab, score="92", remark="扎实")
    qtbot.waitUntil(lambda: texts(tab, "grade") == ["优秀"])
    press(qtbot, tab, "考核…")
    answer(tab, whom="李春（负责人）", grade="良好")
    qtbot.waitUntil(lambda: texts(tab, "whom") == ["全团队", "李春（负责人）"])


def test_a_hole_is_seen_and_filled_by_whom_the_program_proposes(qtbot, page):
    press(qtbot, page, "覆盖情况")
    view = page.coverage
    qtbot.waitUntil(lambda: texts(view, "subject") == ["数学", "物理"])
    assert "2 处中空缺 1 处" in view.figures.text()
    view.only_holes.click()
    assert texts(view, "track2") == ["空缺（教师 2 人）"]
    model = view.table.table
    assert model.row_at(0).tones == {"track2": "error"}
    view.table.selectRow(0)
    qtbot.waitUntil(lambda: view.begin.isEnabled())
    press(qtbot, view.card, "组建团队…")
    sheet = answer(page)
    assert sheet._lines["kind"].text() == "学科版主"
    assert sheet._lines["host"].text() == "桦甸市红石中学"
    qtbot.waitUntil(lambda: "写明特例的理由" in sheet._problem.text())
    answer(page, exception="本学科没有骨干教师")
    qtbot.waitUntil(lambda: view.grid.empty.isVisible())
    press(qtbot, view, "返回列表")
    found = team_rows(page.session.office, "物理")
    assert (found[0].shown["kind"], len(found[0].leaders)) == ("学科版主", 1)


def test_the_workload_leads_to_the_teacher(qtbot, window, page, people):
    press(qtbot, page, "工作量")
    view = page.loads
    qtbot.waitUntil(lambda: len(texts(view, "name")) == 3)
    assert set(texts(view, "enough")) == {"否"}
    assert "现有 3 人" in view.figures.text()
    view.table.choose(people.leader)
    view.table.opened.emit(people.leader)
    assert window.page_key == "teachers"
    assert window.page.table.current_id() == people.leader


def test_the_menu_sets_whom_it_serves_prints_and_ends_it(qtbot, window, page):
    page.table.selectRow(0)
    team = page.chosen()
    menu = QMenu(page)
    page.deeds.fill_menu(menu)
    actions = {one.text(): one for one in menu.actions() if one.text()}
    actions["服务学校…"].trigger()
    sheet = answer(page, names="没有的学校")
    qtbot.waitUntil(lambda: "机构名录中没有" in sheet._problem.text())
    answer(page, names="桦甸市红石中学")
    at_rest(qtbot, page.session)
    assert list(served_schools(page.session.office, team).values()) == ["桦甸市红石中学"]
    actions["负责课程…"].trigger()
    sheet = answer(page, names="2025-999")
    qtbot.waitUntil(lambda: "没有编号为“2025-999”的课程" in sheet._problem.text())
    sheet.reject()
    actions["结束团队…"].trigger()
    answer(page, reason="任期届满")
    qtbot.waitUntil(lambda: texts(page, "state") == ["已结束"])
    actions["打印工作手册"].trigger()
    at_rest(qtbot, page.session)
    assert window.page_key == "reports"
    menu.deleteLater()


def test_the_search_narrows_the_list(qtbot, page):
    page.search.setText("李春")
    qtbot.waitUntil(lambda: page.count.text() == "找到 1 个")
    page.search.setText("没有")
    qtbot.waitUntil(lambda: page.count.text() == "找到 0 个")
