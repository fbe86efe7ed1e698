"""The tiles above the lists: each requirement with how many have met it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from models.verdicts.board import Board
from ui.desktop.pages.verdicts.listing import percent
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, clear
from ui.desktop.widgets.plots import Bar, ShareTile

WIDTH = 210
"""The least width of a tile; as many stand side by side as fit."""
MOST = 5


class RequirementStrip(QWidget):
    """The tiles; a pressed one narrows the list to those who have not met it.

    Signals:
        chosen: the requirement of the pressed tile, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it empty; its ``toggle`` may stand elsewhere."""
        super().__init__(parent)
        self.setAccessibleName("各项要求达标人数")
        self._tiles: list[ShareTile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(tokens.GAP)
        self._across = 0
        self._low = False
        self._folded: bool | None = None
        self.toggle = button("收起各项要求", self._turn, kind="link")

    @property
    def tiles(self) -> list[ShareTile]:
        """The tiles in the pack's order."""
        return self._tiles

    def show_board(self, board: Board | None) -> None:
        """Show the requirements of a board that concern anybody."""
        marked = next((tile.bar.key for tile in self._tiles if tile.isChecked()), "")
        clear(self._grid)
        self._tiles = []
        for column in board.columns if board else ():
            applying, met = column.counts()
            demand = column.question.demand
            if not applying:
                continue
            share = percent(met, applying)
            words = f"{demand.title}：要求 {applying:,} 人，达到 {met:,} 人，{share}"
            tile = ShareTile(
                Bar(column.id, demand.title, met / applying, share, words),
                f"{met:,}/{applying:,}",
                f"{demand.clause}。点一下只看未达到的人。",
            )
            tile.setChecked(column.id == marked)
            tile.toggled.connect(self._toggled)
            self._tiles.append(tile)
        self._across = 0
        self._arrange()
        self._look()

    def mark(self, requirement: str) -> None:
        """Press the tile of a requirement without telling."""
        for tile in self._tiles:
            tile.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
            tile.setChecked(tile.bar.key == requirement)
            tile.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
            tile.update()

    def set_low(self, *, low: bool) -> None:
        """Fold the tiles where the window is low, unless the person chose otherwise."""
        self._low = low
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many side by side as fit."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        across = max(1, min(MOST, self.width() // tokens.px(WIDTH), max(1, len(self._tiles))))
        if across == self._across:
            return
        self._across = across
        for place, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, place // across, place % across)
        for place in range(MOST):
            self._grid.setColumnStretch(place, 1 if place < across else 0)

    def _toggled(self, pressed: bool) -> None:  # noqa: FBT001 - Qt's signal
        tile = self.sender()
        self.chosen.emit(tile.bar.key if pressed and isinstance(tile, ShareTile) else "")

    def _turn(self) -> None:
        self._folded = not self.isHidden()
        self._look()

    def _look(self) -> None:
        folded = self._low if self._folded is None else self._folded
        self.setVisible(bool(self._tiles) and not folded)
        self.toggle.setVisible(bool(self._tiles))
        self.toggle.setText("展开各项要求" if folded else "收起各项要求")
