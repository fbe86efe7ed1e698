"""What came of the pages of a booklet run: printed, to be printed again, given up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from models.certificates.booklets import BookletLine, lines_of
from models.certificates.sheets import PrintRun, read_run, refuse_given_up
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

_MARK = """
UPDATE booklet_line SET outcome = 'printed', outcome_on = :today
WHERE id IN (SELECT value FROM json_each(:ids))
"""
_AGAIN = """
UPDATE booklet_line SET outcome = 'waiting', outcome_on = NULL, again = again + 1
WHERE id IN (SELECT value FROM json_each(:ids))
"""
# What was to be printed again stands in the booklet, however badly: it keeps its line.
_GIVE_UP = """
UPDATE booklet_line SET outcome_on = :today,
    outcome = CASE again WHEN 0 THEN 'given_up' ELSE 'printed' END
WHERE run_id = :run AND outcome = 'waiting'
"""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a step did: the run as it stands now, how many lines, the undoable step."""

    run: PrintRun
    lines: int
    operation: Operation


def mark(office: Office, run_id: str, *, first: int = 1, last: int | None = None) -> Marked:
    """Say that pages came out of the printer.

    Args:
        office: the office.
        run_id: the run.
        first: place of the first of them.
        last: place of the last of them; all that wait if not said.

    Raises:
        UserError: nothing of the sort waits, the run was given up.
    """
    run = _going(office, run_id)
    upto = run.sheets if last is None else last
    lines = lines_of(office, run_id=run_id, places=(first, upto))
    due = [one for one in lines if one.waiting]
    if not due:
        raise UserError(
            "printing.nothing_waits",
            f"“{run.title}”的第 {first} 到第 {upto} 页中没有待打印的。",
            "请核对页数。",
        )
    return _marked(office, run_id, _mark(office, run, due), due)


def mark_pages(office: Office, run: PrintRun, places: Sequence[int]) -> Operation:
    """Say that exactly these pages came out of the printer, whatever was taken back since.

    Raises:
        UserError: one of them does not wait; the run was given up.
    """
    refuse_given_up(run)
    chosen = set(places)
    lines = lines_of(office, run_id=run.id, places=(min(places), max(places)))
    due = [one for one in lines if one.place in chosen and one.outcome == "waiting"]
    if lacking := chosen - {one.place for one in due}:
        raise UserError(
            "printing.nothing_waits",
            f"“{run.title}”的第 {min(lacking)} 页不在待打印之列。",
            "请刷新列表，核对哪些还没有打印。",
        )
    return _mark(office, run, due)


def repeat(office: Office, run_id: str, places: Sequence[int], reason: str) -> Marked:
    """Say that pages were mis-printed: the same lines wait again at the same places.

    A run that was given up is open again with these pages alone: what it left is planned anew.

    Raises:
        UserError: no reason, a page that was not printed.
    """
    run = _booklet_run(office, run_id)
    if not reason.strip():
        raise UserError("printing.no_reason", "没有写重打的原因。", "请写明原因，如“打偏”。")
    chosen = set(places)
    due = [
        one
        for one in lines_of(office, run_id=run_id)
        if one.place in chosen and one.outcome == "printed"
    ]
    if lacking := chosen - {one.place for one in due}:
        raise UserError(
            "booklet.not_printed",
            f"“{run.title}”的第 {min(lacking)} 页还没有打印。",
            "没有打印过的页直接打印即可。",
        )
    title = f"{run.title}重打 {_pages(due)} 页：{reason.strip()}"
    with office.store.operation("booklets.again", title) as operation:
        _change(office, _AGAIN, due)
        if run.given_up:
            office.store.execute("UPDATE print_run SET state = 'open' WHERE id = ?", (run_id,))
    return _marked(office, run_id, operation, due)


def give_up_lines(office: Office, run_id: str) -> Marked:
    """Leave the rest of a run; its lines may be planned anew, perhaps at other places.

    Raises:
        UserError: nothing waits, the run was given up before.
    """
    run = _going(office, run_id)
    due = [one for one in lines_of(office, run_id=run_id) if one.outcome == "waiting"]
    if not due:
        raise UserError("printing.done", f"“{run.title}”已经印完。", "不必放弃。")
    with office.store.operation(
        "booklets.give_up", f"{run.title}放弃未印的 {_pages(due)} 页"
    ) as operation:
        today = office.store.clock.today().isoformat()
        office.store.execute(_GIVE_UP, {"run": run_id, "today": today})
        office.store.execute("UPDATE print_run SET state = 'given_up' WHERE id = ?", (run_id,))
    return _marked(office, run_id, operation, due)


def _going(office: Office, run_id: str) -> PrintRun:
    run = _booklet_run(office, run_id)
    refuse_given_up(run)
    return run


def _booklet_run(office: Office, run_id: str) -> PrintRun:
    run = read_run(office, run_id)
    if not run.booklet:
        raise UserError("booklet.no_run", f"“{run.title}”不是续打批次。", "请在续打批次中选择。")
    return run


def _mark(office: Office, run: PrintRun, due: Sequence[BookletLine]) -> Operation:
    title = f"{run.title}已打印 {_pages(due)} 页"
    with office.store.operation("booklets.printed", title) as operation:
        _change(office, _MARK, due)
    return operation


def _change(office: Office, sql: str, lines: Sequence[BookletLine]) -> None:
    today = office.store.clock.today().isoformat()
    office.store.execute(sql, {"ids": json.dumps([one.id for one in lines]), "today": today})


def _marked(
    office: Office, run_id: str, operation: Operation, lines: Sequence[BookletLine]
) -> Marked:
    return Marked(read_run(office, run_id), len(lines), operation)


def _pages(lines: Sequence[BookletLine]) -> int:
    return len({one.place for one in lines})
