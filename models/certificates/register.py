"""The register of certificates, as lists and papers read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.certificates.frozen import from_columns
from models.certificates.heirs import HEIR, NEXT
from models.certificates.kinds import kinds
from models.entities.display import from_hundredths
from models.errors import UserError
from models.office.context import Office

_SELECT = f"""
SELECT c.*, e.event, e.happened_on, e.reason, before.number AS replaces_number,
    full.number AS continues_number,
    CASE e.event WHEN 'void' THEN {HEIR} END AS replaced_by,
    CASE WHEN e.event IS NOT 'void' THEN {NEXT} END AS continued_by
FROM {{source}} LEFT JOIN certificate AS full ON full.id = c.continues
LEFT JOIN certificate AS before ON before.id = c.replaces
LEFT JOIN certificate_event AS e ON e.certificate_id = c.id AND e.step =
    (SELECT MAX(l.step) FROM certificate_event AS l WHERE l.certificate_id = c.id)
"""  # noqa: S608 - our own words
_EVERY = _SELECT.replace("{source}", "certificate AS c")
_NAMED = _SELECT.replace(
    "{source}", "json_each(:ids) AS wanted CROSS JOIN certificate AS c ON c.id = wanted.value"
)
_CONDITIONS = {
    "course_id": "c.course_id = :course_id",
    "teacher_id": "c.teacher_id = :teacher_id",
    "number": "c.number = :number",
    "kind": "c.form = :kind",
    "batch": "c.batch IS NULLIF(:batch, '')",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate with the facts of the day of its issue.

    Attributes:
        id, number: identity and printed number.
        kind: key of its kind.
        teacher_id, institution_id: whose it is; one of them is "".
        course_id: what it rests on, if that is a course.
        holder_no, holder_name, holder_sex, holder_school: the holder then; sex as a word; an
            institution has a name only.
        holder_id_tail: last four characters of the ID number.
        title: what it is about: of the course, the honour, the exam.
        year: the training year.
        batch: 期, in digits where it is a number; "" for none.
        facts: all that was said at its issue by the names forms use; dates ISO.
        hours, credits, score, start_date, end_date: the same where lists want them by themselves.
        issuer, issued_on: by whom and when.
        void: whether it is void now; since when and why.
        replaces: the certificate it was issued for anew, "" for none, and its number.
        replaced_by: the number that took its place, "" while it is valid or nothing valid did.
        continues: the full booklet it goes on after, "" for none, and its number.
        continued_by: of a full booklet that is valid: the number of the next one; else "".
    """

    id: str
    number: str
    kind: str
    teacher_id: str
    institution_id: str
    course_id: str | None
    holder_no: str
    holder_name: str
    holder_sex: str
    holder_school: str
    holder_id_tail: str
    title: str
    year: int
    batch: str
    facts: Mapping[str, str]
    hours: Decimal | None
    credits: Decimal | None
    score: str
    start_date: str
    end_date: str
    issuer: str
    issued_on: str
    void: bool
    voided_on: str
    void_reason: str
    replaces: str = ""
    replaces_number: str = ""
    replaced_by: str = ""
    continues: str = ""
    continues_number: str = ""
    continued_by: str = ""

    @property
    def status(self) -> str:
        """有效, 作废, or 已满 of a valid booklet after which another one goes on."""
        if self.void:
            return "作废"
        return "已满" if self.continued_by else "有效"

    @property
    def kind_title(self) -> str:
        """What the office calls its kind."""
        found = kinds().get(self.kind)
        return found.title if found else self.kind


def certificates(
    office: Office,
    *,
    ids: Sequence[str] | None = None,
    **given: str | None,
) -> list[Certificate]:
    """The certificates that fit every condition given.

    Args:
        office: the office.
        ids: only these, in this order; all of them in the order of their numbers if None.
        **given: ``course_id``, ``teacher_id``, ``number``, ``kind`` or ``batch``; None and a name
            left out mean that it does not matter, an empty batch means: without one.
    """
    values = {name: value for name, value in given.items() if value is not None}
    asked = [_CONDITIONS[name] for name in values]
    where = f"WHERE {' AND '.join(asked)} " if asked else ""
    if ids is None:
        select, order = _EVERY, "c.series, c.seq, c.rowid"
    else:
        select, order = _NAMED, "wanted.key"
        values["ids"] = json.dumps(list(ids))
    rows = office.store.query(f"{select}{where}ORDER BY {order}", values)
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


def certificate_of(office: Office, certificate_id: str) -> Certificate:
    """The certificate of that identity.

    Raises:
        UserError: there is none.
    """
    found = certificates(office, ids=[certificate_id])
    if not found:
        raise UserError("certificate.unknown", "登记册中没有这本证书。", "请刷新列表。")
    return found[0]


def _certificate(office: Office, row: dict[str, Any]) -> Certificate:
    void = row["event"] == "void"
    sex = row["holder_sex"]
    return Certificate(
        id=row["id"],
        number=row["number"],
        kind=row["form"],
        teacher_id=row["teacher_id"] or "",
        institution_id=row["institution_id"] or "",
        course_id=row["course_id"],
        holder_no=row["holder_no"],
        holder_name=row["holder_name"],
        holder_sex=office.codes["sex"].name_of(sex) if sex else "",
        holder_school=row["holder_school"] or "",
        holder_id_tail=row["holder_id_tail"] or "",
        title=row["title"],
        year=row["year"],
        batch=row["batch"] or "",
        facts=from_columns(kinds().get(row["form"]), row),
        hours=from_hundredths(row["hours"]),
        credits=from_hundredths(row["credits"]),
        score=row["score"] or "",
        start_date=row["start_date"] or "",
        end_date=row["end_date"] or "",
        issuer=row["issuer"],
        issued_on=row["issued_on"],
        void=void,
        voided_on=row["happened_on"] if void else "",
        void_reason=row["reason"] if void else "",
        replaces=row["replaces"] or "",
        replaces_number=row["replaces_number"] or "",
        replaced_by=row["replaced_by"] or "",
        continues=row["continues"] or "",
        continues_number=row["continues_number"] or "",
        continued_by=row["continued_by"] or "",
    )
