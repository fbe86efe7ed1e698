"""The figures of a year that summaries ask for, of any group of teachers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from models.entities.display import HUNDREDTHS
from models.errors import UserError
from models.office.context import Office
from models.policies.cycles import cycle_of
from models.progress import Progress
from models.staff.institutions import institution_names
from models.stamping.listing import find_run
from models.training.statistics import course_sum
from models.uploads.facts import REPORTED
from models.uploads.levels import Levels
from models.verdicts.basis import pack_over
from models.verdicts.figures import figures_of
from models.verdicts.judging import judge
from models.verdicts.people import Person, people_on
from models.verdicts.periods import of_year

_ENTRIES = """
SELECT teacher_id, level, organizer, category, SUM(hours), SUM(COALESCE(credits, 0)),
    SUM(CASE kind WHEN 'reversal' THEN -1 ELSE 1 END)
FROM ledger_entry WHERE year = ? GROUP BY 1, 2, 3, 4
"""
_IN_POST = (None, "01")
"""Codes of ``teacher_status`` that count as in post; not recorded counts too."""
_LEVELS = {"10": "national", "20": "province", "30": "city", "40": "county", "60": "school"}
_ONLINE = "3"
"""Their code of 网络研修, which ``training_mode`` names as the external one."""
_TENTH = Decimal("0.1")
NOWHERE = "（未填）"


@dataclass(slots=True)
class _Sum:
    """What one teacher's year comes to, in hundredths."""

    hours: int = 0
    credits: int = 0
    entries: int = 0
    parts: dict[str, int] = field(default_factory=lambda: defaultdict[str, int](int))

    def add(self, other: _Sum) -> None:
        """Take another one's along."""
        self.hours += other.hours
        self.credits += other.credits
        self.entries += other.entries
        for name, amount in other.parts.items():
            self.parts[name] += amount


@dataclass(frozen=True)
class Figures:
    """The year's people, their sums, and who has met what the year asks.

    Attributes:
        year: the training year.
        people: everybody, as they were on its last day (or are today).
        sums: of everybody with entries.
        met: of everybody that is judged, whether everything is met; None where no rules ask
            anything.
        reported: owner ("" for the county) to name of a figure to its amount.
    """

    year: int
    people: Mapping[str, Person]
    sums: Mapping[str, _Sum]
    met: Mapping[str, bool] | None
    reported: Mapping[str, Mapping[str, Decimal]]

    def sums_of(self, ids: Iterable[str]) -> dict[str, object]:
        """The facts ``sum.…`` of some teachers together."""
        whole = _Sum()
        for one in ids:
            if one in self.sums:
                whole.add(self.sums[one])
        names = [*_LEVELS.values(), "online"]
        return {
            "sum.hours": _amount(whole.hours),
            "sum.credits": _amount(whole.credits),
            "sum.entries": whole.entries,
            **{f"sum.hours_{name}": _amount(whole.parts.get(name, 0)) for name in names},
        }

    def counts_of(self, ids: Iterable[str]) -> dict[str, object]:
        """The facts ``count.…`` and ``sum.…`` of some teachers."""
        chosen = [self.people[one] for one in ids if one in self.people]
        trained = [one for one in chosen if one.id in self.sums and self.sums[one.id].hours > 0]
        sums = self.sums_of(one.id for one in chosen)
        return {
            "count.teachers": len(chosen),
            "count.in_post": sum(one.status in _IN_POST for one in chosen),
            "count.schools": len({one.school_id for one in chosen if one.school_id}),
            "count.backbone": sum(bool(one.backbone) for one in chosen),
            "count.trained": len(trained),
            "count.trained_share": _share(len(trained), len(chosen)),
            "count.mean_hours": _mean(Decimal(str(sums["sum.hours"])), len(chosen)),
            **self._met(chosen),
            **sums,
        }

    def of_school(self, school_id: str) -> dict[str, object]:
        """The facts of the teachers of a school; none where it has neither people nor figures."""
        ids = [one.id for one in self.people.values() if one.school_id == school_id]
        reported = self.reported.get(school_id, {})
        if not ids and not reported:
            return {}
        return {**self.counts_of(ids), **_named(reported)}

    def groups(self, office: Office, by: str) -> list[tuple[str, str, dict[str, object]]]:
        """Code, name and facts of each group, in the order of its code table or by name.

        Raises:
            UserError: there is no such division.
        """
        divide = _DIVISIONS.get(by)
        if divide is None:
            raise UserError(
                "upload.group", f"不能按“{by}”分组。", f"可用：{'、'.join(_DIVISIONS)}。"
            )
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.people.values():
            found[divide(one) or ""].append(one.id)
        names = _names(office, by)
        order = {code: place for place, code in enumerate(names)}
        codes = sorted(found, key=lambda code: (not code, order.get(code, len(order)), code))
        return [
            (code, names.get(code, code or NOWHERE), self.counts_of(found[code])) for code in codes
        ]

    def whole(self, office: Office) -> dict[str, object]:
        """The facts of the whole office."""
        courses, run = course_sum(office, self.year), find_run(office, self.year)
        return {
            **self.counts_of(self.people),
            "count.courses": courses.courses,
            "count.course_people": courses.people,
            "count.stamped": run.stamped if run else None,
            **_named(self.reported.get("", {})),
        }

    def _met(self, chosen: list[Person]) -> dict[str, object]:
        if self.met is None:
            return {"count.met": None, "count.behind": None, "count.met_share": None}
        judged = [self.met[one.id] for one in chosen if one.id in self.met]
        return {
            "count.met": sum(judged),
            "count.behind": len(judged) - sum(judged),
            "count.met_share": _share(sum(judged), len(judged)),
        }


_DIVISIONS: dict[str, Callable[[Person], str | None]] = {
    "school": lambda one: one.school_id,
    "stage": lambda one: one.stage,
    "district": lambda one: one.district,
    "location": lambda one: one.location,
    "title": lambda one: one.title,
}


def figures_of_year(office: Office, year: int, progress: Progress | None = None) -> Figures:
    """The figures of a year.

    Raises:
        CancelledByUser: the person asked to stop.
    """
    steps = progress or Progress()
    day = min(date(year, 12, 31), office.store.clock.today())
    steps.step(0, None, "正在统计")
    reported: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for one in figures_of(office, year):
        reported[one.institution_id][one.name] = one.amount
    return Figures(
        year=year,
        people={one.id: one for one in people_on(office, day)},
        sums=_sums(office, year),
        met=_judged(office, year, steps),
        reported=reported,
    )


def _judged(office: Office, year: int, progress: Progress) -> dict[str, bool] | None:
    try:
        period = of_year(year, cycle_of(office, year))
        board = judge(office, period, pack_over(office, period), progress=progress)
    except UserError:
        return None  # no rules, or the year has not begun: the form's cells stay empty
    return {one.id: met for one, met in zip(board.people, board.met(), strict=True)}


def _sums(office: Office, year: int) -> dict[str, _Sum]:
    levels = Levels(office)
    online = {one.code for one in office.codes["training_mode"] if one.external == _ONLINE}
    found: dict[str, _Sum] = defaultdict(_Sum)
    for teacher, level, organizer, mode, hours, credits_, entries in office.store.tuples(
        _ENTRIES, (year,)
    ):
        one = found[teacher]
        one.hours += hours
        one.credits += credits_
        one.entries += entries
        part = _LEVELS.get(levels.of(level, organizer) or "")
        if part:
            one.parts[part] += hours
        if mode in online:
            one.parts["online"] += hours
    return found


def _names(office: Office, by: str) -> dict[str, str]:
    if by == "school":
        return institution_names(office)
    if by == "district":
        return {}
    return {one.code: one.name for one in office.codes[by]}


def _named(reported: Mapping[str, Decimal]) -> dict[str, object]:
    return {f"{REPORTED}{name}": amount for name, amount in reported.items()}


def _amount(hundredths: int) -> Decimal:
    return Decimal(hundredths) / HUNDREDTHS


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(100 * part) / whole).quantize(_TENTH) if whole else None


def _mean(amount: Decimal, people: int) -> Decimal | None:
    return (amount / people).quantize(_TENTH) if people else None
