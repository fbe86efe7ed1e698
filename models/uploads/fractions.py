"""Settling, for a whole upload, the amounts that whole-number columns cannot hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.entities.display import from_hundredths, to_hundredths
from models.uploads.cells import row_key
from models.uploads.forms import CellKind, Form, FormColumn, Fraction
from models.uploads.history import Earlier
from models.uploads.rounding import collect, is_whole, nearest
from models.uploads.rows import DraftRow, Wish
from models.uploads.translating import Cell

_LATER = 1 << 60
"""The order of what was never sent: behind all that was."""


@dataclass(frozen=True, slots=True)
class Rounded:
    """One amount that is not sent as it is.

    Attributes:
        subject_id, who: of which row.
        column: the title of the column.
        amount: what it is.
        sent: what goes into the cell; None for an empty one.
        rule: why.
    """

    subject_id: str
    who: str
    column: str
    amount: Decimal
    sent: int | None
    rule: Fraction


@dataclass(frozen=True, slots=True)
class Settled:
    """The rows with their final cells, and every amount that was changed on the way."""

    rows: list[DraftRow]
    rounded: list[Rounded]


def settle(form: Form, wish: Wish, drafts: Sequence[DraftRow], earlier: Earlier) -> Settled:
    """Put whole numbers where the form takes them, by the rule of each column."""
    cells = [list(one.cells) for one in drafts]
    held: list[dict[str, int]] = [{} for _ in drafts]
    rounded: list[Rounded] = []
    for place, column in enumerate(form.columns):
        if column.kind is not CellKind.INTEGER:
            continue
        rule = wish.fractions.get(column.key, column.fraction)
        if rule is Fraction.COLLECT:
            sums = _collected(column, place, drafts, earlier)
        else:
            sums = [(_alone(one.cells[place], rule), 0) for one in drafts]
        for number, (sent, rest) in enumerate(sums):
            before = cells[number][place]
            cells[number][place] = sent
            if rest:
                held[number][column.key] = rest
            if isinstance(before, Decimal) and before != sent and not isinstance(sent, Decimal):
                fact = drafts[number].fact
                whole = sent if isinstance(sent, int) else None
                rounded.append(Rounded(fact.id, fact.caption, column.title, before, whole, rule))
    rows = [
        replace(one, cells=tuple(said), key=row_key(form, said), held=rest)
        for one, said, rest in zip(drafts, cells, held, strict=True)
    ]
    return Settled(rows, rounded)


def _alone(cell: Cell, rule: Fraction) -> Cell:
    if not isinstance(cell, Decimal):
        return cell
    if is_whole(cell):
        return int(cell)
    match rule:
        case Fraction.EMPTY:
            return None
        case Fraction.NEAREST:
            return nearest(cell)
        case _:
            return cell  # the check names it


def _collected(
    column: FormColumn, place: int, drafts: Sequence[DraftRow], earlier: Earlier
) -> list[tuple[Cell, int]]:
    """Sent and kept of each row; what was sent before comes first, so that it stays as it was."""
    found: list[tuple[Cell, int]] = [(one.cells[place], 0) for one in drafts]
    ours = {one.fact.id for one in drafts}
    rests: dict[str, int] = defaultdict(int)
    for row in earlier.latest.values():
        if row.subject_id not in ours and row.state != "refused" and row.teacher_id:
            rests[row.teacher_id] += row.held.get(column.key, 0)
    people: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(drafts):
        if isinstance(one.cells[place], Decimal | int):
            people[one.fact.teacher_id or one.fact.id].append(number)
    for person, numbers in people.items():
        numbers.sort(key=lambda number: (_order(earlier, drafts[number].fact.id), number))
        amounts = [to_hundredths(Decimal(str(drafts[number].cells[place]))) for number in numbers]
        sent = collect(amounts, rests.get(person, 0))
        for number, one in zip(numbers, sent, strict=True):
            found[number] = (one.whole if one.whole or column.required else None, one.rest)
    return found


def _order(earlier: Earlier, subject_id: str) -> int:
    known = earlier.latest.get(subject_id)
    return known.order if known else _LATER


def kept_back(rows: Sequence[DraftRow], key: str) -> Decimal:
    """What the rows together keep of a column for later uploads."""
    return from_hundredths(sum(one.held.get(key, 0) for one in rows)) or Decimal(0)
