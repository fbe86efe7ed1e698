"""Judging on the lane: everybody at the first look, only those touched at the later ones."""

from __future__ import annotations

from datetime import date

from models.office.context import Office
from models.policies.cycles import Cycle, cycle_of
from models.policies.library import pack_named
from models.policies.records import Pack
from models.progress import Progress
from models.verdicts.basis import pack_over
from models.verdicts.board import Board
from models.verdicts.judging import judge
from models.verdicts.periods import Period, of_cycle, of_year
from models.verdicts.refreshing import newest_no, refreshed, touched_teachers
from ui.desktop.tasks.boards import Asked, Kept


def look_again(office: Office, progress: Progress, asked: Asked, kept: Kept | None) -> Kept:
    """The board as of now, from the one of the last look where there is one.

    Raises:
        UserError: no pack of that day demands anything.
    """
    today = office.store.clock.today()
    if kept is not None and kept.today == today:
        touched = touched_teachers(office, kept.no)
        if touched.ids is not None:
            if not touched.ids:
                return _kept(asked, kept.board, touched.newest_no, today)
            board = refreshed(office, kept.board, touched.ids, as_of=asked.as_of)
            return _kept(asked, board, touched.newest_no, today)
    number = newest_no(office)
    period, pack = period_of(office, asked), pack_of(office, asked)
    board = judge(office, period, pack, as_of=asked.as_of, progress=progress)
    return _kept(asked, board, number, today)


def period_of(office: Office, asked: Asked) -> Period:
    """The years that are asked about."""
    if not asked.first:
        return of_cycle(cycle_of(office, office.store.clock.today().year))
    if asked.first == asked.last:
        return of_year(asked.first, cycle_of(office, asked.first))
    return of_cycle(Cycle(asked.first, asked.last))


def pack_of(office: Office, asked: Asked) -> Pack:
    """The pack to judge by: the one named, else the period's own.

    Raises:
        UserError: no pack of that day demands anything.
    """
    if asked.pack_id:
        return pack_named(office, asked.pack_id)
    return pack_over(office, period_of(office, asked), asked.as_of)


def _kept(asked: Asked, board: Board, number: int, today: date) -> Kept:
    missing = frozenset(place for column in board.columns for place in column.unknown)
    return Kept(asked, board, board.met(), missing, number, today)
