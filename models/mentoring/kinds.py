"""What kinds of programmes there are: data of ``resources/mentoring/programmes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

import resources
from models.errors import UserError

_FILE = "mentoring/programmes.toml"

Rule = Literal[
    "other_school", "same_school", "town_to_village", "same_subject", "same_stage", "titled"
]
Part = Literal["mentor", "mentee"]
Side = Literal["helps", "helped"]
RULE_NAMES: Mapping[str, str] = {
    "other_school": "师徒须不同校",
    "same_school": "师徒须同校",
    "town_to_village": "须由城镇学校带乡村学校",
    "same_subject": "师徒须同学科",
    "same_stage": "师徒须同学段",
    "titled": "须有骨干称号",
}
PART_NAMES: Mapping[Part, str] = {"mentor": "师傅", "mentee": "徒弟"}
SIDE_NAMES: Mapping[str, str] = {"helps": "愿帮扶", "helped": "愿受扶"}
OTHER_LEVEL = "other"
"""The level of who has no title."""


class _Described(BaseModel):
    """What the file says, as it stands there."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Level(_Described):
    """A level of titles, the highest first; ``codes`` are of the table ``backbone``."""

    id: str
    name: str
    codes: tuple[str, ...]


class Weights(_Described):
    """What each thing that is not ideal about a pair costs."""

    subject: int
    stage: int
    level: int
    kilometre: int
    other_school: int
    other_district: int
    far: int
    load: int
    wish: int


class Step(_Described):
    """One step on the way to a filed pair; a pair that took it is in the state ``id``."""

    id: Literal["applied", "recommended", "filed"]
    name: str
    by: str


class Kept(_Described):
    """When a pair keeps its agreement: so many visits in each school term at least."""

    visits: int
    clause: str = ""
    quote: str = ""


class Rank(_Described):
    """How units and pairs are ranked and what the best are called."""

    least: int
    units: int
    pairs: int
    unit_honour: str
    pair_honour: str


class MeetingKind(_Described):
    """A meeting that belongs to a programme; ``month`` is its usual one."""

    id: str
    name: str
    month: int | None = None
    quote: str = ""


class VisitKind(_Described):
    """A sort of visit and the hours one brings; 0 for none."""

    id: str
    name: str
    hours: int


class SurveyKind(_Described):
    """A survey form.

    Attributes:
        id, name: its name in the program and in the office.
        quote: what the sources say of it.
        part: which part the people named in it take; "" where it names nobody.
        where: which schools are asked: town, village, or all of them.
        fields: the fields of a line, besides the school.
    """

    id: str
    name: str
    quote: str = ""
    part: Part | Literal[""] = ""
    where: Literal["town", "village", ""] = ""
    fields: tuple[str, ...]


class ProgrammeKind(_Described):
    """A kind of programme.

    Attributes:
        id, name, document, clause, quote: what it is and where it comes from.
        years: how long a cycle lasts.
        mentor, mentee: what the two are called.
        agreement: what their agreement is called.
        goals, tasks: what an agreement says where nothing else is written.
        rules: what no pair may break.
        goal, goal_quote: the designation a mentee is to reach.
        novice_years: a mentee has worked no longer than this, None for no limit.
        surveys: which forms belong to it.
        weights, capacity, kept, rank: numbers that a programme may set for itself.
        steps, meetings: in order.
    """

    id: str
    name: str
    document: str = ""
    clause: str = ""
    quote: str = ""
    years: int
    mentor: str
    mentee: str
    agreement: str
    goals: str
    tasks: str
    rules: tuple[Rule, ...]
    goal: str
    goal_quote: str = ""
    novice_years: int | None = None
    surveys: tuple[str, ...]
    weights: Weights
    capacity: Mapping[str, Annotated[int, Field(ge=0)]]
    kept: Kept
    rank: Rank
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    meetings: tuple[MeetingKind, ...] = ()

    def step_before(self, step_id: str) -> str:
        """The state a pair is in before a step: that of the step before, or ``proposed``."""
        ids = [one.id for one in self.steps]
        at = ids.index(step_id)  # pyright: ignore[reportArgumentType] - a name of the file
        return ids[at - 1] if at else "proposed"

    def capacity_of(self, level: str) -> int:
        """How many mentees a mentor of a level takes at most."""
        return self.capacity.get(level, 0)


class Kinds(_Described):
    """Everything the file says.

    Attributes:
        levels: of titles, the highest first.
        mode: code of the training mode that hours of visits are entered with.
        most_hours: how many hours one visit brings at most.
        away: codes of the states in which a teacher leads nobody and is not led.
        withdrawn: levels whose titles the office itself withdraws.
        not_asked: codes of the types of institutions that get no survey forms.
        closed: codes of the states of an institution whose people are not paired.
        town, village: codes of the places of schools (城乡属性).
        kinds, visits, surveys: what there is.
    """

    levels: tuple[Level, ...]
    mode: str
    most_hours: int
    away: tuple[str, ...]
    withdrawn: tuple[str, ...]
    not_asked: tuple[str, ...]
    closed: tuple[str, ...]
    town: tuple[str, ...]
    village: tuple[str, ...]
    kinds: tuple[ProgrammeKind, ...]
    visits: tuple[VisitKind, ...]
    surveys: tuple[SurveyKind, ...]

    def side_of(self, location: str | None) -> Literal["town", "village", ""]:
        """Whether a school of a code of the table ``location`` is of the town or of a village."""
        if location in self.town:
            return "town"
        return "village" if location in self.village else ""

    def level_of(self, backbone: str | None) -> str:
        """The level of a code of the table ``backbone``."""
        return next((one.id for one in self.levels if backbone in one.codes), OTHER_LEVEL)

    def level_place(self, level: str) -> int:
        """The place of a level, 0 for the highest; who has no title stands last."""
        ids = [one.id for one in self.levels]
        return ids.index(level) if level in ids else len(ids)


@cache
def read_kinds() -> Kinds:
    """The kinds of programmes with their surveys, visits and levels of titles."""
    return Kinds.model_validate(tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8")))


def kind_named(word: str) -> ProgrammeKind:
    """The kind of that id or name.

    Raises:
        UserError: there is none.
    """
    return _named(read_kinds().kinds, word, "结对工程")


def survey_named(word: str) -> SurveyKind:
    """The survey form of that id or name.

    Raises:
        UserError: there is none.
    """
    return _named(read_kinds().surveys, word, "调查表")


def visit_named(word: str) -> VisitKind:
    """The sort of visit of that id or name.

    Raises:
        UserError: there is none.
    """
    return _named(read_kinds().visits, word, "活动")


def _named(known: tuple[Any, ...], word: str, what: str) -> Any:  # noqa: ANN401 - as what is known
    found = next((one for one in known if word.strip() in (one.id, one.name)), None)
    if found is None:
        names = "、".join(f"{one.name}（{one.id}）" for one in known)
        raise UserError("mentoring.no_kind", f"没有“{word}”这种{what}。", f"可以填：{names}。")
    return found
