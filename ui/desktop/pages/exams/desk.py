"""One exam at work: its seven steps across, the step in sight below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from models.exams.overview import Overview
from models.exams.records import KIND_NAMES, Exam
from ui.desktop.pages.exams.draw_step import DrawStep
from ui.desktop.pages.exams.frame_step import FrameStep
from ui.desktop.pages.exams.marks_step import MarksStep
from ui.desktop.pages.exams.posting_step import PostingStep
from ui.desktop.pages.exams.results_step import ResultsStep
from ui.desktop.pages.exams.rooms_step import RoomsStep
from ui.desktop.pages.exams.sequence import MARKS, next_step, steps_of, what_next
from ui.desktop.pages.exams.setup_step import SetupStep
from ui.desktop.pages.exams.step_bar import StepButtons
from ui.desktop.pages.exams.view import StepView
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label


class ExamDesk(QWidget):
    """The desk of an exam.

    Signals:
        left: the person wants the list again.
    """

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Make it without an exam."""
        super().__init__()
        self.exam_id = ""
        self._following = 0
        self._title = label("", "name")
        self._facts = label("", "muted")
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = StepButtons()
        self.hint = label("", "heading", wrap=True)
        self.go_on = button("去下一步", self.to_next, kind="link", drawing="arrow-right")
        self.stack = QStackedWidget()
        self.marks = MarksStep(session)
        self.parts: tuple[StepView, ...] = (
            SetupStep(session),
            FrameStep(session),
            DrawStep(session),
            RoomsStep(session),
            self.marks,
            ResultsStep(session),
            PostingStep(session),
        )
        for part in self.parts:
            self.stack.addWidget(part)
        self._lay_out()
        self.bar.chosen.connect(self.turn_to)

    @property
    def step(self) -> StepView:
        """The step in sight."""
        return self.parts[self.stack.currentIndex()]

    def show_exam(self, exam: Exam, now: Overview) -> None:
        """Show an exam: at the step that comes next, or at the one that was in sight."""
        fresh = exam.id != self.exam_id
        self.exam_id = exam.id
        self._title.setText(exam.name)
        facts = [exam.code, f"{exam.year} 年", KIND_NAMES[exam.session.kind]]
        facts += [one for one in (exam.session.held_on, exam.session.places) if one]
        self._facts.setText(" · ".join(facts))
        self._facts.setToolTip(self._facts.text())
        self._following = next_step(now)
        self.bar.show_steps(steps_of(now), self._following)
        self.hint.setText(what_next(now))
        self.turn_to(self._following if fresh else self.stack.currentIndex())

    def turn_to(self, place: int) -> None:
        """Bring a step into sight."""
        self.bar.turn_to(place)
        self.stack.setCurrentIndex(place)
        self.go_on.setVisible(place != self._following)
        if self.exam_id:
            self.parts[place].show_exam(self.exam_id)

    def may_leave(self) -> bool:
        """Whether nothing typed would be lost; brings it into sight and asks otherwise."""
        if self.marks.dirty:
            self.turn_to(MARKS)
        return self.marks.may_leave()

    def forget(self) -> int:
        """Let go of what was typed for an exam that is there no more; in how many cells."""
        lost = len(self.marks.grid.sheet.changes)
        self.marks.grid.sheet.reset()
        return lost

    def to_next(self) -> None:
        """Bring the step into sight that comes next."""
        self.turn_to(self._following)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(tokens.BLOCK)
        head.addWidget(button("返回列表", self.left.emit, drawing="arrow-left"))
        head.addWidget(self._title)
        head.addWidget(self._facts, 1)
        following = QHBoxLayout()
        following.setSpacing(tokens.GAP)
        following.addWidget(self.hint, 1)
        following.addWidget(self.go_on)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(head)
        lines.addWidget(self.bar)
        lines.addLayout(following)
        lines.addWidget(self.stack, 1)
