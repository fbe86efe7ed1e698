"""The settings of the year-end stamp: whose seal, which words, whose name."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit

from models.errors import OfficeError
from models.stamping.wording import read_wording
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, label, row

save_wording = Lazy("ui.desktop.pages.settings.jobs", "keep_wording")


class StampSettings:
    """The card and what stands in it."""

    def __init__(self, session: Session) -> None:
        """Make the card; ``show_wording`` fills it."""
        self._session = session
        self.seal = QLineEdit()
        self.wording = QLineEdit()
        self.clerk = QLineEdit()
        self.card = self._card()

    def show_wording(self) -> None:
        """Show what holds now."""
        found = read_wording(self._session.office)
        self.seal.setText(found.seal)
        self.wording.setText(found.wording)
        self.clerk.setText(found.clerk)

    def save(self) -> None:
        """Keep them."""
        work = save_wording.bind(self.seal.text(), self.wording.text(), self.clerk.text())
        self._session.write("正在保存", work, self._saved, self._refused)

    def _saved(self, _result: object) -> None:
        self._session.told.emit("验印用语已保存，以后打印的登记页照此。", "ok")

    def _refused(self, error: OfficeError) -> None:
        self._session.told.emit(error.sentence, "error")

    def _card(self) -> QFrame:
        frame, inside = filled_card()
        inside.addWidget(label("年度验印", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BLOCK)
        grid.setVerticalSpacing(tokens.px(10))
        grid.setColumnMinimumWidth(0, tokens.px(100))
        for place, (title, editor) in enumerate(
            (("印章名称", self.seal), ("验印用语", self.wording), ("登记人", self.clerk))
        ):
            editor.setAccessibleName(title)
            grid.addWidget(label(title, "muted"), place, 0)
            grid.addWidget(editor, place, 1)
        inside.addLayout(grid)
        inside.addWidget(
            label(
                "印在登记页和验印名单上；印章和用语留空就用单位名称和通常的用语，登记人留空就空着。",
                "caption",
                wrap=True,
            )
        )
        inside.addLayout(row(None, button("保存验印用语", self.save)))
        return frame
