"""How many hours an activity brings to whom: pure, from its kind and what was noted."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from models.teams.kinds import ActivityKind, Part

_CENT = Decimal("0.01")


def credited(
    kind: ActivityKind,
    part: Part,
    measure: tuple[Decimal | None, int | None],
    own: Decimal | None = None,
) -> Decimal:
    """The hours somebody gets for an activity.

    Args:
        kind: of the activity.
        part: trainer or participant.
        measure: the hours and the amount of the activity.
        own: hours noted for this person; they go before what follows from the activity.

    >>> from models.teams.kinds import team_rules
    >>> credited(team_rules().activity("lecture"), "trainer", (Decimal(3), None))
    Decimal('6.00')
    """
    if own is not None:
        return own
    hours, amount = measure
    base = (hours if kind.counts == "hours" else amount) or 0
    return (Decimal(base) * kind.rate(part)).quantize(_CENT, ROUND_HALF_UP)
