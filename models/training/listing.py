"""The ledger as lists and exports show it: identities in order first, then the rows in sight."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.entities.describe import columns
from models.entities.display import from_hundredths, mask, show
from models.office.context import Office
from models.training.records import TrainingRecord

KIND_NAMES = {"record": "登记", "course": "课程", "offset": "冲抵", "reversal": "冲销"}
_ORDERS = {
    "name": "t.name_pinyin",
    "school": "e.school_name",
    "year": "e.year",
    "course": "e.course_title",
    "category": "e.category",
    "hours": "e.hours",
    "credits": "e.credits",
    "start_date": "e.start_date",
    "source": "e.source",
}
_ROWS = """
SELECT e.id, t.name, t.id_number, t.teacher_no, e.teacher_id, e.school_name AS school, e.year,
    e.course_title AS course, e.category, e.theme, e.level, e.nature, e.organizer,
    e.start_date, e.end_date, e.hours,
    e.credits, e.credits_rule, e.score, e.remark, e.kind, e.reverses, e.source, e.posted_on,
    e.title, e.post, e.stage, e.subject, e.education, e.ground, e.evidence, e.entered_by,
    e.approved_by, e.verified_by,
    EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id) AS reversed
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.id = wanted.value
JOIN teacher AS t ON t.id = e.teacher_id ORDER BY wanted.key
"""
_STANDING = """e.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)"""
_CONDITIONS = {
    "teacher_id": "e.teacher_id = :teacher_id",
    "year": "e.year = :year",
    "first_year": "e.year >= :first_year",
    "last_year": "e.year <= :last_year",
    "school_id": "e.school_id = :school_id",
    "category": "e.category = :category",
    "source": "e.source = :source",
    "course_id": "e.course_id = :course_id",
    "name": "t.name LIKE :name || '%'",
    "text": "instr(e.course_title, :text) > 0",
    "standing": _STANDING,
}
_AT_ONCE = 5000
_STEPS = ("evidence", "entered_by", "approved_by", "verified_by")


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries a list shows; None, "" and False mean: does not matter.

    Attributes:
        year: one training year.
        category: code of the table ``training_mode``.
        name: beginning of the teacher's name.
        teacher_id: one teacher's.
        school_id: of the school the teacher was at when it was entered.
        first_year, last_year: both included.
        text: part of the course's title.
        source: where they came from.
        course_id: posted from that course.
        standing: leave out reversals and what they took back.
    """

    year: int | None = None
    category: str = ""
    name: str = ""
    teacher_id: str = ""
    school_id: str = ""
    first_year: int | None = None
    last_year: int | None = None
    text: str = ""
    source: str = ""
    course_id: str = ""
    standing: bool = False


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as text.

    Attributes:
        id, teacher_id: the entry, and whose it is.
        shown: field of ``TrainingRecord`` to text, and ``kind source posted_on ground evidence
            entered_by approved_by verified_by``.
        reversed: a later entry takes it back.
        reversal: it takes an earlier one back.
    """

    id: str
    teacher_id: str
    shown: Mapping[str, str]
    reversed: bool
    reversal: bool


def entry_ids(
    office: Office,
    wanted: EntryFilter | None = None,
    order: str = "",
    *,
    descending: bool = False,
    limit: int | None = None,
) -> list[str]:
    """The identities of the entries wanted; the newest year first where no order is asked for."""
    chosen = wanted or EntryFilter()
    given = {name: value for name in _CONDITIONS if (value := getattr(chosen, name))}
    where = " AND ".join(_CONDITIONS[name] for name in given) or "TRUE"
    direction = "DESC" if descending else "ASC"
    by = f"{_ORDERS[order]} {direction}, e.id" if order else "e.year DESC, e.rowid DESC"
    join = "JOIN teacher AS t ON t.id = e.teacher_id" if " t." in f" {where} {by}" else ""
    sql = f"SELECT e.id FROM ledger_entry AS e {join} WHERE {where} ORDER BY {by} LIMIT :limit"  # noqa: S608
    rows = office.store.query(sql, {**given, "limit": -1 if limit is None else limit})
    return [str(row[0]) for row in rows]


def stored_entries(office: Office, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The entries of those identities, in that order, with the fields of ``TrainingRecord``.

    Hours and credits are Decimal, codes are codes, the ID number is whole. Besides: ``id
    teacher_id credits_rule kind reverses reversed source posted_on title post stage subject
    education ground evidence entered_by approved_by verified_by``.
    """
    for start in range(0, len(ids), _AT_ONCE):
        part = json.dumps(ids[start : start + _AT_ONCE])
        for row in office.store.query(_ROWS, (part,)):
            found = dict(row)
            found["hours"] = from_hundredths(found["hours"])
            found["credits"] = from_hundredths(found["credits"])
            yield found


def entry_rows(office: Office, ids: Sequence[str], *, masked: bool = True) -> list[EntryRow]:
    """The entries of those identities as text, in the order given."""
    return [_shown(office, stored, masked=masked) for stored in stored_entries(office, ids)]


def ledger_years(office: Office) -> list[int]:
    """The training years the ledger has entries of, the latest first."""
    rows = office.store.query("SELECT DISTINCT year FROM ledger_entry ORDER BY year DESC")
    return [int(row[0]) for row in rows]


def _shown(office: Office, stored: Mapping[str, Any], *, masked: bool) -> EntryRow:
    shown: dict[str, str] = {}
    for name, column in columns(TrainingRecord).items():
        text = show(column, stored.get(name), office.codes)
        shown[name] = mask(column, text) if masked else text
    return EntryRow(
        id=stored["id"],
        teacher_id=stored["teacher_id"],
        shown={
            **shown,
            "kind": KIND_NAMES[stored["kind"]],
            "source": stored["source"],
            "posted_on": stored["posted_on"],
            "ground": _ground(office, stored["ground"]),
            **{name: stored[name] or "" for name in _STEPS},
        },
        reversed=bool(stored["reversed"]),
        reversal=stored["kind"] == "reversal",
    )


def _ground(office: Office, code: str | None) -> str:
    return office.codes["offset_ground"].name_of(code) if code else ""
