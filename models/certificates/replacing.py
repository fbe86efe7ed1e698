"""补发: what was lost or misprinted is void and issued anew. 续册: the booklet after a full one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.certificates.events import add_event
from models.certificates.facts import FactReader, faults_of
from models.certificates.frozen import to_columns
from models.certificates.holders import Known, institutions_known, teachers_known
from models.certificates.issuing import Issued, needed_reason, write_certificates
from models.certificates.kinds import Kind, kind_named
from models.certificates.register import Certificate, certificate_of, certificates
from models.certificates.series import take_numbers
from models.certificates.wishes import essence_of, held_essences
from models.errors import UserError
from models.office.context import Office

_IDENTITY = ("birth", "ethnicity")
"""Facts of a teacher that time does not change: if the register was corrected, they follow it."""


def replace(
    office: Office, certificate_id: str, reason: str, facts: Mapping[str, str] | None = None
) -> Issued:
    """Declare a certificate void and issue it anew under a new number; each names the other.

    What it says stays as it was frozen, but for who the holder is: name, sex, birth and ID number
    are taken from the register again, where a slip has been corrected by then.

    Args:
        office: the office.
        certificate_id: the old one; it may be void already, but not replaced.
        reason: why.
        facts: what the new one says otherwise; ``school`` where the holder worked, "" leaves a
            fact out.

    Raises:
        UserError: no such certificate, replaced already, a full booklet after which another one
            goes on, no reason, a fact that the kind does not have or cannot do without.
    """
    old = certificate_of(office, certificate_id)
    because = needed_reason(reason, "补发")
    if old.replaced_by:
        raise UserError(
            "certificate.replaced",
            f"{old.number} 已补发为 {old.replaced_by}。",
            "如新证也要补发，请选新的编号。",
        )
    if old.continued_by:
        raise UserError(
            "certificate.continued",
            f"{old.number} 已满，已续为 {old.continued_by}。",
            "新册遗失的请对新册补发；旧册遗失的请作废旧册。",
        )
    kind = kind_named(old.kind)
    changes = dict(facts or {})
    school = changes.pop("school", old.holder_school)
    known = _holder(office, old)
    said = _facts(office, kind, old, known, changes)
    _refuse_second(office, kind, old, said)
    with office.store.operation(
        "certificates.replace", f"{old.number} 补发：{because}"
    ) as operation:
        add_event(office.store, [old.id], "void", because)
        row = {**_unchanged(old), **_holder_columns(known), "holder_school": school or None}
        numbered = take_numbers(office, kind, old.batch, 1)
        ids = write_certificates(office, numbered, [{**row, **to_columns(kind, said)}])
    return Issued(tuple(certificates(office, ids=ids)), 0, 0, operation)


def start_next(office: Office, certificate_ids: Sequence[str]) -> Issued:
    """Issue to each holder of a full booklet the next one, which goes on after its last line.

    The full one stays valid with all that stands in it, so that nothing is entered again.

    Args:
        office: the office.
        certificate_ids: the full booklets.

    Raises:
        UserError: one is no booklet, void, or continued already.
    """
    old = certificates(office, ids=list(dict.fromkeys(certificate_ids)))
    for one in old:
        _refuse_next(one)
    if not old:
        raise UserError("certificate.unknown", "没有选中已满的证书。", "请先选择。")
    kind = kind_named(old[0].kind)
    rows: list[dict[str, Any]] = []
    for one in old:
        known = _holder(office, one)
        row = {**_unchanged(one), **_holder_columns(known), "holder_school": known.school or None}
        rows.append(row | to_columns(kind, _facts(office, kind, one, known, {})))
        rows[-1] |= {"replaces": None, "continues": one.id}
    title = f"{old[0].number} 已满" if len(old) == 1 else f"{len(old)} 本已满"
    with office.store.operation("certificates.next", f"{title}，续发新册") as operation:
        ids = write_certificates(office, take_numbers(office, kind, old[0].batch, len(rows)), rows)
    return Issued(tuple(certificates(office, ids=ids)), 0, 0, operation)


def _refuse_next(old: Certificate) -> None:
    if not kind_named(old.kind).booklet:
        why = f"是{old.kind_title}，不是续打的证书。"
    elif old.void:
        why = "已作废，请补发或另外发证。"
    elif old.continued_by:
        why = f"已续为 {old.continued_by}。"
    else:
        return
    raise UserError("certificate.next", f"{old.number} {why}", "续册只用于已满的有效证书。")


def _holder(office: Office, old: Certificate) -> Known:
    found = teachers_known(office, [old.teacher_id]) | institutions_known(
        office, [old.institution_id]
    )
    return found[old.teacher_id or old.institution_id]


def _facts(
    office: Office, kind: Kind, old: Certificate, known: Known, changes: Mapping[str, str]
) -> dict[str, str]:
    """What the new certificate says: the old facts, those of the person, the changes."""
    given, troubles = FactReader(office, kind).read(changes)
    said = dict(old.facts)
    said |= {name: text for name in _IDENTITY if name in said and (text := known.facts.get(name))}
    said |= {
        one.key: known.name
        for one in kind.facts
        if one.default == "{name}" and said.get(one.key) == old.holder_name
    }
    said |= dict.fromkeys(changes, "") | given
    troubles += faults_of(kind, said)
    if troubles:
        raise UserError(
            "certificate.fact", f"{'；'.join(troubles)}。", "请改正后重试，本次没有补发。"
        )
    return said


def _refuse_second(office: Office, kind: Kind, old: Certificate, said: Mapping[str, str]) -> None:
    """A void one is not issued anew if the holder was given another that says the same."""
    holder_id = old.teacher_id or old.institution_id
    facts = {**said, "batch": old.batch, "year": str(old.year)}
    essence = essence_of(kind, holder_id, old.course_id, facts)
    if old.void and essence in held_essences(office, kind, [holder_id]):
        raise UserError(
            "certificate.held",
            f"{old.holder_name}已另有一{kind.unit}同样的有效{kind.title}。",
            "不必补发；如要换发，请对有效的那一本补发。",
        )


def _unchanged(old: Certificate) -> dict[str, Any]:
    return {
        "form": old.kind,
        "course_id": old.course_id,
        "year": old.year,
        "batch": old.batch or None,
        "replaces": old.id,
        "continues": old.continues or None,
        "teacher_id": old.teacher_id or None,
        "institution_id": old.institution_id or None,
    }


def _holder_columns(known: Known) -> dict[str, Any]:
    return {
        "holder_no": known.no,
        "holder_name": known.name,
        "holder_sex": known.sex,
        "holder_id_tail": known.tail,
    }
