"""The teachers of a list as a printed roster."""

from __future__ import annotations

from collections.abc import Sequence

from models.entities.describe import columns
from models.office.context import Office
from models.staff.queries import teacher_rows
from models.staff.records import Teacher
from reports.documents.roster import Roster
from reports.kit.table import CellKind, Column

SHOWN = ("teacher_no", "name", "sex", "school", "stage", "subject", "title", "education",
         "work_start", "status")  # fmt: skip
_KINDS = {"name": CellKind.NAME, "school": CellKind.TEXT, "subject": CellKind.TEXT}


def roster(office: Office, teacher_ids: Sequence[str], title: str, scope: str) -> Roster:
    """The teachers in the order given, without ID numbers and phones."""
    described = columns(Teacher)
    return Roster(
        title=title,
        scope=scope,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        columns=tuple(
            Column(described[name].title, _KINDS.get(name, CellKind.SHORT)) for name in SHOWN
        ),
        rows=tuple(
            tuple(row.shown[name] for name in SHOWN) for row in teacher_rows(office, teacher_ids)
        ),
    )
