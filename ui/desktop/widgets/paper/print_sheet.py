"""The print window: choose, try one, hand over, say what came out."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.errors import OfficeError
from models.office.printers import Tray
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.paper.calibration import calibrate_tray
from ui.desktop.widgets.paper.coming_out import SheetAccount
from ui.desktop.widgets.paper.print_answers import CameOut, HandingOver, TrialAnswer
from ui.desktop.widgets.paper.print_choices import Occasion, PrintChoices
from ui.desktop.widgets.paper.print_desk import PrintDesk, PrintPlan
from ui.desktop.widgets.paper.printers import (
    Handed,
    Printer,
    PrinterGoneError,
    PrintPort,
    PrintWish,
)
from ui.desktop.widgets.paper.tray_words import say_tray
from ui.desktop.widgets.parts import button

PRINTER_KEY, TRAY_KEY = "print/printer", "print/tray"
NO_PRINTER = (
    "这台电脑上没有打印机。可以“另存为 PDF”，拿到有打印机的电脑上打印，打印时缩放选“实际大小”。"
)


class PrintSheet(Sheet):
    """Prints one PDF.

    Signals:
        printed: a ``PrintOutcome``, once, when everything is answered.
    """

    printed = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        plan: PrintPlan,
        port: PrintPort,
        occasion: Occasion,
    ) -> None:
        """Open over the preview."""
        super().__init__("打印", parent, 580)
        self._session = session
        self._plan = plan
        self._occasion = occasion
        self._account = SheetAccount(())
        self._trying = False
        self._desk = PrintDesk(session, plan, port, self)
        self.notice = NoticeBar()
        self.choices = PrintChoices(occasion)
        self.handing = HandingOver(self.reject)
        self.trial = TrialAnswer()
        self.came_out = CameOut()
        self.stack = QStackedWidget()
        self.cancel = button("取消", self.reject)
        self.go = button("打印", self._print, kind="primary", drawing="printer")
        self.answer = button("确定", self._take_answer, kind="primary")
        self._lay_out()
        self._connect()
        self._desk.find_printers()

    def reject(self) -> None:
        """Esc: stop what is running; what was printed is still to be answered for."""
        shown = self.stack.currentWidget()
        if shown is self.handing:
            self._desk.stop()
            self.handing.stopping()
        elif shown is self.came_out:
            self.came_out.refuse("请先回答打出来的怎么样，登记册才对得上。")
        elif shown is self.trial or self._account.spoilt:
            self._finish()
        else:
            super().reject()

    def _lay_out(self) -> None:
        for part in (self.choices, self.handing, self.trial, self.came_out):
            self.stack.addWidget(part)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)
        self.foot.addStretch(1)
        for one in (self.cancel, self.go, self.answer):
            self.foot.addWidget(one)
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.choices.calibrate.setEnabled(False)
        self._show(self.choices)

    def _connect(self) -> None:
        desk, choices, last = self._desk, self.choices, self._session.preferences.text(TRAY_KEY)

        def offer_trays(trays: list[str]) -> None:
            choices.offer_trays(trays, last)

        def go_on() -> None:
            self._trying = False
            self._hand(self._account.left)

        self.finished.connect(desk.close)
        desk.printers_found.connect(self._offer_printers)
        desk.trays_found.connect(offer_trays)
        desk.concerned.connect(self._concerned)
        desk.stepped.connect(self.handing.show_step)
        desk.handed.connect(self._handed)
        desk.failed.connect(self._gone)
        desk.refused.connect(self._refused)
        choices.printer_changed.connect(desk.find_trays)
        choices.tray_changed.connect(self._tray_changed)
        choices.calibrate_wanted.connect(self._calibrate)
        self.trial.go_on.clicked.connect(go_on)
        self.trial.again.clicked.connect(lambda: self._hand(self._account.spoil_all()))
        self.trial.askew.clicked.connect(self._askew)
        self.trial.enough.clicked.connect(self.reject)

    def _show(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        for one in (self.cancel, self.go):
            one.setVisible(part is self.choices)
        self.answer.setVisible(part is self.came_out)
        if part is not self.choices:
            self.notice.hide()

    def _offer_printers(self, printers: list[Printer]) -> None:
        self.choices.calibrate.setEnabled(bool(printers))
        self.go.setEnabled(bool(printers))
        if printers:
            self.choices.offer_printers(printers, self._session.preferences.text(PRINTER_KEY))
        else:
            self._tell(NO_PRINTER)

    def _tray_changed(self) -> None:
        tray = self._tray()
        self.choices.calibration.setText(say_tray(tray))
        self.fit_to_words()
        long_edge = self.choices.long_edge.isChecked()
        self._desk.look(tray, self._occasion.page, long_edge=long_edge)

    def _tray(self) -> Tray:
        name, tray = self.choices.chosen_printer(), self.choices.tray.currentText()
        return self._desk.tray(name, tray, self._occasion.page)

    def _concerned(self, said: list[str]) -> None:
        if self.stack.currentWidget() is self.choices and said:
            self._tell("\n".join(said))
        elif not self._account.spoilt:
            self.notice.hide()

    def _refused(self, error: OfficeError) -> None:
        self._tell(error.sentence, "error")

    def _tell(self, sentence: str, tone: str = "warn") -> None:
        """Say something above the fields; the window grows so that nothing is squeezed."""
        self.notice.tell(sentence, tone)
        self.fit_to_words()

    def _calibrate(self) -> None:
        paper = self._desk.paper(self._occasion.page)
        sheet = calibrate_tray(self, self._session, self._tray(), self._desk.port, paper)
        sheet.saved.connect(self._tray_changed)

    def _print(self) -> None:
        try:
            pages = self.choices.chosen_pages()
        except OfficeError as error:
            self._refused(error)
            return
        self._account = SheetAccount(pages, spoilt=self._account.spoilt)
        self._session.preferences.set_text(PRINTER_KEY, self.choices.chosen_printer())
        self._session.preferences.set_text(TRAY_KEY, self.choices.tray.currentText())
        self._trying = self.choices.trial.isChecked() and len(pages) > 1
        self._hand(pages[:1] if self._trying else pages)

    def _hand(self, pages: tuple[int, ...]) -> None:
        wish = PrintWish(
            self._desk.used(self._tray()),
            pages,
            1 if self._trying else self.choices.copies.value(),
            self.choices.chosen_duplex(),
            self.choices.long_edge.isChecked(),
            self._plan.title,
        )
        self.handing.begin(len(pages))
        self._show(self.handing)
        self._desk.hand(wish)

    def _handed(self, handed: Handed) -> None:
        self._account.took(handed.pages)
        if self._trying and handed.pages:
            self.trial.ask(handed.pages[-1], len(self._account.left))
            self._show(self.trial)
        elif self._plan.asks or self._account.left:
            self._ask_what_came_out()
        else:
            self._finish()

    def _gone(self, error: OfficeError) -> None:
        if isinstance(error, PrinterGoneError):
            self._account.took(error.pages)
        if self._account.came:
            self._ask_what_came_out(error.sentence)
        else:
            self._show(self.choices)
            self._refused(error)

    def _askew(self) -> None:
        self._account.spoil_all()
        self._show(self.choices)
        self._tell("校准以后，再试打一张。", "info")
        self._calibrate()

    def _ask_what_came_out(self, trouble: str = "") -> None:
        self.came_out.ask(self._account, trouble)
        self._show(self.came_out)

    def _take_answer(self) -> None:
        try:
            first = self.came_out.answer(self._account)
        except OfficeError as error:
            self.came_out.refuse(error.sentence)
        else:
            self._finish(first)

    def _finish(self, first_missing: int | None = None) -> None:
        tray = self._tray()
        outcome = replace(
            self._account.outcome(first_missing), printer=tray.printer, tray=tray.tray
        )
        self.accept()
        self.printed.emit(outcome)
