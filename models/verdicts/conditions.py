"""Whether a requirement concerns a person: yes, no, or not to be told from what is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from models.codes.library import CodeTables
from models.policies.field_names import WHOM
from models.policies.requirements import Whom
from models.policies.wording import whom_codes
from models.verdicts.people import Person
from models.verdicts.periods import MONTHS, month_of

_SEVERAL = "subject"
"""The one fact of a person that holds several codes, joined by 、."""
TITLES = {**WHOM, "work_start": "参加工作时间"}
"""Facts of a person by name."""
_TOLD_WHEN_MISSING = frozenset({"stage", "track", "work_start", "location", "school_type"})
"""Facts everybody has; where one of the others is empty, the person has no such post or title."""


@dataclass(frozen=True)
class Condition:
    """A ``Whom`` ready to be asked of many people on one day."""

    codes: dict[str, frozenset[str]]
    flags: dict[str, bool]
    service: tuple[int | None, int | None]
    day: date
    _memory: dict[tuple[object, ...], tuple[bool, tuple[str, ...]]] = field(
        default_factory=dict[tuple[object, ...], tuple[bool, tuple[str, ...]]],
        init=False, repr=False, compare=False,
    )  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether there is any condition at all."""
        return bool(self.codes or self.flags or self.service != (None, None))

    def holds(self, one: Person) -> bool:
        """Whether every condition holds; what is not recorded does not."""
        return self.answer(one)[0]

    def answer(self, one: Person) -> tuple[bool, tuple[str, ...]]:
        """Whether it holds, and the missing facts without which that cannot be told for sure.

        Nothing is missing where another condition rules the person out anyway.
        """
        if not self.asks:
            return True, ()
        known = one[4:]  # everything but who it is and where
        found = self._memory.get(known)
        if found is None:
            found = self._memory[known] = self._answer(one)
        return found

    def _answer(self, one: Person) -> tuple[bool, tuple[str, ...]]:
        missing: list[str] = []
        for name, codes in self.codes.items():
            fact = "status" if name == "not_status" else name
            value = getattr(one, fact)
            if value is None:
                if name == "not_status":
                    continue  # who has no state recorded has not left
                missing.append(fact)
            elif _among(fact, value, codes) == (name == "not_status"):
                return False, ()
        for name, wanted in self.flags.items():
            if bool(getattr(one, name)) is not wanted:
                return False, ()
        served = _full_years(one.work_start, self.day)
        if self.service != (None, None):
            if served is None:
                missing.append("work_start")
            elif not _within(served, self.service):
                return False, ()
        told = tuple(name for name in missing if name in _TOLD_WHEN_MISSING)
        # a post or title that is not recorded is none: no question, but no either
        return not missing, told if len(told) == len(missing) else ()


def condition(whom: Whom, codes: CodeTables, day: date) -> Condition:
    """The condition of a ``Whom``, with its words as codes."""
    flags = {
        name: value
        for name in ("is_head", "special_post")
        if (value := getattr(whom, name)) is not None
    }
    service = (whom.service_from, whom.service_below)
    return Condition(whom_codes(whom, codes), flags, service, day)


def _among(fact: str, value: str, codes: frozenset[str]) -> bool:
    if fact == _SEVERAL:
        return not codes.isdisjoint(value.split("、"))
    return value in codes


def _within(served: int, bounds: tuple[int | None, int | None]) -> bool:
    least, below = bounds
    return (least is None or served >= least) and (below is None or served < below)


def _full_years(work_start: str | None, day: date) -> int | None:
    """Full years from the month of starting work to the day's month."""
    start = month_of(work_start)
    if start is None:
        return None
    return (day.year * MONTHS + day.month - 1 - start.number) // MONTHS
