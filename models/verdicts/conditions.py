"""Whether a requirement concerns a person: yes, no, or not to be told from what is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
        answers = [*self._codes(one), *self._flags(one), *self._service(one)]
        if any(answer is False for answer in answers):
            return False, ()
        missing = [answer for answer in answers if isinstance(answer, str)]
        # a post or title that is not recorded is none: no question, but no either
        told = tuple(name for name in missing if name in _TOLD_WHEN_MISSING)
        return not missing, told if len(told) == len(missing) else ()

    def _codes(self, one: Person) -> Iterator[bool | str]:
        """For each condition by code whether it holds, or the fact that is missing."""
        for name, codes in self.codes.items():
            if name == "not_status":  # who has no state recorded has not left
                yield one.status is None or one.status not in codes
                continue
            value = getattr(one, name)
            yield name if value is None else _among(name, value, codes)

    def _flags(self, one: Person) -> Iterator[bool]:
        return (bool(getattr(one, name)) is wanted for name, wanted in self.flags.items())

    def _service(self, one: Person) -> Iterator[bool | str]:
        if self.service != (None, None):
            served = _full_years(one.work_start, self.day)
            yield "work_start" if served is None else _within(served, self.service)


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
