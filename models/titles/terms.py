"""Which title counts from when to when: pure, from grants as they are kept.

A grant holds from its day until the day after its term, or until the day it was ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

STATE_NAMES = {
    "coming": "未到生效日",
    "valid": "有效",
    "lapsed": "任期已满",
    "withdrawn": "已取消",
    "left": "离任终止",
    "mistaken": "登记有误",
}
"""The states of a grant on a day."""


@dataclass(frozen=True, slots=True)
class Span:
    """A code of 骨干级别 from a day (None: unknown) until before another (None: still).

    ``place`` orders titles: the lower the higher.
    """

    code: str
    place: tuple[int, int]
    starts_on: str | None
    until: str | None

    def covers(self, day: str) -> bool:
        """Whether it holds on a day."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.until is None or day < self.until)


def until(ends_on: str | None, ended_on: str | None, ended_how: str | None) -> str | None:
    """The first day on which a grant does not hold any more; None for no such day."""
    days = [ended_on] if ended_on else []
    if ends_on:
        days.append((date.fromisoformat(ends_on) + timedelta(days=1)).isoformat())
    return "" if ended_how == "mistaken" else min(days, default=None)


def state_on(
    day: str, granted_on: str | None, ends: tuple[str | None, str | None, str | None]
) -> str:
    """The state of a grant on a day; ``ends`` as ``until`` takes them."""
    ends_on, ended_on, ended_how = ends
    if ended_how and (ended_how == "mistaken" or (ended_on or "") <= day):
        return ended_how
    if granted_on and granted_on > day:
        return "coming"
    return "lapsed" if ends_on and ends_on < day else "valid"


def end_of_term(granted_on: str, years: int) -> str | None:
    """The last day of a term of so many years; None for a title without term."""
    if not years:
        return None
    start = date.fromisoformat(granted_on)
    try:
        end = start.replace(year=start.year + years)
    except ValueError:  # granted on 29 February
        end = date(start.year + years, 3, 1)
    return (end - timedelta(days=1)).isoformat()


def highest(spans: Iterable[Span], day: str) -> str | None:
    """The code of the highest title that holds on a day."""
    held = [one for one in spans if one.covers(day)]
    return min(held, key=lambda one: (one.place, one.code)).code if held else None


def timeline(spans: Sequence[Span], today: str) -> list[Span]:
    """The highest title through the days, as spans that follow each other without overlap.

    What ends after today has no end yet, and what has not begun is left out: a period says what
    held, not what will be. Before the first title, and between titles, stands the code "".
    """
    held = [one for one in spans if one.until != "" and (one.starts_on or "") <= today]
    if not held:
        return []
    edges = sorted({one.starts_on or "" for one in held} | {one.until or "" for one in held})
    days = [""] + [edge for edge in edges if edge and edge <= today]
    found: list[Span] = []
    for number, day in enumerate(days):
        code = highest(held, day or "0")
        if found and found[-1].code == (code or ""):
            continue
        if found:
            found[-1] = Span(found[-1].code, (0, 0), found[-1].starts_on, day)
        found.append(Span(code or "", (0, 0), None if number == 0 else day, None))
    return found
