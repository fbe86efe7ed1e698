"""What is done on the lanes with print runs: begun, drawn, accounted for, handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path

from models.certificates.booklet_marks import give_up_lines, mark, repeat
from models.certificates.holders_waiting import waiting_holders
from models.certificates.printing import RunWish, begin_run, give_up, mark_printed, mark_spoilt
from models.certificates.seals import kept_texts, seal_texts
from models.certificates.serials import read_serial
from models.certificates.sheets import PrintRun, read_run, waiting_sheets
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.text.file_names import beside
from reports.documents import hand_over_list
from reports.inputs.certificate_forms import form_named
from reports.inputs.fonts import NameMissing, fonts_of, missing_names
from reports.inputs.paper_books import hand_over_sheets
from reports.inputs.print_runs import RunCopies, hand_over, run_copies, with_mark
from reports.kit.copies import Copy, Printing, print_copies
from reports.kit.furniture import Output
from reports.kit.paper import About
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
    return [
        drawn
        for place, one in enumerate(parts)
        for drawn in _draw(office, progress, (run, one), folder / f"{place}.pdf")
    ]


def _parts(office: Office, run: PrintRun, left_out: frozenset[str]) -> list[RunCopies]:
    """What waits of a run, without what waits for some teachers."""
    ids = [one.certificate_id for one in waiting_sheets(office, run.id)]
    holders = waiting_holders(office, run.id) if left_out else {}
    out = frozenset(number for number, teacher in holders.items() if teacher in left_out)
    found = run_copies(office, run, codes=kept_texts(office, ids), without=out)
    if not found:
        raise UserError("printing.nothing_waits", f"“{run.title}”没有待打印的。", "请刷新列表。")
    return found


def _draw(
    office: Office, progress: Progress, part: tuple[PrintRun, RunCopies], out: Path
) -> list[Drawn]:
    run, due = part
    form = form_named(office, due.form)
    now = office.store.clock.now()
    about = About(due.title, office.identity.name, made_at=now)
    fonts = fonts_of(office)
    output = Output(out, fonts, now, progress, overwrite=True)
    on_stock = bool(run.stock)
    built = print_copies(
        form, with_mark(form, due.copies), about, output, Printing(background=not on_stock)
    )
    sheet = None
    if on_stock:
        sheet = out.with_name(f"{out.stem}-底.pdf")
        empty = Copy(form.title, dict.fromkeys(form.values, ""))
        print_copies(form, [empty], about, replace(output, path=sheet), Printing(preview=True))
    return [
        Drawn(one.path, run, due.title, due.places[one.first : one.last + 1], sheet)
        for one in built.parts
    ]


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
            for first, last in stretches(account.good):
                mark(office, run.id, first=first, last=last)
        else:
            _take(office, run, account)
    return Taken(read_run(office, run.id), operation)


def spoil(office: Office, _progress: Progress, run_id: str, places: str, reason: str) -> Operation:
    """Have sheets of a run wait again that came out badly; ``places`` as typed.

    Raises:
        UserError: places that cannot be read or are not there; no reason.
    """
    run = read_run(office, run_id)
    chosen = parse_pages(places, run.sheets)
    title = f"{run.title}打坏 {len(chosen)} {run.unit}"
    with office.store.operation("printing.spoilt", title) as operation:
        if run.booklet:
            repeat(office, run.id, chosen, reason)
        else:
            for place in chosen:
                mark_spoilt(office, run.id, place, reason)
    return operation


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
    files = 0
    for one in parts:
        form = form_named(office, one.form)
        now = office.store.clock.now()
        path = out if len(parts) == 1 else beside(out, form.title)
        about = About(one.title, office.identity.name, made_at=now)
        output = Output(path, fonts_of(office), now, progress, overwrite=True)
        how = Printing(background=not run.stock, each=each)
        files += len(print_copies(form, with_mark(form, one.copies), about, output, how).parts)
    return files


def _take(office: Office, run: PrintRun, account: Account) -> None:
    """Mark sheets in the order they went through the printer, so that serials run on.

    A spoilt sheet went through before the good one at its place.
    """
    serial = account.serial
    bad = Counter(account.spoilt)
    good = set(account.good)
    for first, last in stretches([*bad, *good], breaks=bad):
        for place in [first] * bad[first]:
            mark_spoilt(office, run.id, place, account.reason, serial)
            serial = _following(serial, 1)
        if first in good:
            done = mark_printed(office, run.id, first=first, last=last, first_serial=serial)
            serial = _following(serial, len(done.sheets))


def stretches(places: Iterable[int], breaks: Container[int] = ()) -> list[tuple[int, int]]:
    """First and last of neighbouring places; those in ``breaks`` stand alone.

    >>> stretches([1, 2, 3, 5, 6], breaks={2})
    [(1, 1), (2, 2), (3, 3), (5, 6)]
    """
    found: list[tuple[int, int]] = []
    for place in sorted(set(places)):
        alone = place in breaks or (found and found[-1][1] in breaks)
        if found and place == found[-1][1] + 1 and not alone:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _following(serial: str, count: int) -> str:
    """The serial after so many blanks; "" where there are none."""
    return read_serial(serial).plus(count).text if serial else ""
