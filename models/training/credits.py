"""Credits of a training by the rules of its year: exact, with the ratio that was used."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.policies.arithmetic import conversion_of, credits_for
from models.policies.records import Conversion, Rules
from models.policies.rules import rules_of_year


class CreditRules:
    """The ratios of each year, by what kind of training it is; looked up once for each."""

    def __init__(self, office: Office) -> None:
        """Look rules up in this office."""
        self._office = office
        self._rules: dict[int, Rules | None] = {}
        self._found: dict[tuple[int, str | None, str | None], Conversion | None] = {}

    def of(
        self, year: int, hours: Decimal, mode: str | None = None, theme: str | None = None
    ) -> tuple[Decimal | None, str | None]:
        """Credits and the ratio used (``10:1``), both None for a year that has no rule.

        Args:
            year: the training year.
            hours: the hours.
            mode: 培训形式, as a code.
            theme: 项目类别, as a code.
        """
        key = (year, mode, theme)
        if key not in self._found:
            self._found[key] = self._rule(*key)
        rule = self._found[key]
        if rule is None:
            return None, None
        return credits_for(rule, hours), f"{rule.hours}:{rule.credits}"

    def _rule(self, year: int, mode: str | None, theme: str | None) -> Conversion | None:
        if year not in self._rules:
            try:
                self._rules[year] = rules_of_year(self._office, year)
            except UserError:
                self._rules[year] = None
        rules = self._rules[year]
        return None if rules is None else conversion_of(rules, self._office.codes, mode, theme)


def course_credits(office: Office, course: Mapping[str, Any]) -> tuple[Decimal | None, str | None]:
    """Credits of a course and the ratio used: its own (without a ratio), else by the rules."""
    own = course["credits"]
    return (
        (own, None)
        if own is not None
        else CreditRules(office).of(
            course["year"], course["hours"], course["category"], course["theme"]
        )
    )
