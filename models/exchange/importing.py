"""An import from file to register: plan what it would do, then do it in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.entities.cells import Raw
from models.entities.cleaning import Context
from models.exchange.batches import Batch, find_batch, write_batch
from models.exchange.institution_plan import InstitutionPlanner
from models.exchange.known_people import KnownPeople
from models.exchange.plans import Action, ImportKind, ImportPlan, PlannedRow, TablePlan
from models.exchange.reading.fingerprint import content_fingerprint
from models.exchange.reading.source import Source, open_source
from models.exchange.reading.tables import FoundTable, find_tables
from models.exchange.record_plan import RecordPlanner
from models.exchange.schools import SchoolFinder
from models.exchange.teacher_plan import TeacherPlanner
from models.exchange.writing import write_table_plan
from models.office.context import Office
from models.progress import Progress
from models.staff.directory import read_directory

KINDS = tuple(ImportKind)
"""In the order they are applied: teachers need schools, records need teachers."""


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What a person asks of an import.

    Attributes:
        kinds: what may be taken; all kinds where the file shall decide.
        sheet: only this sheet; None for all.
        mapping: sheet name to (header row, column index → field), where a person corrected it.
        again: take a file anew although the same content was imported before.
    """

    kinds: Sequence[ImportKind] = KINDS
    sheet: str | None = None
    mapping: Mapping[str | None, tuple[int, Mapping[int, str]]] = field(default_factory=dict)
    again: bool = False


def plan_import(
    office: Office, path: Path, wish: ImportWish | None = None, progress: Progress | None = None
) -> ImportPlan:
    """What importing the file would do; nothing is written.

    Raises:
        UserError: the file is no workbook, is damaged, encrypted, or hostile.
        WorldError: the file cannot be read (locked, missing, no permission).
        CancelledByUser: the person cancelled.
    """
    wish, progress = wish or ImportWish(), progress or Progress()
    source = open_source(path, progress)
    found = find_tables(source, wish)
    tables = sorted(found.tables, key=lambda table: KINDS.index(table.kind))
    if not tables:
        return ImportPlan(path, source.sha256, message=found.message)
    planned = _Planner(office).plan_all(tables, progress)
    content = content_fingerprint(
        [(table.kind.value, [raw for _, raw in table.rows]) for table in tables]
    )
    plan = ImportPlan(path, source.sha256, content, tuple(planned), found.message)
    return plan if wish.again else _as_known(office, plan)


def apply_plan(office: Office, plan: ImportPlan) -> Batch:
    """Write what the plan says, as one undoable step, and keep a record of the import.

    Raises:
        UserError: the plan has nothing to write.
    """
    counts = plan.counts
    title = f"导入 {plan.path.name}（新增 {counts.inserted}，更新 {counts.updated}）"
    with office.store.operation("exchange.import", title) as operation:
        for table in plan.tables:
            write_table_plan(office, table, plan.path.name)
        return write_batch(office, plan, operation.id)


def _as_known(office: Office, plan: ImportPlan) -> ImportPlan:
    """The plan of a file whose content was imported before: only what was refused then is taken.

    What a person has changed since is not put back by sending the same list again.
    """
    batch = find_batch(office, plan.sha256, plan.content)
    if batch is None:
        return plan
    tables = tuple(
        replace(table, rows=tuple(_only_new(row, table.kind) for row in table.rows))
        for table in plan.tables
    )
    message = (
        f"同样的内容已于 {batch.imported_at[:16].replace('T', ' ')} 导入（{batch.file_name}）。"
    )
    return replace(
        plan, tables=tables, known_since=batch.imported_at, message=f"{message}{plan.message}"
    )


def _only_new(row: PlannedRow, kind: ImportKind) -> PlannedRow:
    taken_then = row.action in (Action.UNCHANGED, Action.UPDATE)
    if taken_then or (row.action is Action.INSERT and kind is ImportKind.INSTITUTIONS):
        return replace(row, action=Action.SKIP, values={}, changes=(), problems=(), move_to=None)
    return row


class _Planner:
    """Plans the tables of one file one after the other."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._context = Context(codes=office.codes, today=office.store.clock.today())
        self._people = KnownPeople(office)
        names = {
            row["id"]: row["name"] for row in office.store.query("SELECT id, name FROM institution")
        }
        self._schools = SchoolFinder(read_directory(office), names)

    def plan_all(self, tables: Sequence[FoundTable], progress: Progress) -> list[TablePlan]:
        """The plans of the tables, in the order given."""
        return [
            self._plan(table, place, len(tables), progress) for place, table in enumerate(tables)
        ]

    def _plan(self, table: FoundTable, place: int, total: int, progress: Progress) -> TablePlan:
        progress.step(place, total, f"检查 {table.sheet or '表格'}")
        rows: list[tuple[int, Mapping[str, Raw]]] = list(table.rows)
        match table.kind:
            case ImportKind.INSTITUTIONS:
                planner = InstitutionPlanner(self._office, self._schools, self._context)
                planned = planner.plan(rows)
            case ImportKind.TEACHERS:
                roster = TeacherPlanner(self._office, self._people, self._schools, self._context)
                planned = roster.plan(rows, table.school_hints)
            case ImportKind.RECORDS:
                records = RecordPlanner(self._office, self._people, self._schools, self._context)
                planned = records.plan(rows, table.school_hints)
        return TablePlan(
            kind=table.kind,
            sheet=table.sheet,
            header_row=table.header_rows[-1],
            letters=table.letters,
            rows=tuple(planned),
            notes=table.notes,
        )


def describe_source(source: Source) -> str:
    """One line on what the file is, for lists: name and format."""
    return f"{source.file_name}（{source.format}）"
