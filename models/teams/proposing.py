"""Who could fill a place without a team, or a role that is open, and why: best first.

The order is pure: standing as the rules rank it, then 职称, free hands, the track, a base school.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.teams.coverage import Cell, Coverage, is_for
from models.teams.kinds import team_rules
from models.teams.listing import TeamRow, member_rows, team_rows, teams_held
from models.teams.workload import hours_given
from models.titles.holding import standing_codes

_PEOPLE = """
SELECT t.id, t.teacher_no, t.name, COALESCE(i.name, t.school_reported, '') AS school, t.stage,
    t.subject, COALESCE(t.track, i.track, '') AS track, t.backbone, t.title,
    COALESCE(i.base_school, 0) AS base
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
WHERE COALESCE(t.status, '') NOT IN (SELECT value FROM json_each(?))
    AND t.stage IN (SELECT value FROM json_each(?)) AND t.subject IS NOT NULL
ORDER BY t.teacher_no, t.id
"""
_NEIGHBOURS = 6
Place = tuple[str, str, str]
"""Codes of a stage, a subject and a track."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody as far as proposing goes.

    Attributes:
        teacher_id, teacher_no, name, school: who.
        backbone, title: names of 骨干级别 and 职称, "" for none.
        rank: place of the standing among those the rules name; None where it has none of them.
        leads: whether the standing is one that may lead a team.
        senior: whether the 职称 is a high one.
        track: code of the track, "" where unknown.
        teams: in how many teams the person is.
        hours: given this year.
        base: whether the school is a base school.
    """

    teacher_id: str
    teacher_no: str
    name: str
    school: str
    backbone: str
    title: str
    rank: int | None
    leads: bool
    senior: bool
    track: str
    teams: int
    hours: Decimal
    base: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody proposed, and why.

    Attributes:
        candidate: who.
        why: what speaks for the person.
        but: what has to be settled first; a name without it meets the rules as it is.
    """

    candidate: Candidate
    why: tuple[str, ...]
    but: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """How a place could be filled: people to lead a new team, and teams that could take it over."""

    people: tuple[Proposal, ...]
    teams: tuple[str, ...]


def ranked(
    candidates: Iterable[Candidate], track: str, at_most_teams: int, workload: int
) -> list[Proposal]:
    """The candidates in the order in which one would ask them, with reasons.

    Args:
        candidates: in any order.
        track: code of the track to be filled, "" for any.
        at_most_teams: teams at a time that are enough.
        workload: hours a year that are enough.
    """
    everybody = sorted(candidates, key=lambda one: _order(one, track, at_most_teams, workload))
    return [_proposal(one, track, at_most_teams, workload) for one in everybody]


def propose(office: Office, stage: str, subject: str, track: str, limit: int = 8) -> Filling:
    """How the place of a stage, subject and track (codes) could be filled.

    Raises:
        UserError: the stage or subject is no code.
    """
    if office.codes["stage"].get(stage) is None or office.codes["subject"].get(subject) is None:
        raise UserError("teams.no_such_cell", "没有这个学段或学科。", "请从覆盖表中选择。")
    return fillings(office, [(stage, subject, track)], limit)[0]


def fillings(office: Office, places: Sequence[Place], limit: int) -> list[Filling]:
    """How each of some places could be filled; the register is read once for all of them."""
    rules = team_rules().proposals
    people = candidates(office, {(stage, subject) for stage, subject, _ in places})
    teams = [row for row in team_rows(office, ended=False) if team_rules().kind(row.kind).covers]
    return [
        Filling(
            tuple(ranked(people[place[:2]], place[2], rules.at_most_teams, rules.workload)[:limit]),
            tuple(_takers(office, teams, place)),
        )
        for place in places
    ]


def propose_for_empty(
    office: Office, found: Coverage, limit: int = 3
) -> list[tuple[Cell, Filling]]:
    """For every empty cell how it could be filled, the largest first."""
    places = [(one.stage, one.subject, one.track) for one in found.empty]
    return list(zip(found.empty, fillings(office, places, limit), strict=True))


def candidates(
    office: Office, wanted: set[tuple[str, str]]
) -> dict[tuple[str, str], list[Candidate]]:
    """The teachers in post of each stage and subject wanted."""
    rules = team_rules()
    stages = json.dumps(sorted({stage for stage, _ in wanted}))
    known = _Known(
        teams_held(member_rows(office)), hours_given(office, office.store.clock.today().year)
    )
    found: dict[tuple[str, str], list[Candidate]] = {place: [] for place in wanted}
    people = office.store.query(_PEOPLE, (json.dumps(rules.away), stages))
    today = office.store.clock.today().isoformat()
    codes = standing_codes(office, {row["id"]: row["backbone"] for row in people}, today)
    for row in people:
        places = [(row["stage"], one) for one in row["subject"].split("、")]
        there = [place for place in places if place in found]
        if there:
            candidate = _candidate(office, {**dict(row), "backbone": codes[row["id"]]}, known)
            for place in there:
                found[place].append(candidate)
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What teachers do already: in how many teams they are, and the hours given this year."""

    teams: Mapping[str, int]
    hours: Mapping[str, Decimal]


def _candidate(office: Office, row: Mapping[str, Any], known: _Known) -> Candidate:
    rules, names = team_rules(), office.codes
    codes = rules.standings[rules.proposals.standing].codes
    backbone = row["backbone"] or ""
    return Candidate(
        teacher_id=row["id"],
        teacher_no=row["teacher_no"] or "",
        name=row["name"],
        school=row["school"],
        backbone=names["backbone"].name_of(backbone) if backbone else "",
        title=names["title"].name_of(row["title"]) if row["title"] else "",
        rank=codes.index(backbone) if backbone in codes else None,
        leads=backbone in rules.standings[rules.proposals.leads].codes,
        senior=row["title"] in rules.proposals.high_titles,
        track=row["track"],
        teams=known.teams.get(row["id"], 0),
        hours=known.hours.get(row["id"], Decimal(0)),
        base=bool(row["base"]),
    )


def _order(one: Candidate, track: str, at_most_teams: int, workload: int) -> tuple[object, ...]:
    unranked = len(team_rules().standings[team_rules().proposals.standing].codes)
    return (
        one.rank is None,
        one.teams >= at_most_teams or one.hours >= workload,
        unranked if one.rank is None else one.rank,
        not one.senior,
        one.teams,
        bool(track and one.track and one.track != track),
        not one.base,
        one.hours,
        one.teacher_no,
        one.teacher_id,
    )


def _proposal(one: Candidate, track: str, at_most_teams: int, workload: int) -> Proposal:
    why = [one.backbone] if one.rank is not None else []
    why += [one.title] if one.title else []
    why += ["没有参加其他团队"] if not one.teams else []
    why += ["基地校教师"] if one.base else []
    why += ["培训方式相同"] if track and one.track == track else []
    but: list[str] = []
    rules = team_rules()
    if one.rank is None:
        but.append(f"不是{rules.standings[rules.proposals.standing].title}，需写明特例")
    elif not one.leads:
        but.append(f"可任成员；任负责人应为{rules.standings[rules.proposals.leads].title}")
    if one.teams >= at_most_teams:
        but.append(f"已在 {one.teams} 个团队中")
    if one.hours >= workload:
        but.append(f"本年已授 {plain_decimal(one.hours)} 学时")
    return Proposal(one, tuple(why), tuple(but))


def _takers(office: Office, teams: Sequence[TeamRow], cell: tuple[str, str, str]) -> list[str]:
    """Teams that could take a place over, with why."""
    stage, subject, _ = cell
    told: list[str] = []
    names: Mapping[str, str] = {one.code: one.name for one in office.codes["track"]}
    for one in teams:
        name = one.shown["name"]
        if is_for(one, (stage, subject, "")) and not is_for(one, cell):
            told.append(f"{name}：同学段同学科，现只面向{names.get(one.track, one.track)}")
        elif subject in one.subjects and one.stage != stage:
            told.append(f"{name}：同学科，现面向{one.shown['stage']}")
    return told[:_NEIGHBOURS]
