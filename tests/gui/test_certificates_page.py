"""证书 in the window: issuing, printing, mis-prints, replacing and voiding, by real clicks."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.certificates.register import certificates
from models.certificates.sheets import runs, sheets
from models.certificates.stock import balance_of, receive
from tests.gui.print_steps import answer, came_up, press, print_all, read_again, shown_by
from tests.offices import new_office
from tests.sealed import certified
from tests.windows import at_rest, window_at
from ui.desktop.pages.certificates.issue_sheet import IssueSheet
from ui.desktop.pages.certificates.print_wish import PrintWishSheet
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.paper.printers import FakePrintPort
from ui.desktop.widgets.table.copying import as_tsv

STOCK = "结业证书"


@pytest.fixture
def office(tmp_path):
    office = new_office(tmp_path)
    certified(office, 6, "班主任工作研讨")
    receive(office, STOCK, 20, "A0001", "A0020", "县局领回")
    return office


@pytest.fixture
def window(qtbot, office, tmp_path):
    with window_at(qtbot, office, tmp_path, "certificates", "courses", "stamping") as found:
        yield found


@pytest.fixture
def view(page):
    return page.view.widget


def test_the_register_lists_filters_and_tells_the_life_of_a_certificate(qtbot, page, view):
    assert len(view.table.table.ids) == 6
    assert page.count.text() == "共发 6 本"
    view.filters.filters["state"].setCurrentIndex(view.filters.filters["state"].findData("void"))
    assert not view.grid.shows_table
    assert "没有符合条件的证书" in view.grid.empty.text()
    view.filters.clear()
    view.table.selectRow(0)
    texts = {one.text() for one in view.card.findChildren(type(view.card._name))}
    assert "经过" in texts
    assert any(one.startswith("发证") for one in texts)


def previewed(qtbot, page, view):
    """All certificates of the register on their way to blanks, in the preview."""
    view.deeds.flow._port = FakePrintPort()
    view.table.selectAll()
    press(qtbot, view._print)
    wish = came_up(qtbot, page, PrintWishSheet)
    assert "存 20 张" in wish.sheet.currentText()
    press(qtbot, wish.action)
    return shown_by(qtbot, view.deeds.flow)


@pytest.mark.prints
def test_a_batch_goes_onto_blanks_and_a_spoilt_sheet_is_printed_again(qtbot, page, view, office):
    preview = previewed(qtbot, page, view)
    assert preview.count == 6
    print_all(qtbot, preview, spoilt="4")
    answer(qtbot, came_up(qtbot, preview, ChooseSheet), reason="卡纸", serial="A0001")
    at_rest(qtbot, page.session)
    preview.close()
    found = read_again(office)
    (run,) = runs(found)
    assert (run.printed, run.waiting, run.spoilt) == (5, 1, 1)
    assert [one.place for one in sheets(found, run.id) if one.outcome == "waiting"] == [4]
    balance = balance_of(found, STOCK)
    assert (balance.used, balance.spoilt, balance.left) == (5, 1, 14)
    found.store.close()


def test_a_certificate_is_replaced_and_another_declared_void(qtbot, page, view, office):
    view.table.selectRow(0)
    first = view.table.current_id()
    press(qtbot, view._replace)
    asked = came_up(qtbot, page, ChooseSheet)
    answer(qtbot, asked, reason="课程名称印错", course="班主任工作高级研讨")
    at_rest(qtbot, page.session)
    found = read_again(office)
    every = {one.id: one for one in certificates(found)}
    new = next(one for one in every.values() if one.replaces == first)
    assert every[first].void
    assert new.title == "班主任工作高级研讨"
    assert every[first].replaced_by == new.number
    found.store.close()
    qtbot.waitUntil(lambda: view.table.current_id() == new.id)
    press(qtbot, view._void)
    sheet = came_up(qtbot, page, ChooseSheet)
    press(qtbot, sheet.action)
    at_rest(qtbot, page.session)
    assert "没有写作废的原因" in sheet._problem.text()
    answer(qtbot, sheet, reason="本人放弃")
    at_rest(qtbot, page.session)
    assert page.count.text() == "共发 7 本，其中作废 2 本"


def test_a_list_is_weighed_before_anything_is_issued(qtbot, page, view, office, tmp_path):
    names = [one.holder_name for one in certificates(read_again(office))]
    book = Workbook()
    book.active.append(["姓名", "单位", "称号"])
    for name in names[:3]:
        book.active.append([name, "桦甸市第四中学", "优秀班主任"])
    book.active.append(["查无此人", "桦甸市第四中学", "优秀班主任"])
    book.save(tmp_path / "名单.xlsx")
    press(qtbot, view._issue)
    sheet = came_up(qtbot, page, IssueSheet)
    sheet.kind.setCurrentIndex(sheet.kind.findData("honour"))
    press(qtbot, sheet.check_button)
    assert "还没有选择名单" in sheet.problem.text()
    sheet.list.take_file(tmp_path / "名单.xlsx")
    at_rest(qtbot, page.session)
    assert "将发 3 本" in sheet.told.text()
    assert sheet.refused.rowCount() == 1
    assert "第 5 行" in sheet.refused.item(0, 0).text()
    press(qtbot, sheet.action)
    wish = came_up(qtbot, page, PrintWishSheet)
    wish.reject()
    at_rest(qtbot, page.session)
    assert page.count.text() == "共发 9 本"
    assert [one.kind for one in certificates(read_again(office))].count("honour") == 3


HEAD = ["姓名", "单位", "称号"]


@pytest.fixture
def honours(qtbot, page, view):
    """The sheet that issues, turned to honours."""
    press(qtbot, view._issue)
    sheet = came_up(qtbot, page, IssueSheet)
    sheet.kind.setCurrentIndex(sheet.kind.findData("honour"))
    yield sheet
    sheet.reject()


def copy_rows(*rows):
    QGuiApplication.clipboard().setText(as_tsv(rows))


def paste(qtbot, page, sheet):
    sheet.kind.setFocus()
    qtbot.keyClick(sheet.kind, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    at_rest(qtbot, page.session)


def test_a_list_copied_in_excel_is_pasted(qtbot, page, honours):
    names = [one.holder_name for one in certificates(page.session.office)][:2]
    people = [[name, "桦甸市第四中学", "优秀班主任"] for name in names]
    copy_rows(HEAD, *people, ["查无此人", "", ""])
    press(qtbot, honours.list.paste_button)
    at_rest(qtbot, page.session)
    assert honours.list.name.text() == "粘贴的名单，3 行"
    assert "将发 2 本" in honours.told.text()
    assert honours.refused.item(0, 0).text() == "第 4 行"
    assert honours.refused.item(0, 1).text() == "名册中没有查无此人，请先登记"
    honours.kind.setCurrentIndex(honours.kind.findData("completion"))
    assert honours.list.empty
    assert honours.course.isVisible()
    paste(qtbot, page, honours)
    assert not honours.course.isVisible()
    assert honours.list.name.text() == "粘贴的名单，3 行"


def test_what_is_pasted_and_names_nobody_is_told(qtbot, page, honours):
    QGuiApplication.clipboard().clear()
    press(qtbot, honours.list.paste_button)
    assert "剪贴板里没有名单" in honours.problem.text()
    copy_rows(HEAD, ["查无此人", "", ""])
    paste(qtbot, page, honours)
    assert "1 人（行）不能发" in honours.told.text()
    assert honours.refused.item(0, 0).text() == "第 2 行"
    assert not honours.action.isEnabled()
    copy_rows(["李红梅"], ["赵云"])
    paste(qtbot, page, honours)
    assert "粘贴的内容里没有找到名单" in honours.problem.text()


def test_every_tab_opens_and_an_office_without_certificates_is_told_what_to_do(qtbot, tmp_path):
    with window_at(qtbot, new_office(tmp_path), tmp_path, "certificates") as found:
        page = found.page
        assert "还没有发过证书" in page.view.widget.grid.empty.text()
        for place in range(page.tabs.count()):
            page.tabs.setCurrentIndex(place)
            at_rest(qtbot, page.session)
            assert page.stack.currentWidget() is page.view.widget


def test_issuing_for_a_course_offers_those_who_passed(qtbot, page, view, office):
    press(qtbot, view._issue)
    sheet = came_up(qtbot, page, IssueSheet)
    assert "合格 6 人" in sheet.course.currentText()
    press(qtbot, sheet.check_button)
    at_rest(qtbot, page.session)
    assert "将发 0 本；6 人先前已有" in sheet.told.text()
    assert not sheet.action.isEnabled()
    sheet.reject()
