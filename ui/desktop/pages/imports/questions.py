"""待确认的调动: teachers whom another school lists; a person says whether they moved."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.staff.questions import MoveQuestion, open_questions
from models.store.operations import Operation
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("name", "姓名", 7),
    TableColumn("teacher_no", "教师编号", 9),
    TableColumn("here", "库中学校", 16),
    TableColumn("there", "表中学校", 16),
    TableColumn("source", "来自文件", 14, stretch=True),
)
EXPLAINS = "这些教师在库中属于一所学校，导入的表却把他们列在另一所。导入时没有调动，请逐一确认。"
NONE = "没有需要确认的调动。"

_answer_moves = Lazy("ui.desktop.pages.imports.jobs", "answer_moves")


class QuestionsTab(QWidget):
    """The open questions, answered one or many at a time."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self._session = session
        self._questions: dict[str, MoveQuestion] = {}
        self.table = DataTable(COLUMNS, session.preferences, "import_questions")
        self.table.setAccessibleName("待确认的调动")
        self.grid = GridCard(self.table)
        self.moved_button = button("确认调入…", self.moved, kind="primary")
        self.stays_button = button("不调动", self.stays)
        self._foot = row(
            label("可用 Ctrl 或 Shift 选中几人一起处理", "caption"),
            None,
            self.stays_button,
            self.moved_button,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(label(EXPLAINS, "muted", wrap=True))
        layout.addWidget(self.grid, 1)
        layout.addLayout(self._foot)
        self.table.selection_count.connect(self._look)

    @property
    def count(self) -> int:
        """How many questions are open."""
        return len(self._questions)

    def reload(self) -> None:
        """Read the open questions anew."""
        self._questions = {one.id: one for one in open_questions(self._session.office)}
        rows = [
            TableRow(
                one.id,
                {
                    "name": one.name,
                    "teacher_no": one.teacher_no,
                    "here": one.here,
                    "there": one.there,
                    "source": one.source,
                },
            )
            for one in self._questions.values()
        ]
        self.table.show_rows(FixedRows(rows))
        self.grid.empty.say(NONE, drawing="circle-check")
        self.grid.show_table(yes=bool(rows))
        self._look()

    def moved(self) -> None:
        """Ask since when the selected teachers are at the other school."""
        chosen = self._chosen()
        if not chosen:
            return
        who = chosen[0].name if len(chosen) == 1 else f"{chosen[0].name}等 {len(chosen)} 人"
        text = f"{who}调入表中的学校；原来的任职会保留在经历中。"
        sheet = ChooseSheet("确认调入", text, "调入", self)
        sheet.add_line("on", "调动日期", self._session.office.store.clock.today().isoformat())

        def answer(texts: dict[str, str]) -> None:
            try:
                date.fromisoformat(texts["on"])
            except ValueError:
                sheet.refuse(f"“{texts['on']}”不是日期，请写成 2026-09-01 的样子。")
                return
            sheet.accept()
            self._answer(chosen, moved=True, on=texts["on"])

        sheet.ask(answer)

    def stays(self) -> None:
        """The selected teachers stay where the register has them."""
        chosen = self._chosen()
        if chosen:
            self._answer(chosen, moved=False, on="")

    def _chosen(self) -> list[MoveQuestion]:
        return [self._questions[one] for one in self.table.selected_ids()]

    def _answer(self, chosen: list[MoveQuestion], *, moved: bool, on: str) -> None:
        work = _answer_moves.bind(chosen, moved=moved, on=on)
        self._session.write("正在登记", work, partial(self._answered))

    def _answered(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)

    def _look(self, *_: int) -> None:
        chosen = bool(self.table.selected_ids()) and not self._session.read_only
        self.moved_button.setEnabled(chosen)
        self.stays_button.setEnabled(chosen)
