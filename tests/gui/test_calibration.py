"""Putting a tray right in the window: a printer with a known error, a ruler, two crosses."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal

import pypdfium2
import pytest
from PySide6.QtWidgets import QPushButton

from models.office.printers import Tray, calibrate, crosses, trays
from models.progress import Progress
from reports.inputs.calibration import draw_calibration
from reports.kit.paper import Size
from reports.kit.raster import Pages
from tests.papers import check_print
from tests.printing import cross_of
from tests.windows import empty_session, window_on
from ui.desktop.widgets.paper.calibration import calibrate_tray
from ui.desktop.widgets.paper.printers import FakePrintPort, PrintWish
from ui.desktop.widgets.paper.qt_port import QtPrintPort

pytestmark = pytest.mark.prints


@pytest.fixture
def session(qtbot, tmp_path):
    with empty_session(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def window(qtbot, session, tmp_path):
    found = window_on(session, {"settings"}, tmp_path)
    qtbot.addWidget(found)
    return found


class Askew:
    """A printer that prints 1.5 mm too far right, 0.6 mm too high, half a per cent too wide."""

    def lands(self, tray, point):
        right, down, wider, taller = tray.factors
        drawn = right + wider * float(point.x), down + taller * float(point.y)
        return 1.5 + 1.005 * drawn[0], -0.6 + 0.998 * drawn[1]


def measure(fields, printer, tray, wanted):
    for point, across, down in (
        (wanted.near, fields.near_x, fields.near_y),
        (wanted.far, fields.far_x, fields.far_y),
    ):
        x, y = printer.lands(tray, point)
        across.setValue(round(x, 1))
        down.setValue(round(y, 1))


def opened(qtbot, window, session, tray=None):
    port = FakePrintPort()
    sheet = calibrate_tray(window, session, tray, port)
    qtbot.waitUntil(lambda: sheet.fields.trays.count() > 0)
    return sheet, port


def test_two_crosses_put_a_tray_right_and_a_second_sheet_proves_it(qtbot, window, session):
    sheet, port = opened(qtbot, window, session)
    fields, printer, wanted = sheet.fields, Askew(), crosses(210, 297)
    fields.trays.setCurrentText("手动进纸")
    assert not sheet.again.isEnabled()
    fields.print_sheet.click()
    qtbot.waitUntil(lambda: "校准页已交给打印机" in sheet.notice.text())
    measure(fields, printer, port.jobs[0].tray, wanted)
    fields.work_out.click()
    assert fields.right.value() == pytest.approx(-1.5, abs=0.1)
    assert fields.wider.value() == pytest.approx(99.5, abs=0.1)
    sheet.again.click()
    qtbot.waitUntil(lambda: "再打一张" in sheet.notice.text() and len(port.jobs) == 2)
    second = port.jobs[1].tray
    for point in wanted:
        assert printer.lands(second, point) == pytest.approx(
            (float(point.x), float(point.y)), abs=0.1
        )
    with qtbot.waitSignal(session.undo_offered):
        sheet.keep.click()
    (kept,) = trays(session.office)
    assert (kept.printer, kept.tray, kept.paper) == ("HP LaserJet", "手动进纸", "210×297 mm")
    assert kept.factors == second.factors


def test_measurements_no_printer_makes_are_told(qtbot, window, session):
    sheet, _ = opened(qtbot, window, session)
    sheet.fields.far_x.setValue(150)
    sheet.fields.work_out.click()
    assert "差得太多" in sheet.notice.text()
    sheet.reject()
    assert trays(session.office) == []


def test_numbers_may_be_written_directly_for_every_sheet_of_a_tray(qtbot, window, session):
    sheet, _ = opened(qtbot, window, session)
    sheet.fields.right.setValue(0.3)
    sheet.fields.taller.setValue(99.85)
    sheet.fields.every.setChecked(True)
    with qtbot.waitSignal(sheet.saved):
        sheet.keep.click()
    (kept,) = trays(session.office)
    assert (kept.paper, kept.right, kept.taller) == ("", Decimal("0.3"), Decimal("0.9985"))


def test_an_own_size_moves_the_crosses(qtbot, window, session):
    sheet, port = opened(qtbot, window, session)
    fields = sheet.fields
    fields.sheet.setCurrentIndex(fields.sheet.count() - 1)
    assert fields.width_mm.isEnabled()
    fields.width_mm.setValue(92)
    fields.height_mm.setValue(130)
    assert (fields.near_x.value(), fields.far_y.value()) == (10, 120)
    fields.print_sheet.click()
    qtbot.waitUntil(lambda: len(port.jobs) == 1)
    assert port.jobs[0].title == "打印校准页 92×130 mm"
    qtbot.waitUntil(fields.print_sheet.isEnabled)
    sheet.reject()


def test_a_printer_that_went_away_is_kept_by_name(qtbot, window, session):
    away = Tray("旧打印机", "后进纸", "92.5×130 mm", right=Decimal("0.5"), measured_on="2025-01-01")
    sheet, _ = opened(qtbot, window, session, away)
    assert sheet.fields.printer.currentText() == "旧打印机"
    assert sheet.fields.trays.currentText() == "后进纸"
    assert sheet.fields.sheet_size() == (92.5, 130)
    assert sheet.fields.right.value() == 0.5
    sheet.reject()


@pytest.mark.parametrize("size", [(210, 297), (297, 210), (130, 184), (92, 130)])
def test_the_sheet_through_the_port_is_where_its_tray_wants_it(session, tmp_path, size):
    tray = Tray("PDF", "自动选择", right=Decimal("1.2"), down=Decimal("-0.8"))
    pdf, out = tmp_path / "sheet.pdf", tmp_path / "out.pdf"
    wanted = draw_calibration(session.office, tray, Size(*size), pdf)
    check_print(pdf, edge=1)
    for point in wanted:
        place = float(point.x), float(point.y)
        assert cross_of(pdf, near=place) == pytest.approx(place, abs=0.1)
    with Pages(pdf) as pages:
        QtPrintPort(out).print(pages, PrintWish(tray, (1,)), Progress())
    for point in wanted:
        moved = float(point.x) + 1.2, float(point.y) - 0.8
        assert cross_of(out, near=moved) == pytest.approx(moved, abs=0.1)
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        assert "校准" in document[0].get_textpage().get_text_range()


def test_the_settings_list_what_is_known_and_forget_it(qtbot, session, window):
    window.go("settings")
    printers = window.page.printers
    assert "还没有校准过" in printers.grid.empty.text()
    tray = Tray("HP", "手动进纸", "", Decimal("1.2"), Decimal("-0.8"))
    session.write("正在保存", lambda office, _progress: calibrate(office, tray))
    qtbot.waitUntil(lambda: printers.grid.shows_table)
    assert printers.table.current_id() == "0"
    assert printers.forget.isEnabled()
    buttons = {one.accessibleName(): one for one in printers.findChildren(QPushButton)}
    with qtbot.waitSignal(session.undo_offered) as offered:
        buttons["删除"].click()
    qtbot.waitUntil(lambda: not printers.grid.shows_table)
    session.undo(offered.args[1])
    qtbot.waitUntil(lambda: printers.grid.shows_table)
