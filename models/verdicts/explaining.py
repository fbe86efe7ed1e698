"""One teacher's verdict with its arithmetic: which entries count, which do not, and why.

Goes through the entries one by one and shares nothing with the grouped sums but the description of
what is asked; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths
from models.errors import UserError
from models.office.context import Office
from models.policies.records import Pack
from models.verdicts.board import Board, Result
from models.verdicts.columns import owed_by_year
from models.verdicts.conditions import TITLES
from models.verdicts.courses import due_courses, passed_by
from models.verdicts.exemptions import approved_leave
from models.verdicts.judging import judge
from models.verdicts.people import Crowd, Person, post_starts
from models.verdicts.periods import Period
from models.verdicts.questions import Question
from models.verdicts.sums import Window, term_of
from models.verdicts.weighing import (
    Placing,
    Weighed,
    entries_of,
    in_terms,
    in_window,
    in_years,
    weigh,
)
from models.verdicts.windows import asked_terms, post_windows, probation_windows


@dataclass(frozen=True, slots=True)
class Part:
    """One year or term of a requirement that is judged part by part."""

    label: str
    required: Decimal
    achieved: Decimal
    met: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """One requirement of one teacher, with all that was weighed.

    Attributes:
        result: the figures, as the entries give them.
        title, clause, quote, document: where the demand stands.
        parts: the years or terms, where they are judged one by one.
        counted, not_counted: the entries.
        open_because: why it cannot be told whether it applies; "" otherwise.
    """

    result: Result
    title: str
    clause: str
    quote: str
    document: str
    parts: tuple[Part, ...] = ()
    counted: tuple[Weighed, ...] = ()
    not_counted: tuple[Weighed, ...] = ()
    open_because: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A teacher's verdict over a period by a pack.

    Attributes:
        person: who, as on the day.
        period, pack, day: over what, by what, as of when.
        requirements: one for each that is due, in the pack's order.
    """

    person: Person
    period: Period
    pack: Pack
    day: date
    requirements: tuple[Explained, ...]

    @property
    def teacher_no(self) -> str:
        """Whose verdict, by number."""
        return self.person.teacher_no

    @property
    def met(self) -> bool:
        """Whether everything that applies is met."""
        return all(one.result.met for one in self.requirements if one.result.applies)


def explain(
    office: Office, teacher_id: str, period: Period, pack: Pack, *, as_of: date | None = None
) -> Verdict:
    """One teacher's verdict with every entry weighed.

    Raises:
        UserError: there is no such teacher, or the pack does not judge them.
    """
    board = judge(office, period, pack, as_of=as_of, ids=[teacher_id])
    if not board.people:
        raise _not_judged(office, teacher_id)
    weighing = _Weighing(office, board, entries_of(office, teacher_id), as_of)
    pairs = zip(board.questions.asked, board.row(0).results, strict=True)
    explained = tuple(weighing.explained(one, result) for one, result in pairs)
    return Verdict(board.people[0], period, pack, board.questions.day, explained)


def _not_judged(office: Office, teacher_id: str) -> UserError:
    name = office.store.value("SELECT name FROM teacher WHERE id = ?", (teacher_id,))
    if name is None:
        return UserError("verdicts.no_teacher", "这名教师已不在名册中。", "请刷新列表。")
    return UserError(
        "verdicts.not_judged",
        f"{name}当时不在考核之列（还没有参加工作，或已退休、调出等）。",
        "请核对参加工作时间和岗位状态，或换一个日期。",
    )


@dataclass
class _Weighing:
    """The entries of one teacher under each requirement in turn."""

    office: Office
    board: Board
    entries: Sequence[Mapping[str, Any]]
    cut: date | None

    def explained(self, one: Question, result: Result) -> Explained:
        """One requirement with what was weighed."""
        demand = one.demand
        column = next(each for each in self.board.columns if each.id == demand.id)
        stands = (demand.title, demand.clause, demand.quote, demand.document)
        if not result.applies:
            missing = [TITLES[fact] for fact in column.unknown.get(0, ())]
            if demand.window == "post" and one.whom.holds(self._person):
                missing += self._post_unknown()
            told = f"没有登记{'、'.join(missing)}" if missing else ""
            return Explained(result, *stands, open_because=told)
        weighed = self._courses(one) if demand.measure == "courses" else self._weighed(one)
        parts = self._parts(one, weighed)
        achieved = (
            Decimal(sum(part.met for part in parts))
            if one.by_parts
            else sum((each.amount for each in weighed), Decimal(0))
        )
        again = Result(
            id=demand.id,
            applies=True,
            required=result.required,
            achieved=achieved,
            unit=one.unit,
            met=achieved >= result.required,
        )
        return Explained(
            again,
            *stands,
            parts=parts,
            counted=tuple(each for each in weighed if each.amount),
            not_counted=tuple(each for each in weighed if not each.amount and each.reason),
        )

    def _post_unknown(self) -> list[str]:
        """That nobody recorded since when the person holds the post, if so."""
        starts = post_starts(self.office, self.board.questions.day, [self._person.id])
        return [] if (self._person.id, self._person.post) in starts else ["任现职务的起始日期"]

    @property
    def _person(self) -> Person:
        return self.board.people[0]

    def _weighed(self, one: Question) -> list[Weighed]:
        placing = self._placing(one)
        return [weigh(one, entry, placing, self.cut, self.office.codes) for entry in self.entries]

    def _placing(self, one: Question) -> Placing:
        match one.demand.window:
            case "term":
                return in_terms(one)
            case "probation" | "post":
                return in_window(self._window(one))
            case _:
                return in_years(one)

    def _window(self, one: Question) -> Window:
        people, questions = Crowd(self.board.people), self.board.questions
        if one.demand.window == "probation":
            return probation_windows(one, people, questions.period)[0][0]
        starts = post_starts(self.office, questions.day, [self._person.id])
        return post_windows(one, people, questions.period, starts)[0][0]

    def _courses(self, one: Question) -> list[Weighed]:
        courses = due_courses(self.office, one)
        taken = passed_by(self.office, courses, [self._person.id])
        found: list[Weighed] = []
        for course in courses:
            mine = taken.get(course.id, {}).get(self._person.id)
            if not course.due_from(self._person, enrolled=mine is not None):
                continue
            reason = "" if mine else "没有报名" if mine is None else "没有合格"
            amount = Decimal(1 if mine else 0)
            found.append(
                Weighed(
                    course.id, course.year, course.title, "", "", "", Decimal(0), amount, reason
                )
            )
        return found

    def _parts(self, one: Question, weighed: Sequence[Weighed]) -> tuple[Part, ...]:
        if not one.by_parts:
            return ()
        amounts: dict[int, Decimal] = {}
        for each in weighed:
            if each.amount:
                part = self._part_of(one, each)
                amounts[part] = amounts.get(part, Decimal(0)) + each.amount
        return tuple(
            Part(label, owing, (got := amounts.get(part, Decimal(0))), got >= owing)
            for part, label, owing in self._asked(one)
        )

    def _part_of(self, one: Question, each: Weighed) -> int:
        if one.demand.window == "year":
            return each.year
        return term_of(each.start_date, one.first, self.board.questions.terms.first_months)

    def _asked(self, one: Question) -> list[tuple[int, str, Decimal]]:
        """The years or terms asked, each with its name and what is owed in it."""
        if one.demand.window == "year":
            leaves = approved_leave(self.office, (one.first, one.full_last), [self._person.id])
            owing = owed_by_year(one, self._person, leaves)
            return [
                (year, f"{year} 年", from_hundredths(amount) or Decimal(0))
                for year, amount in owing.items()
            ]
        starts = self.board.questions.terms.first_months
        terms = asked_terms(one, self._person, starts, self.board.questions.last_day(one))
        return [
            (
                term,
                f"{one.first + term // len(starts)} 年第 {term % len(starts) + 1} 学期",
                one.demand.least,
            )
            for term in terms
        ]
