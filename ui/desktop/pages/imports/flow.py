"""The view model of an import: the files chosen, how they are read, checked and taken in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.errors import OfficeError
from ui.desktop.pages.imports.choice import Choice
from ui.desktop.pages.imports.readings import (
    Applied,
    Checked,
    CheckedFile,
    FileReading,
)
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session

FILES, COLUMNS, CHECK, DONE = range(4)
CHANGED_MEANWHILE = "import.changed_meanwhile"
PASTED = Path("粘贴的内容.csv")

_JOBS = "ui.desktop.pages.imports.jobs"
_read_files = Lazy(_JOBS, "read_files")
_read_pasted = Lazy(_JOBS, "read_pasted")
_check_files = Lazy(_JOBS, "check_files")
_apply_files = Lazy(_JOBS, "apply_files")
_give_back = Lazy(_JOBS, "give_back")


class ImportFlow(Choice):
    """From the files chosen to the record of the import; nothing is written before the last step.

    Signals:
        told: a sentence and a tone for the person.
        written: how many rows with problems were given back, and the list of workbooks.
    """

    told = Signal(str, str)
    written = Signal(int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin without files."""
        super().__init__(session, parent)
        self.step = FILES
        self.checked: Checked | None = None
        self.applied: Applied | None = None
        self.again = False

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and add them to those chosen; one chosen before is read anew."""
        if paths:
            work = _read_files.bind(list(dict.fromkeys(paths)))
            self._session.read("正在读取文件", work, self._read, self._failed)

    def paste(self, text: str, titles: Sequence[str] = ()) -> None:
        """Take rows that were copied in a spreadsheet; ``titles`` stand for a missing header."""
        work = _read_pasted.bind(text, PASTED, titles)
        self._session.read("正在读取粘贴的内容", work, self._read, self._failed)

    def go(self, step: int) -> None:
        """Go back to a step, or on from the files to the columns; choices are kept."""
        self.step = step
        self.changed.emit()

    def check(self, *, again: bool | None = None) -> None:
        """Find out what importing would do."""
        self.again = self.again if again is None else again
        files = self.readable
        rehearsed = len(files) > 1 and not self._session.read_only
        work = _check_files.bind(files, again=self.again, rehearsed=rehearsed)
        run = self._session.write if rehearsed else self._session.read
        run("正在检查", work, self._checked, self._failed)

    def apply(self) -> None:
        """Take in what can be taken."""
        if self.checked is not None and self.checked.writes:
            work = _apply_files.bind(self.checked)
            self._session.write("正在导入", work, self._applied, self._not_applied)

    def give_back(self, files: Sequence[tuple[CheckedFile, Path]]) -> None:
        """Write the rows with problems into workbooks."""
        work = _give_back.bind(files)
        self._session.read("正在导出有错的行", work, self._written, self._failed)

    def restart(self) -> None:
        """Begin anew without files."""
        self.files = []
        self.again = False
        self.step = FILES
        self.choice_changed()

    def _read(self, found: list[FileReading]) -> None:
        self.take(found)
        unread = [one for one in found if not any(sheet.preview for sheet in one.sheets)]
        self.step = COLUMNS if len(unread) < len(found) else FILES
        self.choice_changed()
        if unread:
            self.told.emit("".join(one.message for one in unread[:3]), "error")

    def choice_changed(self) -> None:
        """What was checked no longer holds."""
        self.checked = None
        self.applied = None
        super().choice_changed()

    def _checked(self, checked: Checked) -> None:
        self.checked = checked
        self.applied = None
        self.step = CHECK
        self.changed.emit()

    def _applied(self, applied: Applied) -> None:
        self.applied = applied
        self.step = DONE
        self.changed.emit()

    def _not_applied(self, error: OfficeError) -> None:
        self.told.emit(error.sentence, "warn" if error.code == CHANGED_MEANWHILE else "error")
        if error.code == CHANGED_MEANWHILE:
            self.check()

    def _written(self, result: tuple[int, list[Path]]) -> None:
        self.written.emit(*result)

    def _failed(self, error: OfficeError) -> None:
        self.told.emit(error.sentence, "error")
