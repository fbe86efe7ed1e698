"""Print runs: what is to be printed is listed first, then marked as it comes out of the printer.

A run lists its sheets in the order of handing out before anything is printed, so that after a
crash it is simply gone on with. Numbers were given at the issue; printing gives none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from models.certificates.paper_entries import PRINT_RUN
from models.certificates.print_marks import NEW_ITEM, mark_sheets, serials_for, spoil_places
from models.certificates.sheets import (
    CopyKind,
    PrintRun,
    Sheet,
    read_run,
    refuse_given_up,
    sheets,
    waiting_sheets,
)
from models.certificates.stock import balance_of
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

_TOLD = 3
_WANTED = """
SELECT c.id, c.number, c.holder_name AS name,
    (SELECT l.event FROM certificate_event AS l WHERE l.certificate_id = c.id
        ORDER BY l.step DESC LIMIT 1) IS 'void' AS void,
    EXISTS (SELECT 1 FROM print_item AS i WHERE i.certificate_id = c.id
        AND i.outcome = 'printed') AS printed,
    EXISTS (SELECT 1 FROM print_item AS i JOIN print_run AS r ON r.id = i.run_id
        WHERE i.certificate_id = c.id AND i.outcome = 'waiting' AND r.state = 'open') AS waiting
FROM json_each(?) AS wanted CROSS JOIN certificate AS c ON c.id = wanted.value
LEFT JOIN teacher AS t ON t.id = c.teacher_id
ORDER BY COALESCE(c.holder_school, ''), COALESCE(t.name_pinyin, c.holder_name), c.holder_no,
    c.series, c.seq
"""


@dataclass(frozen=True, slots=True)
class RunWish:
    """What is to be printed.

    Attributes:
        title: what the list of runs calls it.
        kind, form: key of the kind, name of the form.
        certificate_ids: in any order; the run puts them into the order of handing out.
        stock: title of the pre-printed blanks; "" prints on plain paper.
        copy: ``first``; ``again`` prints once more what was printed before (the sheet was not
            handed out); ``reprint`` is the mark 补 for a certificate that was lost.
        reason: of ``again`` and ``reprint``.
        printer, tray: where it is printed, if known.
    """

    title: str
    kind: str
    form: str
    certificate_ids: Sequence[str]
    stock: str = ""
    copy: CopyKind = "first"
    reason: str = ""
    printer: str = ""
    tray: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a step of printing did: the run as it stands now, the sheets, the undoable step."""

    run: PrintRun
    sheets: tuple[Sheet, ...]
    operation: Operation


def begin_run(office: Office, wish: RunWish) -> Printed:
    """List the sheets of a run, by school and name; nothing is printed yet.

    Raises:
        UserError: nothing to print; a void certificate; one printed before, for a first print;
            one that waits in another run; no reason for a reprint; too few blanks.
    """
    rows = [dict(row) for row in office.store.query(_WANTED, (json.dumps(_ids(wish)),))]
    _refuse(office, wish, rows)
    with office.store.operation(
        "printing.begin", f"{wish.title}待打印 {len(rows)} 份"
    ) as operation:
        run_id = insert_run(office, wish)
        office.store.insert(
            "print_item",
            NEW_ITEM,
            [
                (office.store.ids.new_id(), run_id, place, row["id"], wish.copy, "waiting")
                for place, row in enumerate(rows, start=1)
            ],
        )
    return _done(office, run_id, operation, range(1, len(rows) + 1))


def mark_printed(
    office: Office,
    run_id: str,
    *,
    first: int = 1,
    last: int | None = None,
    first_serial: str = "",
) -> Printed:
    """Say that sheets came out of the printer.

    Args:
        office: the office.
        run_id: the run.
        first: place of the first of them.
        last: place of the last of them; all that wait if not said.
        first_serial: of the blank the first of them is printed on; the next ones run on.

    Raises:
        UserError: nothing of the sort waits; the run was given up; a serial that went out before.
    """
    run = _going(office, run_id)
    upto = run.sheets if last is None else last
    due = waiting_sheets(office, run_id, (first, upto))
    if not due:
        raise UserError(
            "printing.nothing_waits",
            f"“{run.title}”的第 {first} 到第 {upto} 份中没有待打印的。",
            "请核对份数。",
        )
    serials = serials_for(office, run.stock, first_serial, len(due))
    operation = mark_sheets(office, run, due, serials)
    return _done(office, run_id, operation, [one.place for one in due])


def mark_spoilt(office: Office, run_id: str, place: int, reason: str, serial: str = "") -> Printed:
    """Say that a sheet was spoilt; it waits again at the same place, all others stay as they are.

    Args:
        office: the office.
        run_id: the run.
        place: of the sheet in the run.
        reason: what happened.
        serial: of the spoilt blank, where it was not said before.

    Raises:
        UserError: what ``spoil_places`` refuses.
    """
    operation = spoil_places(office, read_run(office, run_id), [place], reason, [serial])
    return _done(office, run_id, operation, [place])


def give_up(office: Office, run_id: str) -> Printed:
    """Leave the rest of a run; what was printed stays, what waits may stand in another run.

    Raises:
        UserError: it was given up before; nothing of it waits; it is a run of booklets.
    """
    run = _going(office, run_id)
    if run.booklet:
        raise UserError("printing.booklet", f"“{run.title}”是续打批次。", "请用续打的放弃。")
    if not run.waiting:
        raise UserError("printing.done", f"“{run.title}”已经印完。", "不必放弃。")
    with office.store.operation(
        "printing.give_up", f"{run.title}放弃未印的 {run.waiting} 份"
    ) as operation:
        office.store.execute("UPDATE print_run SET state = 'given_up' WHERE id = ?", (run_id,))
    return _done(office, run_id, operation, [])


def insert_run(office: Office, wish: RunWish) -> str:
    """Write down a run without sheets; call it inside the operation that lists them."""
    run_id = office.store.ids.new_id()
    row = (
        run_id,
        wish.title,
        wish.kind,
        wish.form,
        "stock" if wish.stock else "plain",
        wish.stock or None,
        wish.printer or None,
        wish.tray or None,
        wish.reason.strip() or None,
        office.store.clock.now().isoformat(timespec="seconds"),
        "open",
    )
    office.store.insert("print_run", ("id", *PRINT_RUN, "state"), [row])
    return run_id


def _ids(wish: RunWish) -> list[str]:
    return list(dict.fromkeys(wish.certificate_ids))


def _refuse(office: Office, wish: RunWish, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        raise UserError("printing.nothing", "没有要打印的证书。", "请先选择证书。")
    if wish.copy != "first" and not wish.reason.strip():
        raise UserError("printing.no_reason", "没有写再次打印的原因。", "请写明原因，如“遗失”。")
    _refuse_some(rows, "void", "printing.void", "已经作废，不能打印。", "请去掉作废的证书。")
    _refuse_some(
        rows,
        "waiting",
        "printing.in_open_run",
        "已在没有印完的批次里。",
        "请继续那个批次，或先放弃它。",
    )
    if wish.copy == "first":
        _refuse_some(
            rows,
            "printed",
            "printing.printed_before",
            "已经打印过。",
            "原件没有发出的选“重印”，原件遗失的选“补印”。",
        )
    blanks = balance_of(office, wish.stock) if wish.stock else None
    # An office that keeps no account of these blanks may print on them all the same.
    if blanks and blanks.received and blanks.left < len(rows):
        raise UserError(
            "printing.too_few_blanks",
            f"空白“{wish.stock}”只剩 {blanks.left} 份，要打印 {len(rows)} 份。",
            "请先登记领入空白证书，或分批打印。",
        )


def _refuse_some(
    rows: Sequence[dict[str, object]], fact: str, code: str, words: str, hint: str
) -> None:
    found = [row for row in rows if row[fact]]
    if found:
        names = "、".join(f"{row['name']}（{row['number']}）" for row in found[:_TOLD])
        more = f"等 {len(found)} 份" if len(found) > _TOLD else ""
        raise UserError(code, f"{names}{more}{words}", hint)


def _going(office: Office, run_id: str) -> PrintRun:
    run = read_run(office, run_id)
    refuse_given_up(run)
    return run


def _done(office: Office, run_id: str, operation: Operation, places: Sequence[int]) -> Printed:
    chosen = set(places)
    between = (min(chosen), max(chosen)) if chosen else (0, 0)
    found = tuple(one for one in sheets(office, run_id, between) if one.place in chosen)
    return Printed(read_run(office, run_id), found, operation)
