"""How far schools, areas, stages and subjects are: verdicts counted by what people are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.codes.library import CodeTables
from models.office.context import Office
from models.staff.institutions import institution_names
from models.verdicts.board import Board
from models.verdicts.people import Person

By = Literal["school", "district", "stage", "subject", "location"]
BY_NAMES: dict[By, str] = {
    "school": "学校",
    "district": "片",
    "stage": "学段",
    "subject": "学科",
    "location": "城乡",
}
NOWHERE = "（未填）"


@dataclass(frozen=True, slots=True)
class Standing:
    """How one group of teachers stands.

    Attributes:
        key: the institution's identity or the code; "" for those without.
        name: as shown.
        places: the people's places on the board.
        met: how many have met everything that applies.
        open: of how many something is missing that a requirement asks for.
        requirements: id of a requirement to how many it concerns and how many have met it.
    """

    key: str
    name: str
    places: tuple[int, ...]
    met: int
    open: int
    requirements: Mapping[str, tuple[int, int]]

    @property
    def people(self) -> int:
        """How many teachers."""
        return len(self.places)

    @property
    def behind(self) -> int:
        """How many have not met everything."""
        return self.people - self.met


def standings(office: Office, board: Board, by: By) -> list[Standing]:
    """The groups of a board, by name in the order of code tables, those furthest behind first.

    Schools and districts are ordered by the share that has met everything, lowest first; the others
    as their code table has them.
    """
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(board.people):
        groups.setdefault(group_of(one, by), []).append(place)
    state = _state(board)
    names = _names(office, by)
    found = [
        _standing(board, state, one, names.get(one, one or NOWHERE), places)
        for one, places in groups.items()
    ]
    if by in ("school", "district"):
        found.sort(key=lambda group: (group.met / group.people, group.name))
    else:
        order = {code: place for place, code in enumerate(names)}
        found.sort(key=lambda group: (order.get(group.key, len(order)), group.name))
    return found


def whole(board: Board) -> Standing:
    """Everybody as one group."""
    return _standing(board, _state(board), "", "全部", range(len(board.people)))


def _state(board: Board) -> tuple[Sequence[bool], set[int]]:
    """For each person whether everything is met, and the places of those who lack a fact."""
    return board.met(), {place for column in board.columns for place in column.unknown}


def _standing(
    board: Board, state: tuple[Sequence[bool], set[int]], key: str, name: str, places: Sequence[int]
) -> Standing:
    met, unknown = state
    requirements = {
        column.id: (
            sum(column.applies[place] for place in places),
            sum(column.applies[place] and column.met(place) for place in places),
        )
        for column in board.columns
    }
    return Standing(
        key=key,
        name=name,
        places=tuple(places),
        met=sum(met[place] for place in places),
        open=sum(place in unknown for place in places) if unknown else 0,
        requirements=requirements,
    )


def group_of(one: Person, by: By) -> str:
    """To which group somebody belongs: an identity or code, "" for none; the first subject."""
    if by == "school":
        return one.school_id or ""
    value = getattr(one, by) or ""
    return value.split("、")[0] if by == "subject" else value


def _names(office: Office, by: By) -> dict[str, str]:
    if by == "school":
        return institution_names(office)
    if by == "district":
        return {}
    return _of_table(office.codes, by)


def _of_table(codes: CodeTables, table: str) -> dict[str, str]:
    return {entry.code: entry.name for entry in codes[table]}
