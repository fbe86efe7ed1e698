"""One editor for each kind of field; all speak text, as a cell of a workbook would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QMenu, QWidget

from models.entities.describe import Column, Kind
from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon

SEVERAL = "、"
UNSET = "（未填）"


class Editor(Protocol):
    """What a form needs of an editor."""

    @property
    def widget(self) -> QWidget:
        """The control."""
        ...

    @property
    def edited(self) -> SignalInstance:
        """Emitted when the person changed the text."""
        ...

    def text(self) -> str:
        """The text in it, "" for none."""
        ...

    def set_text(self, text: str) -> None:
        """Show a text."""
        ...


class LineEditor:
    """A line; known words are offered where there are some."""

    def __init__(self, column: Column, offers: Sequence[str] = ()) -> None:
        """Make the line for a field."""
        self._line = QLineEdit()
        self._line.setPlaceholderText(
            column.note or (f"如 {column.example}" if column.example else "")
        )
        if offers:
            completer = QCompleter(list(offers), self._line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setMaxVisibleItems(10)
            self._line.setCompleter(completer)

    @property
    def widget(self) -> QLineEdit:
        """The line."""
        return self._line

    @property
    def edited(self) -> SignalInstance:
        """The text changed."""
        return self._line.textChanged

    def text(self) -> str:
        """The text."""
        return self._line.text()

    def set_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self._line.setText(text)
        self._line.setCursorPosition(0)


class ChoiceEditor:
    """A list of known words, one of them chosen; a word not on the list is kept and shown."""

    def __init__(self, offers: Sequence[str]) -> None:
        """Make the list."""
        self._combo = QComboBox()
        self._combo.addItem(UNSET, "")
        for offer in offers:
            self._combo.addItem(offer, offer)
        self._combo.setMaxVisibleItems(14)
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._combo.setMinimumContentsLength(4)

    @property
    def widget(self) -> QComboBox:
        """The list."""
        return self._combo

    @property
    def edited(self) -> SignalInstance:
        """Another word was chosen."""
        return self._combo.currentIndexChanged

    def text(self) -> str:
        """The chosen word."""
        return str(self._combo.currentData() or "")

    def set_text(self, text: str) -> None:
        """Choose a word."""
        place = self._combo.findData(text)
        if place < 0:
            self._combo.addItem(text, text)
            place = self._combo.count() - 1
        self._combo.setCurrentIndex(place)


class SeveralEditor(LineEditor):
    """Several known words in one line, joined by 、; a menu ticks them."""

    def __init__(self, column: Column, offers: Sequence[str]) -> None:
        """Make the line and its menu."""
        super().__init__(column)
        self._offers = tuple(offers)
        action = self._line.addAction(
            icon("chevron-down", tokens.MUTED), QLineEdit.ActionPosition.TrailingPosition
        )
        action.setToolTip(f"选择{column.title}")
        action.triggered.connect(self._open)

    def _open(self) -> None:
        menu = QMenu(self._line)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self._chosen()
        for offer in self._offers:
            action = menu.addAction(offer)
            action.setCheckable(True)
            action.setChecked(offer in chosen)
        menu.triggered.connect(self._tick)
        menu.popup(self._line.mapToGlobal(QPoint(0, self._line.height())))

    def _tick(self, action: QAction) -> None:
        chosen = [one for one in self._chosen() if one != action.text()]
        if action.isChecked():
            chosen.append(action.text())
        self.set_text(SEVERAL.join(chosen))

    def _chosen(self) -> list[str]:
        return [one for one in self.text().split(SEVERAL) if one]


def editor_for(column: Column, offers: Sequence[str]) -> Editor:
    """The editor for a field.

    Args:
        column: what the field is.
        offers: the names of its code table, or of the institutions.
    """
    match column.kind:
        case Kind.CODE:
            return ChoiceEditor(offers)
        case Kind.FLAG:
            return ChoiceEditor(("是", "否"))
        case Kind.CODES:
            return SeveralEditor(column, offers)
        case _:
            return LineEditor(column, offers)
