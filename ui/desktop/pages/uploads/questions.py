"""待处理: everything that is open in the schools' files, in one list."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.entities.problems import Severity
from ui.desktop.pages.uploads.collect_shown import QUESTIONS, question_row
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import offer_undo
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.collecting.questions import Question
    from ui.desktop.pages.uploads.collect_reads import Collected
    from ui.desktop.tasks.session import Session

mark_settled = Lazy("ui.desktop.pages.uploads.collect_jobs", "mark_settled")
KINDS = {Severity.REFUSE: "学校改", Severity.WARN: "本单位看"}


class QuestionsPart(QWidget):
    """The list of questions with the way to the teacher."""

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__()
        self._session = session
        self._questions: dict[str, Question] = {}
        self._states: Mapping[str, str] = {}
        kinds = [Choice(str(one), name) for one, name in KINDS.items()]
        self.filters = FilterRow(
            "学校、姓名、问题（Ctrl+F）",
            {"school": FilterCombo("学校"), "kind": FilterCombo("谁来办", kinds)},
        )
        self.table = DataTable(QUESTIONS, session.preferences, "collect_questions")
        self.table.setAccessibleName("收表待处理")
        self.grid = GridCard(self.table)
        self.jump = button("看教师", self.go, drawing="arrow-right")
        self.settle = button("标为已处理", self._settle, drawing="check")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self.filters)
        lines.addWidget(self.grid, 1)
        hint = label(
            "要学校改的，收到改好的表后自动销掉；看过没有问题的，选中标为已处理。", "caption"
        )
        lines.addLayout(row(self.jump, self.settle, hint, None))
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._selected)
        self.table.selection_count.connect(self._selected)
        self.table.opened.connect(self.go)

    def show_collected(self, found: Collected) -> None:
        """Show what is open in a collection."""
        self._questions = {one.id: one for one in found.questions}
        self._states = found.states
        schools = dict(sorted({one.school_id: one.school for one in found.questions}.items(),
                              key=lambda one: one[1]))  # fmt: skip
        self.filters.filters["school"].set_choices([Choice(*one) for one in schools.items()])
        self._show()

    def go(self, *_: object) -> None:
        """Go to the teacher of the chosen question."""
        one = self._questions.get(self.table.current_id())
        if one is not None and one.target:
            self._session.go.emit("teachers", one.target)

    def _show(self) -> None:
        words, values = self.filters.query(), self.filters.values()
        rows = [
            question_row(place, one, self._states)
            for place, one in enumerate(self._questions.values())
            if words in f"{one.school} {one.who} {one.message}"
            and values.get("school", one.school_id) == one.school_id
            and values.get("kind", str(one.severity)) == str(one.severity)
        ]
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
        if self.filters.active:
            say = self.grid.empty.say
            say("没有符合条件的。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say("没有待处理的。", drawing="circle-check")
        self._selected()

    def _selected(self, *_: object) -> None:
        one = self._questions.get(self.table.current_id())
        self.jump.setEnabled(one is not None and bool(one.target))
        self.settle.setEnabled(bool(self.table.selected_ids()))

    def _settle(self) -> None:
        work = mark_settled.bind(self.table.selected_ids())
        self._session.write("正在处理", work, partial(offer_undo, self._session))
