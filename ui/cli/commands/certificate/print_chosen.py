"""Printing certificates a person named: through print runs, so that the register knows of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.certificates.kinds import kind_named
from models.certificates.print_marks import serials_for
from models.certificates.printing import RunWish, begin_run
from models.certificates.register import Certificate
from models.certificates.sheets import (
    REPRINT_MARK,
    CopyKind,
    PrintRun,
    printed_ids,
    read_run,
    run_of,
    waiting_in,
)
from models.errors import UserError
from models.office.context import Office
from models.text.file_names import beside
from reports.inputs.certificates import copies_of
from ui.cli.commands.certificate.print_jobs import (
    How,
    Outcome,
    missing_of,
    refuse_glyphs,
    write_begun,
    write_run,
)
from ui.cli.session import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """How certificates are to be printed.

    Attributes:
        out: the file; with several forms each gets one named after it.
        each: a file for every copy.
        stock: onto the kind's pre-printed blanks.
        form: name of the form; "" for the kind's own.
        serial: of the first blank; "" for none.
        mark: whether whole files count as printed.
        codes: whether they bear a code where their form has a place for it.
        reason: why they are printed once more.
        printer, tray: whose calibration moves and scales the pages; "" for none.
        skip_missing: leave those waiting of whom a character is in no font, and print the others.
    """

    out: Path
    each: bool = False
    stock: bool = False
    form: str = ""
    serial: str = ""
    mark: bool = True
    codes: bool = True
    reason: str = ""
    printer: str = ""
    tray: str = ""
    skip_missing: bool = False


def unprinted(office: Office, every: Sequence[Certificate]) -> list[Certificate]:
    """Those of the certificates that are valid and do not stand on paper yet."""
    printed = printed_ids(office, [one.id for one in every])
    return [one for one in every if not one.void and one.id not in printed]


def print_chosen(
    session: Session,
    office: Office,
    chosen: Sequence[Certificate],
    asked: Asked,
    outcome: Outcome,
    copy: CopyKind = "first",
) -> None:
    """Print certificates: the run of just these is gone on with, else one is begun a form.

    Raises:
        UserError: some wait in an open run among others; what a run or its print refuses.
    """
    chosen = list({one.id: one for one in chosen}.values())
    run_id = run_of(office, [one.id for one in chosen])
    if run_id and copy == "first":
        go_on(session, office, read_run(office, run_id), asked, outcome)
        return
    _refuse_waiting(office, chosen)
    mark = REPRINT_MARK if copy == "reprint" else ""
    copies = copies_of(
        office, chosen, dict.fromkeys((one.id for one in chosen), mark), photos=False
    )
    if not asked.skip_missing:
        missing = missing_of(office, copies, [one.holder_name for one in chosen])
        refuse_glyphs(session, [*missing.values()])
    groups: dict[tuple[str, str], list[Certificate]] = {}
    for one in chosen:
        form = asked.form or kind_named(one.kind).form_for(one.institution_id)
        groups.setdefault((one.kind, form), []).append(one)
    serials = _serials(office, chosen, asked)
    for (kind, form), part in groups.items():
        ids = [one.id for one in part]
        stock = _stock(kind) if asked.stock else ""
        run_wish = RunWish(_title(part), kind, form, ids, stock, copy, asked.reason)
        begun = begin_run(office, run_wish)
        how = _how(asked, form if len(groups) > 1 else "")
        how = replace(how, serial=serials[0] if serials else "")
        del serials[: len(part)]
        write_begun(session, office, (begun.run, begun.operation.id), how, outcome)


def go_on(session: Session, office: Office, run: PrintRun, asked: Asked, outcome: Outcome) -> None:
    """Print what waits of a run.

    Raises:
        UserError: it was given up; it was listed for another form or paper than is asked for.
    """
    if run.given_up:
        raise UserError("printing.given_up", f"“{run.title}”已经放弃。", "请重新打印所需的证书。")
    _refuse_other(run, asked)
    if run.going_on:
        session.say(f"{run.title}：{run.going_on}")
    write_run(session, office, run, _how(asked), outcome)


def _refuse_waiting(office: Office, chosen: Sequence[Certificate]) -> None:
    """Refuse what waits in an open run among others, or only in part: that is another batch."""
    waiting = waiting_in(office, [one.id for one in chosen])
    if not waiting:
        return
    run = read_run(office, next(iter(waiting.values())))
    raise UserError(
        "printing.in_open_run",
        f"要打印的有 {len(waiting)} 份在没有印完的批次“{run.title}”里"
        f"（共待打印 {run.waiting} 份）。",
        f"请用 --run {run.id[:8]} 继续那个批次，或先用 give-up 放弃它。",
    )


def _refuse_other(run: PrintRun, asked: Asked) -> None:
    """Refuse to go on with a run otherwise than it was begun."""
    if asked.form and asked.form != run.form:
        what = f"样式是“{run.form}”，不是“{asked.form}”"
    elif asked.stock and not run.stock:
        what = "印在白纸上，不是套打"
    else:
        return
    raise UserError(
        "printing.other_run",
        f"没有印完的批次“{run.title}”{what}。",
        "请照批次原来的打印，或先用 give-up 放弃它，再重新打印。",
    )


def _serials(office: Office, chosen: Sequence[Certificate], asked: Asked) -> list[str]:
    """The serial of each blank; [] where none is said. Whatever the form, blanks run on."""
    if not asked.serial:
        return []
    stocks = {_stock(one.kind) for one in chosen} if asked.stock else {""}
    if len(stocks) > 1:
        raise UserError(
            "printing.stocks",
            f"这些证书印在 {len(stocks)} 种空白证书上：{'、'.join(sorted(stocks))}。",
            "序列号各是各的，请分开打印。",
        )
    return serials_for(office, stocks.pop(), asked.serial, len(chosen))


def _how(asked: Asked, form: str = "") -> How:
    return How(
        beside(asked.out, form) if form else asked.out,
        each=asked.each,
        mark=asked.mark,
        serial=asked.serial,
        codes=asked.codes,
        printer=asked.printer,
        tray=asked.tray,
        skip_missing=asked.skip_missing,
    )


def _stock(kind: str) -> str:
    """The title of the blanks of a kind."""
    found = kind_named(kind)
    if not found.stock:
        raise UserError(
            "printing.no_blanks",
            f"{found.title}没有预印的空白证书。",
            "请不用 --stock，印在白纸上。",
        )
    return found.stock


def _title(part: Sequence[Certificate]) -> str:
    first = part[0]
    about = first.title if all(one.title == first.title for one in part) else ""
    return f"{first.year}年{about}{first.kind_title}" if about else first.kind_title
