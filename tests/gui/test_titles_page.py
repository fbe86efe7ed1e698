"""The titles' page: a batch from the first click to the certificates, and what follows of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from models.certificates.register import certificates
from models.staff.registration import change_many
from models.titles.batches import batches
from models.titles.checking import check
from models.titles.grants import grants
from models.titles.nominations import nominations
from tests.offices import new_office
from tests.people import school, teachers
from tests.titled import backbone_batch, fit_for_backbone, granted_batch, nominated, titled
from tests.windows import at_rest, window_at
from tests.workbooks import xlsx
from ui.desktop.pages.titles import desk_deeds
from ui.desktop.pages.titles.list_sheet import ListSheet
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.form.sheet import FormSheet


@pytest.fixture
def office(tmp_path):
    return new_office(tmp_path)


@pytest.fixture
def people(office):
    """Four teachers, thirteen years in service, with the hours of a backbone teacher."""
    found = teachers(office, school(office, "桦甸市第四中学"), 4, work_start="2012-08")
    fit_for_backbone(office, found)
    return found


@pytest.fixture
def opened(qtbot, office, people, tmp_path):
    """Opens the page; what a test needs beforehand it does before calling."""
    contexts = []

    def go():
        context = window_at(qtbot, office, tmp_path, "titles", "teachers", "reports")
        contexts.append(context)
        return context.__enter__().page

    yield go
    for one in contexts:
        one.__exit__(None, None, None)


def press(qtbot, widget, text):
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisible()
    ]
    assert found, text
    assert found[0].isEnabled(), text
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def answer(qtbot, page, **texts):
    """Fill the small window that is open, press its button, and wait for what comes of it."""
    sheet = [one for one in page.findChildren(ChooseSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        sheet._lines[key].setText(text)
    qtbot.mouseClick(sheet.action, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    return sheet


def fill(qtbot, page, **texts):
    """Fill the form that is open and save it."""
    sheet = [one for one in page.findChildren(FormSheet) if one.isVisible()][-1]
    for key, text in texts.items():
        sheet.form.field(key).editor.set_text(text)
    press(qtbot, sheet, "保存")
    at_rest(qtbot, page.session)
    return sheet


def texts(view, key):
    model = view.table.table
    return [model.row_at(place).texts.get(key, "") for place in range(len(model.ids))]


def turn(qtbot, page, key):
    page.show_tab(key)
    at_rest(qtbot, page.session)
    return page.views[key]


@pytest.fixture
def names(tmp_path, monkeypatch):
    """The workbook that every question for a file is answered with: three known, one unknown."""
    rows = [
        ["姓名", "单位", "实践课得分"],
        *([f"张三{n}", "桦甸市第四中学", 90] for n in "一二三"),
        ["赵敏", "桦甸市第四中学", 80],
    ]
    path = xlsx(tmp_path / "推荐.xlsx", rows)
    monkeypatch.setattr(desk_deeds, "ask_for_file", lambda *_: path)
    return path


def test_a_batch_is_begun_and_people_are_recommended_by_list(qtbot, people, opened, names):
    """Begun in its form, shared out; the list shows what cannot be taken before it is taken."""
    page = opened()
    desk = turn(qtbot, page, "batches")
    press(qtbot, desk, "开始一批…")
    fill(qtbot, page, kind="骨干教师", level="县级", number="5")
    assert desk.batches.currentText().startswith("第五期县级骨干教师")
    press(qtbot, desk, "名额…")
    answer(qtbot, page, total="3")
    press(qtbot, desk, "从名单…")
    at_rest(qtbot, page.session)
    (sheet,) = [one for one in page.findChildren(ListSheet) if one.isVisible()]
    assert sheet.lines.item(0).text().startswith("第 5 行：")
    qtbot.mouseClick(sheet.action, Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)
    assert texts(desk, "why") == ["未审核"] * 3
    press(qtbot, desk, "审核")
    at_rest(qtbot, page.session)
    assert texts(desk, "why") == ["符合"] * 3


def test_a_list_becomes_titles_with_certificates_by_clicks(qtbot, office, people, opened):
    """Published, objected to, decided on, granted, issued; the tab of titles shows them."""
    batch_id = backbone_batch(office)
    nominated(office, batch_id, people[:3])
    check(office, batch_id)
    page = opened()
    desk = turn(qtbot, page, "batches")
    press(qtbot, desk, "公示…")
    answer(qtbot, page, first="2025-09-10", last="2025-09-15")
    assert texts(desk, "state") == ["公示"] * 3
    for given in ({"text": "论文存疑"}, {"upheld": "成立", "decision": "查实"}):
        desk.table.selectRow(0)
        press(qtbot, desk.card, "异议…")
        answer(qtbot, page, **given)
    assert sorted(texts(desk, "state")) == ["公示", "公示", "已退出"]
    press(qtbot, desk, "认定…")
    answer(qtbot, page, document="桦教发1号")
    assert "认定 2 人" in desk.figures.text()
    press(qtbot, desk, "发证")
    at_rest(qtbot, page.session)
    issued = {one.number for one in certificates(page.session.office)}
    assert {one.certificate_no for one in grants(page.session.office)} == issued
    held = turn(qtbot, page, "holders")
    assert texts(held, "title") == ["县级骨干教师"] * 2
    assert page.count.text() == "共 2 个，有效的 2 人"


def test_a_refusal_stands_in_the_window_that_asked(qtbot, office, people, opened):
    """A list that hangs too short: the sentence stays, nothing is written, the next try works."""
    batch_id = backbone_batch(office)
    nominated(office, batch_id, people[:1])
    check(office, batch_id)
    page = opened()
    desk = turn(qtbot, page, "batches")
    press(qtbot, desk, "公示…")
    sheet = answer(qtbot, page, first="2025-09-10", last="2025-09-11")
    assert sheet.isVisible()
    assert "公示只有 2 天" in sheet._problem.text()
    answer(qtbot, page, last="2025-09-20")
    assert batches(page.session.office)[0].listed == 1


def test_a_rule_is_set_aside_and_materials_are_changed(qtbot, office, people, opened):
    """What is in the way stands in the line and on the card; 破格 takes it out."""
    batch_id = backbone_batch(office)
    change = [people[3]]
    nominated(office, batch_id, change, lesson_score=None)
    check(office, batch_id)
    page = opened()
    desk = turn(qtbot, page, "batches")
    desk.table.selectRow(0)
    assert "没有实践课得分，无法判断" in texts(desk, "why")[0]
    press(qtbot, desk.card, "材料…")
    answer(qtbot, page, lesson_score="91")
    assert texts(desk, "why") == ["未审核"]
    press(qtbot, desk, "审核")
    at_rest(qtbot, page.session)
    assert texts(desk, "why") == ["符合"]
    desk.table.selectRow(0)
    press(qtbot, desk.card, "退出…")
    answer(qtbot, page, reason="本人放弃")
    assert nominations(page.session.office)[0].reason == "本人放弃"


def test_a_waiver_is_asked_for_by_its_condition(qtbot, office, people, opened):
    """Only what is in the way is offered; the reason stands in the list."""
    (young,) = teachers(office, school(office, "桦甸市第五中学"), 1, work_start="2023-08")
    fit_for_backbone(office, [young])
    batch_id = backbone_batch(office)
    nominated(office, batch_id, [young])
    check(office, batch_id)
    page = opened()
    desk = turn(qtbot, page, "batches")
    desk.table.selectRow(0)
    press(qtbot, desk.card, "破格…")
    answer(qtbot, page, reason="市优质课特等奖")
    assert texts(desk, "why") == ["破格（教龄满 5 年）：市优质课特等奖"]


def test_titles_are_entered_kept_and_withdrawn(qtbot, office, people, opened):
    """登记, 履职, 取消 with its consequence; the certificate goes with it; undo brings it back."""
    page = opened()
    view = turn(qtbot, page, "holders")
    press(qtbot, view, "登记称号…")
    number = str(office_value(page, "SELECT teacher_no FROM teacher WHERE id = ?", people[0]))
    answer(qtbot, page, teachers=number)
    fill(qtbot, page, title="市级骨干教师", granted_on="2024-09-01")
    assert texts(view, "title") == ["市级骨干教师"]
    view.table.selectRow(0)
    press(qtbot, view.card, "履职…")
    fill(qtbot, page, kind="学科培训资源", what="课件一套")
    view.table.selectRow(0)
    press(qtbot, view.card, "取消…")
    sheet = answer(qtbot, page)
    assert "没有写取消的原因" in sheet._problem.text()
    answer(qtbot, page, reason="没有履行带徒协议")
    assert texts(view, "state") == ["已取消"]
    (one,) = grants(page.session.office)
    assert one.consequence == "收回证书，两年内不得再次推荐。"
    page.session.undo(
        str(office_value(page, "SELECT id FROM operation WHERE kind = 'titles.withdraw' AND ?", 1))
    )
    at_rest(qtbot, page.session)
    assert texts(view, "state") == ["有效"]


def office_value(page, sql, value):
    """One value of the office's file as the window reads it."""
    return page.session.office.store.value(sql, (value,))


def test_what_differs_from_the_register_is_told_and_put_right(qtbot, office, people, opened):
    """A level that only the register knows: the bar says so, one click takes it in."""
    change_many(office, people[:2], "backbone", "41")
    page = opened()
    view = turn(qtbot, page, "holders")
    assert "有 2 名教师在名册中的骨干级别" in view.notice.accessibleName()
    press(qtbot, view.notice, "更新名册")
    at_rest(qtbot, page.session)
    assert texts(view, "title") == ["县级骨干教师"] * 2
    assert not view.notice.isVisible()


def test_registrations_of_a_year_are_decided(qtbot, office, people, opened):
    """One button passes who did everything; others need a reason; re-checks prolong."""
    one = titled(office, people[0], "县级教学能手", granted_on="2022-12-01")
    titled(office, people[1], "县级骨干教师", granted_on="2022-12-01")
    page = opened()
    view = turn(qtbot, page, "holders")
    view.table.selectRow([*view.table.table.ids].index(one.id))
    press(qtbot, view.card, "履职…")
    fill(qtbot, page, kind="公开课、示范课", what="研究课", done_on="2025-05-01")
    view = turn(qtbot, page, "reviews")
    assert sorted(texts(view, "proposed")) == sorted(["合格", "暂不建议"])
    press(qtbot, view, "建议合格的全部合格")
    at_rest(qtbot, page.session)
    assert sorted(texts(view, "done")) == ["合格", "未办"]
    view.table.selectRow(texts(view, "done").index("未办"))
    press(qtbot, view.card, "缓办…")
    answer(qtbot, page, reason="产假")
    assert sorted(texts(view, "done")) == ["合格", "缓办"]
    view.table.selectRow(texts(view, "title").index("县级教学能手"))
    press(qtbot, view.card, "删除履职…")
    answer(qtbot, page)
    assert texts(view, "duties").count("公开课、示范课 0/1 次") == 1
    view.what.setCurrentIndex(view.what.count() - 1)
    at_rest(qtbot, page.session)
    assert texts(view, "title") == ["县级骨干教师"]
    view.table.selectRow(0)
    press(qtbot, view.card, "合格")
    at_rest(qtbot, page.session)
    found = {each.title: each.ends_on for each in grants(page.session.office)}
    assert found["县级骨干教师"] == "2028-11-30"


def test_the_matrix_shows_where_nobody_holds_a_title(qtbot, office, people, opened):
    """Holes in red, what is lacking as a number, and only they where asked."""
    teachers(office, school(office, "桦甸市实验小学"), 3, stage="2", subject="101")
    titled(office, people[0], "县级骨干教师")
    page = opened()
    view = turn(qtbot, page, "coverage")
    assert texts(view, "subject") == ["语文", "数学"]
    assert texts(view, "state") == ["空白", "达到"]
    assert "✗ 县级骨干教师占 15%：7 人中 1 人" in view.figures.text()
    view.only_holes.click()
    assert texts(view, "subject") == ["语文"]


def test_the_menu_and_other_pages_lead_to_titles(qtbot, office, people, opened):
    """Papers and the teacher are one step away; words from elsewhere find the title."""
    granted_batch(office, people[:2])
    page = opened()
    view = turn(qtbot, page, "holders")
    view.table.selectRow(0)
    menu = QMenu()
    view.deeds.fill_menu(menu)
    went = []
    page.session.go.connect(lambda *where: went.append(where))
    next(one for one in menu.actions() if one.text() == "业务档案").trigger()
    assert went == [("reports", "title-file")]
    page.shown("张三二")
    at_rest(qtbot, page.session)
    assert texts(view, "name") == ["张三二"]
    page.shown("coverage")
    at_rest(qtbot, page.session)
    assert page.tab == "coverage"


def test_an_empty_office_says_how_to_begin(qtbot, office, opened):
    """Each tab says what is missing and offers the first step."""
    page = opened()
    view = turn(qtbot, page, "holders")
    assert not view.grid.shows_table
    desk = turn(qtbot, page, "batches")
    assert not desk.grid.shows_table
    press(qtbot, desk.grid, "开始一批…")
    assert any(one.isVisible() for one in page.findChildren(FormSheet))
