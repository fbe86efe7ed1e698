"""One editor for each sort of property; all speak the raw values of the form's model."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from reports.kit.value_names import VALUE_NAMES
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, column, row

COLOURS = {
    "黑": "#000000",
    "深灰": "#404040",
    "灰": "#8A8A8A",
    "大红": "#C00000",
    "证书红": "#A3231F",
    "枣红": "#7A1F1B",
    "藏蓝": "#1F4E79",
    "墨绿": "#1E5B3A",
    "金": "#B98A3A",
    "印泥浅红": "#F0CFCB",
}
"""Colours that certificates are printed in."""
DIFFERENT = object()
"""Stands for the value where those of several parts differ."""
_AT_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Editor(Protocol):
    """What the property panel needs of an editor."""

    @property
    def widget(self) -> QWidget:
        """The control."""
        ...

    def listen(self, edited: Callable[[], object]) -> None:
        """Call ``edited`` when the person changed the value."""
        ...

    def value(self) -> object:
        """The value in it, as the model takes it; a text where a number cannot be read."""
        ...

    def show(self, value: object) -> None:
        """Show a value; ``DIFFERENT`` where several differ."""
        ...


class NumberLine(QLineEdit):
    """A number that the arrow keys and the wheel of the mouse change by steps."""

    def __init__(self, step: float, unit: str) -> None:
        """Make it empty."""
        super().__init__()
        self._step = step
        self._unit = unit
        self.setMinimumWidth(tokens.px(44))
        if unit:
            self.setTextMargins(0, 0, self.fontMetrics().horizontalAdvance(unit), 0)

    def number(self) -> float | str:
        """The number in it; the text where it is none."""
        try:
            found = float(self.text().replace("，", ".").replace(",", "."))
        except ValueError:
            return self.text()
        return found if math.isfinite(found) else self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down change the number, ten times as much with Shift."""
        sign = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        found = self.number()
        if not sign or isinstance(found, str):
            super().keyPressEvent(event)
            return
        many = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self.setText(said(found + sign * many * self._step))
        self.textEdited.emit(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the unit behind the number."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(tokens.MUTED))
        room = self.rect().adjusted(0, 0, -tokens.px(8), 0)
        painter.drawText(room, _AT_RIGHT, self._unit)
        painter.end()


class NumberEditor:
    """One number, or several side by side for a point."""

    def __init__(self, step: float, unit: str = "", count: int = 1) -> None:
        """Make the lines."""
        self._lines = [NumberLine(step, unit) for _ in range(count)]
        self._box = self._lines[0] if count == 1 else QWidget()
        if count > 1:
            layout = QHBoxLayout(self._box)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(tokens.px(6))
            for line in self._lines:
                layout.addWidget(line)

    @property
    def widget(self) -> QWidget:
        """The line or lines."""
        return self._box

    def listen(self, edited: Callable[[], object]) -> None:
        """Tell of every key."""
        for line in self._lines:
            line.textEdited.connect(_silent(edited))

    def value(self) -> object:
        """The number or numbers."""
        numbers = [line.number() for line in self._lines]
        return numbers[0] if len(numbers) == 1 else tuple(numbers)

    def show(self, value: object) -> None:
        """Show the number, unless it stands there already in other words."""
        if value == self.value() and value is not DIFFERENT:
            return
        values = _several(value) or [value] * len(self._lines)
        for line, one in zip(self._lines, values, strict=True):
            line.setText(said(one) if isinstance(one, int | float) else "")
            line.setPlaceholderText("不同" if one is DIFFERENT else "")
            line.setCursorPosition(0)


class LineEditor:
    """A short text."""

    def __init__(self) -> None:
        """Make the line."""
        self._line = QLineEdit()

    @property
    def widget(self) -> QLineEdit:
        """The line."""
        return self._line

    def listen(self, edited: Callable[[], object]) -> None:
        """Tell of every key."""
        self._line.textEdited.connect(_silent(edited))

    def value(self) -> object:
        """The text."""
        return self._line.text()

    def show(self, value: object) -> None:
        """Show the text."""
        if value != self._line.text():
            self._line.setText(str(value) if value is not DIFFERENT else "")
            self._line.setCursorPosition(0)
        self._line.setPlaceholderText("不同" if value is DIFFERENT else "")


class WordsEditor:
    """The words of a text, with a menu of the values it may name."""

    def __init__(self) -> None:
        """Make the field and the button."""
        self._edit = QPlainTextEdit()
        self._edit.setObjectName("words")
        self._edit.setTabChangesFocus(True)
        self._edit.setFixedHeight(tokens.px(70))
        self._menu = QMenu(self._edit)
        for name, known in VALUE_NAMES.items():
            action = self._menu.addAction(f"{known.title}　{{{name}}}")
            action.triggered.connect(partial(self._insert, name))
        self.menu_button = button("插入值", drawing="plus")
        self.menu_button.setMenu(self._menu)
        self._box = QWidget()
        self._box.setLayout(column(self._edit, row(self.menu_button, None), gap=tokens.px(4)))
        self._box.setFocusProxy(self._edit)

    @property
    def widget(self) -> QWidget:
        """The field with its button."""
        return self._box

    def listen(self, edited: Callable[[], object]) -> None:
        """Tell of every key."""
        self._edit.textChanged.connect(edited)

    def value(self) -> object:
        """The text on one line, as forms have it."""
        return self._edit.toPlainText().replace("\n", "")

    def show(self, value: object) -> None:
        """Show the text."""
        if value != self.value():
            quiet = QSignalBlocker(self._edit)
            self._edit.setPlainText(str(value) if value is not DIFFERENT else "")
            quiet.unblock()
        self._edit.setPlaceholderText("不同" if value is DIFFERENT else "")

    def _insert(self, name: str) -> None:
        self._edit.insertPlainText(f"{{{name}}}")
        self._edit.setFocus()


class Choice(QComboBox):
    """A list that leaves keys with Ctrl to those around it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A list would search for the letter."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChoiceEditor:
    """One of a few words."""

    def __init__(self, words: Sequence[tuple[object, str]]) -> None:
        """Offer words, each with the value it stands for."""
        self._values = [value for value, _ in words]
        self._combo = Choice()
        self._combo.addItems([word for _, word in words])
        self._combo.setMinimumContentsLength(3)
        self._combo.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )

    @property
    def widget(self) -> QComboBox:
        """The list."""
        return self._combo

    def listen(self, edited: Callable[[], object]) -> None:
        """Tell of a choice."""
        self._combo.activated.connect(_silent(edited))

    def value(self) -> object:
        """The value of the chosen word."""
        return self._values[self._combo.currentIndex()]

    def show(self, value: object) -> None:
        """Choose a word; none where values differ."""
        known = value in self._values
        self._combo.setCurrentIndex(self._values.index(value) if known else -1)


class FlagEditor:
    """Yes or no."""

    def __init__(self, words: str) -> None:
        """Make the box to tick."""
        self._box = QCheckBox(words)

    @property
    def widget(self) -> QCheckBox:
        """The box."""
        return self._box

    def listen(self, edited: Callable[[], object]) -> None:
        """Tell of a click."""
        self._box.clicked.connect(_silent(edited))

    def value(self) -> object:
        """Whether it is ticked."""
        return self._box.isChecked()

    def show(self, value: object) -> None:
        """Tick it or not."""
        self._box.setChecked(value is True)


class ColourEditor(QObject):
    """A colour as ``#1F4E79``, with those that certificates are printed in."""

    chosen = Signal()

    def __init__(self) -> None:
        """Make the line and its menu."""
        super().__init__()
        self._line = QLineEdit()
        self._line.setMaxLength(7)
        self._swatch = self._line.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._swatch.setToolTip("选择颜色")
        self._swatch.triggered.connect(self._open)
        self._line.textChanged.connect(self._paint)

    @property
    def widget(self) -> QLineEdit:
        """The line."""
        return self._line

    def listen(self, edited: Callable[[], object]) -> None:
        """Tell of every key and choice."""
        self._line.textEdited.connect(_silent(edited))
        self.chosen.connect(edited)

    def value(self) -> object:
        """The colour as written."""
        return self._line.text()

    def show(self, value: object) -> None:
        """Show a colour."""
        if value != self._line.text():
            self._line.setText(str(value) if value is not DIFFERENT else "")
        self._line.setPlaceholderText("不同" if value is DIFFERENT else "")

    def _paint(self) -> None:
        colour = QColor(self._line.text())
        if colour.isValid():
            self._swatch.setIcon(swatch(colour))

    def _open(self) -> None:
        menu = QMenu(self._line)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, colour in COLOURS.items():
            action = menu.addAction(swatch(QColor(colour)), f"{name}　{colour}")
            action.triggered.connect(partial(self._choose, colour))
        menu.addSeparator()
        menu.addAction("其他颜色…").triggered.connect(self._ask)
        menu.popup(self._line.mapToGlobal(self._line.rect().bottomLeft()))

    def _ask(self) -> None:
        window = QColorDialog(QColor(self._line.text()), self._line.window())
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.colorSelected.connect(self._chosen)
        window.open()

    def _chosen(self, colour: QColor) -> None:
        self._choose(colour.name().upper())

    def _choose(self, colour: str) -> None:
        self._line.setText(colour)
        self.chosen.emit()


def _silent(edited: Callable[[], object]) -> Callable[[object], None]:
    """A slot that hands the signal's argument to nobody."""

    def slot(_argument: object) -> None:
        edited()

    return slot


def _several(value: object) -> tuple[object, ...]:
    """The numbers of a point; nothing for a single number."""
    return cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()


def swatch(colour: QColor) -> QIcon:
    """A small field of a colour."""
    side = tokens.px(16)
    found = QPixmap(side, side)
    found.fill(QColor(tokens.BORDER))
    painter = QPainter(found)
    painter.fillRect(1, 1, side - 2, side - 2, colour)
    painter.end()
    return QIcon(found)


def said(number: float) -> str:
    """A number without needless zeros: ``10.5``, ``42``."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"
