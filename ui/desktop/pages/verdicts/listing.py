"""The board as lists: teachers with their state, groups of teachers, and the outlook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from models.entities.display import plain_decimal
from models.office.context import Office
from models.staff.institutions import institution_names
from models.staff.queries import teacher_ids
from models.verdicts.board import Judged, Result
from models.verdicts.forecast import Outlook
from models.verdicts.overview import NOWHERE, By, Standing, group_of
from models.verdicts.people import Person
from ui.desktop.tasks.boards import Kept
from ui.desktop.widgets.table.source import FixedRows, Order, TableColumn, TableRow

STATES = {"behind": "未达标", "open": "待核实", "met": "达标"}
TONES = {"behind": "error", "open": "warn", "met": "ok"}
TEACHERS = (
    TableColumn("name", "姓名", 6),
    TableColumn("no", "教师编号", 7, listed=False),
    TableColumn("school", "学校", 12, stretch=True),
    TableColumn("stage", "学段", 4, listed=False),
    TableColumn("subject", "学科", 4, listed=False),
    TableColumn("done", "已达到", 4, numeric=True),
    TableColumn("state", "结论", 4),
    TableColumn("lacking", "还差", 14, sortable=False),
)
GROUPS = (
    TableColumn("name", "名称", 14, stretch=True),
    TableColumn("people", "教师", 5, numeric=True),
    TableColumn("met", "达标", 5, numeric=True),
    TableColumn("behind", "未达标", 5, numeric=True),
    TableColumn("open", "待核实", 5, numeric=True),
    TableColumn("share", "达标率", 6, numeric=True),
)
OUTLOOKS = (
    TableColumn("name", "姓名", 6),
    TableColumn("school", "学校", 10, stretch=True),
    TableColumn("requirement", "要求", 10),
    TableColumn("required", "应", 4, numeric=True),
    TableColumn("achieved", "实", 4, numeric=True),
    TableColumn("expected", "预计", 4, numeric=True),
    TableColumn("gap", "差", 4, numeric=True),
    TableColumn("per_year", "今后每年", 5, numeric=True),
)
AMOUNTS = ("required", "achieved", "expected", "gap", "per_year")
NO_KEY = "-"
"""Stands for those without a school, stage …, as an identity in the list."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which teachers a list shows.

    Attributes:
        state: a key of ``STATES``; "" for all.
        requirement: only who has not met this one; "" for all.
        school: identity of a school; "" for all.
        group: a group of another sort: by what, its key and its name.
        hits: only these (the hits of a search); None for all.
    """

    state: str = ""
    requirement: str = ""
    school: str = ""
    group: tuple[By, str, str] | None = None
    hits: frozenset[str] | None = None


class Listing:
    """A board with the names that lists need."""

    def __init__(self, office: Office, kept: Kept) -> None:
        """Read the names of schools; everything else stands on the board."""
        self.office = office
        self.kept = kept
        self.board = kept.board
        self.schools = institution_names(office)
        self.places = self.board.places
        self.titles = {one.id: one.question.demand.title for one in self.board.columns}

    @cached_property
    def by_reading(self) -> Mapping[str, int]:
        """Identity to its place in the order of names as they are read."""
        return {one: place for place, one in enumerate(teacher_ids(self.office))}

    def state(self, place: int) -> str:
        """Met, behind, or open for the person at a place."""
        if not self.kept.met[place]:
            return "behind"
        return "open" if place in self.kept.open else "met"

    def school_of(self, one: Person) -> str:
        """The name of somebody's school."""
        return self.schools.get(one.school_id or "", NOWHERE)

    def present_schools(self) -> list[tuple[str, str]]:
        """Identity and name of every school with a teacher on the board, by name."""
        ids = {one.school_id for one in self.board.people if one.school_id}
        return sorted(((one, self.schools.get(one, one)) for one in ids), key=lambda pair: pair[1])

    def wanted(self, wanted: Wanted) -> list[int]:
        """The places of the teachers that are asked for."""
        found: list[int] = list(range(len(self.board.people)))
        people = self.board.people
        if wanted.hits is not None:
            hits = wanted.hits
            found = [place for place in found if people[place].id in hits]
        if wanted.school:
            found = [place for place in found if people[place].school_id == wanted.school]
        if wanted.group:
            by, key, _ = wanted.group
            found = [place for place in found if group_of(people[place], by) == key]
        if wanted.requirement:
            found = self._behind_in(found, wanted.requirement)
        if wanted.state:
            found = [place for place in found if self.state(place) == wanted.state]
        return found

    def texts(self, place: int) -> dict[str, str]:
        """What the list says of the person at a place."""
        judged = self.board.row(place)
        one, codes = judged.person, self.office.codes
        due = [result for result in judged.results if result.applies]
        return {
            "name": one.name,
            "no": one.teacher_no,
            "school": self.school_of(one),
            "stage": codes["stage"].name_of(one.stage) if one.stage else "",
            "subject": _names(codes["subject"].name_of, one.subject),
            "done": f"{sum(result.met for result in due)} / {len(due)}" if due else "—",
            "state": STATES[self.state(place)],
            "lacking": "；".join(self._lack(result) for result in due if not result.met),
        }

    def judged(self, teacher_id: str) -> Judged | None:
        """The verdict on a teacher; None for one who is not judged."""
        place = self.places.get(teacher_id)
        return None if place is None else self.board.row(place)

    def sort_key(self, key: str) -> Callable[[int], Any]:
        """By what a click on a column sorts the places."""
        people = self.board.people
        match key:
            case "name":
                reading = self.by_reading
                return lambda place: reading.get(people[place].id, -1)
            case "state":
                order = list(STATES)
                return lambda place: order.index(self.state(place))
            case "done":
                return self._share_done
            case "school":
                return lambda place: self.school_of(people[place])
            case _:
                fields = {"no": "teacher_no"}
                return lambda place: getattr(people[place], fields.get(key, key)) or ""

    def _behind_in(self, places: Sequence[int], requirement: str) -> list[int]:
        columns = [one for one in self.board.columns if one.id == requirement]
        return [
            place
            for place in places
            if any(column.applies[place] and not column.met(place) for column in columns)
        ]

    def _share_done(self, place: int) -> float:
        columns = [one for one in self.board.columns if one.applies[place]]
        return sum(one.met(place) for one in columns) / max(1, len(columns))

    def _lack(self, result: Result) -> str:
        return f"{self.titles[result.id]} {plain_decimal(result.missing)} {result.unit}"


class TeacherRows:
    """The teachers at some places of a board."""

    def __init__(self, listing: Listing, places: Sequence[int]) -> None:
        """Show those at ``places``."""
        self._listing = listing
        self._shown = places

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities; by number until sorted otherwise."""
        places = list(self._shown)
        if order is not None:
            places.sort(key=self._listing.sort_key(order.key), reverse=order.descending)
        return [self._listing.board.people[place].id for place in places]

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those teachers as text, the state in its tone."""
        places = [self._listing.places[one] for one in ids]
        return [
            TableRow(one, self._listing.texts(place), {"state": TONES[self._listing.state(place)]})
            for one, place in zip(ids, places, strict=True)
        ]


def group_rows(found: Sequence[Standing]) -> FixedRows:
    """Groups of teachers as lines."""
    rows: list[TableRow] = []
    values: dict[str, dict[str, float]] = {}
    for one in found:
        key, share = one.key or NO_KEY, one.met / one.people
        texts = {
            "name": one.name,
            "people": f"{one.people:,}",
            "met": f"{one.met:,}",
            "behind": f"{one.behind:,}" if one.behind else "",
            "open": f"{one.open:,}" if one.open else "",
            "share": percent(one.met, one.people),
        }
        values[key] = {
            "people": one.people, "met": one.met, "behind": one.behind, "open": one.open,
            "share": share,
        }  # fmt: skip
        rows.append(TableRow(key, texts, {"share": "ok" if share == 1 else "warn"}))
    return FixedRows(rows, values)


def outlook_rows(listing: Listing, found: Sequence[Outlook]) -> FixedRows:
    """Who will miss what, as lines; the identity is the place of each in ``found``."""
    rows: list[TableRow] = []
    values: dict[str, dict[str, float]] = {}
    for number, one in enumerate(found):
        person = listing.board.people[one.place]
        amounts = {name: getattr(one, name) for name in AMOUNTS}
        texts = {
            "name": person.name,
            "school": listing.school_of(person),
            "requirement": listing.titles[one.requirement],
            **{name: plain_decimal(amount) for name, amount in amounts.items()},
        }
        reading = float(listing.by_reading.get(person.id, -1))
        values[str(number)] = {name: float(amount) for name, amount in amounts.items()}
        values[str(number)]["name"] = reading
        rows.append(TableRow(str(number), texts, {"gap": "error"}))
    return FixedRows(rows, values)


def percent(part: int, whole: int) -> str:
    """A share in percent with one decimal place; 100% only when it is all."""
    if not whole:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths / 10:.1f}%" if part < whole else "100%"


def _names(name_of: Callable[[str], str], stored: str | None) -> str:
    return "、".join(name_of(code) for code in stored.split("、")) if stored else ""
