"""发证: what kind, to whom, what they say; who gets one is shown before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QScrollArea, QWidget

from models.certificates.kinds import Kind, kinds
from models.training.courses import course_rows
from ui.desktop.pages.certificates.issue_list import ListRow
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import boxed, button, clear, column, label, row
from ui.desktop.widgets.small_grid import SmallGrid

if TYPE_CHECKING:
    from models.certificates.issuing import Issued
    from models.errors import OfficeError
    from ui.desktop.pages.certificates.jobs import Preview

_JOBS = "ui.desktop.pages.certificates.jobs"
source_of = Lazy(_JOBS, "Source")
preview_issue = Lazy(_JOBS, "preview_issue")
issue = Lazy(_JOBS, "issue")
WIDTH, HEIGHT = 680, 600
COURSE, FILE, EVERYBODY = "course", "file", "everybody"
SOURCES = {
    COURSE: "一门课程的合格学员",
    FILE: "名单里的人（或单位）",
    EVERYBODY: "还没有的全部在岗教师",
}
OFFERED = {"course": (COURSE, FILE), "list": (FILE,), "teacher": (EVERYBODY, FILE)}


class IssueSheet(Sheet):
    """Asks, weighs, issues.

    Signals:
        issued: an ``Issued``, when the certificates are in the register.
    """

    issued = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        """Begin with the first kind."""
        super().__init__("发证", parent, WIDTH)
        self._session = session
        self._preview: Preview | None = None
        self._facts: dict[str, QLineEdit] = {}
        self.kind, self.source, self.course = QComboBox(), QComboBox(), QComboBox()
        self.batch = QLineEdit()
        self.list = ListRow(session, lambda: self._kind)
        self.told = label("", "muted", wrap=True)
        self.problem = label("", "fieldError", wrap=True)
        self.refused = SmallGrid("不能发的", ("谁", "为什么"), 1)
        self._grid = QGridLayout()
        self._fill_choices()
        self._lay_out()
        self._connect()
        self._turn_kind()
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))

    def check(self) -> None:
        """Weigh everybody, beside the window."""
        self._forget()
        listed = self.source.currentData() == FILE
        if listed and self.list.empty:
            self._tell("还没有选择名单。请先选择或粘贴，或另存一份模板填写。")
            return
        source = source_of(
            kind=self._kind.key,
            course_id=self.course.currentData() if self._from_course else "",
            file=self.list.file if listed else None,
            pasted=self.list.pasted if listed else "",
            batch=self.batch.text().strip(),
            facts={
                key: line.text().strip() for key, line in self._facts.items() if line.text().strip()
            },
        )
        work = preview_issue.bind(source)
        self._session.read("正在核对", work, self._weighed, self._refuse)

    def issue(self) -> None:
        """Issue to those who can get one."""
        if self._preview is not None:
            self._session.write(
                "正在发证", issue.bind(self._preview.wish), self._done, self._refuse
            )

    def paste(self) -> None:
        """Take the list that was copied elsewhere, whatever was chosen before."""
        self.source.setCurrentIndex(self.source.findData(FILE))
        self.list.paste()

    @property
    def _kind(self) -> Kind:
        return kinds()[self.kind.currentData()]

    @property
    def _from_course(self) -> bool:
        return self.source.currentData() == COURSE

    def _fill_choices(self) -> None:
        for key, one in kinds().items():
            self.kind.addItem(one.title, key)
        for one in course_rows(self._session.office):
            if one.passed:
                words = f"{one.shown['title']}（{one.shown['year']} 年，合格 {one.passed} 人）"
                self.course.addItem(words, one.id)
        for box, name in ((self.kind, "证书种类"), (self.source, "发给谁"), (self.course, "课程")):
            box.setAccessibleName(name)
        self.batch.setAccessibleName("期")
        self.batch.setPlaceholderText("分期的写期次，如 5")

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(tokens.BLOCK)
        self._grid.setVerticalSpacing(tokens.GAP)
        inner = boxed(self._grid, "scrollBody", tokens.BLOCK)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setMaximumHeight(tokens.px(210))
        self._area = area
        self.body.addLayout(
            row(
                _captioned("证书种类", self.kind),
                _captioned("发给谁", self.source),
                _captioned("期", self.batch),
            )
        )
        self.body.addWidget(self.course)
        self.body.addWidget(self.list)
        self.body.addWidget(area)
        self.body.addWidget(self.told)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.refused, 1)
        self.body.addStretch(0)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.check_button = button("核对", self.check)
        self.action = button("发证", self.issue, kind="primary")
        self.foot.addWidget(self.check_button)
        self.foot.addWidget(self.action)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._turn_kind)
        self.source.currentIndexChanged.connect(self._turn_source)
        self.course.currentIndexChanged.connect(self._forget)
        self.batch.textEdited.connect(self._forget)
        self.list.taken.connect(self.check)
        self.list.told.connect(self.told.setText)
        self.list.refused.connect(self._tell)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self, self.paste)

    def _turn_kind(self, *_: int) -> None:
        kind = self._kind
        self.source.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.source.clear()
        for key in OFFERED[kind.basis]:
            self.source.addItem(SOURCES[key], key)
        self.source.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self.list.forget()
        clear(self._grid)
        self._facts.clear()
        for place, fact in enumerate(kind.facts):
            line = QLineEdit()
            line.setAccessibleName(fact.title)
            line.setPlaceholderText(fact.note or (f"如 {fact.example}" if fact.example else ""))
            line.textEdited.connect(self._forget)
            self._facts[fact.key] = line
            self._grid.addWidget(label(fact.title, "caption"), place // 2, place % 2 * 2)
            self._grid.addWidget(line, place // 2, place % 2 * 2 + 1)
        self._turn_source()

    def _turn_source(self, *_: int) -> None:
        self.course.setVisible(self._from_course)
        self.list.setVisible(self.source.currentData() == FILE)
        self._area.setVisible(not self._from_course)
        self._forget()
        if self._from_course and not self.course.count():
            self._tell("还没有合格的学员。请先在“培训”中录入成绩，再发证书。")

    def _forget(self, *_: object) -> None:
        """What was weighed is out of date."""
        self._preview = None
        self.problem.hide()
        self.refused.hide()
        self.action.setEnabled(False)
        self.action.setText("发证")
        alike = "整批相同的内容写在这里；各人不同的写在名单里，名单里写了的以名单为准。"
        self.told.setText("" if self._from_course else alike)

    def _weighed(self, found: Preview) -> None:
        self._preview = found
        words = f"将发 {found.due:,} {self._kind.unit}"
        words += f"，从 {found.first} 起编号" if found.first else ""
        words += f"；{found.before:,} 人先前已有" if found.before else ""
        words += f"；{len(found.refused):,} 人（行）不能发，原因如下" if found.refused else ""
        self.told.setText(f"{words}。")
        self.refused.show_lines(found.refused)
        self.refused.setVisible(bool(found.refused))
        self.action.setEnabled(bool(found.due))
        self.action.setText(f"发证 {found.due:,} {self._kind.unit}")
        self.action.setDefault(True)

    def _done(self, issued: Issued) -> None:
        self.accept()
        self.issued.emit(issued)

    def _refuse(self, error: OfficeError) -> None:
        self._tell(error.sentence)

    def _tell(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()


def _captioned(title: str, field: QWidget) -> QWidget:
    caption = label(title, "caption")
    caption.setBuddy(field)
    return boxed(column(caption, field, gap=tokens.px(4)))
