"""④ 完成: what was taken in, file by file, and the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, clear, label, picture

if TYPE_CHECKING:
    from ui.desktop.pages.imports.jobs import Applied


class DoneStep(QWidget):
    """One card a file.

    Signals:
        undo_wanted: the operation that shall be taken back.
        errors_wanted: the place of the file whose bad rows shall be exported.
    """

    undo_wanted = Signal(str)
    errors_wanted = Signal(int)

    def __init__(self) -> None:
        """Make the step, empty."""
        super().__init__()
        self._cards = QVBoxLayout(self)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(tokens.BLOCK)

    def show_results(self, results: list[Applied]) -> None:
        """Show what became of each file."""
        clear(self._cards)
        for place, one in enumerate(results):
            self._cards.addWidget(self._card(place, one))
        self._cards.addStretch(1)

    def _card(self, place: int, one: Applied) -> QFrame:
        frame, inside = filled_card()
        well = one.batch is not None
        head = QHBoxLayout()
        head.setSpacing(tokens.BLOCK)
        colour = tokens.OK if well else tokens.MUTED
        head.addWidget(picture("circle-check" if well else "info", colour, 24))
        texts = QVBoxLayout()
        texts.setSpacing(tokens.px(3))
        texts.addWidget(label(one.path.name, "heading"))
        texts.addWidget(label(_summary(one), "muted", wrap=True))
        head.addLayout(texts, 1)
        if one.batch is not None:
            if one.batch.counts.refused or one.batch.counts.warned:
                wanted = partial(self.errors_wanted.emit, place)
                head.addWidget(button("导出有错的行…", wanted, drawing="file-up"))
            undo = partial(self.undo_wanted.emit, one.batch.operation_id)
            head.addWidget(button("撤销本次导入", undo, drawing="undo-2"))
        inside.addLayout(head)
        return frame


def _summary(one: Applied) -> str:
    if one.batch is None:
        return one.message
    counts = one.batch.counts
    parts = (
        ("新增", counts.inserted), ("更新", counts.updated), ("不变", counts.unchanged),
        ("有错未收", counts.refused), ("重复略过", counts.skipped), ("待核对", counts.warned),
    )  # fmt: skip
    return "，".join(f"{name} {count:,} 行" for name, count in parts if count) + "。"
