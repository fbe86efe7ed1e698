"""How many hours of the running cycle a teacher has, and how many the rules ask of everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import Cycle, cycle_of
from models.policies.rules import rules_on
from models.training.sums import Total, totals
from ui.desktop.widgets.detail_card import Meter


@dataclass(frozen=True, slots=True)
class CycleHours:
    """The running cycle and the hours it asks of everybody."""

    cycle: Cycle
    needed: Decimal

    def words(self, total: Total) -> str:
        """The hours so far against the hours needed: 286 / 360."""
        return f"{plain_decimal(total.hours)} / {plain_decimal(self.needed)}"

    def reached(self, total: Total) -> bool:
        """Whether the sum is reached; single requirements are judged elsewhere."""
        return total.hours >= self.needed


def cycle_now(office: Office) -> CycleHours | None:
    """The cycle of today by the rules in force; None where the region has no rules."""
    today = office.store.clock.today()
    try:
        rule = rules_on(office, today).cycle
    except UserError:
        return None
    return CycleHours(cycle_of(office, today.year), Decimal(rule.hours))


def sums_of(office: Office, teacher_ids: Sequence[str], hours: CycleHours) -> dict[str, Total]:
    """The sums of those teachers over the cycle; who has no entry has a sum of nothing."""
    found = totals(office, teacher_ids, hours.cycle)
    return {one: found.get(one, Total()) for one in teacher_ids}


def meters_of(office: Office, teacher_id: str) -> tuple[str, list[Meter]]:
    """The heading and the bars of a teacher's card; "" and none where there are no rules."""
    hours = cycle_now(office)
    if hours is None:
        return "", []
    total = sums_of(office, [teacher_id], hours)[teacher_id]
    yearly = hours.needed / (hours.cycle.last - hours.cycle.first + 1)
    meters = [Meter("周期合计", hours.words(total), _share(total.hours, hours.needed))]
    meters += [
        Meter(f"{year} 年", plain_decimal(amount), _share(amount, yearly))
        for year, amount in sorted(total.hours_by_year.items())
    ]
    return f"{hours.cycle.first}—{hours.cycle.last} 周期学时", meters


def _share(amount: Decimal, whole: Decimal) -> float:
    return float(min(max(amount / whole, Decimal(0)), Decimal(1))) if whole else 0.0
