"""A form of the office's own that cannot be read: its text, what is wrong, and two ways out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from reports.inputs.certificate_forms import ListedForm
from ui.desktop.widgets import tokens
from ui.desktop.widgets.look import FAMILIES
from ui.desktop.widgets.parts import button, label, row

_FIXED = ("Consolas", "DejaVu Sans Mono", "Noto Sans Mono", "Courier New")


class Damaged(QWidget):
    """The text of a damaged form, to be mended or given up.

    Signals:
        save_wanted: name and text.
        drop_wanted: the name of the form that is to go.
    """

    save_wanted = Signal(str, str)
    drop_wanted = Signal(str)

    def __init__(self) -> None:
        """Make it; ``show_form`` fills it."""
        super().__init__()
        self._name = ""
        self.problem = label("", "fieldError", wrap=True)
        self.edit = QPlainTextEdit()
        self.edit.setObjectName("code")
        self.edit.setAccessibleName("样式原文")
        font = QFont()
        font.setFamilies([*_FIXED, *FAMILIES])
        font.setPixelSize(tokens.px(14))
        self.edit.setFont(font)
        self.save_button = button("保存原文", self._save, kind="primary", drawing="check")
        self.drop_button = button("恢复原样", self._drop, drawing="undo-2")
        layout = QVBoxLayout(self)
        margin = tokens.px(12)
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.addWidget(label("这个样式读不出来，其他样式不受影响", "heading"))
        layout.addWidget(self.problem)
        layout.addWidget(self.edit, 1)
        layout.addLayout(row(None, self.drop_button, self.save_button))

    def show_form(self, one: ListedForm) -> None:
        """Show a damaged form."""
        self._name = one.name
        self.problem.setText(one.problem)
        self.edit.setPlainText(one.text)
        self.drop_button.setText("恢复原样" if one.shipped else "删除样式")

    def refuse(self, sentence: str) -> None:
        """Say what is still wrong."""
        self.problem.setText(sentence)

    def _save(self) -> None:
        self.save_wanted.emit(self._name, self.edit.toPlainText())

    def _drop(self) -> None:
        self.drop_wanted.emit(self._name)
