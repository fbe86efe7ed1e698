"""Everybody's verdicts over a year or its cycle, as papers ask for them."""

from __future__ import annotations

from models.office.context import Office
from models.policies.cycles import cycle_of
from models.progress import Progress
from models.verdicts.basis import pack_over
from models.verdicts.board import Board
from models.verdicts.judging import judge
from models.verdicts.periods import Period, of_cycle, of_year


def period_of(office: Office, year: int, *, whole_cycle: bool) -> Period:
    """The year, or the whole cycle it lies in."""
    cycle = cycle_of(office, year)
    return of_cycle(cycle) if whole_cycle else of_year(year, cycle)


def board_of(
    office: Office, year: int, *, whole_cycle: bool, progress: Progress | None = None
) -> Board:
    """Everybody judged by the pack of the period.

    Raises:
        UserError: no pack of that time demands anything; the year has not begun.
        CancelledByUser: the person asked to stop.
    """
    period = period_of(office, year, whole_cycle=whole_cycle)
    return judge(office, period, pack_over(office, period), progress=progress)
