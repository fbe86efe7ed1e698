"""The progress window: appears only when work lasts, says what and how far, and can cancel."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from ui.desktop.tasks.lane import Running
from ui.desktop.tasks.runner import Runner
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label, row

APPEARS_AFTER = 500
"""Milliseconds a job must last before the window shows."""


class ProgressWindow(QDialog):
    """Watches the runner's jobs; one window for the oldest job that is not quiet."""

    def __init__(self, runner: Runner, parent: QWidget) -> None:
        """Watch ``runner`` over ``parent``."""
        super().__init__(parent)
        self.setWindowTitle("请稍候")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(tokens.px(420))
        self._runner = runner
        self._running: Running | None = None
        self._title = label("", "heading")
        self._label = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._cancel = button("取消", self._ask_to_stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.PAGE, tokens.PAGE, tokens.PAGE, tokens.CARD)
        layout.setSpacing(tokens.BLOCK)
        for widget in (self._title, self._bar, self._label):
            layout.addWidget(widget)
        layout.addLayout(row(None, self._cancel))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(APPEARS_AFTER)
        self._timer.timeout.connect(self.open)
        runner.started.connect(self._started)
        runner.progressed.connect(self._progressed)
        runner.ended.connect(self._ended)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window asks the job to stop; the window goes when the job has."""
        event.ignore()
        self._ask_to_stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc asks the job to stop."""
        if event.key() == Qt.Key.Key_Escape:
            self._ask_to_stop()
        else:
            super().keyPressEvent(event)

    def _started(self, running: Running) -> None:
        if running.job.quiet or self._running is not None:
            return
        self._running = running
        self._title.setText(running.job.title)
        self._label.setText("")
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._cancel.setText("取消")
        self._timer.start()

    def _progressed(self, running: Running, done: int, total: int | None, text: str) -> None:
        if running is not self._running:
            return
        self._bar.setRange(0, total or 0)
        self._bar.setValue(done)
        self._label.setText(f"{text}　{done:,} / {total:,}" if total else text)

    def _ended(self, running: Running) -> None:
        if running is not self._running:
            return
        self._running = None
        self._timer.stop()
        self.hide()
        waiting = [one for one in self._runner.waiting if not one.job.quiet]
        if waiting:
            self._started(waiting[0])

    def _ask_to_stop(self) -> None:
        if self._running is not None:
            self._running.progress.cancel()
            self._cancel.setEnabled(False)
            self._cancel.setText("正在停止…")
