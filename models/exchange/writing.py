"""Hands the rows of an agreed plan to the rooms that own them; inside the import's operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from models.exchange.course_plan import as_course
from models.exchange.plans import Action, ImportKind, PlannedRow, TablePlan
from models.office.context import Office
from models.staff.institutions import InstitutionChange, write_institutions
from models.staff.linking import link_reported
from models.staff.questions import ask_moves
from models.staff.registration import TeacherChange, write_teachers
from models.training.courses import CourseChange, write_courses
from models.training.ledger import RecordDraft, post_records


def write_table_plan(office: Office, table: TablePlan, file_name: str) -> None:
    """Write the rows of one table that are inserted or updated."""
    rows = [row for row in table.rows if row.action in (Action.INSERT, Action.UPDATE)]
    writers: dict[ImportKind, Callable[[Office, Sequence[PlannedRow], str], None]] = {
        ImportKind.INSTITUTIONS: _write_institutions,
        ImportKind.TEACHERS: _write_teachers,
        ImportKind.RECORDS: _write_records,
        ImportKind.COURSES: _write_courses,
    }
    writers[table.kind](office, rows, file_name)


def _write_institutions(office: Office, rows: Sequence[PlannedRow], _file_name: str) -> None:
    write_institutions(
        office,
        [
            InstitutionChange(str(row.target), row.values, new=row.action is Action.INSERT)
            for row in rows
        ],
    )
    link_reported(office)


def _write_teachers(office: Office, rows: Sequence[PlannedRow], file_name: str) -> None:
    today = office.store.clock.today().isoformat()
    write_teachers(
        office,
        [
            TeacherChange(str(row.target), row.values, new=row.action is Action.INSERT)
            for row in rows
        ],
        today,
    )
    moves = [(str(row.target), row.move_to) for row in rows if row.move_to is not None]
    ask_moves(office, moves, file_name)
    if any(row.values.get("school_reported") for row in rows):
        link_reported(office)


def _write_records(office: Office, rows: Sequence[PlannedRow], file_name: str) -> None:
    post_records(office, [_draft(row) for row in rows], source=file_name, allow_repeats=True)


def _write_courses(office: Office, rows: Sequence[PlannedRow], _file_name: str) -> None:
    write_courses(
        office,
        [
            CourseChange(str(row.target), as_course(row.values), new=row.action is Action.INSERT)
            for row in rows
        ],
    )


def _draft(row: PlannedRow) -> RecordDraft:
    values = row.values
    credits_ = values.get("credits")
    return RecordDraft(
        teacher_id=str(values["teacher_id"]),
        year=int(str(values["year"])),
        course=str(values["course"]),
        category=_text(values.get("category")),
        organizer=_text(values.get("organizer")),
        start_date=_text(values.get("start_date")),
        end_date=_text(values.get("end_date")),
        hours=Decimal(str(values["hours"])),
        credits=None if credits_ is None else Decimal(str(credits_)),
        score=_text(values.get("score")),
        remark=_text(values.get("remark")),
        level=_text(values.get("level")),
        theme=_text(values.get("theme")),
        nature=_text(values.get("nature")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
