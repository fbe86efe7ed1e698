"""The signed text of each certificate's code: made once and kept, so that copies carry the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from models.certificates.code_facts import CodeFacts, fitted
from models.certificates.code_text import written
from models.certificates.kinds import kinds
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.signing.guards import KeyGuard
from models.signing.keys import signer

_KEPT = """
SELECT s.certificate_id, s.text FROM json_each(?) AS wanted
CROSS JOIN certificate_seal AS s ON s.certificate_id = wanted.value ORDER BY s.rowid
"""
_CERTIFICATES = """
SELECT c.id, c.number, c.form, c.holder_name, c.holder_id_tail, c.holder_school, c.title, c.year,
    c.hours, c.issued_on, c.issuer, c.facts
FROM json_each(?) AS wanted CROSS JOIN certificate AS c ON c.id = wanted.value
"""
_COLUMNS = ("id", "certificate_id", "key_id", "text")
_REPORTED = 500


def seal_texts(
    office: Office,
    certificate_ids: Iterable[str],
    progress: Progress | None = None,
    guard: KeyGuard | None = None,
) -> dict[str, str]:
    """The text of the code of each certificate; what is not there yet is made and kept.

    Args:
        office: the office; its key is made at first use.
        certificate_ids: of certificates in its register.
        progress: told the certificates signed; may ask to stop, then nothing is kept.
        guard: how private keys are kept here.

    Returns:
        Certificate identity to text, in the order asked for.

    Raises:
        UserError: a certificate that is not in the register; the key is not on this computer.
        CancelledByUser: the person asked to stop.
        WorldError: a new key could not be written to the disk.
    """
    wanted = list(dict.fromkeys(certificate_ids))
    found = kept_texts(office, wanted)
    missing = [one for one in wanted if one not in found]
    if missing:
        found |= _make(office, missing, progress or Progress(), guard)
    return {one: found[one] for one in wanted}


def kept_texts(office: Office, certificate_ids: Sequence[str]) -> dict[str, str]:
    """The texts of the certificates that have one; needs no key and writes nothing."""
    rows = office.store.query(_KEPT, (json.dumps(list(certificate_ids)),))
    # The first seal holds: two offices' files that were merged may bring two.
    return {row["certificate_id"]: row["text"] for row in reversed(rows)}


def _make(
    office: Office, missing: Sequence[str], progress: Progress, guard: KeyGuard | None
) -> dict[str, str]:
    found = {
        row["id"]: dict(row)
        for row in office.store.query(_CERTIFICATES, (json.dumps(list(missing)),))
    }
    if len(found) < len(missing):
        raise UserError("certificate.unknown", "登记册中没有这本证书。", "请刷新列表。")
    key = signer(office, guard)
    texts: dict[str, str] = {}
    with office.store.operation("certificates.seal", f"生成验真码 {len(missing)} 个"):
        for place, one in enumerate(missing):
            if place % _REPORTED == 0:
                progress.step(place, len(missing), "签验真码")
            texts[one] = written(facts_of(found[one]), key.key_id, key.sign)
        office.store.insert(
            "certificate_seal",
            _COLUMNS,
            [(office.store.ids.new_id(), one, key.key_id, text) for one, text in texts.items()],
        )
    return texts


def facts_of(row: dict[str, Any]) -> CodeFacts:
    """What the code of a row of the register says."""
    said: dict[str, str] = json.loads(row["facts"]) if row["facts"] else {}
    return fitted(
        CodeFacts(
            number=row["number"],
            kind=kind_title(row["form"]),
            name=row["holder_name"],
            id_tail=row["holder_id_tail"] or "",
            school=row["holder_school"] or "",
            title=row["title"],
            year=row["year"],
            hours=row["hours"],
            issued_on=row["issued_on"],
            issuer=row["issuer"],
            level=said.get("level", ""),
            valid_to=said.get("valid_to", ""),
        )
    )


def kind_title(kind: str) -> str:
    """What a kind of certificate is called on paper."""
    known = kinds().get(kind)
    return known.title if known else kind
