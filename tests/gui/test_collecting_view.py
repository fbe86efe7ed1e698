"""The tab of collecting: templates out, what came back, what is open, the bad rows back."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from models.staff.queries import TeacherFilter, teacher_ids
from tests.collecting import FIFTH, FOURTH, fill, newcomer, sent_out, two_schools
from tests.offices import new_office
from tests.windows import at_rest, press, window_at
from ui.desktop.pages.uploads.collect_sheets import AnswersSheet
from ui.desktop.widgets.choose import ChooseSheet


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    two_schools(office, people=2)
    return office


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that every question for one is answered with."""
    found = tmp_path / "盘"
    found.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(found))
    return found


@pytest.fixture
def opened(qtbot, office, tmp_path):
    """Opens the tab; what a test needs beforehand it does before calling."""
    contexts = []

    def go():
        context = window_at(qtbot, office, tmp_path, "uploads", "teachers")
        contexts.append(context)
        page = context.__enter__().page
        page.show_tab("collect")
        at_rest(qtbot, page.session)
        return page

    yield go
    for one in contexts:
        one.__exit__(None, None, None)


def texts(table, key):
    return [table.table.row_at(place).texts[key] for place in range(len(table.table.ids))]


def test_templates_go_out_and_who_is_missing_is_seen(qtbot, opened, folder):
    page = opened()
    view = page.collect
    press(qtbot, page, view.schools.grid, "生成学校模板…")
    sheet = [one for one in page.findChildren(ChooseSheet) if one.isVisible()][-1]
    sheet._lines["schools"].setText("哪有这所学校")
    press(qtbot, page, sheet, "下一步")
    assert "机构名录里没有“哪有这所学校”" in sheet._problem.text()
    sheet._lines["schools"].setText("")
    sheet._lines["due"].setText("2025-12-10")
    press(qtbot, page, sheet, "下一步")
    assert len(list(folder.glob("*.xlsx"))) == 2
    assert set(texts(view.schools.table, "school")) == {FIFTH, FOURTH}
    assert "请 2025-12-10 前交" in view.figures.text()
    assert page.count.text() == "2 所学校，未交 2 所"


def test_a_folder_is_read_taken_and_its_bad_rows_go_back(qtbot, office, opened, folder, tmp_path):
    """A good row goes in, a bad one goes back; what is not ticked stays out."""
    made = {one.school: one.path for one in sent_out(office, tmp_path / "发出").files}
    fill(made[FOURTH], newcomer(31), newcomer(32, 身份证号="123"), out=folder / "四中.xlsx")
    shutil.copy(made[FIFTH], folder / "五中.xlsx")
    page = opened()
    view = page.collect
    press(qtbot, page, view, "读交回的表…")
    sheet = [one for one in page.findChildren(AnswersSheet) if one.isVisible()][-1]
    assert len(sheet.ticked()) == 2
    place = [one.path.name for one in sheet.found.answers.files].index("五中.xlsx")
    sheet.grid.item(place, 0).setCheckState(Qt.CheckState.Unchecked)
    press(qtbot, page, sheet, "收下这 1 份")
    assert len(teacher_ids(page.session.office, TeacherFilter())) == 5
    schools = view.schools.table
    states = dict(zip(texts(schools, "school"), texts(schools, "state"), strict=True))
    assert states == {FIFTH: "未交", FOURTH: "有要改的"}
    view.tabs.setCurrentIndex(1)
    assert texts(view.questions.table, "kind") == ["学校改"]
    press(qtbot, page, view, "退回有问题的行…")
    assert len(list(folder.glob("*.xlsx"))) == 3
    assert texts(view.questions.table, "state") == ["已退回学校"]
    view.questions.table.selectRow(0)
    press(qtbot, page, view.questions, "标为已处理")
    assert not view.questions.grid.shows_table
