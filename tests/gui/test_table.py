"""The data table: pages of rows, sorting, columns, copying."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets.table.copying import as_html, as_tsv, from_tsv
from ui.desktop.widgets.table.model import KEPT_PAGES, PAGE_ROWS, TableModel
from ui.desktop.widgets.table.source import FixedRows, Order, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("name", "姓名", 6),
    TableColumn("id_number", "身份证号", 12),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("remark", "备注", 8, listed=False),
)
ID_NUMBER = "220282198506010015"


class Many:
    """A long list that counts what is asked of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked = 0

    def ids(self, order: Order | None) -> list[str]:
        found = [f"{n:06d}" for n in range(self.count)]
        return found[::-1] if order and order.descending else found

    def rows(self, ids: list[str]) -> list[TableRow]:
        self.asked += len(ids)
        return [TableRow(one, {"name": f"教师{one}", "id_number": ID_NUMBER}) for one in ids]


@pytest.fixture
def preferences(tmp_path):
    return Preferences(tmp_path / "窗口.ini")


@pytest.fixture
def table(qtbot, preferences):
    found = DataTable(COLUMNS, preferences, "test")
    qtbot.addWidget(found)
    found.resize(600, 400)
    rows = [
        TableRow("b", {"name": "李契", "id_number": ID_NUMBER, "hours": "12"}, {"hours": "warn"}),
        TableRow("a", {"name": "王䶮", "id_number": ID_NUMBER, "hours": "7.5"}),
        TableRow("c", {"name": "张𬭎", "id_number": ID_NUMBER, "hours": "30"}),
    ]
    found.show_rows(FixedRows(rows))
    found.show()
    return found


def test_the_model_keeps_the_rules_of_qt(qtbot, table):
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(table.table, mode)
    table.table.sort(0, Qt.SortOrder.DescendingOrder)
    table.table.reload()
    assert isinstance(tester.model(), QAbstractItemModel)


def test_only_the_pages_in_sight_are_fetched(qtbot, preferences):
    source = Many(100_000)
    view = DataTable(COLUMNS, preferences, "many")
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show_rows(source)
    view.show()
    view.scrollToBottom()
    qtbot.waitUntil(lambda: source.asked > PAGE_ROWS)
    assert source.asked <= 4 * PAGE_ROWS


def test_pages_looked_at_long_ago_are_let_go():
    source = Many(PAGE_ROWS * (KEPT_PAGES + 5))
    model = TableModel(COLUMNS)
    model.show(source)
    for page in range(KEPT_PAGES + 5):
        model.row_at(page * PAGE_ROWS)
    asked = source.asked
    model.row_at((KEPT_PAGES + 4) * PAGE_ROWS)
    assert source.asked == asked
    model.row_at(0)
    assert source.asked == asked + PAGE_ROWS


def test_a_header_click_sorts_up_then_down_then_back(qtbot, table):
    header = table.horizontalHeader()
    x = header.sectionViewportPosition(0) + 10
    orders = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))
        orders.append([table.table.row_at(n).texts["name"] for n in range(3)])
    assert orders[0] == sorted(orders[2])
    assert orders[1] == sorted(orders[2], reverse=True)
    assert orders[2] == ["李契", "王䶮", "张𬭎"]


def test_what_was_selected_stays_selected_when_the_list_is_read_anew(table):
    table.choose("a")
    table.table.sort(0, Qt.SortOrder.DescendingOrder)
    assert table.selected_ids() == ["a"]
    assert table.current_id() == "a"


def test_ctrl_c_copies_rows_with_whole_id_numbers_as_text(qtbot, table):
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().split("\n")[0] == f"李契\t{ID_NUMBER}\t12"
    assert "mso-number-format" in mime.html()
    assert ID_NUMBER in mime.html()


def test_ctrl_a_selects_everything(qtbot, table):
    with qtbot.waitSignal(table.selection_count) as told:
        qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [3]


def test_enter_opens_and_f2_edits_the_current_row(qtbot, table):
    table.choose("c")
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.edit_requested) as edited:
        qtbot.keyClick(table, Qt.Key.Key_F2)
    assert opened.args == edited.args == ["c"]


def test_columns_once_chosen_are_remembered_and_can_be_put_back(qtbot, table, preferences):
    menu = table.horizontalHeader().column_menu()
    hidden = next(one for one in menu.actions() if one.text() == "备注")
    hidden.setChecked(True)
    again = DataTable(COLUMNS, preferences, "test")
    qtbot.addWidget(again)
    assert "备注" in again.shown_titles()
    again.horizontalHeader().reset_columns()
    assert again.shown_titles() == ["姓名", "身份证号", "学时"]


def test_numbers_stand_on_the_right(table):
    index = table.table.index(0, 2)
    assert index.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_the_menu_of_rows_offers_copying(qtbot, table):
    table.choose("a")
    filled = []
    table.menu_requested.connect(lambda menu: filled.append(menu.addAction("编辑…")))
    texts = [one.text() for one in table.rows_menu().actions() if one.text()]
    assert texts == ["编辑…", "复制", "连同标题复制"]


def test_a_block_from_a_spreadsheet_keeps_line_breaks_inside_cells():
    assert from_tsv('姓名\t备注\r\n张三\t"甲\n乙"\r\n\r\n') == [
        ["姓名", "备注"],
        ["张三", "甲\n乙"],
    ]


def test_copied_cells_come_back_as_they_were():
    rows = [["a\tb", 'say "hi"', "甲\n乙"], ["", "1", "<b>"]]
    assert from_tsv(as_tsv(rows)) == rows
    assert "&lt;b&gt;" in as_html(rows)
