"""代码对应: how each code of ours is written in a column of theirs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.uploads.forms import FormColumn, Subject
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.edit_grid import EditColumn, EditGrid, EditRow
from ui.desktop.widgets.parts import button, label

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

code_pairs = Lazy("ui.desktop.pages.uploads.reads", "code_pairs")
WIDTH, HEIGHT = 620, 520
GRID = (
    EditColumn("code", "代码", 4, editable=False),
    EditColumn("name", "我们的名称", 12, editable=False, stretch=True),
    EditColumn("theirs", "上级写成", 12),
)
Pairs = Sequence[tuple[str, str, str]]


class CodeSheet(Sheet):
    """A grid of our codes; what is typed takes the place of what the program would write.

    Signals:
        agreed: our code to theirs, all that the person has said so far.
    """

    agreed = Signal(dict)

    def __init__(self, one: FormColumn, pairs: Pairs, parent: QWidget) -> None:
        """Show how a column writes our codes."""
        super().__init__(f"代码对应：{one.title}", parent, WIDTH)
        self._column = one
        taken = "、".join(one.choices) if one.choices else ""
        words = "空着的在上级的表里没有对应，报到时会列为要先改的。"
        if taken:
            words += f"上级只收：{'、'.join(_spelt(one.choices))}；填代码或名称都可以。"
        self.body.addWidget(label(words, "muted", wrap=True))
        self.grid = EditGrid("代码对应", self._check)
        notes = {"theirs": "没有对应"}
        self.grid.show_sheet(
            GRID,
            [
                EditRow(code, {"code": code, "name": name, "theirs": theirs},
                        {} if theirs else notes)
                for code, name, theirs in pairs
            ],
        )  # fmt: skip
        self.body.addWidget(self.grid, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("确定", self._finish, kind="primary")
        self.foot.addWidget(self.action)
        self.grid.sheet.edited.connect(self._look)
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))

    def _check(self, _row: str, _key: str, text: str) -> str:
        if not text or not self._column.choices or self._code(text):
            return ""
        return f"上级只收 {'、'.join(_spelt(self._column.choices))}"

    def _code(self, text: str) -> str:
        """Their code that a text means."""
        for code, name in self._column.choices.items():
            if text in (code, name, f"{code}-{name}"):
                return code
        return ""

    def _look(self) -> None:
        self.action.setEnabled(not self.grid.sheet.problems)

    def _finish(self) -> None:
        said = {
            code: self._code(texts["theirs"]) or texts["theirs"]
            for code, texts in self.grid.changed_texts().items()
        }
        kept = {**self._column.translate, **said}
        self.accept()
        self.agreed.emit({code: theirs for code, theirs in kept.items() if theirs})


def edit_codes(
    session: Session,
    parent: QWidget,
    subject: Subject,
    one: FormColumn,
    then: Callable[[Mapping[str, str]], object],
) -> None:
    """Read how a column writes our codes, and let the person say otherwise."""
    work = code_pairs.bind(subject, one)
    session.read("正在读代码", work, partial(_open, parent, one, then), quiet=True)


def _open(
    parent: QWidget,
    one: FormColumn,
    then: Callable[[Mapping[str, str]], object],
    pairs: Pairs,
) -> None:
    sheet = CodeSheet(one, pairs, parent)
    sheet.agreed.connect(then)
    sheet.open()


def _spelt(choices: Mapping[str, str]) -> list[str]:
    return [name if code == name else f"{code}-{name}" for code, name in choices.items()]
