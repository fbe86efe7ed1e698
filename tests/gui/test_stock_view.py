"""The view of blank certificates: entered, taken out, compared, printed."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from models.certificates.printing import mark_printed
from models.certificates.stock import balance_of, receive
from tests.certificates import begun, issued
from tests.offices import new_office
from tests.windows import at_rest
from ui.desktop.pages.certificates import stock as stock_module
from ui.desktop.pages.certificates.stock import StockView
from ui.desktop.pages.certificates.stock_gaps import GapSheet
from ui.desktop.widgets.paper.preview import PreviewWindow
from ui.desktop.widgets.picking import PickSheet

BLANK = "结业证书"


@pytest.fixture
def show(shown):
    """Shows the view over an office's file."""
    return lambda office: shown(office, StockView)


@pytest.fixture
def used(tmp_path):
    """An office with twenty blanks of which three are certificates now."""
    office = new_office(tmp_path)
    receive(office, BLANK, 20, "N0001", "N0020", "市教育局")
    found = issued(office, {"红石中学": 3})
    mark_printed(office, begun(office, found, BLANK).id, first_serial="N0001")
    return office


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def answer(qtbot, view, *texts, stock=""):
    sheet = [one for one in view.findChildren(PickSheet) if one.isVisible()][-1]
    if stock:
        sheet.findChild(QComboBox).setCurrentText(stock)
    for line, text in zip(sheet.findChildren(QLineEdit), texts, strict=True):
        line.setText(text)
    click(qtbot, sheet.action)
    at_rest(qtbot, view.session)
    return sheet


def rows(view):
    return [
        tuple(view.table.table.row_at(at).texts.values()) for at in range(len(view.table.table.ids))
    ]


def words(view):
    return [
        one.accessibleName()
        for one in view.card.findChildren(object)
        if hasattr(one, "accessibleName")
    ]


def test_the_first_blanks_are_received_from_the_empty_list(qtbot, show, tmp_path):
    view = show(new_office(tmp_path))
    told = []
    view.session.undo_offered.connect(lambda *one: told.append(one))
    assert not view.grid.shows_table
    click(qtbot, view.grid.empty.action)
    refused = answer(qtbot, view, "二百", "", "", "")
    assert "数量“二百”不对" in refused._problem.text()
    answer(qtbot, view, "200", "A001", "A200", "市教育局", stock="荣誉证书")
    assert rows(view) == [("荣誉证书", "200", "0", "0", "0", "0", "200")]
    assert view.grid.shows_table
    assert told[0][0] == "荣誉证书领入 200 份"
    assert any("领入 200 份，A001—A200，市教育局" in one for one in words(view))
    view.session.undo(told[0][1])
    at_rest(qtbot, view.session)
    view.reload()
    assert rows(view)[0][-1] == "0"


@pytest.mark.parametrize(
    ("step", "told"), [("spoilt", "损坏 2 份"), ("lost", "丢失 2 份"), ("returned", "退回 2 份")]
)
def test_blanks_are_taken_out_for_a_reason(qtbot, show, used, step, told):
    view = show(used)
    assert rows(view) == [(BLANK, "20", "3", "0", "0", "0", "17")]
    click(qtbot, view.taking[step])
    assert "原因" in answer(qtbot, view, "2", "N0010", "")._problem.text()
    gone = answer(qtbot, view, "2", "N0002", "受潮")
    assert "已登记为用于证书" in gone._problem.text()
    answer(qtbot, view, "2", "N0010", "受潮")
    assert rows(view)[0][-1] == "15"
    assert any(f"{told}，N0010—N0011，受潮" in one for one in words(view))
    assert getattr(balance_of(view.session.office, BLANK), step) == 2


def test_what_was_counted_is_compared_in_words(qtbot, show, used):
    view = show(used)
    click(qtbot, view.gaps)
    sheet = view.findChild(GapSheet)
    at_rest(qtbot, view.session)
    assert sheet.said()[0] == "没有差异：每份空白证书和每个编号都有着落。"
    (count,) = sheet.findChildren(QLineEdit)
    count.setText("十六")
    click(qtbot, sheet.action)
    at_rest(qtbot, view.session)
    assert "不对" in sheet.problem.text()
    count.setText("16")
    click(qtbot, sheet.action)
    at_rest(qtbot, view.session)
    assert sheet.said()[0] == "有差异，请逐条查明。"
    assert f"{BLANK}：账上应余 17 份，实有 16 份，少 1 份。" in sheet.said()


def test_the_report_is_shown_and_exported(qtbot, show, used, tmp_path, monkeypatch):
    view = show(used)
    out = tmp_path / "报表.xlsx"
    monkeypatch.setattr(stock_module, "ask_where_to", lambda *_: out)
    click(qtbot, view.report)
    at_rest(qtbot, view.session)
    window = view.findChild(PreviewWindow)
    assert window.count == 1
    export = next(
        one for one in window.findChildren(QPushButton) if one.accessibleName() == "导出工作簿…"
    )
    click(qtbot, export)
    at_rest(qtbot, view.session)
    assert "已导出" in window.notice.text()
    assert list(load_workbook(out)["收发存"].values)[2][:3] == (BLANK, 20, 3)
    window.close()
