"""What is still to be printed of a run, as copies of a form; and its hand-over list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from models.certificates.booklet_layout import Layout
from models.certificates.booklets import KIND, BookletLine, BookletSheet, pages_of, waiting_pages
from models.certificates.gaps import gap_report
from models.certificates.kinds import kind_named
from models.certificates.register import certificates
from models.certificates.sheets import (
    COPY_NAMES,
    REPRINT_MARK,
    PrintRun,
    Sheet,
    sheets,
    waiting_sheets,
)
from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from reports.documents.blank_report import BlankReport
from reports.documents.hand_over_list import Handed, HandOver, SchoolHandOver
from reports.inputs.certificates import copies_of
from reports.kit.copies import Copy
from reports.kit.forms import Form
from reports.kit.wording import plain_date, span

_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class RunCopies:
    """The copies of a run that go onto one form.

    Attributes:
        form: name of the form.
        title: of the file.
        places: place in the run of each copy.
        names: holder of each copy, as messages say it.
        numbers: number of each copy's certificate.
        copies: in the order of handing out; may be gone through again and again.
    """

    form: str
    title: str
    places: tuple[int, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    copies: Sequence[Copy]


def run_copies(
    office: Office,
    run: PrintRun,
    *,
    codes: Mapping[str, str] = _NONE,
    without: Collection[str] = (),
    photos: bool = True,
) -> list[RunCopies]:
    """What waits of a run, a part for each form: register and yearly pages of booklets apart.

    Args:
        office: the office.
        run: the run.
        codes: the text of each certificate's QR code by its identity.
        without: numbers of certificates that are left out; they wait on.
        photos: whether the copies carry the holders' photos.
    """
    if run.booklet:
        return _booklet_copies(office, run, without)
    due = [one for one in waiting_sheets(office, run.id) if one.number not in without]
    if not due:
        return []
    marks = {one.certificate_id: REPRINT_MARK for one in due if one.copy == "reprint"}
    every = certificates(office, ids=[one.certificate_id for one in due])
    copies = copies_of(office, every, marks, codes=codes, photos=photos)
    return [_certificate_copies(run, due, copies)]


def with_mark(form: Form, copies: Sequence[Copy]) -> Sequence[Copy]:
    """The copies as the form prints them: where it has no place for 补, the number bears it."""
    if "copy_mark" in form.values or not any(one.values.get("copy_mark") for one in copies[:1]):
        return copies
    return _Marked(copies)


class _Marked(Sequence[Copy]):
    """Copies whose numbers bear the mark, made as they are asked for."""

    def __init__(self, copies: Sequence[Copy]) -> None:
        """Mark these."""
        self._copies = copies

    def __len__(self) -> int:
        return len(self._copies)

    @overload
    def __getitem__(self, at: int) -> Copy: ...
    @overload
    def __getitem__(self, at: slice) -> list[Copy]: ...
    def __getitem__(self, at: int | slice) -> Copy | list[Copy]:
        if isinstance(at, slice):
            return [_marked(one) for one in self._copies[at]]
        return _marked(self._copies[at])

    def __iter__(self) -> Iterator[Copy]:
        return map(_marked, self._copies)


def _marked(copy: Copy) -> Copy:
    number = f"{copy.values['number']}（{REPRINT_MARK}）"
    return replace(copy, values={**copy.values, "number": number})


def refuse_unlike(layout: Layout, form_named: Callable[[str], Form]) -> None:
    """Refuse a booklet with more lines on a page than the form it is printed with has.

    Raises:
        UserError: it has; the sentence names the form.
    """
    kind = kind_named(KIND)
    pages = ((kind.register_form, layout.register), (kind.yearly_form, layout.yearly))
    for name, section in pages:
        form = form_named(name)
        count = form.rows.count if form.rows else 0
        if section and section.lines > count:
            raise UserError(
                "booklet.form_lines",
                f"证书样式“{form.title}”每页只有 {count} 行，登记册写的是 {section.lines} 行。",
                "请改登记册的行数，或改证书样式。",
            )


def hand_over(office: Office, run: PrintRun) -> HandOver:
    """The hand-over list of a run: its printed sheets and, until they are, those that wait."""
    groups: dict[str, list[Handed]] = {}
    if run.booklet:
        for page in _first_pages(office, run):
            groups.setdefault(page.school, []).append(
                Handed(page.name, page.number, page.number, 0)
            )
    else:
        for one in sheets(office, run.id):
            if one.outcome != "spoilt" and not one.void:
                groups.setdefault(one.school, []).append(_handed(one))
    kind = kind_named(run.kind)
    return HandOver(
        title=run.title,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        unit=kind.unit,
        schools=tuple(SchoolHandOver(name, tuple(holders)) for name, holders in groups.items()),
    )


def blank_report(office: Office, counted: Mapping[str, int] | None = None) -> BlankReport:
    """What became of all blanks and numbers, as of today."""
    return BlankReport(office.identity.name, office.store.clock.now(), gap_report(office, counted))


def _certificate_copies(run: PrintRun, due: Sequence[Sheet], copies: Sequence[Copy]) -> RunCopies:
    return RunCopies(
        run.form,
        run.title,
        tuple(one.place for one in due),
        tuple(one.name for one in due),
        tuple(one.number for one in due),
        copies,
    )


def _handed(one: Sheet) -> Handed:
    note = "" if one.copy == "first" else COPY_NAMES[one.copy]
    return Handed(one.name, one.number, one.series, one.seq, note)


def _first_pages(office: Office, run: PrintRun) -> Iterator[BookletLine]:
    """One line of each booklet of a run, in the order of handing out."""
    seen: set[str] = set()
    for page in pages_of(office, run.id):
        if page.certificate_id not in seen:
            seen.add(page.certificate_id)
            yield page.lines[0]


def _booklet_copies(office: Office, run: PrintRun, without: Collection[str]) -> list[RunCopies]:
    waiting = waiting_pages(office, run.id)
    pages = [one for one in waiting if one.lines[0].number not in without]
    kind = kind_named(run.kind)
    parts = (
        (kind.register_form, "登记页", [one for one in pages if not one.yearly]),
        (kind.yearly_form, "年度页", [one for one in pages if one.yearly]),
    )
    return [
        RunCopies(
            form,
            f"{run.title}（{words}）",
            tuple(one.place for one in due),
            tuple(one.lines[0].name for one in due),
            tuple(one.lines[0].number for one in due),
            [_page_copy(one) for one in due],
        )
        for form, words, due in parts
        if due
    ]


def _page_copy(page: BookletSheet) -> Copy:
    first = page.lines[0]
    label = f"{first.name}（{first.number}）第 {page.page} 页"
    values = {"name": first.name, "number": first.number, "school": first.school}
    rows = {one.line: _year_row(one) if page.yearly else _register_row(one) for one in page.lines}
    return Copy(label, values, rows=rows)


def _year_row(line: BookletLine) -> dict[str, str]:
    return {
        "year": str(line.year),
        "hours": plain_decimal(line.hours),
        "credits": _amount(line),
        "opinion": line.opinion,
        "sealed_on": plain_date(line.sealed_on),
    }


def _register_row(line: BookletLine) -> dict[str, str]:
    """A line of the register; a year's sum bears its opinion."""
    training = f"{line.what}。{line.opinion}" if line.source == "year" else line.what
    sign = "-" if line.takes_back else ""
    credits = _amount(line)
    return {
        "from_to": span(line.first_day, line.last_day) or span(line.sealed_on, ""),
        "training": training,
        "mode": line.mode,
        "hours": sign + plain_decimal(line.hours),
        "credits": sign + credits if credits else "",
        "score": line.score,
        "organizer": line.organizer,
        "clerk": line.clerk,
    }


def _amount(line: BookletLine) -> str:
    return "" if line.credits is None else plain_decimal(line.credits)
