"""Questions and messages as windows: one sentence large, the rest small, the safe answer first.

They are opened, never run in a loop of their own: the answer comes as a call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label, picture


@dataclass(frozen=True, slots=True)
class Answer:
    """One button of a question.

    Attributes:
        text: what it says.
        action: what it does; the window closes first.
        kind: its look: ``primary``, ``danger`` or "".
    """

    text: str
    action: Callable[[], object] | None = None
    kind: str = ""


class Sheet(QDialog):
    """A window over the page with a title, a body and a row of buttons at its foot."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = 520) -> None:
        """Make it empty; ``width`` in pixels of the standard size."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(tokens.px(width))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.PAGE, tokens.PAGE, tokens.PAGE, tokens.CARD)
        outer.setSpacing(tokens.CARD)
        self.body = QVBoxLayout()
        self.body.setSpacing(tokens.BLOCK)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(tokens.GAP)
        outer.addLayout(self.body, 1)
        outer.addLayout(self.foot)

    def add_answer(self, answer: Answer) -> QPushButton:
        """Put a button at the foot."""
        found = button(answer.text, kind=answer.kind)
        found.setMinimumWidth(tokens.px(88))
        found.clicked.connect(self._answered(answer))
        self.foot.addWidget(found)
        if answer.kind == "primary":
            found.setDefault(True)
        return found

    def fit_to_words(self) -> None:
        """Grow where wrapped words need more room than the window has."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            wanted = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), wanted))

    def showEvent(self, event: QShowEvent) -> None:
        """Keep the window on its parent's screen."""
        super().showEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            middle = parent.window().frameGeometry().center() - self.rect().center()
            top_left = parent.window().frameGeometry().topLeft()
            self.move(max(middle.x(), top_left.x()), max(middle.y(), top_left.y()))

    def _answered(self, answer: Answer) -> Callable[[], None]:
        def slot() -> None:
            self.done(1)
            if answer.action is not None:
                answer.action()

        return slot


def ask(
    parent: QWidget, question: str, details: str, answers: Sequence[Answer], tone: str = "info"
) -> Sheet:
    """Open a question over ``parent``; gives the window, which deletes itself when closed."""
    sheet = Sheet("请确认" if len(answers) > 1 else "提示", parent, 440)
    sheet.setObjectName("question")
    look = tokens.TONES[tone]
    head = QHBoxLayout()
    head.setSpacing(tokens.BLOCK)
    head.addWidget(picture(look.icon, look.text, 26), 0, Qt.AlignmentFlag.AlignTop)
    texts = QVBoxLayout()
    texts.setSpacing(tokens.GAP)
    texts.addWidget(label(question, "heading", wrap=True))
    if details:
        texts.addWidget(label(details, "muted", wrap=True))
    head.addLayout(texts, 1)
    sheet.body.addLayout(head)
    sheet.body.addStretch(1)
    sheet.foot.addStretch(1)
    for answer in answers:
        sheet.add_answer(answer)
    sheet.open()
    return sheet


def tell(parent: QWidget, message: str, details: str = "", tone: str = "warn") -> Sheet:
    """Open a message over ``parent``."""
    return ask(parent, message, details, [Answer("知道了", kind="primary")], tone)
