"""One control for each kind of option; all speak the text a person would write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from reports.catalogue.options import Option, OptionKind
from ui.desktop.pages.reports.offers import Offer
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import row

SEVERAL = "、"
YES, NO = "是", "否"
MANY = 12
"""From so many offers on they are searched by typing."""
BODY_LINES = 11
WIDE = frozenset(
    {
        OptionKind.COURSE, OptionKind.EXAM, OptionKind.TEXT, OptionKind.BODY, OptionKind.TEACHERS,
        OptionKind.SEVERAL, OptionKind.RUN, OptionKind.IMPORT,
        OptionKind.COURSE, OptionKind.EXAM, OptionKind.PROGRAMME, OptionKind.BATCH,
        OptionKind.TEXT, OptionKind.BODY, OptionKind.TEACHERS, OptionKind.SEVERAL,
    }
)  # fmt: skip
"""Kinds whose control takes the whole breadth."""


class OptionEditor(Protocol):
    """What the form needs of a control."""

    @property
    def widget(self) -> QWidget:
        """The control."""
        ...

    def text(self) -> str:
        """The answer, "" for none."""
        ...

    def set_text(self, text: str) -> None:
        """Show an answer."""
        ...


class PickEditor:
    """A list of which one is chosen; a long one is searched by typing into it."""

    def __init__(self, option: Option, offers: Sequence[Offer]) -> None:
        """Make the list."""
        self._combo = QComboBox()
        self._combo.setMaxVisibleItems(16)
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._combo.setMinimumContentsLength(8)
        if not option.required and not option.default:
            self._combo.addItem(option.empty or "（不选）", "")
        for one in offers:
            self._combo.addItem(one.text, one.value)
        if len(offers) > MANY:
            self._search()

    def _search(self) -> None:
        self._combo.setEditable(True)
        self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self._combo.model(), self._combo)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(MANY)
        self._combo.setCompleter(completer)

    @property
    def widget(self) -> QComboBox:
        """The list."""
        return self._combo

    def text(self) -> str:
        """The value of the chosen item, or what was typed and is on no list."""
        if self._combo.isEditable():
            typed = self._combo.currentText().strip()
            place = self._combo.findText(typed, Qt.MatchFlag.MatchExactly)
            return str(self._combo.itemData(place) or "") if place >= 0 else typed
        return str(self._combo.currentData() or "")

    def set_text(self, text: str) -> None:
        """Choose the item of that value; the first one where there is none."""
        self._combo.setCurrentIndex(max(0, self._combo.findData(text)))


class FlagEditor:
    """A tick."""

    def __init__(self, option: Option) -> None:
        """Make the box."""
        self._box = QCheckBox(option.title)

    @property
    def widget(self) -> QCheckBox:
        """The box."""
        return self._box

    def text(self) -> str:
        """是 or 否."""
        return YES if self._box.isChecked() else NO

    def set_text(self, text: str) -> None:
        """Tick it for 是."""
        self._box.setChecked(text == YES)


class SeveralEditor:
    """A tick for each choice."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        """Make the boxes."""
        self._widget = QWidget()
        self._widget.setObjectName("plain")
        self.boxes = {one.value: QCheckBox(one.text) for one in offers}
        layout = row(*self.boxes.values(), None, gap=tokens.CARD)
        self._widget.setLayout(layout)

    @property
    def widget(self) -> QWidget:
        """The boxes."""
        return self._widget

    def text(self) -> str:
        """The ticked ones."""
        return SEVERAL.join(value for value, box in self.boxes.items() if box.isChecked())

    def set_text(self, text: str) -> None:
        """Tick those."""
        chosen = text.split(SEVERAL)
        for value, box in self.boxes.items():
            box.setChecked(value in chosen)


class LineEditor:
    """A line of text; what leaving it empty means stands in it in grey."""

    def __init__(self, option: Option) -> None:
        """Make the line."""
        self._line = QLineEdit()
        self._line.setPlaceholderText(option.empty)

    @property
    def widget(self) -> QLineEdit:
        """The line."""
        return self._line

    def text(self) -> str:
        """What was typed."""
        return self._line.text().strip()

    def set_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self._line.setText(text)
        self._line.setCursorPosition(0)


class BodyEditor:
    """Paragraphs, one a line."""

    def __init__(self, option: Option) -> None:
        """Make the field."""
        self._edit = QPlainTextEdit()
        self._edit.setObjectName("paragraphs")
        self._edit.setPlaceholderText(option.empty)
        self._edit.setTabChangesFocus(True)
        line = self._edit.fontMetrics().lineSpacing()
        self._edit.setMinimumHeight(line * BODY_LINES)

    @property
    def widget(self) -> QPlainTextEdit:
        """The field."""
        return self._edit

    def text(self) -> str:
        """What was typed."""
        return self._edit.toPlainText().strip()

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._edit.setPlainText(text)


_PICKED = frozenset(
    {
        OptionKind.YEAR,
        OptionKind.SCHOOL,
        OptionKind.COURSE,
        OptionKind.EXAM,
        OptionKind.RUN,
        OptionKind.IMPORT,
        OptionKind.PROGRAMME,
        OptionKind.BATCH,
        OptionKind.CHOICE,
    }
)


def editor_for(option: Option, offers: Sequence[Offer]) -> OptionEditor:
    """The control for an option, empty."""
    if option.kind in _PICKED:
        return PickEditor(option, offers)
    match option.kind:
        case OptionKind.FLAG:
            return FlagEditor(option)
        case OptionKind.SEVERAL:
            return SeveralEditor(offers)
        case OptionKind.BODY:
            return BodyEditor(option)
        case _:
            return LineEditor(option)
