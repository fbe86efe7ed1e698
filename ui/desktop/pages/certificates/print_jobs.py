"""What is done on the lanes with print runs: begun, drawn, accounted for, handed over."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path

from models.certificates.booklet_marks import give_up_lines, mark, mark_pages, repeat
from models.certificates.holders_waiting import waiting_holders
from models.certificates.print_marks import mark_places, note_printer, serials_for, spoil_places
from models.certificates.printing import RunWish, begin_run, give_up, mark_printed
from models.certificates.seals import kept_texts, seal_texts
from models.certificates.sheets import PrintRun, read_run, waiting_sheets
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.documents import hand_over_list
from reports.inputs.certificate_forms import form_named
from reports.inputs.fonts import NameMissing, fonts_of, missing_names
from reports.inputs.paper_books import hand_over_sheets
from reports.inputs.print_runs import RunCopies, hand_over, run_copies
from reports.inputs.run_files import RunFiles, refuse_nothing
from reports.kit.copies import Printing
from reports.workbooks.table import write_table
from ui.desktop.pages.certificates.print_records import Account, Drawn, Taken
from ui.desktop.widgets.paper.page_numbers import parse_pages


def begin(office: Office, progress: Progress, wish: RunWish) -> PrintRun:
    """List the sheets of a run, and sign the codes its form shows.

    Raises:
        UserError: what ``begin_run`` refuses; the signing key is not on this computer.
    """
    if form_named(office, wish.form).code is not None:
        seal_texts(office, wish.certificate_ids, progress)
    return begin_run(office, wish).run


def draw_run(
    office: Office,
    progress: Progress,
    run_id: str,
    folder: Path,
    left_out: frozenset[str] = frozenset(),
) -> list[Drawn]:
    """Write what waits of a run, a file for each form.

    Args:
        office: the office.
        progress: told of it.
        run_id: the run.
        folder: where the files go.
        left_out: teachers whose sheets are not drawn; they wait on.

    Raises:
        UserError: nothing waits; a character no font has; a text that does not fit.
        WorldError: the files cannot be written.
    """
    run = read_run(office, run_id)
    parts = _parts(office, run, left_out)
    files = RunFiles(office, run, progress)
    drawn: list[Drawn] = []
    for number, part in enumerate(parts):
        built = files.write(part, folder / f"{number}.pdf")
        sheet = files.write_under(part, folder / f"{number}-底.pdf")
        drawn += [
            Drawn(one.path, run, part.title, part.places[one.first : one.last + 1], sheet)
            for one in built.parts
        ]
    return drawn


def _parts(office: Office, run: PrintRun, left_out: frozenset[str]) -> list[RunCopies]:
    """What waits of a run, without what waits for some teachers."""
    ids = [one.certificate_id for one in waiting_sheets(office, run.id)]
    holders = waiting_holders(office, run.id) if left_out else {}
    out = frozenset(number for number, teacher in holders.items() if teacher in left_out)
    found = run_copies(office, run, codes=kept_texts(office, ids), without=out)
    refuse_nothing(run, found)
    return found


def names_missing(office: Office, _progress: Progress, run_id: str) -> list[NameMissing]:
    """For whom something waits in a run that no font can print."""
    teachers = sorted(set(waiting_holders(office, run_id).values()))
    return missing_names(office, fonts_of(office), teachers)


def mark_outcome(office: Office, _progress: Progress, account: Account) -> Taken:
    """Say what came of places of a run, as one step; a spoilt page of a booklet simply waits on.

    Raises:
        UserError: a place that does not wait, no reason for what was spoilt, a serial that went
            out before; nothing is written then.
    """
    run = read_run(office, account.run_id)
    said = [f"打好 {len(account.good)} {run.unit}"] if account.good else []
    said += [f"打坏 {len(account.spoilt)} {run.unit}"] if account.spoilt else []
    title = f"{run.title}{'、'.join(said)}"
    with office.store.operation("printing.outcome", title) as operation:
        if run.booklet:
            mark_pages(office, run, account.good)
        else:
            _take(office, run, account)
        if account.printer:
            note_printer(office, run.id, account.printer, account.tray)
    return Taken(read_run(office, run.id), operation)


def mark_by_hand(
    office: Office, _progress: Progress, run_id: str, ends: tuple[int, int], serial: str
) -> Operation:
    """Say that what waits between two places came out of a printer elsewhere.

    Raises:
        UserError: nothing waits there; a serial that went out before.
    """
    first, last = ends
    if read_run(office, run_id).booklet:
        return mark(office, run_id, first=first, last=last).operation
    return mark_printed(office, run_id, first=first, last=last, first_serial=serial).operation


def spoil(office: Office, _progress: Progress, run_id: str, places: str, reason: str) -> Operation:
    """Have sheets of a run wait again that came out badly; ``places`` as typed.

    Raises:
        UserError: places that cannot be read or are not there; no reason.
    """
    run = read_run(office, run_id)
    chosen = parse_pages(places, run.sheets)
    if run.booklet:
        return repeat(office, run.id, chosen, reason).operation
    return spoil_places(office, run, chosen, reason)


def leave_run(office: Office, _progress: Progress, run_id: str) -> Operation:
    """Give up what waits of a run."""
    run = read_run(office, run_id)
    done = give_up_lines(office, run_id) if run.booklet else give_up(office, run_id)
    return done.operation


def build_hand_over(office: Office, progress: Progress, out: Path, *, run_id: str) -> None:
    """Write the hand-over list of a run."""
    listed = hand_over(office, read_run(office, run_id))
    hand_over_list.build(listed, out, fonts_of(office), progress, overwrite=True)


def write_hand_over(office: Office, progress: Progress, run_id: str, out: Path) -> Path:
    """Write the hand-over list of a run as a workbook."""
    (sheet,) = hand_over_sheets(hand_over(office, read_run(office, run_id)))
    write_table(out, sheet, progress, overwrite=True)
    return out


def save_run(
    office: Office,
    progress: Progress,
    run_id: str,
    out: Path,
    left_out: frozenset[str] = frozenset(),
    *,
    each: bool,
) -> int:
    """Write what waits of a run into files without marking it; gives how many files.

    Raises:
        UserError: nothing waits; a character no font has; a text that does not fit.
        WorldError: the files cannot be written.
    """
    run = read_run(office, run_id)
    parts = _parts(office, run, left_out)
    files = RunFiles(office, run, progress)
    how = Printing(each=each)
    return sum(len(files.write(one, files.path_of(out, one, parts), how).parts) for one in parts)


def _take(office: Office, run: PrintRun, account: Account) -> None:
    """Mark sheets in the order they went through the printer, so that serials run on.

    A spoilt sheet went through before the good one at its place.
    """
    good, bad = set(account.good), Counter(account.spoilt)
    count = len(good) + bad.total()
    serials = iter(serials_for(office, run.stock, account.serial, count))
    through: list[int] = []
    for place in sorted({*good, *bad}):
        if place in bad:
            if through:
                mark_places(office, run, through, list(islice(serials, len(through))))
            spoilt = [place] * bad[place]
            spoil_places(office, run, spoilt, account.reason, list(islice(serials, len(spoilt))))
            through = []
        through += [place] if place in good else []
    if through:
        mark_places(office, run, through, list(islice(serials, len(through))))
