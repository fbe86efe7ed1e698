"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from models.entities.cleaning import Cleaned
from models.entities.problems import Problem, Severity
from models.exchange.row_problems import RowProblem

CleanRows = Sequence[tuple[int, Cleaned]]
"""Row number and clean values of the rows of a table, in order."""


class Action(StrEnum):
    """What happens to a row when the plan is applied."""

    INSERT = "insert"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSE = "refuse"
    SKIP = "skip"


class ImportKind(StrEnum):
    """What a workbook brings."""

    INSTITUTIONS = "institutions"
    TEACHERS = "teachers"
    RECORDS = "records"
    COURSES = "courses"


KIND_TITLES = {
    ImportKind.INSTITUTIONS: "机构名录",
    ImportKind.TEACHERS: "教师名册",
    ImportKind.RECORDS: "培训记录",
    ImportKind.COURSES: "培训课程",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a known row that an import would change; texts as shown."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of a table and what becomes of it.

    Attributes:
        row: the spreadsheet's own row number, from 1.
        action: what applying the plan does with it.
        target: the identity it is written to; None where nothing is written.
        label: whom or what it is about, for lists.
        values: stored column to value, as far as it is written.
        changes: field by field, for an UPDATE.
        problems: what a person is told of it.
        move_to: the school a known teacher of another school is listed at; asked, not applied.
    """

    row: int
    action: Action
    target: str | None = None
    label: str = ""
    values: Mapping[str, object] = field(default_factory=dict[str, object])
    changes: tuple[FieldChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    move_to: str | None = None


@dataclass(frozen=True, slots=True)
class TablePlan:
    """The plan of one table: where it stands and its rows in order.

    ``top_row`` is the first row that belongs to it, its titles included.
    """

    kind: ImportKind
    sheet: str | None
    header_row: int
    letters: Mapping[str, str]
    rows: tuple[PlannedRow, ...]
    notes: tuple[str, ...] = ()
    top_row: int = 1


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows meet which fate; ``warned`` are taken rows that have something to tell."""

    data_rows: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    skipped: int = 0
    warned: int = 0


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing one file would do.

    Attributes:
        path: the file.
        sha256: of its bytes.
        content: fingerprint of what it says, the same under another name or format.
        tables: the tables found in it, in the order they are applied.
        message: one sentence on the file as a whole; "" where there is nothing to say.
        known_since: when the same content was imported before; None where it is new.
    """

    path: Path
    sha256: str
    content: str = ""
    tables: tuple[TablePlan, ...] = ()
    message: str = ""
    known_since: str | None = None

    @property
    def importable(self) -> bool:
        """Whether there is a table in the file that the office can take."""
        return bool(self.tables)

    @property
    def kind(self) -> ImportKind | None:
        """What the file brings first; None where it brings nothing."""
        return self.tables[0].kind if self.tables else None

    @property
    def counts(self) -> Counts:
        """The rows of all tables by fate."""
        return count_rows([row for table in self.tables for row in table.rows])

    @property
    def writes(self) -> bool:
        """Whether applying the plan changes anything."""
        counts = self.counts
        return bool(counts.inserted or counts.updated)

    def problems(self) -> list[RowProblem]:
        """Every problem with its place, in the order of the tables and rows."""
        return [
            RowProblem(
                sheet=table.sheet,
                row=row.row,
                column=table.letters.get(problem.field or ""),
                value=problem.value,
                severity=problem.severity,
                code=problem.code,
                message=problem.message,
            )
            for table in self.tables
            for row in table.rows
            for problem in row.problems
        ]


def count_rows(rows: list[PlannedRow]) -> Counts:
    """The rows by fate."""
    by_action = Counter(row.action for row in rows)
    taken = (Action.INSERT, Action.UPDATE, Action.UNCHANGED)
    return Counts(
        data_rows=len(rows),
        inserted=by_action[Action.INSERT],
        updated=by_action[Action.UPDATE],
        unchanged=by_action[Action.UNCHANGED],
        refused=by_action[Action.REFUSE],
        skipped=by_action[Action.SKIP],
        warned=sum(
            1
            for row in rows
            if row.action in taken
            and any(problem.severity is Severity.WARN for problem in row.problems)
        ),
    )


def refused(row: int, problems: list[Problem], label: str = "") -> PlannedRow:
    """A row that goes back to the sender for the problems named."""
    return PlannedRow(row=row, action=Action.REFUSE, label=label, problems=tuple(problems))
