"""The rules of the place for teams: data of ``resources/teams/kinds.toml``.

Kinds of teams with their roles, what a role asks of a person, kinds of activities with the hours
they bring, grades of the yearly evaluation, and the targets a county is measured by.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

import resources
from models.errors import UserError
from models.text.tidy import key as tidy_key

_FILE = "teams/kinds.toml"
Part = Literal["trainer", "participant"]
PART_NAMES: dict[Part, str] = {"trainer": "主讲", "participant": "参加"}
"""In which part somebody was at an activity."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quoted(_Data):
    """A rule with where it stands: the document, and its words; "" where it is the office's own."""

    clause: str = ""
    quote: str = ""


class Standing(_Data):
    """What a role may ask of a person: one of these codes of 骨干级别, the foremost first."""

    title: str
    codes: tuple[str, ...]


class Role(Quoted):
    """A place in a team.

    Attributes:
        title: what the office calls it.
        trainer: whether who has it counts as a trainer (培训者).
        standing: key of the standing it asks for, "" for none.
        host: whether it is for people of the host school.
        least, most: how many have it at the same time; None for any number.
        not_for: codes of the states in which nobody can have it.
    """

    title: str
    trainer: bool
    standing: str = ""
    host: bool = False
    least: int = 0
    most: int | None = None
    not_for: tuple[str, ...] = ()


class TeamKind(Quoted):
    """A kind of team.

    Attributes:
        key, title: its name in the program and in the office.
        track: code of the only track it is for, "" where it may be for either or both.
        covers: whether it counts for the coverage of stages and subjects.
        whole_stage: whether a team without a subject is for all of its stage.
        stages: codes of the only stages it may be for; () for any.
        hosted: whether it needs a host school.
        courses: whether it is for courses rather than for a subject.
        roles: keys of its roles; the first is that of who answers for the team.
    """

    key: str
    title: str
    roles: tuple[str, ...]
    track: str = ""
    covers: bool = False
    whole_stage: bool = False
    stages: tuple[str, ...] = ()
    hosted: bool = False
    courses: bool = False


class ActivityKind(Quoted):
    """A kind of activity.

    Attributes:
        key, title: its name in the program and in the office.
        counts: whether it is measured by hours or by an amount.
        unit: what one counts the amount with.
        trainer, participant: hours credited for each hour, or for each one of the amount.
        mode: code of ``training_mode`` its ledger entries bear.
        theme: code of ``training_theme``, "" for none.
        ground: code of ``offset_ground`` for trainers; "" enters their hours as a training.
    """

    key: str
    title: str
    counts: Literal["hours", "amount"]
    trainer: Decimal
    participant: Decimal
    mode: str
    unit: str = ""
    theme: str = ""
    ground: str = ""

    def rate(self, part: Part) -> Decimal:
        """Hours credited for one hour or one piece."""
        return self.trainer if part == "trainer" else self.participant


class Grade(_Data):
    """A grade of the yearly evaluation and the points it takes."""

    title: str
    least: int


class Target(Quoted):
    """Something the county is to reach.

    Attributes:
        title: what the office calls it.
        per: teachers for each trainer.
        least: the number to reach.
        kinds: keys of the kinds of teams that count.
        units: codes of ``institution_type`` whose institutions are measured.
    """

    title: str
    per: int = 0
    least: int = 0
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


class Targets(_Data):
    """All targets."""

    trainers: Target
    hours: Target
    workshops: Target


class LeftOut(_Data):
    """Codes of stages and subjects that need no team."""

    stages: tuple[str, ...]
    subjects: tuple[str, ...]


class Proposals(_Data):
    """Whom to propose.

    Attributes:
        standing, leads: keys of the standings asked for, and of those that may lead.
        high_titles: codes of ``title`` that are high ones.
        at_most_teams, workload: teams at a time and hours a year that are enough.
    """

    standing: str
    leads: str
    high_titles: tuple[str, ...]
    at_most_teams: int
    workload: int


class TeamRules(_Data):
    """Everything the place says about teams.

    Attributes:
        away: codes of the states of teachers who are not in post.
    """

    away: tuple[str, ...]
    standings: dict[str, Standing]
    roles: dict[str, Role]
    kinds: tuple[TeamKind, ...]
    activities: tuple[ActivityKind, ...]
    grades: tuple[Grade, ...]
    targets: Targets
    left_out: LeftOut
    proposals: Proposals

    def kind(self, key: str) -> TeamKind:
        """The kind stored as ``key``; one that the rules know no more goes by its stored name."""
        gone = TeamKind(key=key, title=key, roles=tuple(self.roles))
        return next((one for one in self.kinds if one.key == key), gone)

    def activity(self, key: str) -> ActivityKind:
        """The kind of activity stored as ``key``; one known no more by name, without hours."""
        none = Decimal(0)
        gone = ActivityKind(
            key=key, title=key, counts="hours", trainer=none, participant=none, mode=""
        )
        return next((one for one in self.activities if one.key == key), gone)

    def roles_of(self, kind: str) -> dict[str, Role]:
        """The roles of a kind of team, in order."""
        return {key: self.roles[key] for key in self.kind(kind).roles}

    def standing_of(self, role: Role) -> Standing | None:
        """What a role asks for; None for nothing."""
        return self.standings.get(role.standing)

    def grade(self, score: Decimal) -> str:
        """The grade of so many points."""
        return next(one.title for one in self.grades if score >= one.least)


@cache
def team_rules() -> TeamRules:
    """The rules of the place."""
    raw = tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8"))
    return TeamRules.model_validate(raw)


def kind_meant(text: str) -> TeamKind:
    """The kind of team a person means by its title or key.

    Raises:
        UserError: there is none.
    """
    wanted = tidy_key(text)
    for one in team_rules().kinds:
        if wanted in (one.key, tidy_key(one.title)):
            return one
    raise _unknown("teams.kind", "团队种类", text, [one.title for one in team_rules().kinds])


def activity_meant(text: str) -> ActivityKind:
    """The kind of activity a person means by its title or key.

    Raises:
        UserError: there is none.
    """
    wanted = tidy_key(text)
    for one in team_rules().activities:
        if wanted in (one.key, tidy_key(one.title)):
            return one
    offered = [one.title for one in team_rules().activities]
    raise _unknown("teams.activity_kind", "活动种类", text, offered)


def role_meant(kind: str, text: str) -> str:
    """The key of the role a person means in a kind of team; "" means who answers for it.

    Raises:
        UserError: the kind has no such role.
    """
    roles = team_rules().roles_of(kind)
    wanted = tidy_key(text)
    for key, role in roles.items():
        if wanted in ("", key, tidy_key(role.title)):
            return key
    raise _unknown("teams.role", "身份", text, [role.title for role in roles.values()])


def part_meant(text: str) -> Part:
    """The part a person means by its name or key.

    Raises:
        UserError: there is none.
    """
    for key, title in PART_NAMES.items():
        if text.strip() in (key, title):
            return key
    raise _unknown("teams.part", "参加方式", text, list(PART_NAMES.values()))


def _unknown(code: str, what: str, text: str, offered: list[str]) -> UserError:
    said = f"没有“{text}”这种{what}。" if text.strip() else f"没有填{what}。"
    return UserError(code, said, f"可填：{'、'.join(offered)}。")
