"""Judging everybody: the requirements of a pack over a period, in a handful of grouped scans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.errors import UserError
from models.office.context import Office
from models.policies.records import Pack
from models.progress import Progress
from models.verdicts import sums
from models.verdicts.board import Board, Column
from models.verdicts.columns import (
    Leaves,
    Yearly,
    given_column,
    lessened,
    parts_column,
    total_column,
    years_column,
)
from models.verdicts.courses import courses_due
from models.verdicts.exemptions import approved_leave
from models.verdicts.people import Crowd, Person, people_on, post_starts
from models.verdicts.periods import Period, day_of, month_of
from models.verdicts.questions import Question, Questions, questions_of
from models.verdicts.windows import asked_terms, post_windows, probation_windows

_LABEL = "正在核算"


def judge(
    office: Office,
    period: Period,
    pack: Pack,
    *,
    as_of: date | None = None,
    ids: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Board:
    """The verdicts of everybody (or of some) by a pack over a period.

    Args:
        office: the office.
        period: a cycle, or a year of one.
        pack: with everything it is based on (``policies.library.pack_named``).
        as_of: as things stood on that day: people as they were, trainings that had ended; the
            period's last day or today where left out.
        ids: only these teachers.
        progress: told of each requirement; may cancel.

    Raises:
        UserError: the period has not begun on that day.
    """
    day = as_of or day_of(period, office.store.clock.today())
    if day < date(period.first, 1, 1):
        raise UserError(
            "verdicts.not_yet",
            f"{period.label} 年在 {day.isoformat()} 还没有开始。",
            "请核对周期、年度和日期。",
        )
    questions = questions_of(pack, period, day, office.codes)
    people = judged_people(office, questions, ids)
    judging = _Judging(office, questions, people, sums.Scope(ids, as_of))
    steps = progress or Progress()
    columns: dict[str, Column] = {}
    for group in _together(questions.asked):
        columns |= {column.id: column for column in judging.columns(group)}
        steps.step(len(columns), len(questions.asked), _LABEL)
    return Board(questions, people.people, tuple(columns[one.demand.id] for one in questions.asked))


def judged_people(office: Office, questions: Questions, ids: Sequence[str] | None = None) -> Crowd:
    """Everybody (or some) whom the pack judges, as they are on the day.

    Who starts work only after that day is not judged.
    """
    found = Crowd(people_on(office, questions.day, ids))
    day = questions.day.isoformat()
    judged = found.each(lambda one: questions.people.holds(one) and _at_work(one, day))
    if all(judged):
        return found
    return Crowd([one for one, yes in zip(found, judged, strict=True) if yes])


def _at_work(one: Person, day: str) -> bool:
    start = month_of(one.work_start)
    return start is None or start.first_day <= day


def _together(asked: Sequence[Question]) -> list[list[Question]]:
    """The questions that one scan can answer together; the others each alone."""
    groups: dict[tuple[object, ...], list[Question]] = {}
    for one in asked:
        key: tuple[object, ...] = (one.first, one.last) if one.over_years else (one.demand.id,)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


@dataclass
class _Judging:
    """One run over one period."""

    office: Office
    questions: Questions
    people: Crowd
    scope: sums.Scope

    def columns(self, asked: Sequence[Question]) -> list[Column]:
        """The answers to questions that belong together."""
        one = asked[0]
        if one.over_years:
            return self._over_years(asked)
        if one.demand.measure == "courses":
            due = courses_due(self.office, one, self.people, self.scope.ids)
            return [given_column(one, self.people, due.required, due.passed)]
        return [self._terms(one) if one.demand.window == "term" else self._windows(one)]

    @cached_property
    def leaves(self) -> Leaves:
        """The approved leave over all the years looked at."""
        years = [year for one in self.questions.asked for year in (one.first, one.full_last)]
        return approved_leave(self.office, (min(years), max(years)), self.scope.ids)

    def _over_years(self, asked: Sequence[Question]) -> list[Column]:
        totals = sums.over_years(self.office, asked, self.scope)
        nothing = (*[0] * len(asked), "")
        rows = [totals.get(one.id, nothing) for one in self.people]
        columns = zip(*rows, strict=True) if rows else [()] * len(asked)
        return [self._column(one, found) for one, found in zip(asked, columns, strict=False)]

    def _column(self, one: Question, found: Sequence[int]) -> Column:
        if not one.by_parts:
            return total_column(one, self.people, found, self.leaves)
        special = lessened(one, self.people, self.leaves)
        ids = [self.people[place].id for place in special]
        return years_column(one, self.people, found, special, self._yearly(one, ids))

    def _yearly(self, one: Question, ids: Sequence[str]) -> Yearly:
        if not ids:
            return {}
        found = sums.year_by_year(self.office, [one], sums.Scope(ids, self.scope.cut))
        return {
            teacher: {year: amounts[0] for year, amounts in years.items()}
            for teacher, years in found.items()
        }

    def _terms(self, one: Question) -> Column:
        starts = self.questions.terms.first_months
        last = self.questions.last_day(one)
        asked = self.people.each(lambda person: asked_terms(one, person, starts, last))
        amounts = sums.term_by_term(self.office, one, starts, self.scope)
        return parts_column(one, self.people, amounts, asked)

    def _windows(self, one: Question) -> Column:
        period = self.questions.period
        if one.demand.window == "post":
            starts = post_starts(self.office, self.questions.day, self.scope.ids)
            windows, unknown = post_windows(one, self.people, period, starts)
        else:
            windows, unknown = probation_windows(one, self.people, period)
        achieved = sums.within_windows(self.office, one, windows, self.scope)
        required = {window.teacher_id: one.least for window in windows}
        return given_column(one, self.people, required, achieved, unknown)
