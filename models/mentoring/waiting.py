"""What of the pairs waits for somebody: steps to be taken, proposals to be decided."""

from __future__ import annotations

from dataclasses import dataclass

from models.office.context import Office

_STEPS = """
SELECT COUNT(*) FROM pair AS p JOIN programme AS g ON g.id = p.programme_id
WHERE p.state IN ('applied', 'recommended') AND g.ended_on IS NULL
"""
_DECISIONS = "SELECT COUNT(*) FROM withdrawal_proposal WHERE decision IS NULL"


@dataclass(frozen=True, slots=True)
class PairsWaiting:
    """How many pairs are on their way, and how many proposals wait for a decision."""

    steps: int
    decisions: int


def pairs_waiting(office: Office) -> PairsWaiting:
    """What waits in programmes that run; proposals that were not applied for do not count."""
    return PairsWaiting(
        int(office.store.value(_STEPS) or 0), int(office.store.value(_DECISIONS) or 0)
    )
