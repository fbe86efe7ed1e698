"""The view model of an import: the files chosen, how they are read, checked and taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.errors import OfficeError
from models.exchange.plans import ImportKind
from ui.desktop.pages.imports.readings import (
    Applied,
    Checked,
    CheckedFile,
    FileReading,
    SheetReading,
)
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session

FILES, COLUMNS, CHECK, DONE = range(4)
CHANGED_MEANWHILE = "import.changed_meanwhile"
PASTED = Path("粘贴的内容.csv")

_JOBS = "ui.desktop.pages.imports.jobs"
_read_files = Lazy(_JOBS, "read_files")
_read_pasted = Lazy(_JOBS, "read_pasted")
_read_sheet_as = Lazy(_JOBS, "read_sheet_as")
_check_files = Lazy(_JOBS, "check_files")
_apply_files = Lazy(_JOBS, "apply_files")
_give_back = Lazy(_JOBS, "give_back")


class ImportFlow(QObject):
    """From the files chosen to the record of the import; nothing is written before the last step.

    Signals:
        changed: anything below is different now.
        told: a sentence and a tone for the person.
        written: how many rows with problems were given back, and the list of workbooks.
    """

    changed = Signal()
    told = Signal(str, str)
    written = Signal(int, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin without files."""
        super().__init__(parent)
        self._session = session
        self.files: list[FileReading] = []
        self.step = FILES
        self.checked: Checked | None = None
        self.applied: Applied | None = None
        self.again = False

    @property
    def readable(self) -> list[FileReading]:
        """The files that bring something."""
        return [one for one in self.files if one.brings]

    @property
    def sheets(self) -> list[tuple[int, int]]:
        """Number of file and sheet of all sheets that hold something."""
        return [
            (place, number)
            for place, one in enumerate(self.files)
            for number, sheet in enumerate(one.sheets)
            if sheet.preview
        ]

    @property
    def problem(self) -> str:
        """Why the files cannot be checked as they are read now; "" where they can."""
        if not self.readable:
            return "还没有一张表可以导入，请选中一张表并指出它的内容和表头。"
        for one in self.readable:
            for sheet in one.brings:
                if sheet.problem:
                    place = f" · {sheet.name}" if sheet.name else ""
                    return f"{one.path.name}{place}：{sheet.problem}"
        return ""

    def sheet(self, place: int, number: int) -> SheetReading:
        """One sheet of a file."""
        return self.files[place].sheets[number]

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and add them to those chosen; one chosen before is read anew."""
        if paths:
            work = _read_files.bind(list(dict.fromkeys(paths)))
            self._session.read("正在读取文件", work, self._read, self._failed)

    def paste(self, text: str, titles: Sequence[str] = ()) -> None:
        """Take rows that were copied in a spreadsheet; ``titles`` stand for a missing header."""
        work = _read_pasted.bind(text, PASTED, titles)
        self._session.read("正在读取粘贴的内容", work, self._read, self._failed)

    def remove(self, places: Sequence[int]) -> None:
        """Take files out of those chosen."""
        self.files = [one for place, one in enumerate(self.files) if place not in set(places)]
        self._forget_check()

    def set_kind(self, place: int, number: int, kind: ImportKind | None) -> None:
        """A sheet brings something else, or is not read."""
        old = self.sheet(place, number)
        if kind is None:
            self._put(place, number, replace(old, kind=None))
        else:
            self._read_as(place, number, kind, None)

    def set_header(self, place: int, number: int, header_row: int) -> None:
        """Another row of a sheet is its header."""
        kind = self.sheet(place, number).kind
        if kind is not None:
            self._read_as(place, number, kind, header_row)

    def set_field(self, place: int, number: int, index: int, name: str) -> None:
        """A column of a sheet means a field; "" for none."""
        self._put(place, number, self.sheet(place, number).with_field(index, name))

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
        self._forget_check()

    def _read(self, found: list[FileReading]) -> None:
        paths = {one.path for one in found}
        self.files = [one for one in self.files if one.path not in paths] + found
        unread = [one for one in found if not any(sheet.preview for sheet in one.sheets)]
        self.step = COLUMNS if len(unread) < len(found) else FILES
        self._forget_check()
        if unread:
            self.told.emit("".join(one.message for one in unread[:3]), "error")

    def _read_as(self, place: int, number: int, kind: ImportKind, header_row: int | None) -> None:
        old, source = self.sheet(place, number), self.files[place].source
        load: Callable[..., SheetReading] = _read_sheet_as.load()
        self._put(place, number, load(self._session.office, source, old, kind, header_row))

    def _put(self, place: int, number: int, sheet: SheetReading) -> None:
        sheets = list(self.files[place].sheets)
        sheets[number] = sheet
        self.files[place] = replace(self.files[place], sheets=tuple(sheets))
        self._forget_check()

    def _forget_check(self) -> None:
        self.checked = None
        self.applied = None
        self.changed.emit()

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
