"""Who can hold a certificate, as the register has them on the day of issue."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.entities.describe import columns
from models.entities.display import show
from models.office.context import Office
from models.staff.records import Teacher
from models.text.id_numbers import birth_date

_TEACHERS = """
SELECT t.id, t.teacher_no, t.name, t.name_pinyin, t.sex, t.id_number,
    t.status, t.birth_date, t.ethnicity, t.education, t.title, t.stage, t.subject, t.post,
    COALESCE(i.name, t.school_reported, '') AS school
FROM json_each(?) AS wanted CROSS JOIN teacher AS t ON t.id = wanted.value
LEFT JOIN institution AS i ON i.id = t.school_id
"""
_INSTITUTIONS = """
SELECT i.id, i.name FROM json_each(?) AS wanted
CROSS JOIN institution AS i ON i.id = wanted.value
"""
_KEPT = {
    "ethnicity": "ethnicity",
    "education": "education",
    "rank": "title",
    "stage": "stage",
    "subject": "subject",
    "position": "post",
}
_MONTH = len("2026-07")
_TAIL = 4
_WHOLE = re.compile("[0-9]{17}[0-9X]")


@dataclass(frozen=True, slots=True)
class Known:
    """A teacher or an institution of the register.

    Attributes:
        id: whose.
        no: the teacher's number, "" for an institution.
        name: the name.
        sex: as a code; None where unknown and for an institution.
        tail: last four characters of the ID number; None where unknown.
        school: where the teacher works; "" for an institution.
        status: the teacher's state as a code, "" where unknown.
        spoken: the name in pinyin, for sorting.
        facts: by the names forms use, as words; the date of birth without its day.
    """

    id: str
    no: str
    name: str
    sex: str | None = None
    tail: str | None = None
    school: str = ""
    status: str = ""
    spoken: str = ""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


def teachers_known(office: Office, ids: Sequence[str]) -> dict[str, Known]:
    """The teachers of those identities as they stand today; unknown ones are left out."""
    rows = office.store.query(_TEACHERS, (json.dumps(list(ids)),))
    return {row["id"]: _teacher(office, dict(row)) for row in rows}


def institutions_known(office: Office, ids: Sequence[str]) -> dict[str, Known]:
    """The institutions of those identities; unknown ones are left out."""
    rows = office.store.query(_INSTITUTIONS, (json.dumps(list(ids)),))
    return {row["id"]: Known(row["id"], "", row["name"]) for row in rows}


def _teacher(office: Office, row: Mapping[str, Any]) -> Known:
    described = columns(Teacher)
    facts = {
        name: show(described[field], row[field], office.codes) for name, field in _KEPT.items()
    }
    number: str = row["id_number"] or ""
    facts["birth"] = (row["birth_date"] or _birth_in(number))[:_MONTH]
    return Known(
        id=row["id"],
        no=row["teacher_no"],
        name=row["name"],
        sex=row["sex"],
        tail=number[-_TAIL:] or None,
        school=row["school"],
        status=row["status"] or "",
        spoken=row["name_pinyin"],
        facts=facts,
    )


def _birth_in(number: str) -> str:
    """The day an ID number says; "" for other papers of identity."""
    try:
        return birth_date(number).isoformat() if _WHOLE.fullmatch(number) else ""
    except ValueError:
        return ""
