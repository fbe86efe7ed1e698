"""Two packs put to the same people over the same years: what would change, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from models.office.context import Office
from models.policies.records import Pack
from models.progress import Progress
from models.verdicts.board import Board, Column
from models.verdicts.judging import judge
from models.verdicts.people import Person
from models.verdicts.periods import Period, day_of


@dataclass(frozen=True, slots=True)
class Side:
    """One requirement of one pack in numbers."""

    id: str
    title: str
    applies: int
    met: int

    @property
    def behind(self) -> int:
        """How many have not met it."""
        return self.applies - self.met


@dataclass(frozen=True, slots=True)
class Pair:
    """A requirement under both packs; None where a pack does not have it due."""

    a: Side | None
    b: Side | None

    @property
    def title(self) -> str:
        """As the first pack that has it calls it."""
        found = self.a or self.b
        return found.title if found else ""


@dataclass(frozen=True, slots=True)
class Changing:
    """A teacher whose verdict is another under the other pack.

    Attributes:
        person: who.
        met_a, met_b: whether everything is met; None where the pack does not judge them.
        lacking_a, lacking_b: titles of what is not met.
    """

    person: Person
    met_a: bool | None
    met_b: bool | None
    lacking_a: tuple[str, ...]
    lacking_b: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two packs say of an office's people over one period.

    Attributes:
        period, day: over what, and as of when.
        a, b: the packs, with all they are based on.
        pairs: the requirements of both, those of one id side by side, in the order of ``a``.
        judged_a, judged_b: how many each pack judges.
        both, neither: who has met everything under both packs, and under neither (of those whom
            both judge): ids of teachers.
        changing: whose verdict differs, by teacher number.
    """

    period: Period
    day: date
    a: Pack
    b: Pack
    pairs: tuple[Pair, ...]
    judged_a: int
    judged_b: int
    both: tuple[str, ...]
    neither: tuple[str, ...]
    changing: tuple[Changing, ...]

    @property
    def only_a(self) -> tuple[Changing, ...]:
        """Who has met everything under the first pack only."""
        return tuple(one for one in self.changing if one.met_a and not one.met_b)

    @property
    def only_b(self) -> tuple[Changing, ...]:
        """Who has met everything under the second pack only."""
        return tuple(one for one in self.changing if one.met_b and not one.met_a)


def compare(
    office: Office,
    period: Period,
    pack_a: Pack,
    pack_b: Pack,
    *,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Put both packs to everybody over a period.

    Args:
        office: the office.
        period: a cycle, or a year of one; the same for both.
        pack_a: a complete pack (``policies.library.pack_named``).
        pack_b: the other.
        as_of: as things stood on that day, as of ``judge``.
        progress: told of each step; may cancel.
    """
    steps = progress or Progress()
    first = judge(office, period, pack_a, as_of=as_of, progress=_Half(steps, pack_a.title))
    second = judge(office, period, pack_b, as_of=as_of, progress=_Half(steps, pack_b.title))
    both, neither, changing = _sorted_out(first, second)
    return Comparison(
        period=period,
        day=as_of or day_of(period, office.store.clock.today()),
        a=pack_a,
        b=pack_b,
        pairs=_pairs(first, second),
        judged_a=len(first.people),
        judged_b=len(second.people),
        both=both,
        neither=neither,
        changing=changing,
    )


class _Half(Progress):
    """One of the two judgements, named by its pack."""

    def __init__(self, outer: Progress, title: str) -> None:
        self._outer = outer
        self._title = title

    def report(self, done: int, total: int | None, label: str) -> None:
        self._outer.report(done, total, f"{label}：{self._title}")

    def cancelled(self) -> bool:
        return self._outer.cancelled()


def _pairs(first: Board, second: Board) -> tuple[Pair, ...]:
    sides_a = {column.id: _side(column) for column in first.columns}
    sides_b = {column.id: _side(column) for column in second.columns}
    return tuple(
        Pair(sides_a.get(one), sides_b.get(one)) for one in dict.fromkeys((*sides_a, *sides_b))
    )


def _side(column: Column) -> Side:
    return Side(column.id, column.question.demand.title, *column.counts())


@dataclass(frozen=True)
class _Answers:
    """One board, asked by teacher."""

    board: Board

    @cached_property
    def met(self) -> list[bool]:
        """Place to whether everything is met."""
        return self.board.met()

    def of(self, teacher_id: str) -> bool | None:
        """Whether everything is met; None for who is not judged."""
        place = self.board.places.get(teacher_id)
        return None if place is None else self.met[place]

    def lacking(self, teacher_id: str) -> tuple[str, ...]:
        """The titles of what is not met."""
        place = self.board.places.get(teacher_id)
        if place is None:
            return ()
        return tuple(
            column.question.demand.title
            for column in self.board.columns
            if column.applies[place] and not column.met(place)
        )


def _sorted_out(
    first: Board, second: Board
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Changing, ...]]:
    """Who met everything under both, who under neither, and whose verdict differs."""
    a, b = _Answers(first), _Answers(second)
    both: list[str] = []
    neither: list[str] = []
    changing: list[Changing] = []
    for one in {person.id: person for person in (*second.people, *first.people)}.values():
        met_a, met_b = a.of(one.id), b.of(one.id)
        if met_a == met_b:
            (both if met_a else neither).append(one.id)
        else:
            lacking = (a.lacking(one.id), b.lacking(one.id))
            changing.append(Changing(one, met_a, met_b, *lacking))
    changing.sort(key=lambda one: one.person.teacher_no)
    return tuple(both), tuple(neither), tuple(changing)
