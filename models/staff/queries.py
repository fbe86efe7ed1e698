"""Teachers as lists and cards show them: identities in order first, then the rows in sight."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.entities.describe import columns
from models.entities.display import mask, show
from models.office.context import Office
from models.staff.records import Teacher

_FILTERABLE = (
    "school_id",
    "stage",
    "subject",
    "title",
    "status",
    "track",
    "post",
    "backbone",
    "sex",
)
_SORT = {
    "name": "t.name_pinyin",
    "school": "i.name",
    **{name: f"t.{name}" for name in columns(Teacher) if name not in ("name", "school")},
}
_STORED = tuple(
    "COALESCE(i.name, t.school_reported) AS school" if name == "school" else f"t.{name} AS {name}"
    for name in columns(Teacher)
)
_FROM = "FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id"
_ROWS_AT_ONCE = 500
_FEW_HITS = 5_000
"""Up to so many hits of a search only they are read and sorted; more are picked from all."""


@dataclass(frozen=True, slots=True)
class TeacherFilter:
    """Which teachers a list shows.

    Attributes:
        equal: column to the stored value it must have; among ``school_id stage subject title
            status track post backbone sex``. An empty value means: none given.
        ids: only these (the hits of a search), in no particular order; None for all.
    """

    equal: Mapping[str, str] | None = None
    ids: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """One teacher as text: field name to what is shown."""

    id: str
    shown: Mapping[str, str]


def teacher_ids(
    office: Office,
    wanted: TeacherFilter | None = None,
    order: str = "name",
    *,
    descending: bool = False,
) -> list[str]:
    """The identities of the teachers wanted, sorted by a field (names by pinyin)."""
    where, values = _where(wanted or TeacherFilter())
    direction = "DESC" if descending else "ASC"
    join = _FROM if order == "school" else "FROM teacher AS t"
    sql = f"SELECT t.id {join} {where} ORDER BY {_SORT[order]} {direction}, t.id"
    found = [str(row[0]) for row in office.store.query(sql, values)]
    ids = wanted.ids if wanted else None
    return found if ids is None or len(ids) <= _FEW_HITS else [one for one in found if one in ids]


def count_teachers(office: Office) -> int:
    """How many teachers the file holds."""
    return int(office.store.value("SELECT COUNT(*) FROM teacher"))


def teacher_rows(office: Office, ids: Sequence[str], *, masked: bool = True) -> list[TeacherRow]:
    """The teachers of those identities as text, in the order given; unknown ones are left out."""
    found = {row["id"]: row for row in stored_teachers(office, ids)}
    return [
        TeacherRow(one, shown_teacher(office, found[one], masked=masked))
        for one in ids
        if one in found
    ]


def stored_teachers(office: Office, ids: Sequence[str]) -> Iterable[Mapping[str, object]]:
    """The stored values of those teachers with the name of their school, in no set order."""
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        part = ids[start : start + _ROWS_AT_ONCE]
        marks = ",".join("?" * len(part))
        sql = f"SELECT t.id AS id, {', '.join(_STORED)} {_FROM} WHERE t.id IN ({marks})"
        for row in office.store.query(sql, tuple(part)):
            yield dict(row)


def shown_teacher(
    office: Office, stored: Mapping[str, object], *, masked: bool = True
) -> dict[str, str]:
    """One teacher's stored values as text by field, masked unless told otherwise."""
    texts: dict[str, str] = {}
    for name, column in columns(Teacher).items():
        text = show(column, stored[name], office.codes)
        texts[name] = mask(column, text) if masked else text
    return texts


def teacher_by_no(office: Office, teacher_no: str) -> str | None:
    """The identity of the teacher with that number; None where there is none."""
    found = office.store.value("SELECT id FROM teacher WHERE teacher_no = ?", (teacher_no,))
    return None if found is None else str(found)


def _where(wanted: TeacherFilter) -> tuple[str, tuple[str, ...]]:
    """The WHERE clause and its values for a filter with few hits or none."""
    clauses: list[str] = []
    values: list[str] = []
    for column, value in (wanted.equal or {}).items():
        if column not in _FILTERABLE:
            raise KeyError(column)
        if not value:
            continue
        if column == "subject":  # several subjects stand in one cell
            clauses.append("'、' || t.subject || '、' LIKE ?")
            values.append(f"%、{value}、%")
        else:
            clauses.append(f"t.{column} = ?")
            values.append(value)
    if wanted.ids is not None and len(wanted.ids) <= _FEW_HITS:
        clauses.append("t.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(wanted.ids)))
    return ("WHERE " + " AND ".join(clauses) if clauses else "", tuple(values))


def teachers_called(office: Office, text: str) -> list[tuple[str, str]]:
    """Identity and name of at most two teachers of exactly that name or number."""
    sql = "SELECT id, name FROM teacher WHERE name = ?1 OR teacher_no = ?1 ORDER BY id LIMIT 2"
    return [(row[0], row[1]) for row in office.store.query(sql, (text,))]


def name_of_teacher(office: Office, teacher_id: str) -> str:
    """The name of a teacher; "" for one who is not in the register."""
    found = office.store.value("SELECT name FROM teacher WHERE id = ?", (teacher_id,))
    return str(found or "")


@dataclass(frozen=True, slots=True)
class NamedTeacher:
    """A teacher as lists of people name one; the school is "" where unknown."""

    id: str
    name: str
    school: str


def named_teachers(office: Office, ids: Sequence[str] | None = None) -> list[NamedTeacher]:
    """Those teachers (None: all) by school and name."""
    rows = office.store.tuples(
        f"SELECT t.id, t.name, COALESCE(i.name, t.school_reported, '') AS school {_FROM}"  # noqa: S608
        " WHERE ?1 IS NULL OR t.id IN (SELECT value FROM json_each(?1))"
        " ORDER BY school, t.name_pinyin, t.id",
        (None if ids is None else json.dumps(list(ids)),),
    )
    return [NamedTeacher(*row) for row in rows]
