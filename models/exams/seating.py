"""Who sits where: the same for the same order of people, with those who are alike kept apart.

Neighbours are the seats left and right, in front and behind. People come in the order of their
tickets; each seat takes the first of them who is least like those that sit beside it already, and
what is still alike in the end is swapped as far as it helps. No chance, no clock.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal

from models.errors import UserError

Path = Literal["snake", "straight"]
WINDOW, NARROW = 300, 40
"""Among so many of the next people one is chosen for a seat; of very many people fewer."""
ROUNDS = 60
STRIDE = 7
LOOKS = 50_000
"""About so many comparisons are made for filling, and for swapping."""

Traits = tuple[frozenset[str], ...]
Spot = tuple[int, int]
"""Which room (from 0), and the number of the seat."""


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who needs a seat.

    Attributes:
        key: by which it is told from others; part of its ticket.
        traits: for each thing that is to be kept apart, what this person is of it; may be several
            (two subjects) or none.
    """

    key: str
    traits: Traits


@dataclass(frozen=True, slots=True)
class Hall:
    """A room to be filled.

    Attributes:
        lanes: seats of each column from the door side.
        seats: the numbers that are given.
        path: how the numbers run.
    """

    lanes: tuple[int, ...]
    seats: tuple[int, ...]
    path: Path = "snake"


@dataclass(frozen=True, slots=True)
class Clash:
    """Two neighbours who are alike in a thing (its place among the traits)."""

    first: str
    second: str
    trait: int


@dataclass(frozen=True, slots=True)
class Seating:
    """What came out.

    Attributes:
        spots: the seat of each.
        clashes: what could not be avoided.
        shared: the traits that everybody has in common, so that nothing is kept apart by them.
    """

    spots: Mapping[str, Spot]
    clashes: tuple[Clash, ...] = ()
    shared: frozenset[int] = frozenset()


@dataclass
class _Plan:
    """Seats being filled: who sits where, and which seats are side by side."""

    weights: tuple[int, ...]
    beside: Mapping[Spot, tuple[Spot, ...]]
    taken: dict[Spot, Sitter] = field(default_factory=dict[Spot, Sitter])

    def cost(self, spot: Spot, one: Sitter, instead: Spot | None = None) -> int:
        """How much somebody at a seat would be like those beside it, but for one seat."""
        total = 0
        for other in self.beside[spot]:
            known = self.taken.get(other)
            if known is not None and other != instead:
                total += self.alike(one, known)
        return total

    def alike(self, one: Sitter, other: Sitter) -> int:
        """The weights of what two have in common."""
        return sum(
            weight
            for weight, mine, theirs in zip(self.weights, one.traits, other.traits, strict=True)
            if not mine.isdisjoint(theirs)
        )

    @property
    def total(self) -> int:
        """Of all seats; each pair counts twice."""
        return sum(self.cost(spot, one) for spot, one in self.taken.items())


def grid(lanes: Sequence[int], path: Path) -> dict[int, tuple[int, int]]:
    """Where the numbers of a room's seats are: column from the door side, row from the front."""
    places: dict[int, tuple[int, int]] = {}
    number = 0
    for column, length in enumerate(lanes):
        rows = range(length)
        turned = path == "snake" and column % 2 == 1
        for row in reversed(rows) if turned else rows:
            number += 1
            places[number] = (column, row)
    return places


def in_order(sitters: Iterable[Sitter], seed: str) -> list[Sitter]:
    """People in the order of their tickets: SHA-256 of ``SEED<LF>SEAT<LF>KEY``."""
    start = hashlib.sha256(f"{seed}\nSEAT\n".encode())

    def ticket(one: Sitter) -> str:
        found = start.copy()
        found.update(one.key.encode())
        return found.hexdigest()

    return sorted(sitters, key=ticket)


def seat_all(
    sitters: Sequence[Sitter],
    halls: Sequence[Hall],
    weights: Sequence[int],
    *,
    kept: Mapping[Spot, Sitter] | None = None,
    tries: int = 240,
) -> Seating:
    """Give everybody a seat, the rooms filled one after another.

    Args:
        sitters: in the order of their tickets.
        halls: the rooms in order.
        weights: how much each trait is to be kept apart.
        kept: who sits already and stays.
        tries: with how many others a seat that cannot be kept apart is tried.

    Raises:
        UserError: more people than seats.
    """
    stay = dict(kept or {})
    spots = [
        (place, seat)
        for place, hall in enumerate(halls)
        for seat in hall.seats
        if (place, seat) not in stay
    ]
    if len(sitters) > len(spots):
        raise UserError(
            "exam.seats_lacking",
            f"有 {len(sitters)} 人要排座，只有 {len(spots)} 个座位，"
            f"还缺 {len(sitters) - len(spots)} 个。",
            "请增加考场，或减少空座。",
        )
    shared = _shared([*sitters, *stay.values()], len(weights))
    used = tuple(0 if trait in shared else weight for trait, weight in enumerate(weights))
    found = _filled(sitters, spots[: len(sitters)], _Plan(used, _beside(halls), dict(stay)))
    _swap(found, set(spots), tries)
    if found.total:
        plain = _Plan(found.weights, found.beside, dict(stay))
        plain.taken.update(zip(spots, sitters, strict=False))
        _swap(plain, set(spots), tries)
        found = min(found, plain, key=lambda plan: plan.total)
    return Seating(
        {one.key: spot for spot, one in found.taken.items()},
        tuple(one for one in clashes(found.taken, halls) if one.trait not in shared),
        shared,
    )


def clashes(taken: Mapping[Spot, Sitter], halls: Sequence[Hall]) -> Iterator[Clash]:
    """Every two neighbours who are alike, by room and seat."""
    beside = _beside(halls)
    for spot, one in sorted(taken.items(), key=lambda item: item[0]):
        for other in beside[spot]:
            known = taken.get(other)
            if known is None or other < spot:
                continue
            for trait, (mine, theirs) in enumerate(zip(one.traits, known.traits, strict=True)):
                if not mine.isdisjoint(theirs):
                    yield Clash(one.key, known.key, trait)


def _shared(people: Sequence[Sitter], traits: int) -> frozenset[int]:
    """The traits of which all have one value in common."""
    if len(people) <= 1:
        return frozenset()
    common = [
        frozenset[str].intersection(*(one.traits[at] for one in people)) for at in range(traits)
    ]
    return frozenset(at for at, values in enumerate(common) if values)


def _beside(halls: Sequence[Hall]) -> dict[Spot, tuple[Spot, ...]]:
    """Each seat's neighbours."""
    found: dict[Spot, tuple[Spot, ...]] = {}
    for place, hall in enumerate(halls):
        at = grid(hall.lanes, hall.path)
        number = {where: seat for seat, where in at.items()}
        for seat, (column, row) in at.items():
            around = ((column - 1, row), (column + 1, row), (column, row - 1), (column, row + 1))
            found[place, seat] = tuple((place, number[one]) for one in around if one in number)
    return found


def _filled(sitters: Sequence[Sitter], spots: Sequence[Spot], plan: _Plan) -> _Plan:
    """Seat after seat: the next who is least like the neighbours; large groups before they crowd.

    A group that has half of the people left, or more, must take every other seat.
    """
    waiting = iter(sitters)
    width = min(WINDOW, max(NARROW, LOOKS // max(1, len(sitters))))
    window = list(islice(waiting, width))
    groups = Counter(group for one in sitters for group in _groups(one, plan.weights))
    left = len(sitters)
    for spot in spots:
        large = {group for group, count in groups.items() if 2 * count > left}
        at = _best(plan, spot, window, large)
        chosen = window.pop(at)
        plan.taken[spot] = chosen
        groups.subtract(_groups(chosen, plan.weights))
        left -= 1
        window.extend(islice(waiting, 1))
    return plan


def _best(plan: _Plan, spot: Spot, window: Sequence[Sitter], large: set[tuple[int, str]]) -> int:
    """The place in the window of the one who fits a seat best; the first of equals."""
    best, least = 0, (1 << 30, 1)
    for at, one in enumerate(window):
        pressing = any(value in one.traits[trait] for trait, value in large)
        rank = (plan.cost(spot, one), 0 if pressing else 1)
        if rank < least:
            best, least = at, rank
            if rank == (0, 0 if large else 1):
                break
    return best


def _groups(one: Sitter, weights: Sequence[int]) -> Iterator[tuple[int, str]]:
    """The groups somebody belongs to: which trait, and its value."""
    for trait, mine in enumerate(one.traits):
        if weights[trait]:
            yield from ((trait, value) for value in mine)


def _swap(plan: _Plan, movable: set[Spot], tries: int) -> None:
    """Let those beside somebody alike change seats with others until nobody is, or rounds end.

    A change that makes nothing worse is made as well, for it opens the way to others; the best of
    what came up stays.
    """
    spots = sorted(spot for spot in plan.taken if spot in movable)
    best, least = dict(plan.taken), plan.total
    looks = 0
    for turn in range(ROUNDS):
        bad = [spot for spot in spots if plan.cost(spot, plan.taken[spot])]
        if not bad or looks > LOOKS:
            break
        most = min(tries, len(spots), max(1, LOOKS // len(bad)))
        looks += most * len(bad)
        for spot in bad:
            _move(plan, spot, _some(spots, most, turn))
        if plan.total < least:
            best, least = dict(plan.taken), plan.total
    plan.taken = best


def _some(spots: Sequence[Spot], most: int, turn: int) -> Iterator[Spot]:
    """So many of the seats, from everywhere; others each time."""
    step = max(1, len(spots) // most)
    start = turn * STRIDE
    return (spots[(start + at * step) % len(spots)] for at in range(most))


def _move(plan: _Plan, spot: Spot, partners: Iterable[Spot]) -> None:
    """Change seats with somebody where that makes it better, or at least nothing worse."""
    one = plan.taken[spot]
    mine = plan.cost(spot, one)
    even: Spot | None = None
    for other_spot in partners if mine else ():
        other = plan.taken[other_spot]
        if other_spot == spot or other.traits == one.traits:
            continue
        before = mine + plan.cost(other_spot, other, spot)
        after = plan.cost(other_spot, one, spot) + plan.cost(spot, other, other_spot)
        after += plan.alike(one, other) if other_spot in plan.beside[spot] else 0
        if after < before:
            even = other_spot
            break
        if after == before and even is None:
            even = other_spot
    if even is not None:
        plan.taken[spot], plan.taken[even] = plan.taken[even], one
