"""What the import page knows of the files chosen: light data that the lanes fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.entities.describe import Column, Entity, Kind, columns
from models.exchange.batches import Batch
from models.exchange.plans import KIND_TITLES, Counts, ImportKind, ImportPlan, count_rows
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.store.operations import Changed, Operation
from models.training.course import Course
from models.training.records import TrainingRecord

if TYPE_CHECKING:
    from models.exchange.reading.source import Source  # loads the workbook libraries

ENTITIES: Mapping[ImportKind, type[Entity]] = {
    ImportKind.INSTITUTIONS: Institution,
    ImportKind.TEACHERS: Teacher,
    ImportKind.RECORDS: TrainingRecord,
    ImportKind.COURSES: Course,
}
NO_HEADER = 0
"""Stands for the header row of a sheet that has none."""

_STORED = {"school_id": "school", "school_reported": "school"} | {
    "parent_id": "parent",
    "parent_reported": "parent",
}


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet as it will be read.

    Attributes:
        name: the sheet's name; None for CSV files and web tables.
        preview: row number and cells as text of its first rows.
        hidden: whether the sheet is hidden in the file.
        kind: what it brings; None where it is not read.
        header_row: the number of the lowest header row; ``NO_HEADER`` where there is none.
        columns: column index from 0 to field.
        rows: how many rows of data were found; None where a person changed the reading.
        notes: what there is to say of it.
        corrected: whether a person changed the reading.
    """

    name: str | None
    preview: tuple[tuple[int, tuple[str, ...]], ...] = ()
    hidden: bool = False
    kind: ImportKind | None = None
    header_row: int = NO_HEADER
    columns: Mapping[int, str] = field(default_factory=dict[int, str])
    rows: int | None = None
    notes: str = ""
    corrected: bool = False

    @property
    def width(self) -> int:
        """How many columns the preview has."""
        return max((len(cells) for _, cells in self.preview), default=0)

    @property
    def problem(self) -> str:
        """Why it cannot be read like this; "" where it can."""
        if self.kind is None:
            return ""
        fields = set(self.columns.values())
        titles = columns(ENTITIES[self.kind])
        if self.kind is ImportKind.RECORDS:
            if not fields & {"name", "id_number", "teacher_no"}:
                return "请指出哪一列是姓名、身份证号或教师编号。"
            missing = [name for name in ("course", "hours") if name not in fields]
        else:
            missing = [name for name in ("name",) if name not in fields]
        return "".join(f"请指出哪一列是“{titles[name].title}”。" for name in missing)

    def with_field(self, index: int, name: str) -> SheetReading:
        """A column means a field ("" for none); another column that meant it no longer does."""
        kept = {at: one for at, one in self.columns.items() if at != index and one != name}
        wanted = kept | ({index: name} if name else {})
        return replace(self, columns=dict(sorted(wanted.items())), corrected=True, rows=None)


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file; ``source`` is None where it could not be read, ``message`` then says why."""

    path: Path
    source: Source | None = None
    sheets: tuple[SheetReading, ...] = ()
    message: str = ""

    @property
    def brings(self) -> list[SheetReading]:
        """The sheets that are read."""
        return [sheet for sheet in self.sheets if sheet.kind is not None]

    @property
    def says(self) -> str:
        """What it brings, in a few words."""
        if not self.brings:
            return ""
        kinds = dict.fromkeys(KIND_TITLES[sheet.kind] for sheet in self.brings if sheet.kind)
        rows = [sheet.rows for sheet in self.brings]
        known = sum(one for one in rows if one is not None)
        return "、".join(kinds) + (f"，{known:,} 行" if None not in rows else "")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file, how it was read, and what importing it would do."""

    reading: FileReading
    plan: ImportPlan


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found.

    Attributes:
        files: in the order they will be applied.
        stamp: the office's latest step when it was checked.
        changed: nothing, whatever lane it ran on.
    """

    files: tuple[CheckedFile, ...]
    stamp: str
    changed: Changed = field(default_factory=Changed)

    @property
    def counts(self) -> Counts:
        """The rows of all files by fate."""
        return counts_of(self.files)

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.counts.inserted + self.counts.updated


@dataclass(frozen=True, slots=True)
class Applied:
    """What was imported: one record a file, all in one step."""

    batches: tuple[Batch, ...]
    operation: Operation

    @property
    def changed(self) -> Changed:
        """What the step changed."""
        return self.operation.changed


def counts_of(files: Sequence[CheckedFile]) -> Counts:
    """The rows of these files by fate."""
    return count_rows([row for one in files for table in one.plan.tables for row in table.rows])


def fields_of(kind: ImportKind) -> dict[str, Column]:
    """The fields a column of such a table can mean."""
    described = columns(ENTITIES[kind])
    return {name: one for name, one in described.items() if one.kind is not Kind.SEQUENCE}


def column_of(kind: ImportKind, name: str | None) -> Column | None:
    """The description of a field, also by the columns it is stored in."""
    return columns(ENTITIES[kind]).get(_STORED.get(name or "", name or ""))
