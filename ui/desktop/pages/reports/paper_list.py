"""The papers in groups: the title of each, below it in small what it is for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from reports.catalogue.options import PaperInfo
from ui.desktop.widgets import tokens

NAME = Qt.ItemDataRole.UserRole
ABOUT = Qt.ItemDataRole.UserRole + 1
ROW, GROUP_ROW = 52, 34
SMALL = 12

Index = QModelIndex | QPersistentModelIndex


class PaperList(QListWidget):
    """The list.

    Signals:
        paper_chosen: the name of the paper.
    """

    paper_chosen = Signal(str)

    def __init__(self) -> None:
        """Make it empty."""
        super().__init__()
        self.setAccessibleName("报表")
        self.setItemDelegate(_Lines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(self._changed)

    def show_papers(self, papers: Sequence[PaperInfo]) -> None:
        """List the papers under their groups."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.clear()
        group = ""
        for info in papers:
            if info.group != group:
                group = info.group
                self._add(group, "", "")
            self._add(info.title, info.name, info.about)
        self.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag

    def choose(self, name: str) -> None:
        """Choose a paper; the first one where there is none of that name."""
        items = [self.item(place) for place in range(self.count())]
        papers = [one for one in items if one.data(NAME)]
        if papers:
            found = next((one for one in papers if one.data(NAME) == name), papers[0])
            self.setCurrentItem(found)

    def chosen(self) -> str:
        """The name of the chosen paper, "" for none."""
        item: QListWidgetItem | None = self.currentItem()
        return str(item.data(NAME)) if item else ""

    def _add(self, title: str, name: str, about: str) -> None:
        item = QListWidgetItem(title, self)
        item.setData(NAME, name)
        item.setData(ABOUT, about)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, about)
        item.setToolTip(about)
        item.setSizeHint(QSize(0, tokens.px(ROW if name else GROUP_ROW)))
        if not name:
            item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _changed(self) -> None:
        if self.chosen():
            self.paper_chosen.emit(self.chosen())


class _Lines(QStyledItemDelegate):
    """Paints a paper in two lines, a group in one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground where it is chosen, then the words."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.SELECTED))
            radius = tokens.px(4)
            painter.drawRoundedRect(option.rect.adjusted(2, 1, -2, -1), radius, radius)
        inside = option.rect.adjusted(tokens.BLOCK, tokens.px(5), -tokens.GAP, -tokens.px(5))
        if index.data(NAME):
            half = inside.height() // 2
            upper = QRect(inside.left(), inside.top(), inside.width(), half)
            lower = QRect(inside.left(), inside.top() + half, inside.width(), half)
            self._write(painter, upper, str(index.data()), _font(tokens.BODY), tokens.TEXT)
            about, font = str(index.data(ABOUT)), _font(SMALL)
            self._write(painter, lower, about, font, tokens.MUTED)
        else:
            font = _font(SMALL)
            font.setWeight(QFont.Weight.DemiBold)
            self._write(painter, inside, str(index.data()), font, tokens.MUTED, below=True)
        painter.restore()

    @staticmethod
    def _write(
        painter: QPainter,
        place: QRect,
        text: str,
        font: QFont,
        colour: str,
        *,
        below: bool = False,
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        side = Qt.AlignmentFlag.AlignBottom if below else Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | side, shown)


def _font(size: int) -> QFont:
    font = QFont()
    font.setPixelSize(tokens.px(size))
    return font
