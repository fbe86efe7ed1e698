"""What the page reads beside the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.entities.describe import Kind
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_names
from models.text.masking import mask_id_number, mask_phone
from models.text.numbers import plain
from models.training.listing import ledger_years
from models.uploads.building import file_name
from models.uploads.catalogue import form_named
from models.uploads.drafting import Draft, draft
from models.uploads.facts import Fact, fact_named
from models.uploads.form_list import Listed, forms
from models.uploads.forms import CellKind, Form, FormColumn, Fraction, Subject
from models.uploads.proposing import Proposal, form_of, propose
from models.uploads.reconciling import Reconciliation, reconcile
from models.uploads.returns import ReturnPlan, read_return
from models.uploads.rows import Wish
from models.uploads.sent import (
    Sent,
    SentRow,
    Standing,
    rebuild,
    sent_form,
    sent_rows,
    standings,
    uploads,
)
from models.uploads.transfers import Transfer, transfers
from models.uploads.translating import Cell, NoCodeError, cell_of


@dataclass(frozen=True, slots=True)
class OfYear:
    """How every form stands in a year, and the years there is something of."""

    year: int
    years: tuple[int, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class FractionColumn:
    """A whole-number column that gets amounts which may have a fraction.

    Attributes:
        key, title: of the column.
        rule: what is done with fractions now.
        open: rows that wait for an answer.
        changed: rows that are not sent as they are.
    """

    key: str
    title: str
    rule: Fraction
    open: int
    changed: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What would be sent, and what the desk needs to ask.

    Attributes:
        draft: what was checked.
        fractions: the columns where fractions have to be settled.
        file_name: the name by the form's rule.
        parts: how many files it makes.
        schools: identity to name.
        shown: the rows to be sent, as texts with personal data masked, by their subject.
    """

    draft: Draft
    fractions: tuple[FractionColumn, ...]
    file_name: str
    parts: int
    schools: Mapping[str, str]
    shown: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SentFile:
    """The rows of an upload as texts, personal data masked; the form as it was."""

    upload_id: str
    form: Form
    rows: tuple[SentRow, ...]
    cells: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The forms, and how many columns of each have nothing in them."""

    forms: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A form in the editor, with the proposal and the workbook where it is made from one."""

    form: Form
    proposal: Proposal | None = None


SHOWN_ROWS = 500
"""As many rows to be sent are shown; the file has them all."""


def of_year(office: Office, _progress: Progress, year: int) -> OfYear:
    """How the forms stand in a year; the latest with entries for 0."""
    this = office.store.clock.today().year
    years = ledger_years(office)
    asked = year or next((one for one in years if one <= this), this)
    offered = sorted({this, asked, *years}, reverse=True)
    return OfYear(asked, tuple(offered), tuple(standings(office, asked)))


def checked(office: Office, progress: Progress, name: str, wish: Wish) -> Checked:
    """Check what would be sent."""
    form = form_named(office, name)
    made = draft(office, form, wish, progress)
    room = form.room or max(1, len(made.rows))
    facts = facts_of_columns(form)
    return Checked(
        draft=made,
        fractions=tuple(_fractions(form, made)),
        file_name=file_name(office, form, wish),
        parts=max(1, -(-len(made.rows) // room)),
        schools=institution_names(office),
        shown=tuple(_masked(facts, one.cells) for one in made.rows[:SHOWN_ROWS]),
    )


def files(office: Office, _progress: Progress) -> tuple[Sent, ...]:
    """All files that were built, the latest first."""
    return tuple(uploads(office))


def sent_file(office: Office, _progress: Progress, upload_id: str) -> SentFile:
    """What was sent in a file."""
    form = sent_form(office, upload_id)
    rows = tuple(sent_rows(office, upload_id))
    facts = facts_of_columns(form)
    return SentFile(upload_id, form, rows, {one.id: _masked(facts, one.cells) for one in rows})


def made_again(office: Office, progress: Progress, upload_id: str, out: Path) -> bool:
    """Make a file again; whether it has the very bytes."""
    return rebuild(office, upload_id, out, progress)


def returned(
    office: Office, progress: Progress, path: Path, form: str = "", *, rest_accepted: bool = False
) -> ReturnPlan:
    """What a result workbook says."""
    return read_return(office, path, form, rest_accepted=rest_accepted, progress=progress)


def compared(office: Office, progress: Progress, path: Path) -> Reconciliation:
    """An export of a higher system against our file; nothing is written."""
    return reconcile(office, path, progress=progress)


def followed(office: Office, _progress: Progress) -> tuple[Transfer, ...]:
    """The transfers in higher systems, open ones first."""
    return tuple(transfers(office))


def shelf(office: Office, _progress: Progress) -> Shelf:
    """All forms."""
    return Shelf(tuple(forms(office)))


def opened(office: Office, _progress: Progress, name: str) -> Opened:
    """A form in the editor."""
    return Opened(form_named(office, name))


def proposed(
    _office: Office,
    _progress: Progress,
    path: Path,
    said: tuple[str, str, str],
    place: tuple[str, int, Subject | None] = ("", 0, None),
) -> Opened:
    """A form made of an empty workbook.

    Args:
        path: the workbook.
        said: name, title and receiver.
        place: sheet, row of the titles and what a row is about; empty parts for the likeliest.
    """
    sheet, header_row, subject = place
    found = propose(path, sheet=sheet, header_row=header_row, subject=subject)
    name, title, receiver = said
    return Opened(form_of(found, name, title, receiver=receiver), found)


def code_pairs(
    office: Office, _progress: Progress, subject: Subject, column: FormColumn
) -> tuple[tuple[str, str, str], ...]:
    """Code, our name for it and how the form writes it ("" for not at all)."""
    fact = fact_named(subject, column.fact)
    if fact is None or fact.table is None:
        return ()
    return tuple(
        (one.code, one.name, _theirs(office, column, fact, one.code))
        for one in office.codes[fact.table]
    )


def facts_of_columns(form: Form) -> list[Fact | None]:
    """The fact of each column; None where nothing of ours goes in."""
    return [fact_named(form.subject, one.fact) if one.fact else None for one in form.columns]


def _theirs(office: Office, column: FormColumn, fact: Fact, code: str) -> str:
    try:
        return str(cell_of(column, fact, code, office.codes) or "")
    except NoCodeError:
        return ""


def _fractions(form: Form, made: Draft) -> list[FractionColumn]:
    facts = facts_of_columns(form)
    return [
        FractionColumn(
            key=one.key,
            title=one.title,
            rule=made.wish.fractions.get(one.key, one.fraction),
            open=sum(each.key == one.key and "." in each.value for each in made.problems),
            changed=sum(each.column == one.title for each in made.rounded),
        )
        for one, fact in zip(form.columns, facts, strict=True)
        if one.kind is CellKind.INTEGER and fact is not None and fact.kind is Kind.DECIMAL
    ]


def _masked(facts: Sequence[Fact | None], cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(_text(fact, cell) for fact, cell in zip(facts, cells, strict=True))


def _text(fact: Fact | None, cell: Cell) -> str:
    if cell is None or cell == "":
        return ""
    text = str(cell) if isinstance(cell, int | str) else plain(cell)
    if fact is None or not fact.personal:
        return text
    return mask_phone(text) if fact.kind is Kind.PHONE else mask_id_number(text)
