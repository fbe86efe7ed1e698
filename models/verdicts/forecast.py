"""Who will miss the cycle at the present pace, and what would close the gap.

Pace is what was achieved over the months of the window that have passed; a straight line, no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from models.entities.display import from_hundredths
from models.verdicts.board import Board, Column
from models.verdicts.periods import MONTHS

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Outlook:
    """How one requirement of one teacher will end at the present pace.

    Attributes:
        place: the teacher's place on the board.
        requirement: its id.
        required, achieved: so far, in ``unit``.
        expected: at the end of the window, at the present pace.
        gap: what is still to be done.
        per_year: what would have to be done in each year that is left, the present one included.
        unit: 学时, 学分 or 次.
    """

    place: int
    requirement: str
    required: Decimal
    achieved: Decimal
    expected: Decimal
    gap: Decimal
    per_year: Decimal
    unit: str

    @property
    def will_miss(self) -> bool:
        """Whether the present pace does not reach what is required."""
        return self.expected < self.required


def months_passed(board: Board) -> tuple[int, int]:
    """How many months of the period have passed on the board's day, and how many it has."""
    period, day = board.questions.period, board.questions.day
    whole = len(period.years) * MONTHS
    passed = (day.year - period.first) * MONTHS + day.month
    return min(max(passed, 1), whole), whole


def outlooks(board: Board, requirement: str = "") -> list[Outlook]:
    """Who will miss which requirement over the cycle, the largest gaps first.

    Args:
        board: over a cycle.
        requirement: only this one; "" for all that add up over the cycle.
    """
    passed, whole = months_passed(board)
    columns = [
        column
        for column in board.columns
        if column.question.demand.window == "cycle"
        and column.question.demand.measure != "courses"
        and requirement in ("", column.id)
    ]
    found = [
        one
        for column in columns
        for place, applies in enumerate(column.applies)
        if applies
        and column.achieved[place] * whole < column.required[place] * passed
        and (one := _outlook(column, place, passed, whole)).will_miss
    ]
    found.sort(key=lambda one: (-one.gap, one.place))
    return found


def _outlook(column: Column, place: int, passed: int, whole: int) -> Outlook:
    required = from_hundredths(column.required[place]) or Decimal(0)
    achieved = from_hundredths(column.achieved[place]) or Decimal(0)
    gap = max(Decimal(0), required - achieved)
    years_left = max(1, -(-(whole - passed) // MONTHS))
    return Outlook(
        place=place,
        requirement=column.id,
        required=required,
        achieved=achieved,
        expected=(achieved * whole / passed).quantize(_TENTH),
        gap=gap,
        per_year=(gap / years_left).quantize(_TENTH, ROUND_CEILING),
        unit=column.question.unit,
    )
