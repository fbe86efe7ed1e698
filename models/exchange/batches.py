"""The record of every import that was applied: what file, when, by whom, with what result."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from models.errors import UserError
from models.exchange.plans import Counts, ImportPlan
from models.office.context import Office

_COUNTS = ("inserted", "updated", "unchanged", "refused", "skipped", "warned")
_COLUMNS = (
    "id",
    "operation_id",
    "file_name",
    "sha256",
    "content",
    "kind",
    "imported_at",
    "person",
    *_COUNTS,
)
_SELECT = """
SELECT b.*, o.undone_by IS NOT NULL AS undone
FROM import_batch AS b JOIN operation AS o ON o.id = b.operation_id
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import that was applied.

    Attributes:
        id: its identity.
        operation_id: the step to undo it by.
        file_name: the file's name as it was then.
        kind: what it brought first.
        imported_at: the moment, ISO with time zone.
        person: who was at the desk.
        counts: rows by fate.
        undone: whether it was undone since.
    """

    id: str
    operation_id: str
    file_name: str
    kind: str
    imported_at: str
    person: str
    counts: Counts
    undone: bool = False


def find_batch(office: Office, sha256: str, content: str) -> Batch | None:
    """The latest import of the same bytes or the same content that was not undone."""
    row = office.store.one(
        _SELECT + " WHERE (b.sha256 = ? OR b.content = ?) AND o.undone_by IS NULL"
        " ORDER BY b.imported_at DESC LIMIT 1",
        (sha256, content),
    )
    return None if row is None else _batch(dict(row))


def list_batches(office: Office, limit: int = 200) -> list[Batch]:
    """The latest imports, newest first."""
    rows = office.store.query(_SELECT + " ORDER BY b.imported_at DESC, b.id LIMIT ?", (limit,))
    return [_batch(dict(row)) for row in rows]


def read_batch(office: Office, text: str) -> Batch:
    """The import of that identity, or the latest of a file of that name.

    Raises:
        UserError: there is none.
    """
    row = office.store.one(
        _SELECT + " WHERE b.id = :text OR b.file_name = :text"
        " ORDER BY b.id = :text DESC, b.imported_at DESC LIMIT 1",
        {"text": text},
    )
    if row is None:
        raise UserError(
            "import.no_batch", f"没有文件名为“{text}”的导入记录。", "请在“Excel 导入”中核对。"
        )
    return _batch(dict(row))


def write_batch(office: Office, plan: ImportPlan, operation_id: str) -> Batch:
    """Keep the record of an applied plan; call it inside the import's operation."""
    batch = Batch(
        id=office.store.ids.new_id(),
        operation_id=operation_id,
        file_name=plan.path.name,
        kind=str(plan.kind),
        imported_at=office.store.clock.now().isoformat(),
        person=office.store.person,
        counts=plan.counts,
    )
    counts = asdict(batch.counts)
    row = (
        batch.id,
        operation_id,
        batch.file_name,
        plan.sha256,
        plan.content,
        batch.kind,
        batch.imported_at,
        batch.person,
        *(counts[name] for name in _COUNTS),
    )
    office.store.insert("import_batch", _COLUMNS, [row])
    return batch


def _batch(row: dict[str, object]) -> Batch:
    amounts = {name: int(str(row[name])) for name in _COUNTS}
    total = sum(amounts[name] for name in _COUNTS if name != "warned")
    return Batch(
        id=str(row["id"]),
        operation_id=str(row["operation_id"]),
        file_name=str(row["file_name"]),
        kind=str(row["kind"]),
        imported_at=str(row["imported_at"]),
        person=str(row["person"]),
        counts=Counts(data_rows=total, **amounts),
        undone=bool(row["undone"]),
    )
