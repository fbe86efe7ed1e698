"""One line above a list: what the person should know, with at most one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import pixmap
from ui.desktop.widgets.parts import button, label, set_tone, tool

UNDO_SECONDS = 8


class NoticeBar(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make the bar, hidden."""
        super().__init__(parent)
        self.setObjectName("notice")
        self._drawing = QLabel()
        self._drawing.setObjectName("plain")
        self._text = label("", "noticeText", wrap=True)
        self._action: QPushButton = button("", self._act, kind="link")
        self._close = tool("x", "关闭提示", self.hide)
        self._action.hide()
        self._on_action: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.px(12), tokens.px(4), tokens.px(8), tokens.px(4))
        layout.setSpacing(tokens.GAP)
        layout.addWidget(self._drawing, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.setMinimumHeight(tokens.px(38))
        self.hide()

    def tell(
        self,
        text: str,
        tone: str = "warn",
        action: str = "",
        on_action: Callable[[], object] | None = None,
        seconds: int = 0,
    ) -> None:
        """Say something.

        Args:
            text: one sentence.
            tone: one of ``tokens.TONES``.
            action: what the button says; no button where empty.
            on_action: called by it.
            seconds: after how many the bar goes away by itself; 0 stays.
        """
        look = tokens.TONES[tone]
        self._drawing.setPixmap(pixmap(look.icon, look.text, tokens.px(18)))
        self._text.setText(text)
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self._on_action = on_action
        for widget in (self, self._text):
            set_tone(widget, tone)
        self.setAccessibleName(text)
        self.show()
        self._timer.stop()
        if seconds:
            self._timer.start(seconds * 1000)

    def offer_undo(self, text: str, on_undo: Callable[[], object]) -> None:
        """Say what was done and offer to take it back for eight seconds."""
        self.tell(text, "info", "撤销", on_undo, UNDO_SECONDS)

    def text(self) -> str:
        """What the bar says, "" while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def _act(self) -> None:
        self.hide()
        if self._on_action is not None:
            self._on_action()
