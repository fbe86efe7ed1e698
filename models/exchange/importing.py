"""An import from file to register: plan what it would do, then do it in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from models.entities.cleaning import Context
from models.exchange.batches import Batch, find_batch, write_batch
from models.exchange.course_plan import CoursePlanner
from models.exchange.institution_plan import InstitutionPlanner
from models.exchange.known_people import KnownPeople
from models.exchange.layouts import read_layouts
from models.exchange.plans import Action, ImportKind, ImportPlan, PlannedRow, TablePlan
from models.exchange.reading.fingerprint import Fingerprint
from models.exchange.reading.source import Source, open_source
from models.exchange.reading.tables import Found, FoundTable, Layout, Search, find_tables
from models.exchange.record_plan import RecordPlanner
from models.exchange.teacher_plan import TeacherPlanner
from models.exchange.writing import write_table_plan
from models.office.context import Office
from models.progress import Progress
from models.staff.schools import read_school_finder

KINDS = tuple(ImportKind)
"""In the order they are applied: teachers need schools, records need teachers."""


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What a person asks of an import.

    Attributes:
        kinds: what may be taken; all kinds where the file shall decide.
        sheet: only this sheet; None for all.
        fixed: sheet name to the layout a person pointed out.
        again: take a file anew although the same content was imported before.
    """

    kinds: Sequence[ImportKind] = KINDS
    sheet: str | None = None
    fixed: Mapping[str | None, Layout] = field(default_factory=dict[str | None, Layout])
    again: bool = False


def find_in_source(office: Office, source: Source, wish: ImportWish | None = None) -> Found:
    """The tables of a file that was read, by what a person asked and confirmed before."""
    wish = wish or ImportWish()
    return find_tables(source, Search(wish.kinds, wish.sheet, wish.fixed, read_layouts(office)))


def plan_import(
    office: Office, path: Path, wish: ImportWish | None = None, progress: Progress | None = None
) -> ImportPlan:
    """What importing the file would do; nothing is written.

    Raises:
        UserError: the file is no workbook, is damaged, encrypted, or hostile.
        WorldError: the file cannot be read (locked, missing, no permission).
        CancelledByUser: the person cancelled.
    """
    return plan_source(office, open_source(path, progress), wish, progress)


def plan_source(
    office: Office,
    source: Source,
    wish: ImportWish | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """What importing a file that was read would do; nothing is written.

    Raises:
        CancelledByUser: the person cancelled.
    """
    wish, progress = wish or ImportWish(), progress or Progress()
    found = find_in_source(office, source, wish)
    tables = sorted(found.tables, key=lambda table: KINDS.index(table.kind))
    if not tables:
        return ImportPlan(source.path, source.sha256, message=found.message)
    planner = _Planner(office)
    planned = tuple(planner.plan(table, progress) for table in tables)
    content = planner.content.hexdigest()
    plan = ImportPlan(source.path, source.sha256, content, planned, found.message)
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
    known = replace(plan, tables=_mapped(plan.tables, _only_new))
    if not known.writes:
        known = replace(plan, tables=_mapped(plan.tables, _skipped))
    message = (
        f"同样的内容已于 {batch.imported_at[:16].replace('T', ' ')} 导入（{batch.file_name}）。"
    )
    return replace(known, known_since=batch.imported_at, message=f"{message}{plan.message}")


def _mapped(
    tables: Sequence[TablePlan], fate: Callable[[PlannedRow, ImportKind], PlannedRow]
) -> tuple[TablePlan, ...]:
    return tuple(
        replace(table, rows=tuple(fate(row, table.kind) for row in table.rows)) for table in tables
    )


def _only_new(row: PlannedRow, kind: ImportKind) -> PlannedRow:
    taken_then = row.action in (Action.UNCHANGED, Action.UPDATE)
    if taken_then or (row.action is Action.INSERT and kind is ImportKind.INSTITUTIONS):
        return _skipped(row, kind)
    return row


def _skipped(row: PlannedRow, _kind: ImportKind) -> PlannedRow:
    return replace(row, action=Action.SKIP, values={}, changes=(), problems=(), move_to=None)


_AnyPlanner = InstitutionPlanner | TeacherPlanner | RecordPlanner | CoursePlanner


class _Planner:
    """Plans the tables of one file one after the other and takes their fingerprint."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._context = Context(codes=office.codes, today=office.store.clock.today())
        self._people = KnownPeople(office)
        self._schools = read_school_finder(office)
        self._planners: dict[ImportKind, _AnyPlanner] = {}
        self._coming: list[str] = []
        self.content = Fingerprint()

    def plan(self, table: FoundTable, progress: Progress) -> TablePlan:
        """The plan of one table."""
        total = len(table.rows)
        progress.step(0, total, f"检查 {table.sheet or '表格'}")
        if table.kind not in self._planners:
            self._planners[table.kind] = self._planner(table.kind)
        planner = self._planners[table.kind]
        cleaned = planner.clean(table.rows)
        if table.kind is ImportKind.INSTITUTIONS:
            names = [str(one.values["name"]) for _, one in cleaned if one.values.get("name")]
            self._coming.extend(names)
        self.content.add(table.kind, [one.values for _, one in cleaned])
        progress.step(total, total, f"核对 {table.sheet or '表格'}")
        return TablePlan(
            kind=table.kind,
            sheet=table.sheet,
            header_row=table.header_rows[-1],
            letters=table.letters,
            rows=tuple(planner.plan(cleaned, table.school_hints, table.sheet)),
            notes=table.notes,
            top_row=table.top_row,
        )

    def _planner(self, kind: ImportKind) -> _AnyPlanner:
        match kind:
            case ImportKind.INSTITUTIONS:
                return InstitutionPlanner(self._office, self._schools, self._context)
            case ImportKind.TEACHERS:
                schools = self._schools.with_coming(self._coming)
                return TeacherPlanner(self._office, self._people, schools, self._context)
            case ImportKind.RECORDS:
                teachers = self._planners.get(ImportKind.TEACHERS)
                if isinstance(teachers, TeacherPlanner):
                    self._people.expect(teachers.newcomers())
                return RecordPlanner(self._office, self._people, self._schools, self._context)
            case ImportKind.COURSES:
                return CoursePlanner(self._office, self._context)
