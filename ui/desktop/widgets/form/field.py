"""A field of a form: its title, its editor, and below it what is wrong in words."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.entities.describe import Column
from models.entities.problems import Problem, Severity
from ui.desktop.widgets import tokens
from ui.desktop.widgets.form.editors import Editor
from ui.desktop.widgets.parts import label, set_tone


class Field(QWidget):
    """Title, editor, sentence."""

    def __init__(self, name: str, column: Column, editor: Editor) -> None:
        """Make the field.

        Args:
            name: the entity's field name.
            column: what the field is.
            editor: the control.
        """
        super().__init__()
        self.setObjectName("plain")
        self.name = name
        self.editor = editor
        title = label(column.title + (" *" if column.required else ""), "caption")
        title.setBuddy(editor.widget)
        editor.widget.setAccessibleName(column.title + ("（必填）" if column.required else ""))
        self._help = column.note
        self._says = label("", "fieldNote", wrap=True)
        self._says.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.px(3))
        layout.addWidget(title)
        layout.addWidget(editor.widget)
        layout.addWidget(self._says)
        layout.addStretch(1)

    def show_problem(self, problem: Problem | None, becomes: str = "") -> None:
        """Say what is wrong, or what the text will be saved as, or nothing.

        Args:
            problem: the worst problem of the field.
            becomes: the text as it will be kept, where it differs from what was typed.
        """
        state, look, words = "", "fieldNote", ""
        if problem is not None and problem.severity is Severity.REFUSE:
            state, look, words = "error", "fieldError", problem.message
        elif problem is not None:
            state, look, words = "warn", "fieldWarn", problem.message
        elif becomes:
            words = f"将保存为：{becomes}"
        if self._says.objectName() != look:
            self._says.setObjectName(look)
            self._says.style().unpolish(self._says)
            self._says.style().polish(self._says)
        self._says.setText(words)
        self._says.setVisible(bool(words))
        set_tone(self.editor.widget, state, "state")
        self.editor.widget.setAccessibleDescription(words or self._help)

    def words(self) -> str:
        """What stands below the editor."""
        return self._says.text()
