"""The register of certificates, as lists and papers read it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths
from models.errors import UserError
from models.office.context import Office


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of certificate: its title on paper and its mark in numbers."""

    title: str
    mark: str


FORMS = {"completion": Form("结业证书", "JY")}

_SELECT = """
SELECT c.*, e.event, e.happened_on, e.reason FROM certificate AS c
LEFT JOIN certificate_event AS e ON e.certificate_id = c.id AND e.step =
    (SELECT MAX(l.step) FROM certificate_event AS l WHERE l.certificate_id = c.id)
"""
_CONDITIONS = {
    "course_id": "c.course_id = :course_id",
    "teacher_id": "c.teacher_id = :teacher_id",
    "certificate_id": "c.id = :certificate_id",
    "number": "c.number = :number",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate with the facts of the day of its issue.

    Attributes:
        id, number: identity and printed number.
        form: key of ``FORMS``.
        teacher_id, course_id: what it rests on.
        holder_no, holder_name, holder_sex, holder_school: the holder then; sex as a word.
        holder_id_tail: last four characters of the ID number.
        title: of the course; with year, hours, credits, score and its first and last day.
        issuer, issued_on: by whom and when.
        void: whether it is void now; since when and why.
    """

    id: str
    number: str
    form: str
    teacher_id: str
    course_id: str | None
    holder_no: str
    holder_name: str
    holder_sex: str
    holder_school: str
    holder_id_tail: str
    title: str
    year: int
    hours: Decimal
    credits: Decimal | None
    score: str
    start_date: str
    end_date: str
    issuer: str
    issued_on: str
    void: bool
    voided_on: str
    void_reason: str

    @property
    def status(self) -> str:
        """有效 or 作废."""
        return "作废" if self.void else "有效"


def certificates(
    office: Office,
    *,
    course_id: str | None = None,
    teacher_id: str | None = None,
    certificate_id: str | None = None,
    number: str | None = None,
) -> list[Certificate]:
    """The certificates that fit every condition given, in the order of their numbers."""
    given = {
        "course_id": course_id,
        "teacher_id": teacher_id,
        "certificate_id": certificate_id,
        "number": number,
    }
    asked = [_CONDITIONS[name] for name, value in given.items() if value is not None]
    where = f"WHERE {' AND '.join(asked)} " if asked else ""
    rows = office.store.query(f"{_SELECT}{where}ORDER BY c.series, c.seq", given)
    return [_certificate(office, dict(row)) for row in rows]


def find(office: Office, number: str) -> Certificate:
    """The certificate of that number.

    Raises:
        UserError: the office never issued that number.
    """
    found = certificates(office, number=number.strip())
    if not found:
        raise UserError(
            "certificate.unknown", f"登记册中没有编号 {number}。", "请核对编号，注意字母和零。"
        )
    return found[0]


def _certificate(office: Office, row: dict[str, Any]) -> Certificate:
    void = row["event"] == "void"
    sex = row["holder_sex"]
    return Certificate(
        id=row["id"],
        number=row["number"],
        form=row["form"],
        teacher_id=row["teacher_id"],
        course_id=row["course_id"],
        holder_no=row["holder_no"],
        holder_name=row["holder_name"],
        holder_sex=office.codes["sex"].name_of(sex) if sex else "",
        holder_school=row["holder_school"] or "",
        holder_id_tail=row["holder_id_tail"] or "",
        title=row["title"],
        year=row["year"],
        hours=Decimal(row["hours"]) / 100,
        credits=from_hundredths(row["credits"]),
        score=row["score"] or "",
        start_date=row["start_date"] or "",
        end_date=row["end_date"] or "",
        issuer=row["issuer"],
        issued_on=row["issued_on"],
        void=void,
        voided_on=row["happened_on"] if void else "",
        void_reason=row["reason"] if void else "",
    )
