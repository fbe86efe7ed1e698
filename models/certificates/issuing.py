"""Issuing certificates of any kind, and declaring one void."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.certificates.events import CERTIFICATE, CONTINUES, add_event
from models.certificates.facts import batch_name
from models.certificates.frozen import to_columns
from models.certificates.register import Certificate, certificate_of, certificates
from models.certificates.series import Numbered, take_numbers
from models.certificates.wishes import Due, Holder, Plan, Wish, plan_issue, refuse_any
from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import read
from models.training.credits import course_credits
from models.training.enrolments import Participant, participants
from models.training.marks import Mark

__all__ = ["Holder", "Issued", "Wish", "issue", "issue_for_course", "void", "write_certificates"]


@dataclass(frozen=True, slots=True)
class Issued:
    """What an issue brought.

    Attributes:
        certificates: the new ones, in delivery order (by school, then name).
        before: holders who have a valid one that says the same already.
        not_passed: people of the course without a passing result.
        operation: the step; undoing it makes the certificates void, the numbers stay used.
    """

    certificates: tuple[Certificate, ...]
    before: int
    not_passed: int
    operation: Operation


Check = Callable[[Office, Plan], Plan]
"""A last look at a plan: those who cannot get one for a reason this room does not know."""


def issue(office: Office, wish: Wish, check: Check | None = None) -> Issued:
    """Issue a certificate to every holder of the wish who has no valid one that says the same.

    All of them are issued or none; ``plan_issue`` tells beforehand who cannot get one.

    Args:
        office: the office.
        wish: the issue as somebody wants it.
        check: moves those among the refused whose certificates could not be printed.

    Raises:
        UserError: no such kind, nobody named, somebody who cannot get one (a fact lacking, not in
            the register, retired …), an unusable number rule.
    """
    plan = plan_issue(office, wish)
    plan = plan if check is None else check(office, plan)
    refuse_any(plan)
    with office.store.operation("certificates.issue", _title(plan, wish)) as operation:
        ids = _write(office, plan, wish)
    return Issued(tuple(certificates(office, ids=ids)), plan.before, 0, operation)


def issue_for_course(
    office: Office, course_id: str, kind: str = "completion", check: Check | None = None
) -> Issued:
    """Issue a certificate to everybody who passed the course and has no valid one of it.

    Args:
        office: the office.
        course_id: the course.
        kind: key of the kind.
        check: see ``issue``.

    Raises:
        UserError: no such course, nobody passed, an unknown kind, an unusable number rule.
    """
    everybody = participants(office, course_id)
    wish = _course_wish(office, course_id, everybody, kind)
    found = issue(office, wish, check)
    not_passed = len(everybody) - len(wish.holders)
    return Issued(found.certificates, found.before, not_passed, found.operation)


def course_wish(office: Office, course_id: str, kind: str = "completion") -> Wish:
    """The wish for everybody who passed a course, with what their certificates say of it.

    Raises:
        UserError: no such course, nobody passed.
    """
    return _course_wish(office, course_id, participants(office, course_id), kind)


def _course_wish(
    office: Office, course_id: str, everybody: Sequence[Participant], kind: str
) -> Wish:
    course = read(office, course_id)
    passed = [one for one in everybody if one.result == "合格"]
    if not passed:
        raise UserError(
            "certificate.nobody_passed",
            f"“{course['title']}”还没有合格的学员。",
            "请先录入成绩，再发证书。",
        )
    return Wish(
        kind,
        [_passer(one) for one in passed],
        title=course["title"],
        year=course["year"],
        facts=_course_facts(office, course),
        course_id=course_id,
    )


def void(office: Office, certificate_id: str, reason: str) -> Operation:
    """Declare a certificate void; it stays in the register with the reason.

    Raises:
        UserError: no such certificate, void already, no reason.
    """
    found = certificate_of(office, certificate_id)
    because = needed_reason(reason, "作废")
    if found.void:
        raise UserError(
            "certificate.void", f"{found.number} 已于 {found.voided_on} 作废。", "不必再次作废。"
        )
    with office.store.operation(
        "certificates.void", f"{found.number} 作废：{because}"
    ) as operation:
        add_event(office.store, [certificate_id], "void", because)
    return operation


def needed_reason(reason: str, step: str) -> str:
    """The reason a person gives for a step, tidy.

    Raises:
        UserError: there is none.
    """
    if not reason.strip():
        raise UserError("certificate.no_reason", f"没有写{step}的原因。", "请写明原因。")
    return reason.strip()


def write_certificates(
    office: Office,
    numbered: Sequence[Numbered],
    rows: Sequence[Mapping[str, Any]],
) -> list[str]:
    """Write new certificates of this office with the day's date; call it inside an operation.

    Args:
        office: the office.
        numbered: a number for each.
        rows: column to value; columns left out are NULL.

    Returns:
        Their identities, in order.
    """
    common = {
        "issuer": office.identity.name,
        "issued_on": office.store.clock.today().isoformat(),
    }
    whole = [
        {**row, **common, "series": one.series, "seq": one.seq, "number": one.number}
        for one, row in zip(numbered, rows, strict=True)
    ]
    ids = [office.store.ids.new_id() for _ in whole]
    office.store.insert(
        "certificate",
        ("id", *CERTIFICATE, *CONTINUES),
        [
            (identity, *(row.get(column) for column in (*CERTIFICATE, *CONTINUES)))
            for identity, row in zip(ids, whole, strict=True)
        ],
    )
    return ids


def _write(office: Office, plan: Plan, wish: Wish) -> list[str]:
    numbered = take_numbers(office, plan.kind, plan.batch, len(plan.due)) if plan.due else []
    common = {
        "form": plan.kind.key,
        "course_id": wish.course_id,
        "year": plan.year,
        "batch": plan.batch or None,
    }
    rows = [
        {**common, **_holder_columns(one), **to_columns(plan.kind, one.facts)} for one in plan.due
    ]
    return write_certificates(office, numbered, rows)


def _holder_columns(due: Due) -> dict[str, str | None]:
    return {
        "teacher_id": due.holder.teacher_id or None,
        "institution_id": due.holder.institution_id or None,
        "holder_no": due.known.no,
        "holder_name": due.known.name,
        "holder_sex": due.known.sex,
        "holder_school": due.school or None,
        "holder_id_tail": due.known.tail,
    }


def _title(plan: Plan, wish: Wish) -> str:
    about = wish.title.strip() or plan.kind.title
    batch = batch_name(plan.batch) if plan.batch else ""
    return f"{batch}{about}发证 {len(plan.due)} {plan.kind.unit}"


def _passer(one: Participant) -> Holder:
    result = Mark(one.score, one.grade).text or one.result
    return Holder(one.teacher_id, facts={"result": result, "school": one.school})


def _course_facts(office: Office, course: Mapping[str, Any]) -> dict[str, str]:
    """What the certificates of the course say alike."""
    hours: Decimal = course["hours"]
    credits, _ = course_credits(office, course)
    return {
        "hours": plain_decimal(hours),
        "credits": "" if credits is None else plain_decimal(credits),
        "start_date": course["start_date"] or "",
        "end_date": course["end_date"] or "",
        "organizer": course["organizer"] or "",
    }
