"""The trainings' page: from a new course to hours in the ledger, by clicks."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QMenu, QPushButton

from models.training import approvals, courses, enrolments
from tests.offices import new_office
from tests.people import school, teachers
from tests.windows import session_on, window_on
from ui.desktop.pages.courses import tab
from ui.desktop.pages.courses.bodies import BodiesSheet
from ui.desktop.pages.courses.scores import read_parts
from ui.desktop.widgets import saving
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.sheet import FormSheet

COURSE = {
    "title": "师德讲堂",
    "year": 2025,
    "hours": Decimal(16),
    "start_date": "2025-09-01",
    "end_date": "2025-09-30",
}


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    fourth = school(office, "桦甸市第四中学")
    teachers(office, fourth, 3)
    courses.register(office, {**COURSE, "gated": True, "quota": 3})
    plan = courses.register(office, {**COURSE, "title": "校本研修"}, filed_by=fourth).course_id
    approvals.file_plans(office, [plan])
    return office


@pytest.fixture
def window(qtbot, office, tmp_path):
    session = session_on(office, tmp_path)
    found = window_on(session, {"courses", "teachers"}, tmp_path)
    qtbot.addWidget(found)
    found.go("courses")
    quiet(qtbot, session)
    yield found
    quiet(qtbot, session)
    assert session.leave()


@pytest.fixture
def page(window):
    return window.page


def quiet(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy)


def press(widget, text):
    found = [one for one in widget.findChildren(QPushButton) if one.text().strip() == text]
    assert found, text
    found[0].click()


def answer(widget, **texts):
    """Fill the small window that is open and press its button."""
    sheet = [one for one in widget.findChildren(ChooseSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        sheet._lines[key].setText(text)
    sheet.action.click()
    return sheet


def named(page, title):
    model = page.table.table
    rows = {model.row_at(n).texts["title"]: one for n, one in enumerate(model.ids)}
    return rows[title]


def texts(part, key):
    model = part.table.table
    return [model.row_at(place).texts[key] for place in range(len(model.ids))]


def opened(qtbot, page, title):
    page.table.choose(named(page, title))
    press(page.card, "打开")
    quiet(qtbot, page.session)
    return page.desk


def turn(qtbot, page, place):
    page.desk.tabs.setCurrentIndex(place)
    quiet(qtbot, page.session)
    return page.desk.parts[place]


def test_a_course_is_entered_with_hours_from_its_days(qtbot, page):
    press(page, "新增培训")
    sheet = page.findChild(FormSheet)
    sheet.form.field("title").editor.set_text("暑期培训")
    sheet.form.field("days").editor.set_text("2.5")
    sheet.form.field("theme").editor.set_text("全员培训")
    with qtbot.waitSignal(page.session.undo_offered):
        press(sheet, "保存")
    qtbot.waitUntil(lambda: "折算为 20 学时" in page.notice.text())
    page.table.choose(named(page, "暑期培训"))
    assert page.details(named(page, "暑期培训")).state == "进行中"
    facts = {fact.title: fact.value for fact in page.details(page.chosen()).facts}
    assert (facts["学时"], facts["项目类别"], facts["分类"]) == ("20", "全员培训", "全员")


def test_a_course_is_changed_in_its_form(qtbot, page):
    page.table.choose(named(page, "师德讲堂"))
    press(page.card, "修改…")
    sheet = page.findChild(FormSheet)
    assert sheet.form.field("quota").editor.text() == "3"
    sheet.form.field("place").editor.set_text("报告厅")
    with qtbot.waitSignal(page.session.undo_offered):
        press(sheet, "保存")
    facts = {fact.title: fact.value for fact in page.details(named(page, "师德讲堂")).facts}
    assert (facts["地点"], facts["考前审核资格"], facts["学时"]) == ("报告厅", "是", "16")


def test_a_plan_is_approved_from_its_menu_and_the_card_tells(qtbot, page):
    plan = named(page, "校本研修")
    page.table.choose(plan)
    menu = QMenu(page)
    page.deeds.fill_menu(menu)
    actions = {one.text(): one for one in menu.actions()}
    assert {"批准…", "退回…", "写审核意见…"} <= actions.keys()
    actions["批准…"].trigger()
    answer(page, words="同意")
    qtbot.waitUntil(lambda: "师德" in page.notice.text())
    assert page.details(plan).state == "进行中"
    assert [fact.value for fact in page.details(plan).later][1:] == [
        "申报，王老师",
        "批准，王老师，同意",
    ]
    menu.deleteLater()


def test_the_desk_takes_people_from_choice_to_the_ledger(qtbot, window, page, office):
    desk = opened(qtbot, page, "师德讲堂")
    assert desk.isVisible()
    choose_people(qtbot, desk.parts[0])
    hold_a_session(qtbot, window, turn(qtbot, page, 1))
    pass_the_gate(qtbot, turn(qtbot, page, 2))
    give_marks(qtbot, turn(qtbot, page, 3))
    hours = turn(qtbot, page, 4)
    press(hours, "记学时")
    qtbot.waitUntil(lambda: texts(hours, "posted") == ["已入账"] * 3)
    assert "已为 3 人登记学时" in page.notice.text()
    press(desk, "返回列表")
    assert page.list_body.isVisible()
    assert not desk.isVisible()


def choose_people(qtbot, people):
    press(people, "个人选报…")
    answer(people, school="桦甸市第四中学")
    qtbot.waitUntil(lambda: texts(people, "state") == ["待学校意见"] * 3)
    people.table.selectAll()
    press(people, "学校意见…")
    answer(people, opinion="支持")
    qtbot.waitUntil(lambda: texts(people, "state") == ["待县批准"] * 3)
    people.table.selectAll()
    press(people, "县批准…")
    answer(people)
    qtbot.waitUntil(lambda: texts(people, "state") == ["已批准"] * 3)


def hold_a_session(qtbot, window, sign_in):
    press(sign_in, "登记上课…")
    with qtbot.waitSignal(sign_in.session.runner.refused) as refused:
        answer(sign_in, day="2025-10-08")
    assert "不在“师德讲堂”的" in refused.args[0].message
    close_messages(window)
    press(sign_in, "登记上课…")
    answer(sign_in, day="2025.9.8", hours="4")
    qtbot.waitUntil(lambda: sign_in.sessions.count() == 1)
    press(sign_in, "全到")
    qtbot.waitUntil(lambda: texts(sign_in, "presence") == ["到"] * 3)
    sign_in.table.selectRow(2)
    sign_in.marks.menu().actions()[3].trigger()
    qtbot.waitUntil(lambda: texts(sign_in, "presence") == ["到", "到", "缺勤"])


def pass_the_gate(qtbot, work):
    assert texts(work, "gate") == ["不具备"] * 3
    work.table.selectAll()
    press(work, "登记…")
    answer(work, homework="1", posts="5", quality="70")
    qtbot.waitUntil(lambda: texts(work, "gate") == ["具备", "具备", "不具备"])
    assert texts(work, "missing")[2] == "学时0%，应有100%"
    work.table.selectRow(2)
    press(work, "准予考试…")
    answer(work, reason="病愈返岗")
    qtbot.waitUntil(lambda: texts(work, "gate") == ["具备"] * 3)


def give_marks(qtbot, scores):
    press(scores, "成绩组成…")
    answer(scores, parts="考试 70，过程 30")
    qtbot.waitUntil(lambda: "考试 70%＋过程 30%" in scores.note.text())
    scores.table.selectAll()
    press(scores, "录成绩…")
    sheet = [one for one in scores.findChildren(ChooseSheet) if one.isVisible()][-1]
    for line, mark in zip(sheet._lines.values(), ("80", "90"), strict=True):
        line.setText(mark)
    sheet.action.click()
    qtbot.waitUntil(lambda: texts(scores, "score") == ["83"] * 3)


def close_messages(window):
    """Shut the message that a refusal opened."""
    for one in window.findChildren(QPushButton):
        if one.isVisible() and one.text() in ("知道了", "关闭", "确定") and one.window() != window:
            one.click()


def test_a_school_beyond_its_quota_is_told_and_nobody_enrols(qtbot, page, office):
    desk = opened(qtbot, page, "师德讲堂")
    people = desk.parts[0]
    press(people, "定名额…")
    answer(people, school="桦甸市第四中学", quota="2")
    qtbot.waitUntil(lambda: "0/2" in people.note.text())
    with qtbot.waitSignal(page.session.runner.refused) as refused:
        press(people, "报名…")
        answer(people)
    assert "名额 2 人，报名将达 3 人" in refused.args[0].message
    assert texts(people, "name") == []
    close_messages(page.window())


def test_a_replaced_nominee_stays_in_the_list(qtbot, page, office):
    desk = opened(qtbot, page, "师德讲堂")
    people = desk.parts[0]
    numbers = [row[0] for row in page.session.office.store.query("SELECT teacher_no FROM teacher")]
    press(people, "报名…")
    answer(people, numbers=numbers[0])
    qtbot.waitUntil(lambda: texts(people, "state") == ["已批准"])
    people.table.selectRow(0)
    press(people, "更换人选…")
    answer(people, number=numbers[1], reason="产假")
    qtbot.waitUntil(lambda: sorted(texts(people, "state")) == ["已批准", "已更换"])
    assert "产假" in texts(people, "reason")


def test_sheets_go_out_and_come_back(qtbot, page, tmp_path, monkeypatch):
    course = named(page, "师德讲堂")

    def enrolled(office, _progress):
        ids = [row[0] for row in office.store.query("SELECT id FROM teacher")]
        return enrolments.enrol(office, course, ids)

    page.session.write("报名", enrolled)
    quiet(qtbot, page.session)
    opened(qtbot, page, "师德讲堂")
    work = turn(qtbot, page, 2)
    out = tmp_path / "作业.xlsx"
    monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    monkeypatch.setattr(saving.QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    work.export("work", "登记表")
    qtbot.waitUntil(lambda: "已写出" in page.notice.text())
    book = load_workbook(out)
    book.worksheets[0]["E3"] = 6
    book.save(out)
    work.take("登记表", tab.Lazy("ui.desktop.pages.courses.jobs", "take_work_sheet"))
    qtbot.waitUntil(lambda: texts(work, "posts") == ["6", "0", "0"])


def test_who_may_train_is_entered_accredited_and_warned(qtbot, page):
    press(page, "培训机构…")
    sheet = page.findChild(BodiesSheet)
    press(sheet, "登记…")
    answer(sheet, name="桦甸市第四中学")
    qtbot.waitUntil(lambda: texts(sheet, "state") == ["申请中"])
    press(sheet, "认定…")
    asked = answer(sheet, day="2020-01-01")
    qtbot.waitUntil(lambda: "已经过去" in asked._problem.text())
    asked._lines["day"].setText("2028-08-31")
    asked.action.click()
    qtbot.waitUntil(lambda: texts(sheet, "state") == ["已认定"])
    press(sheet, "黄牌警告…")
    answer(sheet, opinion="课时不足", day="2025-12-31")
    qtbot.waitUntil(lambda: texts(sheet, "card") == ["黄牌"])
    press(sheet, "复查…")
    answer(sheet, verdict="不合格", opinion="没有整改")
    qtbot.waitUntil(lambda: texts(sheet, "state") == ["已取消"])
    press(sheet, "关闭")


def test_parts_of_a_score_are_read_as_typed():
    parts = read_parts("考试 70%，平时 29.5；作业0.5")
    assert [(one.name, one.weight) for one in parts] == [
        ("考试", Decimal(70)),
        ("平时", Decimal("29.5")),
        ("作业", Decimal("0.5")),
    ]
