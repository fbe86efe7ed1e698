"""What happens when something breaks that should not: log it, say so calmly, go on."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QUrl, Signal, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from models.version import VERSION
from ui.desktop.tasks.logs import masked
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, label

log = logging.getLogger(__name__)


class CrashReporter(QObject):
    """Catches what nobody caught, on every thread, and shows one dialog at a time.

    Signals:
        happened: the report as text; emitted on whichever thread it broke.
    """

    happened = Signal(str)

    def __init__(self, log_file: Path, parent: QObject | None = None) -> None:
        """Know where the log is; ``install`` puts the hooks in place."""
        super().__init__(parent)
        self._log_file = log_file
        self._window: QWidget | None = None
        self._open = False
        self.happened.connect(self._show)

    def install(self, window: QWidget) -> None:
        """Catch from now on, and show dialogs over ``window``."""
        self._window = window
        sys.excepthook = self.caught
        threading.excepthook = self._caught_on_thread

    def caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """The hook itself: what broke goes into the log and before the person."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("unexpected", exc_info=(kind, error, trace))
        self.happened.emit(report_of(error))

    def broken(self, error: object) -> None:
        """A job broke; the runner has logged it."""
        if isinstance(error, BaseException):
            self.happened.emit(report_of(error))

    def _caught_on_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.caught(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _show(self, report: str) -> None:
        if self._open or self._window is None:
            return
        self._open = True
        sheet = CrashSheet(report, self._log_file, self._window)
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        self._open = False


class CrashSheet(Sheet):
    """「出现意外错误，您的数据已保存」 with what a helper needs to know."""

    def __init__(self, report: str, log_file: Path, parent: QWidget) -> None:
        """Show a report."""
        super().__init__("出现意外错误", parent, 560)
        self._report = report
        self._log_file = log_file
        self.body.addWidget(label("出现意外错误，您的数据已保存。", "name", wrap=True))
        self.body.addWidget(
            label(
                "刚才的操作没有完成，其余不受影响，可以继续使用。"
                "如果反复出现，请复制下面的信息发给维护人员。",
                "muted",
                wrap=True,
            )
        )
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName("错误信息")
        text.setMinimumHeight(tokens.px(140))
        self.body.addWidget(text)
        self._copy = button("复制错误信息", self.copy, drawing="copy")
        self.foot.addWidget(self._copy)
        self.foot.addWidget(button("打开日志", self._open_log, drawing="folder-open"))
        self.foot.addStretch(1)
        close = button("继续使用", self.accept, kind="primary")
        close.setDefault(True)
        self.foot.addWidget(close)

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText("已复制")

    def _open_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_file.parent)))


def report_of(error: BaseException) -> str:
    """What broke, where, in which program on which system; personal numbers masked."""
    trace = "".join(traceback.format_exception(error))
    head = f"师训通 {VERSION} · Python {platform.python_version()} · Qt {qVersion()}"
    return masked(f"{head} · {platform.platform()}\n{trace}")
