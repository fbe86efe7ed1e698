"""The print window: a trial first, the rest after it, and every sheet accounted for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from models.office.printers import Tray, calibrate, trays
from reports.kit.paper import Size
from tests.offices import new_office
from tests.printing import numbered_pdf
from tests.windows import session_on, window_on
from ui.desktop.widgets.paper.calibration import CalibrationSheet
from ui.desktop.widgets.paper.coming_out import PrintOutcome
from ui.desktop.widgets.paper.preview import MadePaper, show_preview
from ui.desktop.widgets.paper.print_sheet import PrintSheet
from ui.desktop.widgets.paper.printers import Duplex, FakePrintPort, Offer

KNOWN = Tray("HP LaserJet", "手动进纸", "", Decimal("1.2"), Decimal("-0.8"))


@pytest.fixture
def desk(qtbot, tmp_path):
    """A preview of five pages with its printer, and what it was told at the end."""
    office = new_office(tmp_path)
    calibrate(office, KNOWN)
    session = session_on(office, tmp_path)
    window = window_on(session, {"settings"}, tmp_path)
    qtbot.addWidget(window)
    made = Desk(qtbot, window, session, tmp_path)
    yield made
    if made.preview is not None:
        made.preview.close()
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


class Desk:
    def __init__(self, qtbot, window, session, folder):
        self.qtbot, self.window, self.session, self.folder = qtbot, window, session, folder
        self.port = FakePrintPort()
        self.outcomes = []
        self.preview = None

    def open(self, *, batch=True, pages=5, size=(130, 184)):
        pdf = numbered_pdf(self.folder / "in.pdf", pages, size)
        told = self.outcomes.append if batch else None
        paper = MadePaper(pdf, "结业证书", "结业证书.pdf", printed=told)
        self.preview = show_preview(self.window, self.session, paper, self.port)
        return self.print_again()

    def print_again(self):
        self.preview.print()
        sheet = self.preview.findChildren(PrintSheet)[-1]
        if tuple(self.port.names):
            self.qtbot.waitUntil(lambda: sheet.choices.tray.count() > 0)
        return sheet

    def shows(self, sheet, part):
        self.qtbot.waitUntil(lambda: sheet.stack.currentWidget() is part)

    def told(self):
        """What came of the pages; every print here is on the usual printer."""
        self.qtbot.waitUntil(lambda: bool(self.outcomes))
        outcome = self.outcomes[-1]
        assert (outcome.printer, outcome.tray) == ("HP LaserJet", "自动选择")
        return replace(outcome, printer="", tray="")


def test_a_batch_tries_one_sheet_goes_on_and_asks(desk):
    sheet = desk.open()
    assert sheet.choices.trial.isChecked()
    sheet.go.click()
    desk.shows(sheet, sheet.trial)
    assert desk.port.taken == [1]
    assert sheet.trial.go_on.text() == "好，接着打其余 4 张"
    sheet.trial.go_on.click()
    desk.shows(sheet, sheet.came_out)
    assert desk.port.taken == [1, 2, 3, 4, 5]
    sheet.answer.click()
    assert desk.told() == PrintOutcome(good=(1, 2, 3, 4, 5))
    assert "已打好 5 页" in desk.preview.notice.text()


def test_a_trial_that_is_spoilt_is_repeated_and_counted(desk):
    sheet = desk.open()
    sheet.go.click()
    desk.shows(sheet, sheet.trial)
    sheet.trial.again.click()
    desk.qtbot.waitUntil(lambda: desk.port.taken == [1, 1])
    desk.shows(sheet, sheet.trial)
    sheet.trial.enough.click()
    assert desk.told() == PrintOutcome(good=(1,), spoilt=(1,), missing=(2, 3, 4, 5))


def test_spoilt_and_missing_sheets_are_told_and_gone_on_with(desk):
    sheet = desk.open()
    sheet.choices.trial.setChecked(False)
    sheet.go.click()
    desk.shows(sheet, sheet.came_out)
    sheet.came_out.not_all.click()
    sheet.answer.click()
    assert "没有写哪些没打好" in sheet.came_out.problem.text()
    desk.qtbot.keyClicks(sheet.came_out.spoilt, "9")
    sheet.answer.click()
    assert "一共 5 页" in sheet.came_out.problem.text()
    sheet.came_out.spoilt.clear()
    desk.qtbot.keyClicks(sheet.came_out.spoilt, "2")
    desk.qtbot.keyClicks(sheet.came_out.missing, "4")
    sheet.answer.click()
    assert desk.told() == PrintOutcome(good=(1, 3), spoilt=(2,), missing=(2, 4, 5))
    assert "第 2、4–5 页还没有打好" in desk.preview.notice.text()
    again = desk.print_again()
    assert again.choices.onward.isChecked()
    assert again.choices.start.text() == "2"
    again.reject()


def test_a_printer_that_goes_away_is_told_with_what_it_took(desk):
    desk.port.fails_after = 3
    sheet = desk.open()
    sheet.choices.trial.setChecked(False)
    sheet.go.click()
    desk.shows(sheet, sheet.came_out)
    assert "第 3 页以后没有交出" in sheet.came_out.trouble.text()
    assert sheet.came_out.missing.text() == "4"
    assert not sheet.came_out.all.isEnabled()
    sheet.reject()
    assert "请先回答" in sheet.came_out.problem.text()
    sheet.answer.click()
    assert desk.told() == PrintOutcome(good=(1, 2, 3), missing=(4, 5))


def test_a_printer_that_takes_nothing_leaves_the_choice_open(desk):
    desk.port.fails_after = 0
    sheet = desk.open()
    sheet.go.click()
    desk.qtbot.waitUntil(lambda: "一页也没有交出" in sheet.notice.text())
    assert sheet.stack.currentWidget() is sheet.choices
    sheet.reject()
    assert desk.outcomes == []


def test_the_tray_knows_what_puts_it_right_and_prints_with_it(desk):
    sheet = desk.open(batch=False)
    assert not sheet.choices.trial.isChecked()
    assert sheet.choices.calibration.text() == "没有校准过，按原样打印"
    sheet.choices.tray.setCurrentText("手动进纸")
    assert "右移 1.2 mm，上移 0.8 mm" in sheet.choices.calibration.text()
    sheet.choices.range.setChecked(True)
    sheet.choices.pages.setText("2-3,5")
    sheet.choices.copies.setValue(2)
    sheet.choices.duplex.setCurrentText(Duplex.LONG.value)
    sheet.go.click()
    desk.qtbot.waitUntil(lambda: "已交给打印机 3 页" in desk.preview.notice.text())
    (job,) = desk.port.jobs
    assert job.tray.factors == (1.2, -0.8, 1.0, 1.0)
    assert (job.pages, job.copies, job.duplex) == ((2, 3, 5), 2, Duplex.LONG)
    again = desk.print_again()
    assert again.choices.tray.currentText() == "手动进纸"
    again.reject()


def test_what_the_driver_would_do_is_said_before_printing(desk):
    desk.port.given = Offer(Size(279.4, 215.9))
    sheet = desk.open(size=(297, 210))
    desk.qtbot.waitUntil(lambda: "缩小到 94 %" in sheet.notice.text())
    assert sheet.choices.long_edge.isVisible()
    sheet.reject()


def test_pages_that_make_no_sense_are_told_in_place(desk):
    sheet = desk.open()
    desk.qtbot.keyClicks(sheet.choices.pages, "7-9")
    assert sheet.choices.range.isChecked()
    sheet.go.click()
    assert "一共 5 页" in sheet.notice.text()
    assert desk.port.jobs == []
    sheet.reject()


def test_without_a_printer_the_file_is_the_way(desk):
    desk.port.names = ()
    sheet = desk.open()
    desk.qtbot.waitUntil(lambda: "没有打印机" in sheet.notice.text())
    assert not sheet.go.isEnabled()
    desk.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert desk.outcomes == []


def test_a_trial_that_is_askew_leads_to_calibration_and_another_trial(desk):
    sheet = desk.open()
    sheet.go.click()
    desk.shows(sheet, sheet.trial)
    sheet.trial.askew.click()
    calibration = sheet.findChild(CalibrationSheet)
    desk.qtbot.waitUntil(lambda: calibration.fields.trays.count() > 0)
    calibration.fields.right.setValue(0.7)
    calibration.keep.click()
    desk.qtbot.waitUntil(lambda: len(trays(desk.session.office)) == 2)
    assert (
        desk.session.office.store.value("SELECT right FROM printer_tray WHERE paper = '130×184 mm'")
        == 70
    )
    desk.qtbot.waitUntil(lambda: "右移 0.7 mm" in sheet.choices.calibration.text())
    sheet.go.click()
    desk.shows(sheet, sheet.trial)
    assert float(desk.port.jobs[-1].tray.right) == 0.7
    sheet.trial.enough.click()
    assert desk.told() == PrintOutcome(good=(1,), spoilt=(1,), missing=(2, 3, 4, 5))
