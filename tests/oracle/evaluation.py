"""Working it out, one person, one demand, one line of the ledger at a time.

How a demand is read stands in docs/decisions/0006; this is that page in plain Python. Nothing here
imports the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from tests.oracle.county import County, Course, CourseResult, Entry, Leave, Person, Steps

LEFT = ("退休", "调出", "辞职", "开除", "去世")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """Amounts in hundredths of ``unit``; those of a demand that does not apply mean nothing."""

    applies: bool
    required: int = 0
    achieved: int = 0
    met: bool = False


@dataclass(frozen=True)
class Case:
    """A person on the day of the verdict, and all that is known of the county."""

    county: County
    place: int
    day: date
    as_of: date | None
    first: int
    last: int
    cycle: tuple[int, int] | None

    @property
    def person(self) -> Person:
        return self.county.people[self.place]

    @property
    def post(self) -> object:
        return on(self.person.posts, self.day)

    @property
    def status(self) -> object:
        return on(self.person.statuses, self.day)

    @property
    def stage(self) -> object:
        return on(self.person.stages, self.day)

    @property
    def backbone(self) -> object:
        return on(self.person.backbones, self.day)

    @property
    def is_head(self) -> bool:
        flag = on(self.person.heads, self.day)
        return self.post == "班主任" if flag is None else bool(flag)

    @property
    def track(self) -> str | None:
        place = on(self.person.schools, self.day)
        of_school = None if place is None else self.county.schools[place].track
        return self.person.track or of_school

    @property
    def start(self) -> date | None:
        """The first day of the month of starting work; January where only the year is known."""
        text = self.person.work_start
        if text is None:
            return None
        return date(int(text[:4]), int(text[5:7]) if len(text) > 4 else 1, 1)

    @property
    def served(self) -> int | None:
        """Full years of service on the day."""
        if self.start is None:
            return None
        years = self.day.year - self.start.year
        return years - (self.start.month > self.day.month)

    @property
    def single(self) -> bool:
        return self.first == self.last

    @property
    def entries(self) -> Iterator[Entry]:
        """The lines that had come about by the day the verdict is of."""
        lines = self.county.entries[self.place] if self.county.entries else ()
        for line in lines:
            if self.as_of is None or had_come(line, self.as_of):
                yield line

    def sign(self, line: Entry) -> int:
        return -1 if line.kind == "冲销" else 1

    def first_kind(self, line: Entry) -> str:
        """The kind of what a reversal takes back."""
        if line.kind != "冲销":
            return line.kind
        assert line.reverses is not None
        return self.county.entries[self.place][line.reverses].kind


@dataclass(frozen=True)
class Rule:
    """A demand in Python.

    ``window``: cycle, year, term, probation, post. ``whom`` and ``counts`` look at a case, and at a
    line of it. ``terms``: first and last months. ``measure``: hours, credits, count, courses.
    ``least``: hundredths. ``relief``: the kinds of leave that lessen it; ``joiners``: whether a
    late start does.
    """

    id: str
    window: str
    least: int
    whom: Callable[[Case], bool] = lambda case: True
    counts: Callable[[Case, Entry], bool] = lambda case, line: True
    measure: str = "hours"
    months: int = 12
    relief: tuple[str, ...] = ()
    joiners: bool = False
    terms: tuple[tuple[int, int], ...] = ((1, 6), (7, 12))
    due: Callable[[Case, Course, CourseResult | None], bool] | None = None


Verdicts = dict[str, dict[str, Answer]]
"""Teacher number to demand to answer."""


def evaluate(
    county: County,
    rules: Iterable[Rule],
    years: tuple[int, int],
    *,
    cycle: tuple[int, int] | None = None,
    as_of: date | None = None,
) -> Verdicts:
    """What the oracle thinks of everybody.

    ``cycle``: the cycle that a single year lies in; None where the years are looked at as a whole.
    """
    day = as_of or min(date(years[1], 12, 31), county.today)
    found: Verdicts = {}
    for place, person in enumerate(county.people):
        case = Case(county, place, day, as_of, *years, cycle)
        if case.status in LEFT or (case.start is not None and case.start > day):
            continue
        found[person.no] = {
            rule.id: answer(rule, case) for rule in rules if falls_due(rule, years, cycle)
        }
    return found


def falls_due(rule: Rule, years: tuple[int, int], cycle: tuple[int, int] | None) -> bool:
    """A verdict over one year asks a cycle's demands only in its last year."""
    return rule.window != "cycle" or cycle is None or cycle[1] == years[1]


def answer(rule: Rule, case: Case) -> Answer:
    if not rule.whom(case):
        return Answer(applies=False)
    if rule.measure == "courses":
        return courses(rule, case)
    match rule.window:
        case "cycle":
            first, last = case.cycle or (case.first, case.last)
            return whole(rule, case, first, last)
        case "year" if case.single:
            if case.start is not None and case.start.year > case.first:
                return Answer(applies=False)
            return whole(rule, case, case.first, case.last)
        case "year":
            return by_years(rule, case)
        case "term":
            return by_terms(rule, case)
        case "probation":
            return within(rule, case, case.start)
        case "post":
            return within(rule, case, since(case.person.posts, case.day))
    raise AssertionError(rule.window)


def whole(rule: Rule, case: Case, first: int, last: int) -> Answer:
    """A demand over whole years, as one sum."""
    required = owed(rule, case, first, last)
    achieved = sum(
        amount(rule, case, line)
        for line in case.entries
        if first <= line.year <= last and line.year <= case.day.year
    )
    return of(required, achieved)


def by_years(rule: Rule, case: Case) -> Answer:
    """Over several years the years that reach it are counted."""
    asked = reached = 0
    for year in range(case.first, min(case.last, case.day.year) + 1):
        if case.start is not None and year < case.start.year:
            continue
        share = owed(rule, case, year, year)
        if not share:
            continue
        asked += 1
        got = sum(amount(rule, case, line) for line in case.entries if line.year == year)
        reached += got >= share
    return of(100 * asked, 100 * reached)


def by_terms(rule: Rule, case: Case) -> Answer:
    """Term by term, each from a first to a last month; a line without a day is in none."""
    asked = reached = 0
    for year in range(case.first, case.last + 1):
        for months in (range(first, last + 1) for first, last in rule.terms):
            if date(year, months[0], 1) > case.day:  # not begun
                continue
            if case.start is not None and case.start > last_of(year, months[-1]):
                continue
            asked += 1
            got = sum(
                amount(rule, case, line)
                for line in case.entries
                if line.start is not None and line.start.year == year and line.start.month in months
            )
            reached += got >= rule.least
    return of(100 * asked, 100 * reached)


def within(rule: Rule, case: Case, begun: date | None) -> Answer:
    """The months from a day on that belong to this person alone."""
    if begun is None:
        return Answer(applies=False)
    end = months_later(begun, rule.months) - DAY
    falls = end.year == case.first if case.single else case.first <= begun.year <= case.last
    if not falls:
        return Answer(applies=False)
    achieved = 0
    for line in case.entries:
        inside = begun.year <= line.year <= end.year
        if line.start is not None:
            inside = begun <= line.start <= end
        if inside:
            achieved += amount(rule, case, line)
    return of(rule.least, achieved)


def courses(rule: Rule, case: Case) -> Answer:
    """Compulsory courses: those due and those passed."""
    assert rule.due is not None
    due = passed = 0
    over = case.cycle if rule.window == "cycle" and case.cycle else (case.first, case.last)
    for place, course in enumerate(case.county.courses):
        if not over[0] <= course.year <= min(over[1], case.day.year):
            continue
        if case.start is not None and course.year < case.start.year:
            continue
        if course.approval != "approved":
            continue
        mine = [
            one
            for one in case.county.results
            if (one.person, one.course) == (case.place, place) and one.state in (None, "approved")
        ]
        if rule.due(case, course, mine[0] if mine else None):
            due += 1
            passed += bool(mine and mine[0].result == "passed")
    return of(100 * due, 100 * passed)


def of(required: int, achieved: int) -> Answer:
    if required <= 0:
        return Answer(applies=False)
    return Answer(True, required, achieved, achieved >= required)


def amount(rule: Rule, case: Case, line: Entry) -> int:
    """What a line brings, in hundredths."""
    if not rule.counts(case, line):
        return 0
    if rule.measure == "hours":
        return line.hours
    if rule.measure == "credits":
        return line.credits or 0
    return 100 * case.sign(line)


def owed(rule: Rule, case: Case, first: int, last: int) -> int:
    """The share of the months that count, in hundredths, rounded up."""
    months = [(year, month) for year in range(first, last + 1) for month in range(1, 13)]
    left = list(months)
    if rule.joiners and case.start is not None:
        left = [one for one in left if date(*one, 1) >= case.start]
    for leave in case.person.leaves:
        if leave.approved and leave.ground in rule.relief:
            left = [one for one in left if not away(leave, one)]
    return ceil(Fraction(rule.least * len(left), len(months)))


def away(leave: Leave, month: tuple[int, int]) -> bool:
    return leave.first <= date(*month, 1) and last_of(*month) <= leave.last


def had_come(line: Entry, day: date) -> bool:
    """Whether a training had ended by a day: an earlier year's had; without a day, its posting."""
    if line.year < day.year:
        return True
    ended = line.end or line.start
    if ended is not None:
        return ended <= day
    return line.posted <= day or (day.month, day.day) == (12, 31)


def on(steps: Steps, day: date) -> object:
    """What held on a day."""
    held = None
    for begun, value in steps:
        if begun is None or begun <= day:
            held = value
    return held


def since(steps: Steps, day: date) -> date | None:
    """The day from which on what held on a day had held, where it is recorded."""
    held = None
    for begun, _ in steps:
        if begun is None or begun <= day:
            held = begun
    return held


def last_of(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - DAY


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the first of the next month where there is none."""
    number = day.year * 12 + day.month - 1 + months
    try:
        return date(number // 12, number % 12 + 1, day.day)
    except ValueError:
        return date((number + 1) // 12, (number + 1) % 12 + 1, 1)
