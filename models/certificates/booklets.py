"""续打: what stands on which line of a teacher's booklet, and where writing in it goes on.

A booklet is the certificate of kind ``continuing``. What was printed keeps its page and line for
ever. A teacher who moves keeps the booklet.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Literal

from models.certificates.booklet_layout import Layout, Place, Section
from models.certificates.paper_entries import BOOKLET_PLACE
from models.certificates.sheets import KEPT, STANDS
from models.entities.display import from_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

KIND = "continuing"
Source = Literal["register", "year", "correction"]
SOURCE_NAMES: dict[Source, str] = {"register": "培训", "year": "年度合计", "correction": "更正"}
OUTCOME_NAMES = {"waiting": "待打印", "printed": "已打印", "given_up": "已放弃"}
_LINE_OF_A_PAGE = 1000
_TEXTS = ("first_day", "last_day", "title", "mode", "score", "organizer", "clerk", "opinion",
          "sealed_on")  # fmt: skip

_LINES = f"""
SELECT b.id, b.certificate_id, b.page, b.line, b.source, b.source_id, b.stamp_id, b.year, b.said,
    b.run_id, b.place, b.outcome, COALESCE(b.outcome_on, '') AS outcome_on, b.again,
    c.number, c.holder_name AS name, COALESCE(i.name, '') AS school,
    {STANDS} AS stamped, NOT {KEPT} AS void
FROM booklet_line AS b JOIN certificate AS c ON c.id = b.certificate_id
LEFT JOIN teacher AS t ON t.id = c.teacher_id LEFT JOIN institution AS i ON i.id = t.school_id
"""  # noqa: S608 - our own words
_OF_RUN = _LINES + (
    "WHERE b.run_id = :run AND b.place BETWEEN :first AND :last ORDER BY b.place, b.line"
)
_OF_BOOKLET = _LINES + "WHERE b.certificate_id = :booklet ORDER BY b.page, b.line, b.rowid"
_ALL = (1, 2**62)
_VOIDED = f"{_LINES} WHERE b.year = ? AND b.outcome = 'printed' AND NOT {STANDS} ORDER BY b.place"
_TAKEN = """
SELECT b.certificate_id, MAX(b.page * 1000 + b.line) AS place
FROM json_each(:ids) AS wanted CROSS JOIN booklet_line AS b ON b.certificate_id = wanted.value
WHERE b.outcome <> 'given_up' AND b.page BETWEEN :first AND :last GROUP BY b.certificate_id
"""
# Of the statements that were not withdrawn the latest holds (SQLite: columns of the MAX row).
_SAID = """
SELECT p.certificate_id, p.page * 1000 + p.line AS place, MAX(p.step) AS step
FROM json_each(:ids) AS wanted CROSS JOIN booklet_place AS p ON p.certificate_id = wanted.value
WHERE p.withdraws IS NULL AND p.page BETWEEN :first AND :last
    AND NOT EXISTS (SELECT 1 FROM booklet_place AS w WHERE w.certificate_id = p.certificate_id
        AND w.withdraws = p.id)
GROUP BY p.certificate_id
"""
_BOOKLET = """
SELECT c.number, c.holder_name AS name, c.form, COALESCE((SELECT MAX(p.step)
    FROM booklet_place AS p WHERE p.certificate_id = c.id), 0) AS step
FROM certificate AS c WHERE c.id = ?
"""


@dataclass(frozen=True, slots=True)
class BookletLine:
    """One line of a booklet.

    Attributes:
        id, certificate_id, number, name, school: of the line, the booklet, its holder; the school
            is where the holder is now.
        page, line: where it stands.
        source, source_id: what it enters: a training, a correction, or the year.
        takes_back: whether it corrects by taking a line back.
        year, stamp_id: the year, and the stamp it rests on.
        first_day, last_day, title, mode, score, organizer, clerk: of a training; "" of a year.
        hours, credits: of the training, or the sums of the year.
        opinion, sealed_on: of a year; "" of a training.
        run_id, place: the print run and the sheet in it.
        outcome, outcome_on: ``waiting``, ``printed`` or ``given_up``, and since when.
        again: how often it had to be printed again.
        yearly: whether it stands on a page of yearly sums.
        stamped: whether the stamp still stands.
        void: whether the booklet is void now.
    """

    id: str
    certificate_id: str
    number: str
    name: str
    school: str
    page: int
    line: int
    source: Source
    source_id: str
    takes_back: bool
    year: int
    stamp_id: str
    first_day: str
    last_day: str
    title: str
    mode: str
    score: str
    organizer: str
    clerk: str
    hours: Decimal
    credits: Decimal | None
    opinion: str
    sealed_on: str
    run_id: str
    place: int
    outcome: str
    outcome_on: str
    again: int
    yearly: bool
    stamped: bool
    void: bool

    @property
    def at(self) -> Place:
        """Its page and line."""
        return Place(self.page, self.line)

    @property
    def what(self) -> str:
        """What it enters; a correction says whether it adds or takes back."""
        if self.source == "year":
            return f"{self.year} 年度合计"
        if self.source == "correction":
            return f"更正{self.year}年：{'冲销' if self.takes_back else '补记'}“{self.title}”"
        return self.title

    @property
    def waiting(self) -> bool:
        """Whether it is to be printed; not when its stamp or booklet became void meanwhile."""
        return self.outcome == "waiting" and self.stamped and not self.void


@dataclass(frozen=True, slots=True)
class BookletSheet:
    """One page of one booklet in a run, with the lines that are to be printed onto it."""

    place: int
    certificate_id: str
    page: int
    lines: tuple[BookletLine, ...]

    @property
    def yearly(self) -> bool:
        """Whether it is a page for yearly sums; one for trainings may hold a sum too."""
        return self.lines[0].yearly


def lines_of(
    office: Office,
    *,
    run_id: str | None = None,
    certificate_id: str | None = None,
    places: tuple[int, int] = _ALL,
) -> list[BookletLine]:
    """The lines of a run in its order, from a first to a last place, or of a booklet by page."""
    sql = _OF_BOOKLET if run_id is None else _OF_RUN
    given = {"run": run_id, "booklet": certificate_id, "first": places[0], "last": places[1]}
    return [_line(dict(row)) for row in office.store.query(sql, given)]


def voided_lines(office: Office, year: int) -> list[BookletLine]:
    """Lines that stand in booklets although the stamp they rest on was taken back."""
    return [_line(dict(row)) for row in office.store.query(_VOIDED, (year,))]


def waiting_pages(office: Office, run_id: str) -> list[BookletSheet]:
    """The pages of a run with lines still to be printed, in order."""
    return list(_pages(one for one in lines_of(office, run_id=run_id) if one.waiting))


def pages_of(office: Office, run_id: str) -> list[BookletSheet]:
    """The pages of a run, printed ones too, in order; without those given up or void."""
    lines = lines_of(office, run_id=run_id)
    return list(_pages(one for one in lines if one.waiting or one.outcome == "printed"))


def next_place(
    office: Office, certificate_ids: Sequence[str], section: Section
) -> dict[str, Place | None]:
    """Booklet to the line where writing goes on in a section; None where it is full."""
    found = _ends(office, certificate_ids, section)
    places = {one: max(said, section.after(taken) if taken else said)
              for one, (said, taken) in found.items()}  # fmt: skip
    return {one: place if section.holds(place) else None for one, place in places.items()}


def say_place(
    office: Office, certificate_id: str, place: Place, reason: str, layout: Layout
) -> Operation:
    """Say where writing in a booklet goes on, such as after years written by hand.

    Raises:
        UserError: no such booklet, no such line, no reason, a line that is taken.
    """
    row = office.store.one(_BOOKLET, (certificate_id,))
    if row is None or row["form"] != KIND:
        raise UserError("booklet.unknown", "登记册中没有这本继续教育证书。", "请核对证书编号。")
    if not reason.strip():
        raise UserError("booklet.no_reason", "没有写为什么从这里续打。", "请写明，如“此前为手写”。")
    section = layout.section_of(place)
    taken = _ends(office, [certificate_id], section)[certificate_id][1]
    if taken is not None and place <= taken:
        raise UserError(
            "booklet.taken",
            f"{row['name']}的证书已经打印到{taken.text}，不能退到{place.text}。",
            "请从它后面的行续打。",
        )
    title = f"{row['name']}的证书从{place.text}续打：{reason.strip()}"
    with office.store.operation("booklets.place", title) as operation:
        today = office.store.clock.today().isoformat()
        new = (
            office.store.ids.new_id(), certificate_id, row["step"] + 1, place.page, place.line,
            today, reason.strip(), None,
        )  # fmt: skip
        office.store.insert("booklet_place", ("id", *BOOKLET_PLACE), [new])
    return operation


def _ends(
    office: Office, certificate_ids: Sequence[str], section: Section
) -> dict[str, tuple[Place, Place | None]]:
    """Booklet to the place a person said (else the section's start), and the last line taken."""
    given = {
        "ids": json.dumps(list(certificate_ids)),
        "first": section.first,
        "last": section.last,
    }
    said = {row["certificate_id"]: row["place"] for row in office.store.query(_SAID, given)}
    taken = {row["certificate_id"]: row["place"] for row in office.store.query(_TAKEN, given)}
    return {
        one: (
            _place(said[one]) if one in said else section.start,
            _place(taken[one]) if one in taken else None,
        )
        for one in certificate_ids
    }


def _place(number: int) -> Place:
    return Place(*divmod(number, _LINE_OF_A_PAGE))


def _pages(lines: Iterator[BookletLine]) -> Iterator[BookletSheet]:
    for place, found in groupby(lines, key=lambda one: one.place):
        page = tuple(found)
        yield BookletSheet(place, page[0].certificate_id, page[0].page, page)


def _line(row: dict[str, Any]) -> BookletLine:
    said = json.loads(row.pop("said"))
    for name in _TEXTS:
        row[name] = said.get(name) or ""
    for name in ("stamped", "void"):
        row[name] = bool(row[name])
    return BookletLine(
        **row,
        takes_back=bool(said.get("takes_back")),
        yearly=bool(said.get("yearly", row["source"] == "year")),
        hours=from_hundredths(said["hours"]) or Decimal(0),
        credits=from_hundredths(said["credits"]),
    )
