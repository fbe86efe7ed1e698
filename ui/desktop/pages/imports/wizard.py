"""The four steps of an import and the buttons below them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.entities.problems import Severity
from models.staff.questions import open_questions
from models.store.history import operation_of
from ui.desktop.pages.imports import saving
from ui.desktop.pages.imports.checking import CheckingStep
from ui.desktop.pages.imports.choosing import ChoosingStep
from ui.desktop.pages.imports.finished import FinishedStep, NextSteps, Outcome
from ui.desktop.pages.imports.flow import CHECK, COLUMNS, DONE, FILES, ImportFlow
from ui.desktop.pages.imports.matching import MatchingStep
from ui.desktop.pages.imports.readings import CheckedFile
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.steps import StepBar

_TOLD = (Severity.REFUSE, Severity.WARN)


class Wizard(QWidget):
    """Leads through an import.

    Signals:
        questions_asked: the person wants to see the moves to confirm.
    """

    questions_asked = Signal()

    def __init__(self, session: Session, notice: NoticeBar) -> None:
        """Begin at the first step; ``notice`` says what there is to say."""
        super().__init__()
        self._session = session
        self._notice = notice
        self.flow = ImportFlow(session, self)
        self.choosing = ChoosingStep(self.flow, session.preferences)
        self.matching = MatchingStep(self.flow)
        self.checking = CheckingStep(self.flow, session)
        self.finished = FinishedStep(
            NextSteps(self.undo, self.give_back, self.questions_asked.emit, self._look)
        )
        self.steps = StepBar(("① 选文件", "② 对应列", "③ 检查", "④ 完成"))
        self._stack = QStackedWidget()
        self.cancel_button = button("全部取消", self.restart)
        self.give_back_button = button("导出有错的行…", self.give_back, drawing="file-up")
        self.back_button = button("上一步", self.back)
        self.next_button = button("下一步", self.next, kind="primary")
        self._lay_out()
        self.choosing.asked.connect(self.choose)
        self.flow.changed.connect(self.show_state)
        self.flow.told.connect(self._tell)
        self.flow.written.connect(self._written)
        self.show_state()

    def choose(self) -> None:
        """Ask for files in a window."""
        saving.choose_files(self, self._session.preferences, self.flow.add)

    def next(self) -> None:
        """Do what the main button says."""
        self._notice.hide()
        match self.flow.step:
            case x if x == FILES:
                self.flow.go(COLUMNS)
            case x if x == COLUMNS:
                self._check()
            case x if x == CHECK:
                self.flow.apply()
            case _:
                self.flow.restart()

    def back(self) -> None:
        """One step back; what was chosen stays."""
        self._notice.hide()
        self.flow.go(max(FILES, self.flow.step - 1))

    def restart(self) -> None:
        """Drop the files; nothing was written."""
        self._notice.hide()
        self.flow.restart()

    def undo(self) -> None:
        """Take the import back."""
        if self.flow.applied is not None:
            self._session.undo(self.flow.applied.operation.id)

    def give_back(self) -> None:
        """Write the rows with problems into a workbook each file."""
        files = [one for one in self._in_sight() if _has_problems(one)]
        preferences = self._session.preferences
        if len(files) == 1:
            name = _given_back(files[0])
            saving.choose_workbook(self, preferences, name, partial(self._give_one, files[0]))
        elif files:
            saving.choose_folder(self, preferences, partial(self._give_all, files))

    def show_state(self) -> None:
        """Show the step the flow is at."""
        flow = self.flow
        self._stack.setCurrentIndex(flow.step)
        self.steps.show_step(flow.step)
        if flow.step == DONE and flow.applied is not None:
            self.finished.show_outcome(self._outcome())
        else:
            (self.choosing, self.matching, self.checking)[flow.step].show_state()
        self._show_buttons()

    def _lay_out(self) -> None:
        for widget in (self.choosing, self.matching, self.checking, self.finished):
            self._stack.addWidget(widget)
        foot = row(
            self.cancel_button, None, self.give_back_button, self.back_button, self.next_button
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.steps)
        layout.addWidget(self._stack, 1)
        layout.addLayout(foot)

    def _show_buttons(self) -> None:
        flow = self.flow
        checked = flow.checked if flow.step == CHECK else None
        self.cancel_button.setVisible(bool(flow.files) and flow.step != DONE)
        self.back_button.setVisible(flow.step in (COLUMNS, CHECK))
        problems = checked is not None and any(_has_problems(one) for one in checked.files)
        self.give_back_button.setVisible(problems)
        self.next_button.setVisible(flow.step != FILES or bool(flow.files))
        words, enabled = "下一步：对应列", bool(flow.sheets)
        if flow.step == COLUMNS:
            words, enabled = "下一步：检查", bool(flow.readable)
        elif checked is not None:
            words = _import_words(checked.writes, checked.counts.refused)
            enabled = bool(checked.writes) and not self._session.read_only
        elif flow.step == DONE:
            words, enabled = "再导入一个文件", True
        self.next_button.setText(words)
        self.next_button.setAccessibleName(words)
        self.next_button.setEnabled(enabled)

    def _check(self) -> None:
        if self.flow.problem:
            self._tell(self.flow.problem, "error")
        elif self.flow.checked is not None:
            self.flow.go(CHECK)
        else:
            self.flow.check()

    def _in_sight(self) -> list[CheckedFile]:
        if self.flow.step == CHECK:
            return self.checking.files
        return list(self.flow.checked.files) if self.flow.checked else []

    def _give_one(self, file: CheckedFile, out: Path) -> None:
        self.flow.give_back([(file, out)])

    def _give_all(self, files: list[CheckedFile], folder: Path) -> None:
        pairs: list[tuple[CheckedFile, Path]] = []
        for one in files:
            out = saving.free_name(folder, _given_back(one))
            taken = {path for _, path in pairs}
            while out in taken:
                out = out.with_stem(f"{out.stem}-2")
            pairs.append((one, out))
        self.flow.give_back(pairs)

    def _written(self, count: int, files: list[Path]) -> None:
        where = files[0] if len(files) == 1 else files[0].parent
        text = f"已导出 {count:,} 行：{where}"
        action = "打开文件" if len(files) == 1 else "打开所在文件夹"
        url = QUrl.fromLocalFile(str(where))
        self._notice.tell(text, "ok", action, partial(QDesktopServices.openUrl, url))

    def _tell(self, text: str, tone: str) -> None:
        self._notice.tell(text, tone)

    def _outcome(self) -> Outcome:
        applied, checked = self.flow.applied, self.flow.checked
        assert applied is not None  # the last step is shown only then
        office = self._session.office
        step = operation_of(office.store, applied.operation.id)
        counts = checked.counts if checked else None
        files = checked.files if checked else ()
        unwritten = tuple(one.plan.path.name for one in files if not one.plan.writes)
        return Outcome(
            batches=applied.batches,
            unwritten=unwritten,
            problems=counts.refused + counts.warned if counts else 0,
            questions=len(open_questions(office)),
            undone=step is not None and step.undone,
        )

    def _look(self) -> None:
        self._session.go.emit("teachers", None)


def _import_words(writes: int, refused: int) -> str:
    if not writes:
        return "没有可导入的行"
    return f"只导入正确的 {writes:,} 行" if refused else f"导入 {writes:,} 行"


def _has_problems(file: CheckedFile) -> bool:
    return any(
        problem.severity in _TOLD
        for table in file.plan.tables
        for row_ in table.rows
        for problem in row_.problems
    )


def _given_back(file: CheckedFile) -> str:
    return f"{file.plan.path.stem}-有错的行.xlsx"
