"""Whether somebody fits a role of a team: pure, from facts and the rules of the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.teams.kinds import Role, Standing


@dataclass(frozen=True, slots=True)
class Person:
    """What counts of a person, as of the day the role begins.

    Attributes:
        name: how sentences call the person.
        backbone: code of 骨干级别, "" for none.
        status: code of the state in post, "" where unknown.
        school_id: the school, "" where unknown.
    """

    name: str
    backbone: str
    status: str
    school_id: str


def barred(role: Role, person: Person, states: Mapping[str, str]) -> str:
    """Why the person cannot have the role at all; "" where nothing bars it.

    Args:
        role: the role.
        person: the person.
        states: names of the states by code.
    """
    if person.status in role.not_for:
        return f"{person.name}已{states.get(person.status, person.status)}，不能担任{role.title}"
    return ""


def objections(
    role: Role, standing: Standing | None, person: Person, host_id: str | None
) -> tuple[str, ...]:
    """What of the rules the person does not meet; each needs a named exception.

    Args:
        role: the role.
        standing: what it asks for; None for nothing.
        person: the person.
        host_id: the host school of the team.
    """
    found: list[str] = []
    if standing is not None and person.backbone not in standing.codes:
        found.append(f"{person.name}不是{standing.title}")
    if role.host and host_id and person.school_id != host_id:
        found.append(f"{person.name}不是所在校的教师")
    return tuple(found)


def vacancies(roles: Mapping[str, Role], held: Sequence[str]) -> tuple[str, ...]:
    """The roles with fewer people than the rules ask for, as sentences.

    Args:
        roles: of the kind of team.
        held: the keys of the roles that are held now, one for each holder.
    """
    return tuple(
        f"缺{role.title}" if not held.count(key) else f"{role.title}不足 {role.least} 人"
        for key, role in roles.items()
        if held.count(key) < role.least
    )
