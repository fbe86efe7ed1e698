"""Issuing certificates for a course, and declaring one void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.certificates.events import CERTIFICATE, add_event
from models.certificates.numbers import check_rule, numbers, series_of
from models.certificates.register import FORMS, Certificate, certificates
from models.entities.display import to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting
from models.policies.rules import rules_on
from models.store.operations import Operation
from models.training.courses import read
from models.training.credits import course_credits
from models.training.enrolments import Participant, participants
from models.training.marks import Mark

RULE_SETTING = "certificate.number_rule"
_HOLDERS = """
SELECT t.id, t.sex, substr(t.id_number, -4) AS tail
FROM enrolment AS e JOIN teacher AS t ON t.id = e.teacher_id WHERE e.course_id = ?
"""


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issue brought.

    Attributes:
        certificates: the new ones, in delivery order (by school, then name).
        before: people who hold a valid one for the course already.
        not_passed: people of the course without a passing result.
        operation: the step; undoing it makes the certificates void, the numbers stay used.
    """

    certificates: tuple[Certificate, ...]
    before: int
    not_passed: int
    operation: Operation


def number_rule(office: Office) -> str:
    """The template in force: the office's own setting, else that of the rules.

    Raises:
        UserError: the setting is not a usable template.
    """
    own = read_setting(office.store, RULE_SETTING)
    rule = own or rules_on(office, office.store.clock.today()).numbering.completion
    check_rule(rule)
    return rule


def issue_for_course(office: Office, course_id: str, form: str = "completion") -> Issued:
    """Issue a certificate to everybody who passed the course and has no valid one of it.

    Raises:
        UserError: no such course, nobody passed, an unknown form, an unusable number rule.
    """
    course = read(office, course_id)
    people = participants(office, course_id)
    passed = [one for one in people if one.result == "合格"]
    if not passed:
        raise UserError(
            "certificate.nobody_passed",
            f"“{course['title']}”还没有合格的学员。",
            "请先录入成绩，再发证书。",
        )
    held = {
        one.teacher_id
        for one in certificates(office, course_id=course_id)
        if one.form == form and not one.void
    }
    due = [one for one in passed if one.teacher_id not in held]
    with office.store.operation(
        "certificates.issue", f"{course['title']}发证 {len(due)} 本"
    ) as operation:
        rows = _rows(office, course, due, form)
        office.store.insert("certificate", ("id", *CERTIFICATE), rows)
    issued = {row[0] for row in rows}
    return Issued(
        certificates=tuple(
            one for one in certificates(office, course_id=course_id) if one.id in issued
        ),
        before=len(passed) - len(due),
        not_passed=len(people) - len(passed),
        operation=operation,
    )


def void(office: Office, certificate_id: str, reason: str) -> Operation:
    """Declare a certificate void; it stays in the register with the reason.

    Raises:
        UserError: no such certificate, void already, no reason.
    """
    found = next(iter(certificates(office, certificate_id=certificate_id)), None)
    if found is None:
        raise UserError("certificate.unknown", "登记册中没有这本证书。", "请刷新列表。")
    if not reason.strip():
        raise UserError("certificate.no_reason", "没有写作废的原因。", "请写明原因。")
    if found.void:
        raise UserError(
            "certificate.void", f"{found.number} 已于 {found.voided_on} 作废。", "不必再次作废。"
        )
    with office.store.operation(
        "certificates.void", f"{found.number} 作废：{reason.strip()}"
    ) as operation:
        add_event(office.store, [certificate_id], "void", reason.strip())
    return operation


def _rows(
    office: Office, course: Mapping[str, Any], due: Sequence[Participant], form: str
) -> list[tuple[object, ...]]:
    """The rows of the new certificates, numbered in order."""
    today = office.store.clock.today()
    rule = number_rule(office)
    facts = {
        "region": office.identity.region,
        "year": str(today.year),
        "kind": _mark_of(form),
    }
    series = series_of(rule, facts)
    last = office.store.value("SELECT MAX(seq) FROM certificate WHERE series = ?", (series,))
    holders = {row["id"]: row for row in office.store.query(_HOLDERS, (course["id"],))}
    course_facts = _course_facts(office, course)
    return [
        (
            office.store.ids.new_id(),
            number,
            series,
            sequence,
            form,
            one.teacher_id,
            course["id"],
            one.teacher_no,
            one.name,
            holders[one.teacher_id]["sex"],
            one.school or None,
            holders[one.teacher_id]["tail"],
            *course_facts,
            Mark(one.score, one.grade).text or one.result,
            course["start_date"],
            course["end_date"],
            office.identity.name,
            today.isoformat(),
            None,
            None,
            None,
            None,
        )
        for one, (sequence, number) in zip(due, numbers(rule, facts, int(last or 0)), strict=False)
    ]


def _course_facts(office: Office, course: Mapping[str, Any]) -> tuple[str, int, int, int]:
    """Title, year, and hundredths of hours and credits as the certificates of the course say."""
    credits, _ = course_credits(office, course)
    return (
        course["title"],
        course["year"],
        to_hundredths(course["hours"]),
        to_hundredths(credits or Decimal(0)),
    )


def _mark_of(form: str) -> str:
    if form not in FORMS:
        raise UserError(
            "certificate.form",
            f"没有“{form}”这种证书。",
            "可用：" + "、".join(f"{key}（{one.title}）" for key, one in FORMS.items()) + "。",
        )
    return FORMS[form].mark
