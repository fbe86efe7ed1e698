"""What a pair costs and why, and what it may never be; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from models.mentoring.kinds import Rule, Weights

EARTH = 6371.0  # kilometres
_NEAR_STAGES = ("1", "2", "3", "4")
"""Stages in the order in which pupils pass through them; others are two steps from everything."""
_OTHER_STAGE = 2


@dataclass(frozen=True, slots=True)
class School:
    """A school as far as pairs go.

    Attributes:
        id, name: which; "" for somebody without school.
        district: the group of schools it belongs to, "" if unknown.
        side: whether it is a school of the town or of a village, "" if unknown.
        place: latitude and longitude in degrees, None if unknown.
    """

    id: str
    name: str
    district: str = ""
    side: Literal["town", "village", ""] = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Who may be paired.

    Attributes:
        id, no, name: which teacher; ``no`` also decides among equals.
        school: where.
        subjects: codes.
        stage: code, "" if unknown.
        wants, avoids: identities of those on the other side.
    """

    id: str
    no: str
    name: str
    school: School
    subjects: tuple[str, ...] = ()
    stage: str = ""
    wants: frozenset[str] = frozenset()
    avoids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mentee(Person):
    """Who is to be led."""


@dataclass(frozen=True, slots=True)
class Mentor(Person):
    """Who may lead.

    Attributes:
        level: place of the title's level, 0 for the highest.
        title: what the title is called, "" for none.
        room: how many mentees at most.
    """

    level: int = 0
    title: str = ""
    room: int = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of pairs.

    Attributes:
        weights: what costs how much.
        hard: what no pair may break.
        subjects, stages: codes to the office's words.
    """

    weights: Weights
    hard: tuple[Rule, ...]
    subjects: Mapping[str, str] = field(default_factory=dict[str, str])
    stages: Mapping[str, str] = field(default_factory=dict[str, str])

    def words(self, subjects: Sequence[str]) -> str:
        """Subjects in the office's words."""
        return "、".join(self.subjects.get(code, code) for code in subjects)


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing about a pair: in words, and what it costs."""

    text: str
    cost: int

    @property
    def priced(self) -> str:
        """The words, with the cost where there is one."""
        return f"{self.text}（+{self.cost}）" if self.cost else self.text


def subject_reason(mentor: Sequence[str], mentee: Sequence[str], rules: Rules) -> Reason:
    """Whether they teach the same."""
    shared = [code for code in mentee if code in mentor]
    if shared:
        return Reason(f"同学科（{rules.words(shared)}）", 0)
    if not mentor or not mentee:
        return Reason("任教学科不明", rules.weights.subject)
    told = f"学科不同（{rules.words(mentor)}—{rules.words(mentee)}）"
    return Reason(told, rules.weights.subject)


def stage_reason(mentor: str, mentee: str, rules: Rules) -> Reason:
    """How far apart their stages are."""
    if mentor == mentee and mentor:
        return Reason(f"同学段（{rules.stages.get(mentor, mentor)}）", 0)
    if not mentor or not mentee:
        return Reason("学段不明", rules.weights.stage)
    both = mentor in _NEAR_STAGES and mentee in _NEAR_STAGES
    steps = abs(_NEAR_STAGES.index(mentor) - _NEAR_STAGES.index(mentee)) if both else _OTHER_STAGE
    names = "—".join(rules.stages.get(code, code) for code in (mentor, mentee))
    return Reason(f"学段不同（{names}）", rules.weights.stage * steps)


def place_reason(mentor: School, mentee: School, rules: Rules) -> Reason:
    """How far the way between their schools is; by districts where no coordinates are known."""
    weights = rules.weights
    if mentor.id == mentee.id and mentor.id:
        return Reason("同校", 0)
    if mentor.place is not None and mentee.place is not None:
        way = round(kilometres(mentor.place, mentee.place))
        return Reason(f"两校相距约 {way} 公里", weights.kilometre * min(way, weights.far))
    if mentor.district and mentor.district == mentee.district:
        return Reason(f"同片不同校（{mentor.district}）", weights.other_school)
    known = mentor.district and mentee.district
    told = f"不同片（{mentor.district}—{mentee.district}）" if known else "两校远近不明"
    return Reason(told, weights.other_school + weights.other_district)


def level_reason(mentor: Mentor, rules: Rules) -> Reason:
    """How high the mentor's title is."""
    return Reason(mentor.title or "没有称号", rules.weights.level * mentor.level)


def wish_reasons(mentor: Mentor, mentee: Mentee, rules: Rules) -> list[Reason]:
    """Whether they wished for each other; nothing where no wish was made."""
    found: list[Reason] = []
    for who, wants, other in (
        ("师傅", mentor.wants, mentee.id),
        ("徒弟", mentee.wants, mentor.id),
    ):
        if other in wants:
            found.append(Reason(f"合{who}意愿", 0))
        elif wants:
            found.append(Reason(f"{who}另有意愿", rules.weights.wish))
    return found


def reasons_of(mentor: Mentor, mentee: Mentee, rules: Rules) -> list[Reason]:
    """Everything that a pair costs, besides how many mentees the mentor has."""
    return [
        subject_reason(mentor.subjects, mentee.subjects, rules),
        stage_reason(mentor.stage, mentee.stage, rules),
        place_reason(mentor.school, mentee.school, rules),
        level_reason(mentor, rules),
        *wish_reasons(mentor, mentee, rules),
    ]


def breaks_between_schools(mentor: School, mentee: School, rules: Rules) -> bool:
    """Whether a hard rule forbids pairs of these schools."""
    return any(broken for _, broken in _school_rules(mentor, mentee, rules))


def breaks_subject(mentor: Sequence[str], mentee: Sequence[str], rules: Rules) -> bool:
    """Whether a hard rule forbids pairs of these subjects."""
    return "same_subject" in rules.hard and not set(mentor) & set(mentee)


def breaks_stage(mentor: str, mentee: str, rules: Rules) -> bool:
    """Whether a hard rule forbids pairs of these stages."""
    return "same_stage" in rules.hard and (mentor != mentee or not mentor)


def obstacles(mentor: Mentor, mentee: Mentee, rules: Rules) -> list[str]:
    """What forbids a pair, in words; the subject first, because it matters most."""
    found: list[str] = []
    if mentor.id == mentee.id:
        found.append("师徒是同一个人")
    if breaks_subject(mentor.subjects, mentee.subjects, rules):
        found.append("师徒不同学科")
    if breaks_stage(mentor.stage, mentee.stage, rules):
        found.append("师徒不同学段")
    found += [told for told, broken in _school_rules(mentor.school, mentee.school, rules) if broken]
    if "titled" in rules.hard and not mentor.title:
        found.append("师傅没有骨干称号")
    if mentor.id in mentee.avoids:
        found.append("徒弟不愿跟随这位师傅")
    if mentee.id in mentor.avoids:
        found.append("师傅不愿带这名徒弟")
    return found


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The way between two places as the crow flies."""
    (south, west), (north, east) = one, other
    high, wide = radians(north - south) / 2, radians(east - west) / 2
    part = sin(high) ** 2 + cos(radians(south)) * cos(radians(north)) * sin(wide) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(part)))


def _school_rules(mentor: School, mentee: School, rules: Rules) -> list[tuple[str, bool]]:
    same = mentor.id == mentee.id and bool(mentor.id)
    told = {
        "other_school": ("师徒同校", same),
        "same_school": ("师徒不同校", not same),
        "town_to_village": (
            "不是城镇学校带乡村学校",
            mentor.side != "town" or mentee.side != "village",
        ),
    }
    return [told[rule] for rule in rules.hard if rule in told]
