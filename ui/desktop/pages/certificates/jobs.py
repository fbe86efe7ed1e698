"""What the certificates' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.certificates import issuing, replacing
from models.certificates.booklet_marks import give_up_lines, mark
from models.certificates.issuing import Issued
from models.certificates.kinds import kind_named, list_entity
from models.certificates.printing import RunWish, begin_run, give_up, mark_printed, mark_spoilt
from models.certificates.seals import kept_texts, seal_texts
from models.certificates.serials import read_serial
from models.certificates.series import next_number
from models.certificates.sheets import PrintRun, read_run, waiting_sheets
from models.certificates.wishes import Holder, Wish, plan_issue
from models.errors import UserError
from models.exchange.holder_list import read_holder_list
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.staff.queries import TeacherFilter, teacher_ids
from models.store.operations import Operation
from reports.documents import hand_over_list
from reports.inputs.certificate_forms import form_named, listed_forms
from reports.inputs.fonts import fonts_of
from reports.inputs.paper_books import hand_over_sheets
from reports.inputs.print_runs import RunCopies, hand_over, run_copies, with_mark
from reports.kit.copies import Copy, Printing, print_copies
from reports.kit.furniture import Output
from reports.kit.paper import About
from reports.workbooks.table import write_table
from reports.workbooks.template import write_template
from ui.desktop.pages.certificates.print_records import Account, Drawn

IN_POST = "01"


@dataclass(frozen=True, slots=True)
class Source:
    """Whom certificates are for, as the person chose it.

    Attributes:
        kind: key of the kind.
        course_id: those who passed a course; "" for none.
        file: those whom a workbook names; None for none. With neither: all in post.
        batch, year, facts: what all of them say.
    """

    kind: str
    course_id: str = ""
    file: Path | None = None
    batch: str = ""
    year: int | None = None
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come of an issue.

    Attributes:
        wish: those who can get one.
        due, before: how many get one; how many have one already.
        refused: who cannot get one, and why: name or line, and the reason.
        first: the first number, "" where nobody gets one.
    """

    wish: Wish
    due: int
    before: int
    refused: tuple[tuple[str, str], ...]
    first: str


def preview_issue(office: Office, _progress: Progress, source: Source) -> Preview:
    """Weigh everybody; nothing is written.

    Raises:
        UserError: a workbook without a list, a fact that cannot be read, nobody named.
    """
    wish, told = _wish(office, source)
    plan = plan_issue(office, wish)
    refused = (*told, *((one.name, one.reason) for one in plan.refused))
    return Preview(
        replace(wish, holders=[one.holder for one in plan.due]),
        len(plan.due),
        plan.before,
        refused,
        next_number(office, source.kind, plan.batch) if plan.due else "",
    )


def issue(office: Office, _progress: Progress, wish: Wish) -> Issued:
    """Issue what was previewed."""
    return issuing.issue(office, wish)


def save_template(office: Office, progress: Progress, kind: str, out: Path) -> Path:
    """Write an empty list of holders to be filled in."""
    names = [row.shown["name"] for row in institution_rows(office)]
    entity = list_entity(kind_named(kind).key)
    write_template(out, entity, office.codes, progress, institutions=names, overwrite=True)
    return out


def declare_void(
    office: Office, _progress: Progress, certificate_id: str, reason: str
) -> Operation:
    """Declare a certificate void for a reason."""
    return issuing.void(office, certificate_id, reason)


def issue_anew(
    office: Office,
    _progress: Progress,
    certificate_id: str,
    reason: str,
    facts: Mapping[str, str],
) -> Issued:
    """Declare a certificate void and issue it under a new number with other facts."""
    return replacing.replace(office, certificate_id, reason, facts)


def form_choices(
    office: Office, _progress: Progress, kind: str, institution_id: str
) -> dict[str, str]:
    """Name and title of the forms a kind can be printed on: its own, then the office's."""
    found = kind_named(kind)
    usual = found.form_for(institution_id)
    names = (usual,) if found.booklet or institution_id else (usual, *found.forms)
    listed = {one.name: one for one in listed_forms(office)}
    own = [one.name for one in listed.values() if one.own and not one.shipped]
    return {name: listed[name].title for name in (*names, *own) if name in listed}


def begin(office: Office, progress: Progress, wish: RunWish) -> PrintRun:
    """List the sheets of a run, and sign the codes its form shows.

    Raises:
        UserError: what ``begin_run`` refuses; the signing key is not on this computer.
    """
    if form_named(office, wish.form).code is not None:
        seal_texts(office, wish.certificate_ids, progress)
    return begin_run(office, wish).run


def draw_run(office: Office, progress: Progress, run_id: str, folder: Path) -> list[Drawn]:
    """Write what waits of a run, a file for each form.

    Raises:
        UserError: nothing waits; a character no font has; a text that does not fit.
        WorldError: the files cannot be written.
    """
    run = read_run(office, run_id)
    ids = [one.certificate_id for one in waiting_sheets(office, run_id)]
    parts = run_copies(office, run, codes=kept_texts(office, ids))
    if not parts:
        raise UserError("printing.nothing_waits", f"“{run.title}”没有待打印的。", "请刷新列表。")
    return [
        drawn
        for place, one in enumerate(parts)
        for drawn in _draw(office, progress, (run, one), folder / f"{place}.pdf")
    ]


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


def mark_outcome(office: Office, _progress: Progress, account: Account) -> PrintRun:
    """Say what came of places of a run; a spoilt page of a booklet simply waits on.

    Raises:
        UserError: a place that does not wait, no reason for what was spoilt, a serial that went
            out before.
    """
    run = read_run(office, account.run_id)
    if not run.booklet:
        for place in account.spoilt:
            mark_spoilt(office, run.id, place, account.reason)
    serial = account.serial
    for first, last in _stretches(account.good):
        if run.booklet:
            mark(office, run.id, first=first, last=last)
        else:
            printed = mark_printed(office, run.id, first=first, last=last, first_serial=serial)
            serial = _following(serial, len(printed.sheets))
    return read_run(office, run.id)


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


def save_run(office: Office, progress: Progress, run_id: str, out: Path, *, each: bool) -> int:
    """Write what waits of a run into files without marking it; gives how many files."""
    run = read_run(office, run_id)
    ids = [one.certificate_id for one in waiting_sheets(office, run_id)]
    parts = run_copies(office, run, codes=kept_texts(office, ids))
    files = 0
    for one in parts:
        form = form_named(office, one.form)
        now = office.store.clock.now()
        path = out if len(parts) == 1 else out.with_stem(f"{out.stem}-{form.title}")
        about = About(one.title, office.identity.name, made_at=now)
        output = Output(path, fonts_of(office), now, progress, overwrite=True)
        how = Printing(background=not run.stock, each=each)
        files += len(print_copies(form, with_mark(form, one.copies), about, output, how).parts)
    return files


def _wish(office: Office, source: Source) -> tuple[Wish, tuple[tuple[str, str], ...]]:
    """The wish, and the lines of the workbook that were not understood."""
    facts = source.facts or {}
    if source.course_id:
        wish = issuing.course_wish(office, source.course_id, source.kind)
        return replace(wish, batch=source.batch, facts={**wish.facts, **facts}), ()
    holders, told = _holders(office, source)
    wish = Wish(source.kind, holders, batch=source.batch, year=source.year, facts=facts)
    return wish, told


def _holders(
    office: Office, source: Source
) -> tuple[Sequence[Holder], tuple[tuple[str, str], ...]]:
    if source.file is not None:
        gathered = read_holder_list(office, source.file, kind_named(source.kind))
        return gathered.holders, tuple(
            (f"第 {one.row} 行", one.message) for one in gathered.problems
        )
    in_post = teacher_ids(office, TeacherFilter(equal={"status": IN_POST}))
    return [Holder(teacher_id=one) for one in in_post], ()


def _stretches(places: Sequence[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place in sorted(places):
        if found and place == found[-1][1] + 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found


def _following(serial: str, count: int) -> str:
    """The serial after so many blanks; "" where there are none."""
    return read_serial(serial).plus(count).text if serial else ""
