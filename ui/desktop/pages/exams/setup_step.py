"""① 设置: the terms of an exam and the parts of its score."""

from __future__ import annotations

from models.errors import OfficeError
from models.exams.changing import FIXED_BY_FRAME
from ui.desktop.pages.exams.exam_sheet import ExamSheet
from ui.desktop.pages.exams.parts_sheet import PartsSheet
from ui.desktop.pages.exams.setup_facts import FactCards, SetUp
from ui.desktop.pages.exams.terms import texts_of
from ui.desktop.pages.exams.view import Loaded, StepView, operation_of
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, ask

_JOBS = "ui.desktop.pages.exams.jobs"
save_changed = Lazy(_JOBS, "save_changed")
remove = Lazy(_JOBS, "remove")


class SetupStep(StepView):
    """The terms as cards."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, Lazy("ui.desktop.pages.exams.loads", "setup"))
        self.add("修改设置…", self.edit, kind="primary")
        self.add("科目与权重…", self.set_parts)
        self.bar.addStretch(1)
        self.add("删除考试…", self.remove, _unused, kind="danger")
        self.cards = FactCards()
        self.lines.addWidget(self.cards, 1)

    def fill(self, loaded: Loaded) -> None:
        """Show the terms."""
        super().fill(loaded)
        self.cards.show_setup(self._setup(loaded))

    def edit(self) -> None:
        """Open the form; what hangs on a frozen frame cannot be changed in it."""
        loaded = self.loaded
        if loaded is None:
            return
        exam = loaded.exam
        fixed = FIXED_BY_FRAME if loaded.now.pool is not None else {}
        texts = texts_of(self._setup(loaded).terms)
        sheet = ExamSheet(self.session.office, "修改考试设置", self, texts, fixed)

        def save(said: dict[str, str]) -> None:
            self.session.write("正在保存", save_changed.bind(exam.id, said), saved, sheet.refuse)

        def saved(done: object) -> None:
            sheet.accept()
            self.offer_undo(done)

        sheet.ask(save)

    def set_parts(self) -> None:
        """Open the parts of the score."""
        sheet = PartsSheet(self.session, self, self.exam)
        sheet.saved.connect(self.offer_undo)
        sheet.open()

    def remove(self) -> None:
        """Ask, then remove an exam nothing came of."""
        exam = self.exam
        ask(
            self,
            f"删除考试“{exam.name}”？",
            "它的名单还没有冻结，没有考生，可以删除；删除后可以撤销。",
            (Answer("取消"), Answer("删除", lambda: self._remove(exam.id), "danger")),
            "warn",
        )

    def _remove(self, exam_id: str) -> None:
        def done(result: object) -> None:
            self.session.undo_offered.emit("已删除考试。", operation_of(result).id)

        def refused(error: OfficeError) -> None:
            self.session.told.emit(error.sentence, "error")

        self.session.write("正在删除", remove.bind(exam_id), done, refused)

    @staticmethod
    def _setup(loaded: Loaded) -> SetUp:
        if not isinstance(loaded.more, SetUp):
            raise TypeError(loaded)
        return loaded.more


def _unused(loaded: Loaded) -> bool:
    return loaded.now.pool is None and not loaded.now.people
