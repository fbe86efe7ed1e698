"""How far everybody together is through a cycle, year by year, against the pace that is asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import from_hundredths
from models.office.context import Office
from models.verdicts.board import Board, Column
from models.verdicts.periods import MONTHS
from models.verdicts.sums import Scope, year_by_year


@dataclass(frozen=True, slots=True)
class YearOfPace:
    """One year of a cycle; amounts for each teacher on average, added up from the first year.

    Attributes:
        year: the year.
        reached: by its end, or by now; None for a year yet to come.
        expected: what an even pace has by its end.
    """

    year: int
    reached: Decimal | None
    expected: Decimal


def paced_column(board: Board) -> Column | None:
    """The requirement a pace is shown for: the one over the cycle that most are asked for."""
    found = [
        column
        for column in board.columns
        if column.question.demand.window == "cycle"
        and column.question.over_years
        and any(column.applies)
    ]
    return max(found, key=lambda column: (sum(column.applies), max(column.required)), default=None)


def pace(office: Office, board: Board, column: Column) -> list[YearOfPace]:
    """The years of a requirement's window with what was reached on average by each one's end."""
    one = column.question
    asked = [place for place, applies in enumerate(column.applies) if applies]
    people = len(asked)
    ids = {board.people[place].id for place in asked}
    sums: dict[int, int] = {}
    for teacher_id, years in year_by_year(office, [one], Scope()).items():
        if teacher_id in ids:
            for year, amounts in years.items():
                sums[year] = sums.get(year, 0) + amounts[0]
    whole = (one.full_last - one.first + 1) * MONTHS
    required = sum(column.required[place] for place in asked)
    found: list[YearOfPace] = []
    total = 0
    for year in range(one.first, one.full_last + 1):
        total += sums.get(year, 0)
        passed = (year - one.first + 1) * MONTHS
        expected = _average(required * passed // whole, people)
        known = year <= board.questions.day.year
        found.append(YearOfPace(year, _average(total, people) if known else None, expected))
    return found


def _average(total: int, people: int) -> Decimal:
    return from_hundredths(round(total / max(1, people))) or Decimal(0)
