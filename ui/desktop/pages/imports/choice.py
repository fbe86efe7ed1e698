"""The files chosen for an import, and how a person wants their sheets read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from models.exchange.plans import ImportKind
from ui.desktop.pages.imports.readings import FileReading, SheetReading
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session

_read_sheet_as = Lazy("ui.desktop.pages.imports.jobs", "read_sheet_as")


class Choice(QObject):
    """Files and their sheets, numbered in the order they came.

    Signals:
        changed: anything is different now.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Begin without files."""
        super().__init__(parent)
        self._session = session
        self.files: list[FileReading] = []

    def choice_changed(self) -> None:
        """Called whenever a file or the reading of a sheet is different."""
        self.changed.emit()

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

    def take(self, found: Sequence[FileReading]) -> None:
        """Add files that were read, in place of earlier readings of the same."""
        paths = {one.path for one in found}
        self.files = [one for one in self.files if one.path not in paths] + list(found)

    def remove(self, places: Sequence[int]) -> None:
        """Take files out of those chosen."""
        self.files = [one for place, one in enumerate(self.files) if place not in set(places)]
        self.choice_changed()

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

    def _read_as(self, place: int, number: int, kind: ImportKind, header_row: int | None) -> None:
        old, source = self.sheet(place, number), self.files[place].source
        load: Callable[..., SheetReading] = _read_sheet_as.load()
        self._put(place, number, load(self._session.office, source, old, kind, header_row))

    def _put(self, place: int, number: int, sheet: SheetReading) -> None:
        sheets = list(self.files[place].sheets)
        sheets[number] = sheet
        self.files[place] = replace(self.files[place], sheets=tuple(sheets))
        self.choice_changed()
