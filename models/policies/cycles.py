"""Training cycles: which years count together (五年一周期)."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.policies.records import CycleRule
from models.policies.rules import rules_of_year, rules_on


@dataclass(frozen=True, slots=True)
class Cycle:
    """The years of one training cycle, both ends included."""

    first: int
    last: int

    @property
    def label(self) -> str:
        """As written on papers: 2021-2025."""
        return f"{self.first}-{self.last}"

    def __contains__(self, year: object) -> bool:
        """Whether a year lies in the cycle."""
        return isinstance(year, int) and self.first <= year <= self.last


def cycle_by(rule: CycleRule, year: int) -> Cycle:
    """The cycle a year lies in; cycles follow each other from the rule's first year."""
    first = rule.first_year + (year - rule.first_year) // rule.years * rule.years
    return Cycle(first, first + rule.years - 1)


def cycle_of(office: Office, year: int) -> Cycle:
    """The cycle a year lies in by the rules in force at its end.

    A year before any rule is counted back from the rules of today.
    """
    try:
        rules = rules_of_year(office, year)
    except UserError:
        rules = rules_on(office, office.store.clock.today())
    return cycle_by(rules.cycle, year)


def read_cycle(text: str) -> Cycle:
    """A cycle as a person types it: ``2021-2025``.

    Raises:
        UserError: not two years, or the last before the first.
    """
    first, _, last = (
        text.strip().replace("—", "-").replace("–", "-").replace("－", "-").partition("-")
    )
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4):
        raise UserError("policy.cycle", f"周期“{text}”看不懂。", "请写成 2021-2025。")
    if int(last) < int(first):
        raise UserError("policy.cycle", f"周期“{text}”的首尾颠倒了。", "请写成 2021-2025。")
    return Cycle(int(first), int(last))
