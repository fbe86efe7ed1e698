"""Score workbooks out and in, and the file for publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from models.exams.records import Exam
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.saving import TABLES, WORKBOOK, ask_for_file, ask_where_to

if TYPE_CHECKING:
    from ui.desktop.pages.exams.sheet_jobs import Taken
    from ui.desktop.pages.exams.view import StepView

_JOBS = "ui.desktop.pages.exams.sheet_jobs"
write_sheet = Lazy(_JOBS, "write_sheet")
take_sheet = Lazy(_JOBS, "take_sheet")
write_errors = Lazy(_JOBS, "write_errors")
TITLES = {"exam-scores": "成绩登记表", "exam-ranking": "成绩公布表"}


class ScoreSheets(QObject):
    """Writes and takes workbooks for a step."""

    def __init__(self, session: Session, step: StepView) -> None:
        """Serve a step."""
        super().__init__(step)
        self._session = session
        self._step = step

    def export(self, what: str) -> None:
        """Ask where a workbook goes, and write it."""
        exam, title = self._step.exam, TITLES[what]
        out = ask_where_to(self._step, f"{exam.name}{title}.xlsx", WORKBOOK)
        if out is not None:
            work = write_sheet.bind(exam.id, what, out)
            self._session.read(f"正在写{title}", work, self._written)

    def take(self, exam: Exam, entries: Sequence[int]) -> None:
        """Ask for a filled score sheet and take it in, all of it or nothing."""
        path = ask_for_file(self._step, "选择成绩登记表", TABLES)
        if path is not None:
            work = take_sheet.bind(exam.id, path, tuple(entries))
            self._session.write("正在收成绩登记表", work, self._taken)

    def _taken(self, found: Taken) -> None:
        if found.entered is not None:
            words = f"已收 {found.people:,} 人的成绩，新录 {found.entered.recorded:,} 个。"
            self._session.undo_offered.emit(words, found.entered.operation.id)
            return

        def export() -> None:
            self._export_errors(found)

        ask(
            self._step,
            f"“{found.path.name}”有 {len(found.refused):,} 处有误，没有写入任何成绩。",
            "\n".join(found.refused[:8]),
            (Answer("关闭"), Answer("导出有错的行…", export, "primary")),
            "error",
        )

    def _export_errors(self, found: Taken) -> None:
        out = ask_where_to(self._step, f"{found.path.stem}-有错的行.xlsx", WORKBOOK)
        if out is not None:
            work = write_errors.bind(found.exam_id, found.path, out)
            self._session.read("正在写有错的行", work, self._written)

    def _written(self, out: Path) -> None:
        self._session.told.emit(f"已写出 {out}", "ok")
