"""Agreements of mentor and mentee: issued for filed pairs, their numbers put down with these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.certificates.facts import FactReader, read_batch
from models.certificates.issuing import Holder, Wish, issue
from models.certificates.kinds import kind_named
from models.certificates.listing import CertificateFilter, certificate_ids
from models.certificates.register import Certificate, certificates
from models.errors import UserError
from models.mentoring.changes import note_agreement_numbers
from models.mentoring.pairs import PairRow, pair_rows
from models.mentoring.programmes import Programme, programme
from models.office.context import Office
from models.store.operations import Operation

KIND = "agreement"
_AGREED = ("filed", "ended")


@dataclass(frozen=True, slots=True)
class AgreementsIssued:
    """What an issue of agreements brought: how many are new, and the undoable step."""

    count: int
    operation: Operation


def issue_agreements(
    office: Office, programme_id: str, pair_ids: Sequence[str] | None = None
) -> AgreementsIssued:
    """Issue an agreement for each filed pair of a programme that has none yet.

    One step: undone, the agreements are void and the pairs without a number again.

    Args:
        office: the office.
        programme_id: of which.
        pair_ids: only these pairs; all where left out.

    Raises:
        UserError: no filed pair waits for an agreement; somebody cannot hold one.
    """
    found = programme(office, programme_id)
    filed = pair_rows(office, programme_id, ["filed"])
    if pair_ids is not None:
        wanted = set(pair_ids)
        filed = [one for one in filed if one.id in wanted]
    due = [one for one in filed if not one.agreement_no]
    if not due:
        raise UserError(
            "mentoring.no_agreement_due",
            "没有需要编号的协议。" if filed else "没有已备案的师徒。",
            "已编号的可以直接打印。" if filed else "请先办完审批，备案以后才编协议。",
        )
    wish = Wish(
        KIND,
        [_holder(one, found) for one in due],
        batch=found.code,
        title=found.name,
        year=int(found.starts_on[:4]),
    )
    with office.store.operation(
        "mentoring.agreements", f"{found.name}协议编号 {len(due)} 份"
    ) as operation:
        issue(office, wish)
        note_agreement_numbers(office, _numbers(office, found, due))
    return AgreementsIssued(len(due), operation)


def agreements_of(office: Office, pairs: Sequence[PairRow]) -> list[Certificate]:
    """The valid agreements of those pairs that have one, in the order of the pairs."""
    numbers = [one.agreement_no for one in pairs if one.agreement_no]
    ids = certificate_ids(office, CertificateFilter(kind=KIND, state="valid"))
    known = {one.number: one for one in certificates(office, ids=ids)}
    return [known[number] for number in numbers if number in known]


def agreed_pairs(office: Office, programme_id: str) -> list[PairRow]:
    """The pairs of a programme that have an agreement in force, or had one to its end."""
    return [one for one in pair_rows(office, programme_id, _AGREED) if one.agreement_no]


def _holder(one: PairRow, found: Programme) -> Holder:
    kind = found.kind
    words = {
        "heading": kind.agreement, "mentor_word": kind.mentor, "mentee_word": kind.mentee,
    }  # fmt: skip
    facts = {"school": one.mentor_school, **words, **_about(one)}
    return Holder(one.mentor_id, facts={key: text for key, text in facts.items() if text})


def _about(one: PairRow) -> dict[str, str]:
    """What the agreement says of a pair."""
    return {
        "mentee": one.mentee,
        "mentee_school": one.mentee_school,
        "subject": one.subject_name,
        "goals": one.goals,
        "tasks": one.tasks,
        "valid_from": one.starts_on,
        "valid_to": one.ends_on,
    }


def _numbers(office: Office, found: Programme, due: Sequence[PairRow]) -> dict[str, str]:
    """Pair to the number of the valid agreement that says just this."""
    batch = read_batch(found.code)
    ids = certificate_ids(office, CertificateFilter(kind=KIND, batch=batch, state="valid"))
    issued = {_said(one.teacher_id, one.facts): one.number for one in certificates(office, ids=ids)}
    reader = FactReader(office, kind_named(KIND))
    read = {one.id: reader.read({key: _about(one)[key] for key in _WHO})[0] for one in due}
    return {one.id: issued[_said(one.mentor_id, read[one.id])] for one in due}


_WHO = ("mentee", "mentee_school")


def _said(mentor_id: str, facts: Mapping[str, str]) -> tuple[str, ...]:
    """By what the agreements of a programme are told apart."""
    return (mentor_id, *(facts.get(key, "") for key in _WHO))
