"""Labels, buttons and boxes as the look wants them; each has a name for screen readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.desktop.widgets import tokens
from ui.desktop.widgets.icon import icon, pixmap

_BUTTON_COLOURS = {
    "primary": "#FFFFFF",
    "link": tokens.PRIMARY,
    "danger": tokens.ERROR,
    "linkDark": tokens.RAIL_MARK,
}


def label(text: str = "", look: str = "", *, wrap: bool = False) -> QLabel:
    """A text in one of the looks of the style sheet (title, count, muted, caption …)."""
    found = QLabel(text)
    found.setObjectName(look or "plain")
    found.setTextFormat(Qt.TextFormat.PlainText)
    if wrap:
        found.setWordWrap(True)
        found.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return found


def pill(text: str, tone: str) -> QLabel:
    """A short state on its tint."""
    found = label(text, "pill")
    found.setProperty("tone", tone)
    found.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return found


def set_tone(widget: QWidget, tone: str, name: str = "tone") -> None:
    """Change a style property of a widget and have it painted anew."""
    if widget.property(name) != tone:
        widget.setProperty(name, tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    text: str, clicked: Callable[[], object] | None = None, *, kind: str = "", drawing: str = ""
) -> QPushButton:
    """A button: plain, ``primary``, ``danger`` or ``link``, with a drawing where named."""
    found = QPushButton(f" {text}" if drawing else text)
    found.setProperty("kind", kind)
    found.setAccessibleName(text)
    found.setAutoDefault(False)
    found.setCursor(
        Qt.CursorShape.PointingHandCursor if kind.startswith("link") else Qt.CursorShape.ArrowCursor
    )
    if drawing:
        found.setIcon(icon(drawing, _BUTTON_COLOURS.get(kind, tokens.TEXT)))
        found.setIconSize(QSize(tokens.px(16), tokens.px(16)))
    if clicked is not None:
        found.clicked.connect(without_arguments(clicked))
    return found


def set_kind(found: QPushButton, kind: str, drawing: str = "") -> None:
    """Change the look of a button, with its drawing in the colour that goes with it."""
    set_tone(found, kind, "kind")
    if drawing:
        found.setIcon(icon(drawing, _BUTTON_COLOURS.get(kind, tokens.TEXT)))


def tool(drawing: str, name: str, clicked: Callable[[], object] | None = None) -> QToolButton:
    """A small button with a drawing only; its name is told on hover and to screen readers."""
    found = QToolButton()
    found.setObjectName("tool")
    found.setIcon(icon(drawing, tokens.MUTED))
    found.setIconSize(QSize(tokens.px(16), tokens.px(16)))
    found.setToolTip(name)
    found.setAccessibleName(name)
    if clicked is not None:
        found.clicked.connect(without_arguments(clicked))
    return found


def tab_bar(name: str) -> QTabBar:
    """Tabs without a line below them, as wide as their words; ``name`` is what they are called."""
    found = QTabBar()
    found.setAccessibleName(name)
    found.setDrawBase(False)
    found.setExpanding(False)
    return found


def padded(box: QAbstractSpinBox) -> None:
    """Give a number the room to its border that a style sheet cannot give it."""
    line = box.lineEdit()
    line.setTextMargins(tokens.px(7), 0, 0, 0)


def picture(drawing: str, colour: str = tokens.MUTED, size: int = tokens.ICON) -> QLabel:
    """A drawing that is no button."""
    found = QLabel()
    found.setObjectName("plain")
    found.setPixmap(pixmap(drawing, colour, tokens.px(size)))
    return found


def without_arguments(action: Callable[[], object]) -> Callable[[], None]:
    """The action as a slot that takes none of the signal's arguments."""

    def slot() -> None:
        action()

    return slot


def card(name: str = "card") -> QFrame:
    """A white box with a thin border."""
    found = QFrame()
    found.setObjectName(name)
    return found


def rule() -> QFrame:
    """A thin line across."""
    return card("rule")


def row(*items: QWidget | int | None, gap: int = tokens.GAP) -> QHBoxLayout:
    """Widgets side by side; a number is a fixed gap, None takes the room that is left."""
    found = QHBoxLayout()
    found.setContentsMargins(0, 0, 0, 0)
    found.setSpacing(gap)
    _fill(found, items)
    return found


def column(*items: QWidget | QLayout | int | None, gap: int = tokens.GAP) -> QVBoxLayout:
    """Widgets below each other; a number is a fixed gap, None takes the room that is left."""
    found = QVBoxLayout()
    found.setContentsMargins(0, 0, 0, 0)
    found.setSpacing(gap)
    _fill(found, items)
    return found


def boxed(layout: QLayout, name: str = "plain", margin: int = 0) -> QWidget:
    """A widget around a layout."""
    found = QWidget()
    found.setObjectName(name)
    layout.setContentsMargins(margin, margin, margin, margin)
    found.setLayout(layout)
    return found


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def _fill(
    layout: QHBoxLayout | QVBoxLayout, items: Iterable[QWidget | QLayout | int | None]
) -> None:
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
