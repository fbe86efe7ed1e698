"""Asks how a kind is to be numbered; says the next number as one types, or why it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from models.certificates.at_print import ID_NUMBER_NAMES
from models.certificates.numbering import NumberingChange, read_start
from models.certificates.numbers import PLACES
from models.errors import UserError
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import boxed, button, column, label

if TYPE_CHECKING:
    from models.certificates.numbering import Numbering
    from models.errors import OfficeError

try_typed = Lazy("ui.desktop.pages.certificates.number_jobs", "try_typed")
WIDTH = 560
BATCH = "{batch"
_PLACES = "、".join(f"{{{key}}} {title}" for key, title in PLACES.items())
HINT = f"可以写文字，和 {_PLACES}；{{seq:05d}} 是五位，前面补零。"


class NumberSheet(Sheet):
    """The window.

    Signals:
        wished: a ``NumberingChange``; the window stays open until it is accepted or refused.
    """

    wished = Signal(object)

    def __init__(self, session: Session, parent: QWidget, now: Numbering) -> None:
        """Show how the kind is numbered now."""
        super().__init__(f"{now.kind.title}的编号", parent, WIDTH)
        self._session = session
        self._now = now
        self.rule = QLineEdit(now.rule)
        self.batch = QLineEdit("1")
        self.start = QLineEdit()
        self.start.setPlaceholderText("不改，接着往下编")
        self.id_number = QComboBox()
        for how, title in ID_NUMBER_NAMES.items():
            self.id_number.addItem(title, how)
        self.id_number.setCurrentIndex(self.id_number.findData(now.id_number))
        self.example = label("", "heading", wrap=True)
        self.problem = label("", "fieldError", wrap=True)
        self.problem.hide()
        self.usual = button("恢复通常规则", self.take_usual)
        self.save = button("保存", self._wish, kind="primary")
        self._lay_out()
        for line in (self.rule, self.batch, self.start):
            line.textChanged.connect(self.look)
        self.look()

    def take_usual(self) -> None:
        """Write the usual template into the field."""
        self.rule.setText(self._now.usual)

    def look(self) -> None:
        """Ask what the next number would be with what is typed now."""
        self._of_batch.setVisible(BATCH in self.rule.text())
        typed = self._typed()
        work = try_typed.bind(self._now.kind.key, *typed)

        def told(number: str) -> None:
            if typed == self._typed():
                self._tell(f"下一个号：{number}", "")

        def refused(error: OfficeError) -> None:
            if typed == self._typed():
                self.refuse(error)

        self._session.read("正在试编号", work, told, refused, quiet=True)

    def refuse(self, error: OfficeError) -> None:
        """Say under the field why it cannot be."""
        self._tell("", error.sentence)

    def _typed(self) -> tuple[str, str, str]:
        batch = self.batch.text() if BATCH in self.rule.text() else ""
        return self.rule.text(), batch, self.start.text()

    def _tell(self, number: str, problem: str) -> None:
        self.example.setText(number)
        self.example.setVisible(bool(number))
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.save.setEnabled(not problem)
        self.fit_to_words()

    def _wish(self) -> None:
        rule, batch, start = self._typed()
        try:
            number = read_start(start)
        except UserError as error:
            self.refuse(error)
            return
        text, how = rule.strip(), str(self.id_number.currentData())
        self.wished.emit(
            NumberingChange(
                self._now.kind.key,
                rule=None if text == self._now.rule else "" if text == self._now.usual else text,
                start=number,
                batch=batch,
                id_number="" if how == self._now.id_number else how,
            )
        )

    def _lay_out(self) -> None:
        self._of_batch = boxed(_asked("期次（看哪一期的号）", self.batch))
        self.body.addLayout(_asked("编号规则", self.rule))
        self.body.addWidget(self.problem)
        self.body.addWidget(self.example)
        self.body.addWidget(label(HINT, "caption", wrap=True))
        self.body.addWidget(self._of_batch)
        self.body.addLayout(_asked("起始号", self.start))
        self.body.addLayout(_asked("证书上的身份证号", self.id_number))
        self.body.addStretch(1)
        self.foot.addWidget(self.usual)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.save.setDefault(True)
        self.foot.addWidget(self.save)


def _asked(title: str, editor: QLineEdit | QComboBox) -> QVBoxLayout:
    editor.setAccessibleName(title)
    caption = label(title, "caption")
    caption.setBuddy(editor)
    return column(caption, editor, gap=tokens.px(4))
