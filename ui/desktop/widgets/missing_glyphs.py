"""Whose names cannot be printed: who, which characters, where, and what can be done about it.

Used before any batch is printed, and to look the whole register over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.store.operations import Operation
    from reports.inputs.fonts import NameMissing

open_glyphs = Lazy("ui.desktop.widgets.glyphs.sheet", "glyph_sheet")
correct = Lazy("ui.desktop.widgets.glyphs.jobs", "correct")
look_for_missing = Lazy("ui.desktop.widgets.glyphs.jobs", "missing")

COLUMNS = (
    TableColumn("name", "姓名", 7),
    TableColumn("codes", "字体里没有的字", 12),
    TableColumn("school", "学校", 12),
    TableColumn("advice", "怎么办", 14, stretch=True),
)
NOBODY = "姓名中的字都能打印。"


class MissingGlyphs(QWidget):
    """The list with its buttons.

    Signals:
        changed: the list is another one now; how many are left.
    """

    changed = Signal(int)

    def __init__(self, session: Session, *, leaves_out: bool) -> None:
        """Make it empty.

        Args:
            session: where pictures are kept.
            leaves_out: whether people can be left out of a batch here.
        """
        super().__init__()
        self._session = session
        self._people: list[NameMissing] = []
        self.left_out: set[str] = set()
        self.closed = False
        self.table = DataTable(COLUMNS, session.preferences, "missing_glyphs")
        self.table.setAccessibleName("缺字的姓名")
        self.grid = GridCard(self.table)
        self.grid.empty.say(NOBODY, drawing="circle-check")
        self.draw_button = button("造字图片…", self.draw, kind="primary", drawing="pencil")
        self.correct_button = button("改为标准字", self.correct)
        self.correct_button.setToolTip("把旧编码的字换成国家标准中的同一个字")
        self.leave_button = button("移出本批", self.leave_out)
        self.leave_button.setVisible(leaves_out)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(tokens.GAP)
        for one in (self.draw_button, self.correct_button, self.leave_button):
            self.buttons.addWidget(one)
        self.buttons.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self.grid, 1)
        lines.addLayout(self.buttons)
        self.table.opened.connect(self.draw)
        self.table.chosen.connect(self._turn_to)
        self.show_people([])

    @property
    def people(self) -> list[NameMissing]:
        """Who is in the list."""
        return list(self._people)

    def show_people(self, people: Sequence[NameMissing]) -> None:
        """List these people, without those who were left out."""
        self._people = [one for one in people if one.teacher_id not in self.left_out]
        self.table.show_rows(FixedRows([_row(one) for one in self._people]))
        self.grid.show_table(yes=bool(self._people))
        for one in (self.draw_button, self.leave_button):
            one.setEnabled(bool(self._people))
        if self._people:
            self.table.choose(self._people[0].teacher_id)
        self._turn_to(self.table.current_id())
        self.changed.emit(len(self._people))

    def draw(self, teacher_id: str = "") -> None:
        """Bring a picture for the first missing character of the chosen person."""
        found = self._person(teacher_id or self.table.current_id())
        if found is not None:
            wanted = found.characters[0]
            open_glyphs(self._session, self, found.teacher_id, wanted, self.look_again)

    def correct(self) -> None:
        """Write the chosen person's name with the characters the standard has by now."""
        found = self._person(self.table.current_id())
        if found is not None and found.instead:
            work = correct.bind(found.teacher_id, found.instead)
            self._session.write("正在修改姓名", work, self._corrected)

    def _corrected(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)
        self.look_again()

    def _person(self, teacher_id: str) -> NameMissing | None:
        return next((one for one in self._people if one.teacher_id == teacher_id), None)

    def _turn_to(self, teacher_id: str) -> None:
        found = self._person(teacher_id)
        self.correct_button.setEnabled(found is not None and bool(found.instead))

    def leave_out(self) -> None:
        """Leave the selected people out of the batch."""
        self.left_out.update(self.table.selected_ids())
        self.show_people(self._people)

    def look_again(self) -> None:
        """Look which of the people cannot be printed still."""
        ids = [one.teacher_id for one in self._people]
        self._session.read("正在检查姓名", look_for_missing.bind(ids), self._seen, quiet=True)

    def _seen(self, people: Sequence[NameMissing]) -> None:
        if not self.closed:
            self.show_people(people)


class MissingSheet(Sheet):
    """The list as a window between a person and a batch that cannot be printed whole."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        people: Sequence[NameMissing],
        on_go: Callable[[frozenset[str]], object],
    ) -> None:
        """Open over a page; ``on_go`` is called with the identities of those left out."""
        super().__init__("有字打印不出来", parent, 760)
        self._on_go = on_go
        self.says = label("", "heading", wrap=True)
        self.list = MissingGlyphs(session, leaves_out=True)
        self.list.setMinimumHeight(tokens.px(280))
        self.go_button = button("继续打印", self._go, kind="primary")
        self.body.addWidget(self.says)
        self.body.addWidget(self.list, 1)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.foot.addWidget(self.go_button)
        self.list.changed.connect(self._tell)
        self.finished.connect(self._close)
        self.list.show_people(people)

    def _close(self) -> None:
        self.list.closed = True

    def _tell(self, count: int) -> None:
        gone = len(self.list.left_out)
        out = f"已移出 {gone} 人。" if gone else ""
        self.says.setText(
            f"{count} 人的姓名里有字体没有的字，请造字，或把人移出本批改用手写。{out}"
            if count
            else f"可以打印了。{out}"
        )
        self.go_button.setEnabled(not count)

    def _go(self) -> None:
        self.accept()
        self._on_go(frozenset(self.list.left_out))


def _row(one: NameMissing) -> TableRow:
    codes = "、".join(f"{char}（U+{ord(char):04X}）" for char in one.characters)
    advice = f"可改为“{one.instead}”" if one.instead else "造字图片"
    texts = {"name": one.name, "codes": codes, "school": one.school, "advice": advice}
    return TableRow(one.teacher_id, texts, {"codes": "warn"}, {"codes": codes})
