"""⑦ 登记: results into courses, hours into the ledger, failing into the stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from ui.desktop.pages.exams.view import ListSpec, Loaded, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.table.source import TableColumn

if TYPE_CHECKING:
    from models.exams.posting import PostedExam

post = Lazy("ui.desktop.pages.exams.score_jobs", "post")
COURSES = ListSpec(
    "courses",
    "课程和台账",
    (
        TableColumn("title", "课程", 20, stretch=True),
        TableColumn("marks", "要记的成绩", 6, numeric=True),
        TableColumn("resits", "其中补考", 5, numeric=True),
        TableColumn("strangers", "没有报名", 5, numeric=True),
        TableColumn("reverse", "应冲销学时", 6, numeric=True),
    ),
    "没有对应的课程，或还没有成绩。",
)
STAMP = ListSpec(
    "stamp",
    "年度验印",
    (
        TableColumn("name", "姓名", 6),
        TableColumn("school", "学校", 14),
        TableColumn("what", "将要", 6),
        TableColumn("reason", "原因", 20, stretch=True),
    ),
    "登记不会改变任何人能否验印。",
)


class PostingStep(StepView):
    """What posting would do, and doing it."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        load = Lazy("ui.desktop.pages.exams.score_loads", "posting")
        super().__init__(session, load, (COURSES, STAMP))
        self.add("登记成绩", self.post, _ready, kind="primary")
        self.enrol = QCheckBox("没有报名的一并报名")
        self.reverse = QCheckBox("冲销不再合格者的学时")
        self.bar.addWidget(self.enrol)
        self.bar.addWidget(self.reverse)
        self.bar.addStretch(1)

    def post(self) -> None:
        """Post everything that has changed."""
        enrol, reverse = self.enrol.isChecked(), self.reverse.isChecked()
        work = post.bind(self.exam.id, enrol=enrol, reverse=reverse)
        self.write("正在登记成绩", work, self._posted)

    def _posted(self, done: PostedExam) -> None:
        words = f"已登记：{done.recorded:,} 人的成绩记入课程，{done.posted:,} 人的学时入账"
        words += f"，{done.blocked:,} 人不予验印" if done.blocked else ""
        words += f"，{done.freed:,} 人解除" if done.freed else ""
        words += f"，冲销 {done.reversed:,} 人的学时" if done.reversed else ""
        self.session.undo_offered.emit(f"{words}。{''.join(done.told)}", done.operation.id)


def _ready(loaded: Loaded) -> bool:
    return loaded.now.settled
