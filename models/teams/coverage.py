"""Which stages and subjects have a team on which track, and which have none: holes at once.

The cells are those in which the county has teachers in post: who learns from books (文本) and who
learns on the network (网联), by stage and subject. A teacher's track is the own, else the school's.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.teams.kinds import TeamKind, team_rules
from models.teams.listing import TeamRow, team_rows
from models.training.courses import course_rows

_TEACHERS = """
SELECT t.stage, t.subject, COALESCE(t.track, i.track, '') AS track, COUNT(*) AS people
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
WHERE t.stage IS NOT NULL AND t.subject IS NOT NULL
    AND COALESCE(t.status, '') NOT IN (SELECT value FROM json_each(?))
GROUP BY 1, 2, 3
"""
NO_TRACK = "未定"


@dataclass(frozen=True, slots=True)
class Cell:
    """Teachers of a stage, a subject and a track, and the teams that are for them.

    Attributes:
        stage, subject, track: codes; the track "" where neither teacher nor school has one.
        people: teachers in post.
        teams: identity to name.
    """

    stage: str
    subject: str
    track: str
    people: int
    teams: dict[str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole picture.

    Attributes:
        cells: in the order of the code tables.
        courses: titles of this year's courses of a track's team that no team is for.
        names: code table and code to name.
    """

    cells: tuple[Cell, ...]
    courses: tuple[str, ...]
    names: dict[tuple[str, str], str]

    @property
    def empty(self) -> tuple[Cell, ...]:
        """The cells no team is for, the largest first."""
        found = [one for one in self.cells if not one.teams]
        return tuple(sorted(found, key=lambda one: -one.people))

    @property
    def tracks(self) -> tuple[str, ...]:
        """The tracks there are, in the order of their codes; "" last."""
        found = {one.track for one in self.cells}
        return tuple(sorted(found, key=lambda one: (one == "", one)))

    def name(self, table: str, code: str) -> str:
        """What to show for a code."""
        return self.names.get((table, code), NO_TRACK if table == "track" else code)

    def words(self, cell: Cell) -> str:
        """How sentences call a cell."""
        told = [self.name("stage", cell.stage), self.name("subject", cell.subject)]
        return "".join(told) + (f"（{self.name('track', cell.track)}）" if cell.track else "")

    def cell(self, stage: str, subject: str, track: str) -> Cell | None:
        """The cell of these codes; None where the county has nobody in it."""
        wanted = (stage, subject, track)
        return next(
            (one for one in self.cells if (one.stage, one.subject, one.track) == wanted), None
        )


def coverage(office: Office) -> Coverage:
    """Where the county's teachers have a team at work today, and where not."""
    left_out = team_rules().left_out
    people: Counter[tuple[str, str, str]] = Counter()
    for row in office.store.query(_TEACHERS, (json.dumps(team_rules().away),)):
        for subject in row["subject"].split("、"):
            if row["stage"] in left_out.stages or subject in left_out.subjects:
                continue
            people[row["stage"], subject, row["track"]] += row["people"]
    teams = [row for row in team_rows(office, ended=False) if team_rules().kind(row.kind).covers]
    codes = office.codes
    order = {
        (table, one.code): place
        for table in ("stage", "subject")
        for place, one in enumerate(codes[table])
    }
    cells = [
        Cell(*key, count, {one.id: one.shown["name"] for one in teams if is_for(one, key)})
        for key, count in people.items()
    ]
    cells.sort(
        key=lambda one: (
            order.get(("stage", one.stage), 0),
            order.get(("subject", one.subject), 0),
            one.track == "",
            one.track,
        )
    )
    names = {
        (table, one.code): one.name
        for table in ("stage", "subject", "track")
        for one in codes[table]
    }
    return Coverage(tuple(cells), uncovered_courses(office), names)


def is_for(team: TeamRow, cell: tuple[str, str, str]) -> bool:
    """Whether a team is for a stage, subject and track; one without a track is for every track."""
    stage, subject, track = cell
    kind = team_rules().kind(team.kind)
    if team.stage != stage or (track and team.track and team.track != track):
        return False
    return subject in team.subjects or (kind.whole_stage and not team.subjects)


def covering_kinds(stage: str, track: str) -> list[TeamKind]:
    """The kinds of teams that could be for a stage and a track, those made for it first."""
    found = [
        one
        for one in team_rules().kinds
        if one.covers
        and (not one.stages or stage in one.stages)
        and (not one.track or not track or one.track == track)
    ]
    return sorted(found, key=lambda one: not one.stages)


def uncovered_courses(office: Office) -> tuple[str, ...]:
    """This year's courses on the track of the teams for courses that no team at work is for."""
    kinds = [one for one in team_rules().kinds if one.courses]
    tracks = _names(office, {one.track for one in kinds})
    taken = {
        row[0]
        for row in office.store.tuples(
            "SELECT s.course_id FROM team_course AS s JOIN team AS t ON t.id = s.team_id"
            " WHERE t.ended_on IS NULL"
        )
    }
    rows = course_rows(office, office.store.clock.today().year)
    return tuple(
        row.shown["title"]
        for row in rows
        if row.shown["track"] in tracks and row.id not in taken and not row.classes
    )


def _names(office: Office, codes: Iterable[str]) -> Sequence[str]:
    return [office.codes["track"].name_of(one) for one in codes if one]
