"""科目与权重: what a score is made of, which course each part fills, and its items."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.errors import OfficeError
from models.exams.records import Exam
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.edit_grid import EditColumn, EditGrid, EditRow
from ui.desktop.widgets.parts import button, label

_JOBS = "ui.desktop.pages.exams.score_jobs"
load_parts = Lazy(_JOBS, "part_texts")
save_parts = Lazy(_JOBS, "save_parts")
COLUMNS = (
    EditColumn("name", "科目", 6),
    EditColumn("weight", "权重%", 4, numeric=True),
    EditColumn("full_marks", "满分", 4, numeric=True),
    EditColumn("course", "对应课程的编号", 7),
    EditColumn("component", "课程的成绩组成", 7),
    EditColumn("items", "试题和分值", 9, stretch=True),
)
MORE = 4
WIDTH, HEIGHT = 880, 440
HOW = (
    "各科目权重合计 100。写了课程编号的，登记时成绩记入那门课程；课程的成绩由几项组成的，"
    "写明记入哪一项（如：考试）。试题写成“选择题 40，简答题 60”，不写表示只有一个总分。"
)


class PartsSheet(Sheet):
    """The parts as a grid.

    Signals:
        saved: the operation.
    """

    saved = Signal(object)

    def __init__(self, session: Session, parent: QWidget, exam: Exam) -> None:
        """Make the window; the parts are read beside it."""
        super().__init__("科目与权重", parent, WIDTH)
        self._session = session
        self._exam = exam
        self.grid = EditGrid("科目与权重", _anything)
        self._problem = label("", "fieldError", wrap=True)
        self._problem.hide()
        self.body.addWidget(label(HOW, "muted", wrap=True))
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self._problem)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("保存", self.save, kind="primary")
        self.foot.addWidget(self.action)
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))
        session.read("正在读取", load_parts.bind(exam.id), self._fill, quiet=True)

    def save(self) -> None:
        """Write what the lines say; empty lines are no parts."""
        keys = [column.key for column in COLUMNS]
        sheet = self.grid.sheet
        lines = [
            {key: sheet.text(row, place) for place, key in enumerate(keys)}
            for row in range(sheet.rowCount())
        ]
        filled = [line for line in lines if any(line.values())]
        work = save_parts.bind(self._exam.id, filled)
        self._session.write("正在保存", work, self._done, self._refuse)

    def _fill(self, found: list[dict[str, str]]) -> None:
        empty = {column.key: "" for column in COLUMNS}
        lines = [*found, *(empty for _ in range(MORE))]
        self.grid.show_sheet(COLUMNS, [EditRow(str(n), line) for n, line in enumerate(lines)])
        self.grid.setCurrentIndex(self.grid.sheet.index(0, 0))

    def _done(self, operation: object) -> None:
        self.accept()
        self.saved.emit(operation)

    def _refuse(self, error: OfficeError) -> None:
        self._problem.setText(error.sentence)
        self._problem.show()


def _anything(_row: str, _column: str, _text: str) -> str:
    return ""
