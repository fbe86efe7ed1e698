"""Rows of theirs that we lack, planned as an import of the same rows would be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.exchange.known_people import KnownPeople
from models.exchange.plans import ImportKind, PlannedRow, TablePlan
from models.exchange.record_plan import RecordPlanner
from models.exchange.teacher_plan import TeacherPlanner
from models.office.context import Office
from models.staff.schools import read_school_finder
from models.uploads.forms import Subject
from models.uploads.reading import ReadRow
from models.uploads.their_values import Meaning

KINDS = {Subject.RECORD: ImportKind.RECORDS, Subject.TEACHER: ImportKind.TEACHERS}


def plan_lacking(
    office: Office, meaning: Meaning, rows: Mapping[str, ReadRow], year: int
) -> dict[str, tuple[PlannedRow, Sequence[str]]]:
    """What taking each row in would do, and what of it has to be left out.

    Nothing for forms of other subjects: a school is not made from a list of theirs.
    """
    if meaning.form.subject not in KINDS or not rows:
        return {}
    said = {name: meaning.raw_of(row.raw, year) for name, row in rows.items()}
    numbered = [(rows[name].number, raw) for name, (raw, _) in said.items()]
    people, schools = KnownPeople(office), read_school_finder(office)
    if meaning.form.subject is Subject.RECORD:
        planner = RecordPlanner(office, people, schools, meaning.context)
    else:
        planner = TeacherPlanner(office, people, schools, meaning.context)
    planned = planner.plan(planner.clean(numbered), (), None)
    return {name: (one, left) for (name, (_, left)), one in zip(said.items(), planned, strict=True)}


def table_of(subject: Subject, rows: Sequence[PlannedRow]) -> TablePlan:
    """Planned rows as the table that the import's writer takes."""
    return TablePlan(KINDS[subject], None, 1, {}, tuple(rows))
