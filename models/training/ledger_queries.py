"""The ledger as lists, exports and sums show it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from models.entities.describe import columns
from models.entities.display import from_hundredths, mask, show
from models.office.context import Office
from models.policies.cycles import Cycle
from models.training.records import TrainingRecord

KIND_NAMES = {"record": "登记", "course": "课程", "offset": "冲抵", "reversal": "冲销"}
_SELECT = """
SELECT e.id, t.name, t.id_number, t.teacher_no, e.teacher_id, e.school_name AS school, e.year,
    e.course_title AS course, e.category, e.level, e.organizer, e.start_date, e.end_date, e.hours,
    e.credits, e.credits_rule, e.score, e.remark, e.kind, e.reverses, e.source, e.posted_on,
    e.title, e.post, e.stage, e.subject, e.education,
    (SELECT r.id FROM ledger_entry AS r WHERE r.reverses = e.id) AS reversed_by
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.id = wanted.value
JOIN teacher AS t ON t.id = e.teacher_id ORDER BY wanted.key
"""
_IDS = """
SELECT e.id FROM ledger_entry AS e
WHERE (:teacher_id IS NULL OR e.teacher_id = :teacher_id)
AND e.year BETWEEN :first AND :last
AND (:school_id IS NULL OR e.school_id = :school_id)
AND (:category IS NULL OR e.category = :category)
AND (:source IS NULL OR e.source = :source)
AND (:course_id IS NULL OR e.course_id = :course_id)
AND (:text IS NULL OR instr(e.course_title, :text) > 0)
AND (NOT :standing OR (e.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)))
ORDER BY e.year DESC, e.rowid DESC LIMIT :limit
"""
_IDS_OF_TEACHER = _IDS.replace(
    "(:teacher_id IS NULL OR e.teacher_id = :teacher_id)", "e.teacher_id = :teacher_id"
)
_SUMS = """
SELECT teacher_id, year, SUM(hours), SUM(COALESCE(credits, 0)), COUNT(*)
FROM ledger_entry INDEXED BY ledger_sums WHERE year BETWEEN ? AND ? GROUP BY teacher_id, year
"""
_SUMS_OF = """
SELECT e.teacher_id, e.year, SUM(e.hours), SUM(COALESCE(e.credits, 0)), COUNT(*)
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value
WHERE e.year BETWEEN ? AND ? GROUP BY e.teacher_id, e.year
"""
_UNEVEN = """
SELECT t.teacher_no, t.name, x.every, x.standing FROM (
    SELECT e.teacher_id, SUM(e.hours) AS every,
        SUM(CASE WHEN e.kind <> 'reversal' AND r.id IS NULL THEN e.hours ELSE 0 END) AS standing
    FROM ledger_entry AS e LEFT JOIN ledger_entry AS r ON r.reverses = e.id
    GROUP BY e.teacher_id
) AS x JOIN teacher AS t ON t.id = x.teacher_id WHERE x.every <> x.standing
"""
_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries a list shows; what is None does not matter.

    Attributes:
        teacher_id: one teacher's.
        school_id: of the school the teacher was at when it was entered.
        first_year, last_year: both included.
        category: code of the table ``training_mode``.
        text: part of the course's title.
        source: where they came from.
        course_id: posted from that course.
        standing: leave out reversals and what they took back.
    """

    teacher_id: str | None = None
    school_id: str | None = None
    first_year: int = 0
    last_year: int = 9999
    category: str | None = None
    text: str | None = None
    source: str | None = None
    course_id: str | None = None
    standing: bool = False


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One entry as text, by field of ``TrainingRecord``.

    Attributes:
        id: the entry.
        teacher_id: whose it is.
        shown: field to text.
        kind: 登记, 课程, 冲抵 or 冲销.
        reversed: whether a later entry takes it back.
    """

    id: str
    teacher_id: str
    shown: Mapping[str, str]
    kind: str
    reversed: bool


@dataclass(frozen=True, slots=True)
class Total:
    """The sums of one teacher over a cycle; reversals already subtract."""

    hours: Decimal = Decimal(0)
    credits: Decimal = Decimal(0)
    entries: int = 0
    hours_by_year: Mapping[int, Decimal] = field(default_factory=dict[int, Decimal])


def entry_ids(
    office: Office, wanted: LedgerFilter | None = None, limit: int | None = None
) -> list[str]:
    """The identities of the entries wanted, latest year and latest entered first."""
    chosen = wanted or LedgerFilter()
    given = {
        "teacher_id": chosen.teacher_id,
        "school_id": chosen.school_id,
        "first": chosen.first_year,
        "last": chosen.last_year,
        "category": chosen.category,
        "text": chosen.text or None,
        "source": chosen.source,
        "course_id": chosen.course_id,
        "standing": chosen.standing,
        "limit": -1 if limit is None else limit,
    }
    sql = _IDS if chosen.teacher_id is None else _IDS_OF_TEACHER
    return [row[0] for row in office.store.query(sql, given)]


def stored_entries(office: Office, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The entries of those identities, in that order, with the fields of ``TrainingRecord``.

    Hours and credits are Decimal, codes are codes, the ID number is whole. Besides: ``id
    teacher_id level credits_rule kind reverses reversed_by source posted_on title post stage
    subject education``.
    """
    for start in range(0, len(ids), _AT_ONCE):
        part = json.dumps(ids[start : start + _AT_ONCE])
        for row in office.store.query(_SELECT, (part,)):
            found = dict(row)
            found["hours"] = from_hundredths(found["hours"])
            found["credits"] = from_hundredths(found["credits"])
            yield found


def entry_rows(office: Office, ids: Sequence[str], *, masked: bool = True) -> list[LedgerRow]:
    """The entries of those identities as text, in the order given."""
    described = columns(TrainingRecord)
    rows: list[LedgerRow] = []
    for stored in stored_entries(office, ids):
        shown: dict[str, str] = {}
        for name, column in described.items():
            text = show(column, stored.get(name), office.codes)
            shown[name] = mask(column, text) if masked else text
        rows.append(
            LedgerRow(
                id=stored["id"],
                teacher_id=stored["teacher_id"],
                shown=shown,
                kind=KIND_NAMES[stored["kind"]],
                reversed=stored["reversed_by"] is not None,
            )
        )
    return rows


def rows(
    office: Office,
    wanted: LedgerFilter | None = None,
    limit: int | None = None,
    *,
    masked: bool = True,
) -> list[LedgerRow]:
    """The entries wanted as text, latest first: ``entry_ids`` and ``entry_rows`` in one."""
    return entry_rows(office, entry_ids(office, wanted, limit), masked=masked)


def totals(office: Office, teacher_ids: Iterable[str] | None, cycle: Cycle) -> dict[str, Total]:
    """The sums of the teachers over a cycle; who has no entry in it is left out.

    Args:
        office: the office.
        teacher_ids: whose; None for everybody.
        cycle: the years, both ends included.
    """
    years = (cycle.first, cycle.last)
    if teacher_ids is None:
        found = office.store.query(_SUMS, years)
    else:
        found = office.store.query(_SUMS_OF, (json.dumps(sorted(set(teacher_ids))), *years))
    sums: dict[str, list[tuple[int, int, int, int]]] = {}
    for teacher_id, year, hours, credits, entries in found:
        sums.setdefault(teacher_id, []).append((year, hours, credits, entries))
    return {teacher_id: _total(lines) for teacher_id, lines in sums.items()}


def uneven_accounts(office: Office) -> list[str]:
    """One Chinese sentence for each teacher whose reversals do not cancel what they answer.

    An audit: the sum of all entries must equal the sum of those that stand.
    """
    return [
        f"{row['name']}（{row['teacher_no']}）全部分录合计 {Decimal(row['every']) / 100} 学时，"
        f"有效分录合计 {Decimal(row['standing']) / 100} 学时，两者不符。"
        for row in office.store.query(_UNEVEN)
    ]


def _total(lines: Iterable[tuple[int, int, int, int]]) -> Total:
    hours = credits = entries = 0
    by_year: dict[int, Decimal] = {}
    for year, year_hours, year_credits, count in lines:
        hours, credits, entries = hours + year_hours, credits + year_credits, entries + count
        by_year[year] = Decimal(year_hours) / 100
    return Total(Decimal(hours) / 100, Decimal(credits) / 100, entries, by_year)
