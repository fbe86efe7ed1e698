"""What the verdicts' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from models.office.context import Office
from models.policies.records import Pack
from models.progress import Progress
from models.store.operations import Operation
from models.verdicts.exemptions import decide_exemptions, file_exemption
from models.verdicts.explaining import Verdict, explain
from models.verdicts.forecast import Outlook, outlooks
from models.verdicts.overview import By, Standing, standings
from models.verdicts.periods import Period
from models.verdicts.vetoes import lift_veto, put_veto
from ui.desktop.tasks.boards import Asked, Kept
from ui.desktop.tasks.judging import pack_of, period_of
from ui.desktop.tasks.lazy import Lazy

Leave = tuple[date, date, str]
"""First and last day, and the reason."""
write_workbook = Lazy("reports.inputs.verdicts", "write_workbook")
write_teacher = Lazy("reports.inputs.verdicts", "write_teacher")
write_overview = Lazy("reports.inputs.verdicts", "write_overview")


def groups(office: Office, _progress: Progress, kept: Kept, by: By) -> list[Standing]:
    """The groups of a board."""
    return standings(office, kept.board, by)


def outlook(_office: Office, _progress: Progress, kept: Kept) -> list[Outlook]:
    """Who will miss what at the present pace."""
    return outlooks(kept.board)


def explained(office: Office, _progress: Progress, asked: Asked, teacher_id: str) -> Verdict:
    """One teacher's verdict with every entry weighed."""
    return explain(
        office, teacher_id, period_of(office, asked), pack_of(office, asked), as_of=asked.as_of
    )


def export_workbook(
    office: Office, progress: Progress, asked: Asked, ids: Sequence[str] | None, out: Path
) -> Path:
    """Write the verdicts of those teachers (None: of everybody) as a workbook."""
    write_workbook(office, progress, _question(office, asked), ids, out)
    return out


def print_teacher(
    office: Office, progress: Progress, asked: Asked, teacher_id: str, out: Path
) -> Path:
    """Write one teacher's verdict with its arithmetic as a PDF."""
    write_teacher(office, progress, _question(office, asked), teacher_id, out)
    return out


def print_overview(
    office: Office, progress: Progress, asked: Asked, school_id: str, out: Path
) -> Path:
    """Write how the county, or one school of it, stands as a PDF."""
    write_overview(office, progress, _question(office, asked), school_id, out)
    return out


def _question(office: Office, asked: Asked) -> tuple[Period, Pack, date | None]:
    return period_of(office, asked), pack_of(office, asked), asked.as_of


def decide(
    office: Office, _progress: Progress, ids: Sequence[str], opinion: str, *, approve: bool
) -> Operation:
    """Approve or refuse leaves."""
    return decide_exemptions(office, ids, approve=approve, opinion=opinion)


def file_leave(
    office: Office, _progress: Progress, teacher_id: str, ground: str, leave: Leave
) -> Operation:
    """File a leave for approval."""
    first, last, reason = leave
    return file_exemption(office, teacher_id, ground, (first, last), reason)


def put_down(
    office: Office, _progress: Progress, teacher_id: str, year: int, because: tuple[str, str]
) -> Operation:
    """Rule somebody out for a year, for a kind of reason."""
    kind, reason = because
    return put_veto(office, teacher_id, year, reason, kind)


def lift(office: Office, _progress: Progress, veto_id: str, because: str) -> Operation:
    """Take a veto back."""
    return lift_veto(office, veto_id, because)
