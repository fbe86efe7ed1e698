"""Certificates of titles: issued for the grants of a batch, void with a title that is withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.certificates.issuing import Issued, issue, void
from models.certificates.kinds import Kind, kind_named
from models.certificates.listing import CertificateFilter, certificate_ids
from models.certificates.register import certificates
from models.certificates.wishes import Holder, Wish, plan_issue
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.titles.batches import BatchRow, batch
from models.titles.granting import note_certificates
from models.titles.grants import Grant, GrantFilter, grants, grants_named
from models.titles.kinds import title_rules
from models.titles.reviewing import Decision, recheck
from models.titles.withdrawing import withdraw


@dataclass(frozen=True, slots=True)
class TitleWithdrawn:
    """What a withdrawal brought: the step, and the numbers of the certificates now void."""

    operation: Operation
    void: tuple[str, ...]


def title_wish(office: Office, batch_id: str) -> Wish:
    """The wish for the certificates of everybody who holds the title of a batch.

    Raises:
        UserError: no such batch, nobody holds it, or the title has no certificate.
    """
    found = batch(office, batch_id)
    rules = title_rules().kind(found.kind)
    if not rules.certificate:
        raise UserError(
            "titles.no_certificate", f"{found.title}的证书由授予机关颁发。", "请登记证书编号。"
        )
    held = [
        one for one in grants(office, GrantFilter(batch_id=batch_id)) if one.state != "mistaken"
    ]
    kept = [one for one in held if one.state in ("valid", "coming")]
    if not kept:
        raise UserError(
            "titles.nobody", f"“{found.name}”没有持有称号的人。", "请先认定，再发证书。"
        )
    kind = kind_named(rules.certificate)
    return Wish(
        kind.key,
        [Holder(one.teacher_id, facts=_facts(kind, one)) for one in kept],
        batch=str(found.number or ""),
        title=found.title,
        year=int((found.granted_on or str(found.year))[:4]),
    )


def issue_titles(office: Office, batch_id: str) -> Issued:
    """Issue the certificates of a batch and put their numbers beside the grants, as one step.

    Who has a valid one that says the same gets no second one; its number is put down all the same.

    Raises:
        UserError: as ``title_wish``; somebody cannot get one.
    """
    wish = title_wish(office, batch_id)
    found = batch(office, batch_id)
    with office.store.operation("certificates.issue", f"{found.name}发证") as operation:
        issued = issue(office, wish)
        note_certificates(office, _numbers(office, found, wish))
    return replace(issued, operation=operation)


def withdraw_titles(
    office: Office,
    grant_ids: Sequence[str],
    reason: str,
    *,
    on: str = "",
    decided_by: str = "",
    consequence: str | None = None,
) -> TitleWithdrawn:
    """Withdraw titles and declare their certificates void, as one undoable step.

    Raises:
        UserError: as ``withdraw``.
    """
    held = grants_named(office, grant_ids)
    title = f"取消称号 {len(held)} 个"
    if len(held) == 1:
        title = f"取消{held[0].name}的{held[0].title}"
    with office.store.operation("titles.withdraw", title) as operation:
        withdraw(office, grant_ids, reason, on=on, decided_by=decided_by, consequence=consequence)
        gone = _void(office, held, f"取消称号：{reason.strip()}")
    return TitleWithdrawn(operation, gone)


def recheck_titles(office: Office, decisions: Sequence[Decision], on: str = "") -> Operation:
    """Write re-checks; with a title that is lost its certificate is void, in the same step.

    Raises:
        UserError: as ``recheck``.
    """
    lost = [one.grant_id for one in decisions if one.outcome == "failed"]
    held = grants_named(office, lost) if lost else []
    with office.store.operation("titles.recheck", f"复检 {len(decisions)} 人") as operation:
        recheck(office, decisions, on)
        _void(office, held, "复检不合格")
    return operation


def standing_certificates(office: Office) -> list[Grant]:
    """The titles that are over while their certificate of this office is still valid."""
    over = [
        one
        for one in grants(office)
        if one.state in ("withdrawn", "mistaken") and one.certificate_no
    ]
    valid = set(_valid_numbers(office, over))
    return [one for one in over if one.certificate_no in valid]


def void_of_titles(office: Office, grant_ids: Sequence[str]) -> Operation:
    """Declare void the certificates of titles that are over.

    Raises:
        UserError: none chosen, or one that still holds.
    """
    held = grants_named(office, grant_ids)
    valid = [one for one in held if one.valid]
    if valid:
        raise UserError(
            "titles.valid", f"{valid[0].name}的{valid[0].title}有效。", "请先取消称号。"
        )
    with office.store.operation("certificates.void", f"作废证书 {len(held)} 本") as operation:
        _void(office, held, "称号已取消")
    return operation


def _facts(kind: Kind, one: Grant) -> dict[str, str]:
    """What the certificate of a grant says, as far as its kind has it."""
    facts = {
        "subject": one.subject_name,
        "level": title_rules().level_title(one.level),
        "valid_from": one.granted_on,
        "valid_to": one.ends_on,
        "occasion": one.batch,
    }
    known = {fact.key for fact in kind.facts}
    return {key: value for key, value in facts.items() if key in known and value}


def _numbers(office: Office, found: BatchRow, wish: Wish) -> dict[str, str]:
    """Grant to the number of the valid certificate that says so."""
    plan = plan_issue(office, wish)
    wanted = CertificateFilter(
        kind=wish.kind, state="valid", holders=frozenset(one.teacher_id for one in wish.holders)
    )
    by_teacher: dict[str, str] = {}
    for one in certificates(office, ids=certificate_ids(office, wanted)):
        if one.batch == plan.batch and one.title == found.title:
            by_teacher[one.teacher_id] = one.number
    return {
        one.id: by_teacher[one.teacher_id]
        for one in grants(office, GrantFilter(batch_id=found.id))
        if one.teacher_id in by_teacher and one.state != "mistaken"
    }


def _void(office: Office, held: Sequence[Grant], reason: str) -> tuple[str, ...]:
    numbers = _valid_numbers(office, held)
    for certificate_id in numbers.values():
        void(office, certificate_id, reason)
    return tuple(numbers)


def _valid_numbers(office: Office, held: Sequence[Grant]) -> dict[str, str]:
    """Number to identity of the valid certificates of this office that these grants name."""
    named: dict[str, set[str]] = defaultdict(set)
    for one in held:
        if one.certificate_no:
            named[one.teacher_id].add(one.certificate_no)
    wanted = CertificateFilter(state="valid", holders=frozenset(named))
    found = certificates(office, ids=certificate_ids(office, wanted)) if named else []
    return {one.number: one.id for one in found if one.number in named[one.teacher_id]}
