"""Paints cells so that a state's colour survives the selection and cut text can be read."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QHelpEvent, QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip


class CellDelegate(QStyledItemDelegate):
    """Keeps the foreground of a cell under the selection; shows cut text as a tooltip."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Let the selected cell keep its own colour."""
        super().initStyleOption(option, index)
        foreground = index.data(Qt.ItemDataRole.ForegroundRole)
        if foreground is not None:
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, QBrush(foreground))  # type: ignore[attr-defined]
        option.textElideMode = Qt.TextElideMode.ElideRight  # type: ignore[attr-defined]

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the cell's own ground first, which a styled table would leave out."""
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect, ground)  # type: ignore[attr-defined]
        super().paint(painter, option, index)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show a cell's note, or its whole text where the column is too narrow for it."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), tip_of(view, index), view)
        return True


def tip_of(view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex) -> str:
    """What hovering over a cell tells: its note, or its text where it is cut; else ""."""
    model: QAbstractItemModel = index.model()
    note = str(model.data(index, Qt.ItemDataRole.ToolTipRole) or "")
    text = str(model.data(index, Qt.ItemDataRole.DisplayRole) or "")
    if note:
        return note
    return text if view.sizeHintForIndex(index).width() > view.visualRect(index).width() else ""
