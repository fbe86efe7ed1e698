"""What the verdicts' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.verdicts.designations import Entitled, entitlements
from models.verdicts.exemptions import decide_exemptions, file_exemption
from models.verdicts.explaining import Verdict, explain
from models.verdicts.figures import report_figure
from models.verdicts.forecast import Outlook, outlooks
from models.verdicts.overview import By, Standing, standings
from models.verdicts.targets import Reached, targets_reached
from models.verdicts.vetoes import lift_veto, put_veto
from reports.documents import teacher_verdict as teacher_paper
from reports.documents import verdict_overview as overview_paper
from reports.inputs.fonts import fonts_of
from reports.inputs.verdict_overviews import verdict_overview
from reports.inputs.verdict_sheets import verdict_sheets
from reports.inputs.verdicts import teacher_verdicts
from reports.workbooks.table import write_tables
from ui.desktop.tasks.boards import Asked, Kept
from ui.desktop.tasks.judging import pack_of, period_of

Leave = tuple[date, date, str]
"""First and last day, and the reason."""


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
    office: Office, progress: Progress, kept: Kept, places: Sequence[int] | None, out: Path
) -> Path:
    """Write the verdicts of those at some places (None: of everybody) as a workbook."""
    board = kept.board if places is None else kept.board.narrowed(places)
    scope = "全县" if places is None else f"选出的 {len(places):,} 人"
    write_tables(out, verdict_sheets(office, board, scope), progress, overwrite=True)
    return out


def print_teachers(
    office: Office, progress: Progress, kept: Kept, ids: Sequence[str], out: Path
) -> Path:
    """Write teachers' verdicts with their arithmetic as a PDF, each from a new page."""
    asked = kept.board.questions
    verdicts = teacher_verdicts(
        office, ids, asked.period, asked.pack, as_of=kept.asked.as_of, progress=progress
    )
    teacher_paper.build(verdicts, out, fonts_of(office), progress, overwrite=True)
    return out


def print_overview(
    office: Office, progress: Progress, kept: Kept, group: tuple[Sequence[int], str], out: Path
) -> Path:
    """Write how a group stands as a PDF; an empty name stands for the whole county."""
    places, name = group
    board = kept.board.narrowed(places) if name else kept.board
    overview = verdict_overview(office, board, name or "全县")
    overview_paper.build(overview, out, fonts_of(office), progress, overwrite=True)
    return out


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


def targets(office: Office, _progress: Progress, kept: Kept) -> list[Reached]:
    """How far schools and the county are with the pack's targets."""
    asked = kept.board.questions
    return targets_reached(office, asked.period, asked.pack, as_of=asked.day)


def designated(office: Office, _progress: Progress, kept: Kept) -> list[Entitled]:
    """Everybody whom a designation of the pack concerns."""
    return entitlements(office, kept.board, kept.board.questions.pack)


def report_figures(
    office: Office,
    _progress: Progress,
    institution_id: str,
    year: int,
    amounts: Mapping[str, Decimal],
) -> Operation:
    """Put down the figures of a unit as one step."""
    title = f"填报 {year} 年{'、'.join(amounts)}"
    with office.store.operation("verdicts.figures", title) as operation:
        for name, amount in amounts.items():
            report_figure(office, institution_id, year, name, amount)
    return operation
