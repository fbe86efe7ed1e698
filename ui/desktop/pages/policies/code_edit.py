"""A text with line numbers in a fixed-width font: marks lines, goes to one, finds words."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRect
from PySide6.QtGui import (
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ui.desktop.pages.policies.highlighter import PackHighlighter
from ui.desktop.widgets import tokens
from ui.desktop.widgets.look import FAMILIES

_FIXED = ("Consolas", "DejaVu Sans Mono", "Noto Sans Mono", "Courier New")


class CodeEdit(QPlainTextEdit):
    """The text of a rule pack."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty."""
        super().__init__(parent)
        self.setObjectName("code")
        self.setAccessibleName("规则原文")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        font = QFont()
        font.setFamilies([*_FIXED, *FAMILIES])
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(tokens.px(14))
        self.setFont(font)
        self.setTabStopDistance(self.fontMetrics().horizontalAdvance(" ") * 4)
        self._wrong: frozenset[int] = frozenset()
        self._numbers = _Numbers(self)
        self._highlighter = PackHighlighter(self.document())
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._scroll_numbers)
        self.cursorPositionChanged.connect(self._mark)
        self._make_room()

    def line(self) -> int:
        """The line of the cursor, counted from 1."""
        return self.textCursor().blockNumber() + 1

    def go_to(self, line: int) -> None:
        """Put the cursor at a line and bring it into the middle of what is seen."""
        block = self.document().findBlockByNumber(max(0, line - 1))
        if block.isValid():
            cursor = QTextCursor(block)
            self.setTextCursor(cursor)
            self.centerCursor()
        self.setFocus()

    def mark_wrong(self, lines: Collection[int]) -> None:
        """Tint these lines; counted from 1."""
        self._wrong = frozenset(lines)
        self._mark()
        self._numbers.update()

    def replace_all(self, text: str) -> None:
        """Put another text in the place of all, as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()

    def find_next(self, words: str, *, backwards: bool = False) -> bool:
        """Select the next place of some words, from the top again after the last."""
        if not words:
            return False
        flags = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        if self.find(words, flags):
            return True
        start = QTextCursor(self.document())
        if backwards:
            start.movePosition(QTextCursor.MoveOperation.End)
        before = self.textCursor()
        self.setTextCursor(start)
        if self.find(words, flags):
            return True
        self.setTextCursor(before)
        return False

    def number_width(self) -> int:
        """The width that line numbers need."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + tokens.px(18)

    def paint_numbers(self, event: QPaintEvent) -> None:
        """Paint the numbers of the lines in sight; those with a mistake in red."""
        painter = QPainter(self._numbers)
        painter.setFont(self.font())
        painter.fillRect(event.rect(), QColor(tokens.HEADER))
        block = self.firstVisibleBlock()
        top = self.blockBoundingGeometry(block).translated(self.contentOffset()).top()
        while block.isValid() and top <= event.rect().bottom():
            height = self.blockBoundingRect(block).height()
            if block.isVisible():
                number = block.blockNumber() + 1
                wrong = number in self._wrong
                painter.setPen(QColor(tokens.ERROR if wrong else tokens.MUTED))
                base = top + block.layout().lineAt(0).ascent()  # with Chinese it lies lower
                left = self._numbers.width() - tokens.px(8)
                left -= self.fontMetrics().horizontalAdvance(str(number))
                painter.drawText(left, round(base), str(number))
            block = block.next()
            top += height
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(
            QRect(inside.left(), inside.top(), self.number_width(), inside.height())
        )

    def _make_room(self, *_: int) -> None:
        self.setViewportMargins(self.number_width(), 0, 0, 0)

    def _scroll_numbers(self, rect: QRect, down: int) -> None:
        if down:
            self._numbers.scroll(0, down)
        else:
            self._numbers.update(0, rect.y(), self._numbers.width(), rect.height())

    def _mark(self) -> None:
        """Tint the line of the cursor and those with a mistake."""
        marked = [
            (self.line() - 1, tokens.ZEBRA),
            *((n - 1, tokens.ERROR_TINT) for n in self._wrong),
        ]
        found: list[QTextEdit.ExtraSelection] = []
        for number, colour in marked:
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document().findBlockByNumber(number))  # type: ignore[attr-defined]
            one.format.setBackground(QColor(colour))  # type: ignore[attr-defined]
            one.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]  # noqa: FBT003
            found.append(one)
        self.setExtraSelections(found)


class _Numbers(QWidget):
    """The strip with the line numbers."""

    def __init__(self, editor: CodeEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_numbers(event)
