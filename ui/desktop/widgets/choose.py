"""A small window that asks for one thing: a school, a day, a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, column, label


class ChooseSheet(Sheet):
    """Asks for a few texts, each offered from a list where there is one."""

    def __init__(
        self, title: str, explanation: str, action: str, parent: QWidget, width: int = 460
    ) -> None:
        """Make the window; ``action`` is what its main button says."""
        super().__init__(title, parent, width)
        self._lines: dict[str, QLineEdit] = {}
        self._on_done: Callable[[dict[str, str]], object] | None = None
        self._explanation = label(explanation, "muted", wrap=True)
        self._problem = label("", "fieldError", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._explanation)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button(action, self._finish, kind="primary")
        self.action.setDefault(True)
        self.foot.addWidget(self.action)

    def add_line(
        self, key: str, title: str, text: str = "", offers: Sequence[str] = (), hint: str = ""
    ) -> QLineEdit:
        """Ask for a text."""
        line = QLineEdit(text)
        line.setAccessibleName(title)
        line.setPlaceholderText(hint)
        if offers:
            completer = QCompleter(list(offers), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        self._lines[key] = line
        caption = label(title, "caption")
        caption.setBuddy(line)
        self.body.addLayout(column(caption, line, gap=tokens.px(4)))
        return line

    def ask(self, on_done: Callable[[dict[str, str]], object]) -> None:
        """Open the window; ``on_done`` is called with the texts by key, and may call ``refuse``."""
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self._on_done = on_done
        self.open()
        self.fit_to_words()
        if self._lines:
            next(iter(self._lines.values())).setFocus()

    def refuse(self, sentence: str) -> None:
        """Say why the answer cannot be taken."""
        self._problem.setText(sentence)
        self._problem.show()
        self.fit_to_words()

    def texts(self) -> dict[str, str]:
        """What was typed, by key."""
        return {key: line.text().strip() for key, line in self._lines.items()}

    def _finish(self) -> None:
        self._problem.hide()
        if self._on_done is not None:
            self._on_done(self.texts())
