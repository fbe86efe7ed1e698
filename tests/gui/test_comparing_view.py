"""The tab of comparing: an export is read, sides are chosen field by field, one step is written."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from models.training.listing import EntryFilter, entry_ids, entry_rows
from models.uploads.building import build
from models.uploads.differences import Side
from tests.offices import new_office
from tests.uploads import county, national, wish
from tests.windows import at_rest, window_at
from ui.desktop.pages.uploads import comparing


@pytest.fixture
def page(qtbot, tmp_path, monkeypatch):
    """Three people sent; there one has other hours and organiser, one is missing."""
    office = new_office(tmp_path)
    county(office, level="40")
    path = tmp_path / "导出.xlsx"
    build(office, national(office), wish(), path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    titles = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, titles["培训获得学时"]).value = 20
    sheet.cell(2, titles["培训机构名称"]).value = "省教育学院"
    sheet.delete_rows(4)
    book.save(path)
    monkeypatch.setattr(comparing, "ask_for_file", lambda *_: path)
    with window_at(qtbot, office, tmp_path, "uploads", "ledger") as window:
        window.page.show_tab("compare")
        yield window.page


def press(qtbot, page, widget, text):
    found = [
        one
        for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisible()
    ]
    assert found, text
    assert found[-1].isEnabled(), text
    qtbot.mouseClick(found[-1], Qt.MouseButton.LeftButton)
    at_rest(qtbot, page.session)


def texts(table, key):
    return [table.table.row_at(place).texts[key] for place in range(len(table.table.ids))]


def choose(combo, side):
    place = combo.findData(side)
    combo.setCurrentIndex(place)
    combo.activated.emit(place)


def test_sides_are_chosen_field_by_field_and_written_at_once(qtbot, page):
    view = page.compare
    press(qtbot, page, view.grid, "选上级导出的表…")
    assert "一样的 1 条，内容不同 1 条，上级没有 1 条" in view.figures.text()
    assert texts(view.table, "fate") == ["内容不同", "上级没有"]
    assert not view._write.isEnabled()
    choose(view.panel.choices["hours"], Side.THEIRS)
    choose(view.panel.choices["organizer"], Side.OURS)
    assert texts(view.table, "side")[0] == "逐栏选定"
    view.table.selectRow(1)
    press(qtbot, page, view, "以本单位为准")
    assert texts(view.table, "side")[1] == "以本单位为准"
    press(qtbot, page, view, "写入选定的 3 处…")
    press(qtbot, page, view, "写入")
    office = page.session.office
    standing = entry_rows(office, entry_ids(office, EntryFilter(year=2025, standing=True)))
    assert sorted(one.shown["hours"] for one in standing) == ["16", "16", "20"]
    assert "改 1 条" in page.notice.text()
    assert "培训获得学时" not in texts(view.table, "what")[0]
    press(qtbot, page, page.notice, "撤销")
    hours = entry_rows(office, entry_ids(office, EntryFilter(year=2025, standing=True)))
    assert {one.shown["hours"] for one in hours} == {"16"}


def test_what_cannot_be_taken_is_not_offered(qtbot, page):
    """Of a row that is missing there only ours can be chosen; a filter narrows the list."""
    view = page.compare
    press(qtbot, page, view, "选上级导出的表…")
    view.filters.choose({"fate": "only_here"})
    view.table.selectRow(0)
    combo = view.panel.choices[""]
    assert [combo.itemData(n) for n in range(combo.count())] == [Side.LATER, Side.OURS]
    press(qtbot, page, view, "以上级为准")
    assert view.said.count() == 0
