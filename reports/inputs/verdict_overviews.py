"""Everybody's verdicts counted by what people are, as the overview prints them."""

from __future__ import annotations

from collections.abc import Sequence

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.staff.institutions import institution_names
from models.verdicts.board import Board
from models.verdicts.forecast import months_passed, outlooks
from models.verdicts.overview import BY_NAMES, NOWHERE, By, Standing, standings, whole
from models.verdicts.people import Person
from reports.documents.verdict_overview import (
    Asked,
    BehindLine,
    Group,
    Grouping,
    OutlookLine,
    VerdictOverview,
)
from reports.kit.wording import years

_ORDER: tuple[By, ...] = ("district", "location", "stage", "subject", "school")


def verdict_overview(office: Office, board: Board, scope: str = "全县") -> VerdictOverview:
    """The overview of a board, whole or narrowed by ``narrowed_to``.

    Args:
        office: the office.
        board: the verdicts.
        scope: how the paper calls the people: 全县, the name of a school or area.
    """
    everybody = whole(board)
    period, pack = board.questions.period, board.questions.pack
    people = Named(office, board)
    return VerdictOverview(
        scope=scope,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        period=years(period.first, period.last),
        day=board.questions.day.isoformat(),
        pack=f"{pack.title}；{pack.document}",
        asked=tuple(
            Asked(
                column.id,
                column.question.demand.title,
                column.question.demand.clause,
                column.question.unit,
                *everybody.requirements[column.id],
            )
            for column in board.columns
        ),
        whole=_group(everybody, board),
        groupings=tuple(groupings(office, board)),
        behind=tuple(_behind(board, people)),
        outlooks=tuple(_outlooks(board, people)),
        pace=_pace(board),
    )


def narrowed_to(board: Board, *, school_id: str = "", district: str = "") -> Board:
    """The board of one school or one 片 only; of everybody where neither is given.

    Raises:
        UserError: nobody there is judged.
    """
    places = [
        place
        for place, one in enumerate(board.people)
        if school_id in ("", one.school_id) and district in ("", one.district)
    ]
    if not places:
        raise UserError(
            "verdicts.nobody", "这个范围内没有参加考核的教师。", "请另选学校、片或日期。"
        )
    return board if len(places) == len(board.people) else board.narrowed(places)


def groupings(office: Office, board: Board) -> list[Grouping]:
    """The board by 片, location, stage, subject and school, where that tells people apart."""
    found: list[Grouping] = []
    for by in _ORDER:
        groups = tuple(_group(one, board) for one in standings(office, board, by))
        if len(groups) > 1:
            found.append(Grouping(BY_NAMES[by], groups))
    return found


def _group(standing: Standing, board: Board) -> Group:
    return Group(
        name=standing.name,
        people=standing.people,
        met=standing.met,
        open=standing.open,
        requirements=tuple(standing.requirements[column.id] for column in board.columns),
    )


class Named:
    """The people of a board with the names of their schools, stages and subjects."""

    def __init__(self, office: Office, board: Board) -> None:
        """Read the schools' names once."""
        self._schools = institution_names(office)
        self._codes = office.codes
        self._people = board.people

    def at(self, place: int) -> Person:
        """The person at a place."""
        return self._people[place]

    def school(self, one: Person) -> str:
        """The school's name."""
        return self._schools.get(one.school_id or "", NOWHERE)

    def code(self, table: str, code: str | None) -> str:
        """A code's name, "" for none; several subjects are named one after another."""
        if not code:
            return ""
        return "、".join(self._codes[table].name_of(one) for one in code.split("、"))

    def in_order(self, places: Sequence[int]) -> list[int]:
        """The places by school, then by teacher number."""
        return sorted(
            places, key=lambda place: (self.school(self.at(place)), self.at(place).teacher_no)
        )


def missing_words(board: Board, place: int) -> tuple[str, ...]:
    """What somebody has not met, one phrase for each requirement: ``教师全员培训差 12 学时``."""
    return tuple(
        f"{column.question.demand.title}差 {plain_decimal(result.missing)} {result.unit}"
        for column, result in zip(board.columns, board.row(place).results, strict=True)
        if result.applies and not result.met
    )


def places_behind(board: Board) -> list[int]:
    """The places of those who have not met everything."""
    return [place for place, met in enumerate(board.met()) if not met]


def _behind(board: Board, people: Named) -> list[BehindLine]:
    return [
        BehindLine(
            school=people.school(one := people.at(place)),
            name=one.name,
            teacher_no=one.teacher_no,
            stage=people.code("stage", one.stage),
            subject=people.code("subject", one.subject),
            missing=missing_words(board, place),
        )
        for place in people.in_order(places_behind(board))
    ]


def _outlooks(board: Board, people: Named) -> list[OutlookLine]:
    passed, months = months_passed(board)
    if passed == months:
        return []
    titles = {column.id: column.question.demand.title for column in board.columns}
    found = [
        OutlookLine(
            school=people.school(person := people.at(one.place)),
            name=person.name,
            teacher_no=person.teacher_no,
            requirement=titles[one.requirement],
            required=one.required,
            achieved=one.achieved,
            expected=one.expected,
            gap=one.gap,
            per_year=one.per_year,
            unit=one.unit,
        )
        for one in outlooks(board)
    ]
    return sorted(found, key=lambda line: (line.school, line.teacher_no))


def _pace(board: Board) -> str:
    """How the outlook is worked out; "" for a period that is over."""
    passed, months = months_passed(board)
    if passed == months:
        return ""
    return (
        f"周期共 {months} 个月，已过 {passed} 个月。期末预计按已有数量÷已过月数×全部月数推算；"
        "今后每年需为还差的数量平均到剩下的年度（含本年）。"
    )
