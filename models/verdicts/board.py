"""The verdicts of many teachers at once, kept by columns: one for each requirement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from models.entities.display import from_hundredths
from models.verdicts.people import Person
from models.verdicts.questions import Question, Questions


@dataclass(frozen=True)
class Column:
    """One requirement put to everybody, in the order of the board's people.

    Attributes:
        question: the requirement.
        applies: whom it concerns.
        required, achieved: in hundredths of the question's unit; 0 required where it does not
            apply.
        unknown: place of a person to the missing facts without which nobody can tell whether it
            concerns them.
    """

    question: Question
    applies: Sequence[bool]
    required: Sequence[int]
    achieved: Sequence[int]
    unknown: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])

    @property
    def id(self) -> str:
        """The requirement's id."""
        return self.question.demand.id

    def met(self, place: int) -> bool:
        """Whether the person at a place has met it; not to be asked where it does not apply."""
        return self.achieved[place] >= self.required[place]

    def counts(self) -> tuple[int, int]:
        """How many it concerns, and how many of them have met it."""
        return self._counts

    @cached_property
    def _counts(self) -> tuple[int, int]:
        applying = sum(self.applies)
        met = sum(
            applies and achieved >= required
            for applies, achieved, required in zip(
                self.applies, self.achieved, self.required, strict=True
            )
        )
        return applying, met

    def updated(self, other: Column, targets: Sequence[int], people: int) -> Column:
        """This column with those of ``other`` at the places ``targets``, for so many people.

        The counts follow from what changed and are not counted anew.
        """
        more = people - len(self.applies)
        applies = [*self.applies, *[False] * more]
        required = [*self.required, *[0] * more]
        achieved = [*self.achieved, *[0] * more]
        unknown = dict(self.unknown)
        applying, met = self.counts()
        for place, target in enumerate(targets):
            applying += other.applies[place] - applies[target]
            met -= applies[target] and achieved[target] >= required[target]
            met += other.applies[place] and other.met(place)
            applies[target] = other.applies[place]
            required[target] = other.required[place]
            achieved[target] = other.achieved[place]
            unknown.pop(target, None)
            if place in other.unknown:
                unknown[target] = other.unknown[place]
        found = Column(self.question, applies, required, achieved, unknown)
        found.__dict__["_counts"] = (applying, met)
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """One requirement of one teacher; amounts in ``unit``."""

    id: str
    applies: bool
    required: Decimal
    achieved: Decimal
    unit: str
    met: bool

    @property
    def missing(self) -> Decimal:
        """What is still to be done."""
        return max(Decimal(0), self.required - self.achieved) if self.applies else Decimal(0)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one teacher: every requirement that is due, in the pack's order.

    Attributes:
        person: who.
        results: one for each requirement, those that do not apply too.
        unknown: missing facts that leave a requirement open.
    """

    person: Person
    results: tuple[Result, ...]
    unknown: tuple[str, ...] = ()

    @property
    def teacher_id(self) -> str:
        """Whose verdict."""
        return self.person.id

    @property
    def teacher_no(self) -> str:
        """Whose verdict, by number."""
        return self.person.teacher_no

    @property
    def met(self) -> bool:
        """Whether everything that applies is met."""
        return all(result.met for result in self.results if result.applies)


@dataclass(frozen=True)
class Board:
    """Everybody's verdicts over one period by one pack.

    Attributes:
        questions: what was asked.
        people: of whom, by teacher number.
        columns: the answers, in the pack's order.
    """

    questions: Questions
    people: Sequence[Person]
    columns: tuple[Column, ...]

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Teacher to place."""
        return {one.id: place for place, one in enumerate(self.people)}

    def rows(self) -> Iterator[Judged]:
        """The verdicts, one teacher after another."""
        return (self.row(place) for place in range(len(self.people)))

    def row(self, place: int) -> Judged:
        """The verdict on the person at a place."""
        results = tuple(_result(column, place) for column in self.columns)
        missing = [fact for column in self.columns for fact in column.unknown.get(place, ())]
        return Judged(self.people[place], results, tuple(dict.fromkeys(missing)))

    def met(self) -> list[bool]:
        """For each person whether everything that applies is met."""
        found = [True] * len(self.people)
        for column in self.columns:
            for place, applies in enumerate(column.applies):
                if applies and column.achieved[place] < column.required[place]:
                    found[place] = False
        return found

    def updated(self, other: Board) -> Board:
        """This board with the verdicts of ``other`` in the place of the same people's.

        People new in ``other`` come last, in its order; who is not judged any more has to be left
        out by ``without``.
        """
        people = list(self.people)
        targets: list[int] = []
        for one in other.people:
            place = self.places.get(one.id, len(people))
            if place == len(people):
                people.append(one)
            people[place] = one
            targets.append(place)
        pairs = zip(self.columns, other.columns, strict=True)
        columns = tuple(mine.updated(theirs, targets, len(people)) for mine, theirs in pairs)
        found = Board(self.questions, people, columns)
        if len(people) == len(self.people):
            found.__dict__["places"] = self.places
        return found

    def without(self, ids: frozenset[str]) -> Board:
        """This board without the people of those identities."""
        kept = [place for place, one in enumerate(self.people) if one.id not in ids]
        if len(kept) == len(self.people):
            return self
        return self.narrowed(kept)

    def narrowed(self, places: Sequence[int]) -> Board:
        """This board with only the people at those places."""
        columns = tuple(
            Column(
                column.question,
                [column.applies[place] for place in places],
                [column.required[place] for place in places],
                [column.achieved[place] for place in places],
                {
                    new: column.unknown[old]
                    for new, old in enumerate(places)
                    if old in column.unknown
                },
            )
            for column in self.columns
        )
        return Board(self.questions, [self.people[place] for place in places], columns)


def _result(column: Column, place: int) -> Result:
    applies = column.applies[place]
    return Result(
        id=column.id,
        applies=applies,
        required=from_hundredths(column.required[place]) or Decimal(0),
        achieved=from_hundredths(column.achieved[place]) or Decimal(0),
        unit=column.question.unit,
        met=applies and column.met(place),
    )
