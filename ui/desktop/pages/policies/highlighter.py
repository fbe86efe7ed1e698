"""Colours in the text of a rule pack: remarks, heads, keys, words, numbers."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from ui.desktop.widgets import tokens

_STRING = r'"(?:[^"\\]|\\.)*"?'


class PackHighlighter(QSyntaxHighlighter):
    """Colours every line by itself; a pack's text needs no memory from line to line."""

    def __init__(self, document: QTextDocument) -> None:
        """Colour a document as it is typed."""
        super().__init__(document)
        self._rules = (
            (QRegularExpression(r"^\s*[\w.\-]+(?=\s*=)|[\w\-]+(?=\s*=\s*)"), _look(tokens.WARN)),
            (QRegularExpression(r"\b(?:true|false|[\d.\-]*\d)\b"), _look(tokens.PRIMARY_HOVER)),
            (QRegularExpression(r"^\s*\[\[?[\w.\s\-]+\]\]?"), _look(tokens.PRIMARY, bold=True)),
            (QRegularExpression(_STRING), _look(tokens.OK)),
        )
        self._remark = _look(tokens.MUTED)

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line; a later rule paints over an earlier one, a remark over all."""
        for pattern, look in self._rules:
            found = pattern.globalMatch(text)
            while found.hasNext():
                match = found.next()
                self.setFormat(match.capturedStart(), match.capturedLength(), look)
        place = remark_place(text)
        if place >= 0:
            self.setFormat(place, len(text) - place, self._remark)


def remark_place(text: str) -> int:
    """Where a remark begins: the first # outside quotes; -1 for none."""
    quoted = False
    for place, sign in enumerate(text):
        if sign == '"' and text[place - 1 : place] != "\\":
            quoted = not quoted
        elif sign == "#" and not quoted:
            return place
    return -1


def _look(colour: str, *, bold: bool = False) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setForeground(QColor(colour))
    if bold:
        found.setFontWeight(QFont.Weight.DemiBold)
    return found
