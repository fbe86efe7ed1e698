"""A form made from an empty workbook of an authority: its columns, with proposals for each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.entities.written import is_blank
from models.errors import UserError, WorldError
from models.exchange.filling.lists import lists_of
from models.exchange.reading.formats import Format
from models.exchange.reading.sheets import Sheet, column_letter
from models.exchange.reading.source import Source, open_source
from models.exchange.reading.tables import holds_notes, preview_rows
from models.uploads.facts import Fact, cell_kind, fact_named, propose_fact
from models.uploads.forms import CellKind, Form, FormColumn, Fraction, Subject, Written
from models.uploads.reading import titles_of

_HEADER_WITHIN = 30
_REQUIRED = re.compile(r"^[*＊★]|[*＊★]$|必填")
_CODED = re.compile(r"^\s*([0-9A-Za-z]{1,8})\s*[-—–－_.、:：]?\s*(\D.*)$")
_KEYS: dict[Subject, tuple[tuple[str, ...], ...]] = {
    Subject.RECORD: (
        ("teacher.id_number", "asked.year", "record.course", "record.start_date"),
        ("teacher.id_number", "record.year", "record.course", "record.start_date"),
        ("teacher.name", "record.course"),
    ),
    Subject.TEACHER: (("teacher.id_number",), ("there.number",), ("teacher.name", "school.name")),
    Subject.INSTITUTION: (("school.name",),),
    Subject.GROUP: (("group.name",), ("group.code",)),
    Subject.COUNTY: (("office.name",), ("office.region",), ("office.region_name",)),
}
"""For each subject the facts that tell its rows apart, the best first."""


@dataclass(frozen=True, slots=True)
class ProposedColumn:
    """A column of the empty workbook.

    Attributes:
        at: its letter.
        title: its header.
        fact: what of ours goes in, as far as the header tells; None where a person must say.
        choices: what may be chosen there, their code to their name.
        written: how a chosen one stands in the cell.
        required: whether the header is marked so.
        kind: what it takes.
    """

    at: str
    title: str
    fact: Fact | None
    choices: Mapping[str, str]
    written: Written
    required: bool
    kind: CellKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an empty workbook looks like.

    Attributes:
        path: the workbook.
        book: its bytes.
        sheets: the names of its visible sheets.
        sheet: the one to fill in.
        header_row: the row of the titles.
        first_row, last_row: the space for data; ``last_row`` 0 where nothing follows below.
        columns: its columns.
        subject: what its rows seem to be about.
        notes: what a person should look at.
    """

    path: Path
    book: bytes
    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    first_row: int
    last_row: int
    columns: tuple[ProposedColumn, ...]
    subject: Subject
    notes: tuple[str, ...]


def propose(
    path: Path, *, sheet: str = "", header_row: int = 0, subject: Subject | None = None
) -> Proposal:
    """Look at an empty workbook.

    Args:
        path: the workbook.
        sheet: which sheet; "" for the first that has a header.
        header_row: the row of the titles; 0 for the likeliest.
        subject: what its rows are about; None for the likeliest.

    Raises:
        UserError: no .xlsx workbook, or no header in it.
        WorldError: the file cannot be read.
    """
    source = open_source(path)
    if source.format is not Format.XLSX:
        raise UserError(
            "upload.not_xlsx",
            f"“{path.name}”不是 .xlsx 工作簿，不能原样填写。",
            "请用 WPS 或 Excel 打开它，另存为 .xlsx 后再导入。",
        )
    page = _page(source, sheet)
    row = header_row or _header_row(page, subject)
    titles = titles_of(page.row(row))
    if not titles:
        raise UserError(
            "upload.no_header",
            f"“{path.name}”的工作表“{page.name}”第 {row} 行没有列名。",
            "请指明列名在哪一行。",
        )
    about = subject or _subject(titles)
    book = _bytes(path)
    lists = lists_of(book, source.sheets, str(page.name), row + 1)
    columns = tuple(
        _column(place, title, lists.get(place, []), about) for place, title in titles.items()
    )
    first, last, notes = _space(page, row)
    if missing := [one.title for one in columns if one.fact is None and one.required]:
        notes.append(f"还要指明必填的“{'”“'.join(missing)}”填什么。")
    return Proposal(
        path=path,
        book=book,
        sheets=tuple(str(one.name) for one in source.sheets if not one.hidden),
        sheet=str(page.name),
        header_row=row,
        first_row=first,
        last_row=last,
        columns=columns,
        subject=about,
        notes=tuple(notes),
    )


def form_of(
    proposal: Proposal,
    name: str,
    title: str,
    mapping: Mapping[str, str] | None = None,
    receiver: str = "",
) -> Form:
    """The form of a proposal, with what a person says of its columns.

    Args:
        proposal: the workbook.
        name: the form's name.
        title: its title.
        receiver: who takes it.
        mapping: letter or title of a column to the name of a fact; ``=text`` for a constant, ""
            for nothing.

    Raises:
        UserError: the mapping names a column there is not.
    """
    said = dict(mapping or {})
    columns = [_form_column(proposal.subject, one, said) for one in proposal.columns]
    if said:
        there = "、".join(one.title for one in proposal.columns)
        raise UserError(
            "upload.no_column",
            f"空表里没有“{'”“'.join(said)}”这一列。",
            f"有：{there}。",
        )
    return Form(
        name=name,
        title=title,
        receiver=receiver,
        subject=proposal.subject,
        sheet=proposal.sheet,
        header_row=proposal.header_row,
        first_row=proposal.first_row,
        last_row=proposal.last_row,
        key=key_of(proposal.subject, columns),
        columns=tuple(columns),
    )


def key_of(subject: Subject, columns: Sequence[FormColumn]) -> tuple[str, ...]:
    """The columns that tell rows apart, by the facts in them; () where none do."""
    keys = {one.fact: one.key for one in columns if one.fact}
    for facts in _KEYS[subject]:
        found = tuple(keys[fact] for fact in facts if fact in keys)
        if facts[0] in keys:
            return found
    return ()


def _form_column(subject: Subject, one: ProposedColumn, said: dict[str, str]) -> FormColumn:
    wish = said.pop(one.at, said.pop(one.title, None))
    fact = one.fact.name if one.fact and wish is None else ""
    constant = ""
    if wish is not None and wish.startswith("="):
        constant = wish[1:]
    elif wish is not None:
        fact = wish
    return FormColumn(
        key=f"c{one.at.lower()}",
        title=one.title,
        at=one.at,
        fact=fact,
        constant=constant,
        kind=one.kind if wish is None else cell_kind(fact_named(subject, fact), one.choices),
        required=one.required,
        choices=dict(one.choices),
        written=one.written,
        fraction=Fraction.ASK,
    )


def _page(source: Source, sheet: str) -> Sheet:
    shown = [one for one in source.sheets if not one.hidden]
    if sheet:
        chosen = [one for one in shown if one.name == sheet]
    else:
        chosen = [one for one in shown if not holds_notes(one) and _header_row(one, None)]
    if not chosen:
        names = "、".join(str(one.name) for one in shown)
        raise UserError(
            "upload.no_sheet",
            f"“{source.path.name}”里没有找到要填的工作表，有：{names}。",
            "请指明工作表和列名所在的行。",
        )
    return chosen[0]


def _header_row(page: Sheet, subject: Subject | None) -> int:
    """The row whose words mean most facts of one subject, else the one with most words."""
    best, most = 0, (0, 0)
    for number, cells in preview_rows(page, _HEADER_WITHIN):
        titles = titles_of(cells)
        about = subject or _subject(titles)
        known = sum(propose_fact(about, title) is not None for title in titles.values())
        if len(titles) > 1 and (known, len(titles)) > most:
            best, most = number, (known, len(titles))
    return best


def _subject(titles: Mapping[int, str]) -> Subject:
    """What rows under these titles are about: the subject that knows most of them."""
    order = (Subject.RECORD, Subject.TEACHER, Subject.COUNTY, Subject.INSTITUTION, Subject.GROUP)
    scores = {
        subject: sum(propose_fact(subject, title) is not None for title in titles.values())
        for subject in order
    }
    records = {propose_fact(Subject.RECORD, title) for title in titles.values()}
    own = {one.name for one in records if one is not None and one.name.startswith("record.")}
    if not own & {"record.course", "record.hours", "record.organizer"}:
        scores[Subject.RECORD] = 0
    return max(order, key=lambda subject: scores[subject])


def _column(place: int, title: str, choices: Sequence[str], subject: Subject) -> ProposedColumn:
    fact = propose_fact(subject, title)
    pairs = [_CODED.match(one) for one in choices]
    coded = bool(choices) and all(pairs)
    if coded:
        table = {found[1]: found[2].strip() for found in pairs if found}
    else:
        table = {one: one for one in choices}
    return ProposedColumn(
        at=column_letter(place),
        title=title,
        fact=fact,
        choices=table,
        written=Written.PAIR if coded else Written.NAME,
        required=bool(_REQUIRED.search(title)),
        kind=cell_kind(fact, table),
    )


def _space(page: Sheet, header: int) -> tuple[int, int, list[str]]:
    """First and last row for data, with what stands below the header already."""
    below = [
        (number, [cell for cell in cells if not is_blank(cell)])
        for number, cells in page.numbered()
        if number > header
    ]
    filled = [(number, cells) for number, cells in below if cells]
    first = header + 1
    last = 0
    notes: list[str] = []
    for number, cells in filled:
        few = len(cells) <= 2  # a remark or a signature, no example
        if few and number > first:
            last = number - 1
            notes.append(f"第 {number} 行起是“{str(cells[0])[:20]}”，数据填到第 {last} 行为止。")
            break
        if not few:
            notes.append(f"第 {number} 行像是样例，填报时会被替换。")
    return first, last, notes


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WorldError(
            "upload.unreadable", f"读不了“{path.name}”。", "请关闭正打开它的程序后重试。"
        ) from error
