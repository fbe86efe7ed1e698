"""Teams and their members as lists and papers show them, with what is not as the rules ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.entities.describe import columns
from models.entities.display import show
from models.office.context import Office
from models.teams.fitness import Person, barred, objections, vacancies
from models.teams.kinds import team_rules
from models.teams.records import Team
from models.teams.registration import kind_title
from models.text.tidy import key
from models.titles.holding import standing_codes

_TEAMS = """
SELECT t.*, i.name AS host, i.status AS host_status,
    (SELECT COUNT(*) FROM team_activity AS a WHERE a.team_id = t.id) AS activities,
    (SELECT COUNT(*) FROM team_school AS s WHERE s.team_id = t.id) AS schools,
    (SELECT COUNT(*) FROM team_course AS c WHERE c.team_id = t.id) AS courses
FROM team AS t LEFT JOIN institution AS i ON i.id = t.host_id
ORDER BY t.ended_on IS NOT NULL, t.stage, t.kind, t.name
"""
_MEMBERS = """
SELECT m.*, t.teacher_no, t.name, t.backbone, t.status, t.school_id, t.stage, t.subject, t.title,
    COALESCE(i.name, t.school_reported, '') AS school, k.name AS team, k.kind, k.host_id
FROM team_member AS m JOIN teacher AS t ON t.id = m.teacher_id
JOIN team AS k ON k.id = m.team_id LEFT JOIN institution AS i ON i.id = t.school_id
WHERE (:team = '' OR m.team_id = :team) AND (:teacher = '' OR m.teacher_id = :teacher)
ORDER BY m.ends_on IS NOT NULL, m.starts_on, t.name_pinyin, t.id
"""
_SERVED = """
SELECT i.id, i.name FROM team_school AS s JOIN institution AS i ON i.id = s.school_id
WHERE s.team_id = ? ORDER BY i.name
"""
_TAUGHT = """
SELECT c.id, c.title FROM team_course AS s JOIN course AS c ON c.id = s.course_id
WHERE s.team_id = ? ORDER BY c.year, c.code
"""
_OPEN_SCHOOL = ("1", "4", None)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A term of somebody in a team.

    Attributes:
        id, team_id, team, teacher_id: what it is.
        role: key of the role; ``role_title`` in the office's words.
        shown: ``teacher_no name school stage subject title backbone`` as text.
        starts_on, ends_on, ended_because, exception: as noted, "" where nothing was.
        current: whether the term runs today.
        doubts: what the rules ask for and is not so today, where no exception is named.
    """

    id: str
    team_id: str
    team: str
    teacher_id: str
    role: str
    role_title: str
    shown: Mapping[str, str]
    starts_on: str
    ends_on: str
    ended_because: str
    exception: str
    current: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A team.

    Attributes:
        id, kind: what it is.
        shown: the fields of ``Team`` as text.
        stage, subjects, track: codes; "" and () where it has none.
        host_id: the host school, "" for none.
        leaders: names of those who answer for it.
        members: how many terms run today.
        activities, schools, courses: how many.
        ended_on, ended_because: "" while it is at work.
        doubts: what the rules ask for and is not so.
    """

    id: str
    kind: str
    shown: Mapping[str, str]
    stage: str
    subjects: tuple[str, ...]
    track: str
    host_id: str
    leaders: tuple[str, ...]
    members: int
    activities: int
    schools: int
    courses: int
    ended_on: str
    ended_because: str
    doubts: tuple[str, ...]


def team_rows(office: Office, query: str = "", *, ended: bool = True) -> list[TeamRow]:
    """The teams whose name, kind, subject, host or leader holds the query; ended ones last."""
    by_team: dict[str, list[MemberRow]] = {}
    for one in member_rows(office):
        by_team.setdefault(one.team_id, []).append(one)
    rows = [
        _team(office, dict(row), by_team.get(row["id"], []))
        for row in office.store.query(_TEAMS)
        if ended or not row["ended_on"]
    ]
    wanted = key(query)
    return [row for row in rows if not wanted or wanted in key(_searched(row))]


def team_row(office: Office, team_id: str) -> TeamRow | None:
    """One team; None where it is gone."""
    return next((row for row in team_rows(office) if row.id == team_id), None)


def member_rows(office: Office, team_id: str = "", teacher_id: str = "") -> list[MemberRow]:
    """The terms of a team's people, or of a teacher; "" for all; those that run first."""
    today = office.store.clock.today().isoformat()
    order = {role: place for place, role in enumerate(team_rules().roles)}
    found = office.store.query(_MEMBERS, {"team": team_id, "teacher": teacher_id})
    codes = standing_codes(office, {row["teacher_id"]: row["backbone"] for row in found}, today)
    rows = [
        _member(office, {**dict(row), "backbone": codes[row["teacher_id"]]}, today) for row in found
    ]
    return sorted(rows, key=lambda one: (not one.current, order.get(one.role, len(order))))


def served_schools(office: Office, team_id: str) -> dict[str, str]:
    """The schools a team serves: identity to name."""
    return dict(office.store.tuples(_SERVED, (team_id,)))


def taught_courses(office: Office, team_id: str) -> dict[str, str]:
    """The courses a team is for: identity to title."""
    return dict(office.store.tuples(_TAUGHT, (team_id,)))


def _team(office: Office, row: dict[str, Any], members: Sequence[MemberRow]) -> TeamRow:
    current = [one for one in members if one.current]
    shown = {
        name: show(column, row[name], office.codes)
        for name, column in columns(Team).items()
        if name not in ("kind", "host")
    }
    shown |= {"kind": kind_title(row["kind"]), "host": row["host"] or ""}
    first = team_rules().kind(row["kind"]).roles[0]
    return TeamRow(
        id=row["id"],
        kind=row["kind"],
        shown=shown,
        stage=row["stage"] or "",
        subjects=tuple((row["subject"] or "").split("、")) if row["subject"] else (),
        track=row["track"] or "",
        host_id=row["host_id"] or "",
        leaders=tuple(one.shown["name"] for one in current if one.role == first),
        members=len(current),
        activities=row["activities"],
        schools=row["schools"],
        courses=row["courses"],
        ended_on=row["ended_on"] or "",
        ended_because=row["ended_because"] or "",
        doubts=() if row["ended_on"] else _doubts(office, row, current),
    )


def _doubts(office: Office, row: dict[str, Any], current: Sequence[MemberRow]) -> tuple[str, ...]:
    """What of a team at work is not as the rules ask."""
    known = any(one.key == row["kind"] for one in team_rules().kinds)
    roles = team_rules().roles_of(row["kind"]) if known else {}
    found = [] if known else [f"“{row['kind']}”这种团队已不在规则中"]
    found += vacancies(roles, [one.role for one in current])
    found += [doubt for one in current for doubt in one.doubts]
    if row["host"] and row["host_status"] not in _OPEN_SCHOOL:
        state = office.codes["institution_status"].name_of(row["host_status"])
        found.append(f"所在校{row['host']}{state}")
    today = office.store.clock.today().isoformat()
    if row["ends_on"] and row["ends_on"] < today:
        found.append(f"任期 {row['ends_on']} 已满")
    return tuple(found)


def _member(office: Office, row: dict[str, Any], today: str) -> MemberRow:
    rules = team_rules()
    role = rules.roles[row["role"]]
    begun = not row["starts_on"] or row["starts_on"] <= today
    current = begun and not (row["ends_on"] and row["ends_on"] <= today)
    person = Person(row["name"], row["backbone"] or "", row["status"] or "", row["school_id"] or "")
    states = {one.code: one.name for one in office.codes["teacher_status"]}
    doubts: list[str] = []
    if current and (reason := barred(role, person, states)):
        doubts.append(reason)
    if current and not row["exception"]:
        doubts += objections(role, rules.standing_of(role), person, row["host_id"])
    codes = {"stage": "stage", "title": "title", "backbone": "backbone"}
    shown = {name: row[name] or "" for name in ("teacher_no", "name", "school")}
    shown |= {
        name: office.codes[table].name_of(row[name]) if row[name] else ""
        for name, table in codes.items()
    }
    subjects = (row["subject"] or "").split("、") if row["subject"] else []
    shown["subject"] = "、".join(office.codes["subject"].name_of(one) for one in subjects)
    return MemberRow(
        id=row["id"],
        team_id=row["team_id"],
        team=row["team"],
        teacher_id=row["teacher_id"],
        role=row["role"],
        role_title=role.title,
        shown=shown,
        starts_on=row["starts_on"] or "",
        ends_on=row["ends_on"] or "",
        ended_because=row["ended_because"] or "",
        exception=row["exception"] or "",
        current=current,
        doubts=tuple(doubts),
    )


def _searched(row: TeamRow) -> str:
    return " ".join((*row.shown.values(), *row.leaders))


def teams_held(members: Sequence[MemberRow]) -> Counter[str]:
    """In how many teams each teacher is today."""
    return Counter(
        teacher for teacher, _ in {(one.teacher_id, one.team_id) for one in members if one.current}
    )
