"""What the forms and the command line hand in as texts: a course, a claim of hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Annotated

from models.entities.cleaning import Cleaned
from models.entities.describe import Column, Entity, Kind, columns
from models.office.context import Office
from models.office.forms import check_form, form_values
from models.store.operations import Operation
from models.training.claims import Claim
from models.training.course import Course
from models.training.courses import Registered, change, register
from models.training.ledger import RecordDraft
from models.training.naming import teacher_meant
from models.training.records import TrainingRecord

_RECORD = columns(TrainingRecord)
CLAIM_HEADINGS = {"row": "培训", "offset": "冲抵与佐证"}
"""Merge unit to the heading of its group in the form."""


def _as_in_records(name: str) -> Column:
    return replace(_RECORD[name], unit="row")


class ClaimForm(Entity):
    """A claim of hours as its form asks for it."""

    teacher_no: Annotated[
        str,
        Column(title="教师", required=True, width=8, note="教师编号，或名册中唯一的姓名"),
    ]
    year: Annotated[int, _as_in_records("year")]
    course: Annotated[str, _as_in_records("course")]
    hours: Annotated[Decimal, _as_in_records("hours")]
    credits: Annotated[
        Decimal | None, replace(_as_in_records("credits"), note="不填按规则由学时折算")
    ] = None
    category: Annotated[str | None, _as_in_records("category")] = None
    theme: Annotated[str | None, _as_in_records("theme")] = None
    level: Annotated[str | None, _as_in_records("level")] = None
    nature: Annotated[str | None, _as_in_records("nature")] = None
    organizer: Annotated[str | None, _as_in_records("organizer")] = None
    start_date: Annotated[str | None, _as_in_records("start_date")] = None
    end_date: Annotated[str | None, _as_in_records("end_date")] = None
    evidence: Annotated[
        str | None, Column(title="佐证", unit="offset", width=14, note="证书编号、文件、签到表等")
    ] = None
    ground: Annotated[
        str | None,
        Column(
            title="冲抵事由",
            kind=Kind.CODE,
            table="offset_ground",
            unit="offset",
            width=8,
            note="以学历、论文、竞赛等冲抵学时的才填",
        ),
    ] = None
    reason: Annotated[
        str | None, Column(title="理由", unit="offset", width=16, note="冲抵的必须写明")
    ] = None


def check_course_form(office: Office, texts: Mapping[str, str]) -> Cleaned:
    """What the office says of a course's form."""
    return check_form(office, Course, texts)


def enter_course(
    office: Office, texts: Mapping[str, str], *, filed_by: str | None = None
) -> Registered:
    """Take in a course from the texts of its form.

    Raises:
        UserError: the form has errors, or as ``courses.register``.
    """
    values = form_values(office, Course, texts)
    known = {name: value for name, value in values.items() if value is not None}
    return register(office, known, filed_by=filed_by)


def change_course(office: Office, course_id: str, texts: Mapping[str, str]) -> Operation:
    """Change a course by the texts of its form.

    Raises:
        UserError: the form has errors, or as ``courses.change``.
    """
    return change(office, course_id, form_values(office, Course, texts))


def check_claim_form(office: Office, texts: Mapping[str, str]) -> Cleaned:
    """What the office says of the form of a claim."""
    return check_form(office, ClaimForm, texts)


def claim_of(office: Office, texts: Mapping[str, str]) -> Claim:
    """The claim that the texts of its form make.

    Raises:
        UserError: the form has errors, or it is not clear which teacher is meant.
    """
    values = form_values(office, ClaimForm, texts)
    teacher_id = teacher_meant(office, str(values["teacher_no"]))
    fields = {
        name: values.get(name)
        for name in (
            "year", "course", "category", "organizer", "start_date", "end_date", "hours",
            "credits", "level", "theme", "nature",
        )
    }  # fmt: skip
    record = RecordDraft(teacher_id=teacher_id, **fields)  # type: ignore[arg-type]
    return Claim(
        record, values.get("ground"), values.get("reason") or "", values.get("evidence") or ""
    )
