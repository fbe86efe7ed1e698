"""What is demanded of schools and of the county: shares, ratios and reported figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from models.office.context import Office
from models.policies.records import Pack
from models.policies.requirements import Requirement, Target
from models.staff.institutions import institution_names
from models.verdicts import sums
from models.verdicts.conditions import condition
from models.verdicts.figures import figures_of
from models.verdicts.people import Person, people_on
from models.verdicts.periods import Period, day_of
from models.verdicts.questions import questions_of

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reached:
    """How far one school or the county is with one target.

    Attributes:
        target: the target as the pack says it.
        institution_id, name: whose; "" and 全县 for the county.
        whole, part: people, or reported figures; None where nothing was reported.
        value: percent, people for each of the part, or the figure; None where it cannot be told.
        met: whether it is reached; False where it cannot be told.
        lacking: how many more of the part would reach it; 0 if met or not to be told.
    """

    target: Target
    institution_id: str
    name: str
    whole: Decimal | None
    part: Decimal | None
    value: Decimal | None
    met: bool
    lacking: Decimal

    @property
    def told(self) -> bool:
        """Whether there is anything to judge by."""
        return self.value is not None


def targets_reached(
    office: Office, period: Period, pack: Pack, *, as_of: date | None = None
) -> list[Reached]:
    """How far everybody is with each target of a pack, target by target, schools by name.

    Targets of a year are worked out for the year of the day; those of a cycle over the period.
    """
    day = as_of or day_of(period, office.store.clock.today())
    judged = questions_of(pack, period, day, office.codes).people
    people = [one for one in people_on(office, day) if judged.holds(one)]
    schools = institution_names(office)
    measuring = _Measuring(office, period, pack, day, people, schools)
    return [reached for target in pack.targets for reached in measuring.reached(target)]


@dataclass
class _Measuring:
    office: Office
    period: Period
    pack: Pack
    day: date
    people: Sequence[Person]
    schools: Mapping[str, str]

    def reached(self, target: Target) -> list[Reached]:
        """The target for each school with people, or for the county."""
        if target.figure:
            return self._by_figure(target)
        whole = condition(target.whole, self.office.codes, self.day)
        counted = self._counted(target)
        groups: dict[str, list[Person]] = {} if target.unit == "school" else {"": []}
        for one in self.people:
            if whole.holds(one):
                key = (one.school_id or "") if target.unit == "school" else ""
                groups.setdefault(key, []).append(one)
        return [
            self._share(target, key, len(group), sum(one.id in counted for one in group))
            for key, group in sorted(groups.items(), key=lambda pair: self._name(pair[0], target))
        ]

    def _counted(self, target: Target) -> set[str]:
        """Whom the part is made of."""
        people = self.people
        if target.part is not None:
            part = condition(target.part, self.office.codes, self.day)
            people = [one for one in people if part.holds(one)]
        if target.hours is None:
            return {one.id for one in people}
        demand = Requirement(
            id=target.id, title=target.title, clause=target.clause, of=target.of,
            window=target.window, least=target.hours,
        )  # fmt: skip
        period = self.period if target.window == "cycle" else Period(self.day.year, self.day.year)
        asking = self.pack.model_copy(update={"requirements": (demand,), "exclusions": ()})
        (question,) = questions_of(asking, period, self.day, self.office.codes).asked
        totals = sums.over_years(self.office, [question], sums.Scope())
        reached = {teacher for teacher, row in totals.items() if row[0] >= question.least}
        return {one.id for one in people if one.id in reached}

    def _share(self, target: Target, key: str, whole: int, part: int) -> Reached:
        name = self._name(key, target)
        if target.per is not None:
            value = Decimal(whole) / part if part else None
            met = whole <= part * target.per
            lacking = max(0, -(-whole // target.per) - part)
            shown = None if value is None else value.quantize(_HUNDREDTH)
            return Reached(
                target, key, name, Decimal(whole), Decimal(part),
                Decimal(0) if shown is None and met else shown, met, Decimal(lacking),
            )  # fmt: skip
        return _percent(target, key, name, Decimal(whole), Decimal(part))

    def _by_figure(self, target: Target) -> list[Reached]:
        reported = {
            (one.institution_id, one.name): one.amount
            for one in figures_of(self.office, self.day.year)
        }
        keys = {one.school_id or "" for one in self.people} if target.unit == "school" else {""}
        found: list[Reached] = []
        for key in sorted(keys, key=lambda each: self._name(each, target)):
            name, part = self._name(key, target), reported.get((key, target.figure))
            if target.of_figure:
                whole = reported.get((key, target.of_figure))
                found.append(_percent(target, key, name, whole, part))
            else:
                least = target.least or Decimal(0)
                met = part is not None and part >= least
                lacking = Decimal(0) if part is None else max(Decimal(0), least - part)
                found.append(Reached(target, key, name, None, part, part, met, lacking))
        return found

    def _name(self, key: str, target: Target) -> str:
        if target.unit == "county":
            return "全县"
        return self.schools.get(key, "（无单位）")


def _percent(
    target: Target, key: str, name: str, whole: Decimal | None, part: Decimal | None
) -> Reached:
    least = target.least or Decimal(0)
    if not whole or part is None:
        return Reached(target, key, name, whole, part, None, met=False, lacking=Decimal(0))
    met = part * 100 >= least * whole
    needed = whole * least / 100
    lacking = Decimal(0) if met else needed - part
    if not target.figure:
        lacking = lacking.to_integral_value(ROUND_CEILING)
    value = (part * 100 / whole).quantize(_HUNDREDTH, ROUND_DOWN)
    return Reached(target, key, name, whole, part, value, met, lacking)
