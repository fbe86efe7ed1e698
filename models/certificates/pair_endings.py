"""Pairs that end before their time, and with them the agreements they had."""

from __future__ import annotations

from collections.abc import Sequence

from models.certificates.issuing import void
from models.certificates.pair_agreements import agreements_of
from models.mentoring import changes
from models.mentoring.pairs import these_pairs
from models.office.context import Office
from models.store.operations import Operation


def dissolve(office: Office, pair_ids: Sequence[str], reason: str, on: str = "") -> Operation:
    """End pairs and declare their agreements void, as one undoable step.

    Raises:
        UserError: as ``changes.dissolve``.
    """
    found = these_pairs(office, pair_ids)
    with office.store.operation("mentoring.dissolve", f"解除师徒 {len(found)} 对") as operation:
        changes.dissolve(office, pair_ids, reason, on)
        for one in agreements_of(office, found):
            void(office, one.id, f"师徒解除：{reason.strip()}")
    return operation


def change_mentor(
    office: Office, pair_id: str, mentor_id: str, reason: str, on: str = ""
) -> Operation:
    """Give a mentee another mentor; the agreement of the pair that ends is void, in the same step.

    Raises:
        UserError: as ``changes.change_mentor``.
    """
    found = these_pairs(office, [pair_id])
    title = f"{found[0].mentee}更换师傅"
    with office.store.operation("mentoring.change_mentor", title) as operation:
        changes.change_mentor(office, pair_id, mentor_id, reason, on)
        for one in agreements_of(office, found):
            void(office, one.id, f"更换师傅：{reason.strip()}")
    return operation
