"""Who can be paired in a programme today, and who cannot although they want to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.mentoring.costs import Mentee, Mentor, Rules, School, obstacles
from models.mentoring.kinds import OTHER_LEVEL, PART_NAMES, Kinds, Part, read_kinds
from models.mentoring.pairs import PairRow
from models.mentoring.programmes import Programme
from models.mentoring.wishes import Participant, Wish, participants
from models.office.context import Office
from models.titles.holding import standing_codes
from models.verdicts.periods import month_of

_PEOPLE = """
SELECT t.id, t.teacher_no, t.name, t.subject, t.stage, t.backbone, t.status, t.school_id,
    t.work_start, i.name AS school, i.district, i.location, i.latitude, i.longitude,
    i.status AS school_status
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
WHERE t.id IN (SELECT teacher_id FROM participant_wish WHERE programme_id = :programme)
    OR t.id IN (SELECT mentor_id FROM pair WHERE programme_id = :programme)
    OR t.id IN (SELECT mentee_id FROM pair WHERE programme_id = :programme)
"""
_WITHDRAWN = """
SELECT teacher_id, ended_on, ended_because FROM title_grant
WHERE ended_how = 'withdrawn' ORDER BY ended_on
"""
_LAPSED = """
SELECT teacher_id, MAX(ends_on) FROM title_grant
WHERE ended_on IS NULL AND ends_on < ? GROUP BY teacher_id
"""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Excluded:
    """Somebody who wants to take part and cannot: why, and what can be done."""

    part: Part
    teacher_id: str
    no: str
    name: str
    why: str
    hint: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody of a programme.

    Attributes:
        mentors, mentees: who can be paired.
        excluded: who cannot.
        rules: what is asked of pairs, with the words for reasons.
    """

    mentors: tuple[Mentor, ...]
    mentees: tuple[Mentee, ...]
    excluded: tuple[Excluded, ...]
    rules: Rules


class Known:
    """Everybody of a programme by identity, and why somebody is not among them."""

    def __init__(self, crowd: Crowd) -> None:
        """Know those of a crowd."""
        self.mentors = {one.id: one for one in crowd.mentors}
        self.mentees = {one.id: one for one in crowd.mentees}
        self._excluded = {one.teacher_id: one for one in crowd.excluded}

    def mentor(self, identity: str) -> Mentor:
        """The mentor of that identity.

        Raises:
            UserError: there is none; the sentence says why and what can be done.
        """
        found = self.mentors.get(identity)
        if found is None:
            raise self._nobody(identity, "mentor")
        return found

    def mentee(self, identity: str) -> Mentee:
        """The mentee of that identity.

        Raises:
            UserError: there is none; the sentence says why and what can be done.
        """
        found = self.mentees.get(identity)
        if found is None:
            raise self._nobody(identity, "mentee")
        return found

    def _nobody(self, identity: str, part: Part) -> UserError:
        why = self._excluded.get(identity)
        if why is not None:
            return UserError("mentoring.excluded", f"{why.name}（{why.no}）{why.why}。", why.hint)
        word = PART_NAMES[part]
        return UserError(
            "mentoring.no_participant",
            f"指定的{word}没有登记为这项工程的{word}。",
            "请先登记意愿（pair wish）。",
        )


class Register:
    """The people of a programme as the register has them today."""

    def __init__(self, office: Office, found: Programme) -> None:
        """Read what is known of everybody who wants to take part or is paired."""
        self._office = office
        self._programme = found
        self._kinds: Kinds = read_kinds()
        rows = office.store.query(_PEOPLE, {"programme": found.id})
        self._rows = {row["id"]: dict(row) for row in rows}
        today = office.store.clock.today().isoformat()
        known = {identity: row["backbone"] for identity, row in self._rows.items()}
        for identity, code in standing_codes(office, known, today).items():
            self._rows[identity]["backbone"] = code
        self._lapsed = dict(office.store.tuples(_LAPSED, (today,)))
        self._withdrawn = {row["teacher_id"]: row for row in office.store.query(_WITHDRAWN)}

    def trouble(self, teacher_id: str, part: Part, school_id: str) -> tuple[str, str] | None:
        """Why somebody cannot be paired, and what can be done; None for who can.

        Args:
            teacher_id: who.
            part: as what.
            school_id: where they were when they applied; "" if that is not known.
        """
        row = self._rows.get(teacher_id)
        if row is None:
            return "已不在教师名册中", "请换人。"
        return (
            self._away(row)
            or self._school_trouble(row, school_id)
            or (self._title_trouble(row) if part == "mentor" else self._age_trouble(row))
        )

    def pair_trouble(self, one: PairRow) -> tuple[str, str] | None:
        """Why the two of a pair cannot go on, and what can be done; None if they can."""
        sides: tuple[tuple[str, str, Part, str], ...] = (
            (one.mentor_id, one.mentor, "mentor", one.mentor_school_id),
            (one.mentee_id, one.mentee, "mentee", one.mentee_school_id),
        )
        for identity, name, part, school in sides:
            trouble = self.trouble(identity, part, school)
            if trouble is not None:
                return f"{name}{trouble[0]}", trouble[1]
        return None

    def mentor(self, one: Participant) -> Mentor:
        """A participant as a mentor."""
        row = self._rows[one.wish.teacher_id]
        level = self._kinds.level_of(row["backbone"])
        usual = self._programme.kind.capacity_of(level)
        room = usual if one.wish.capacity is None else one.wish.capacity
        codes = self._office.codes["backbone"]
        return Mentor(
            **self._common(row, one),
            level=self._kinds.level_place(level),
            title="" if level == OTHER_LEVEL else codes.name_of(row["backbone"]),
            room=room,
        )

    def mentee(self, one: Participant) -> Mentee:
        """A participant as a mentee."""
        return Mentee(**self._common(self._rows[one.wish.teacher_id], one))

    def _common(self, row: Mapping[str, Any], one: Participant) -> dict[str, Any]:
        subjects = one.wish.subject or row["subject"] or ""
        return {
            "id": row["id"],
            "no": row["teacher_no"] or "",
            "name": row["name"],
            "school": self._school(row),
            "subjects": tuple(code for code in subjects.split("、") if code),
            "stage": one.wish.stage or row["stage"] or "",
            "wants": frozenset(one.wish.wants),
            "avoids": frozenset(one.wish.avoids),
        }

    def _school(self, row: Mapping[str, Any]) -> School:
        known = row["latitude"] and row["longitude"]
        return School(
            row["school_id"] or "",
            row["school"] or "",
            row["district"] or "",
            self._kinds.side_of(row["location"]),
            (float(row["latitude"]), float(row["longitude"])) if known else None,
        )

    def _away(self, row: Mapping[str, Any]) -> tuple[str, str] | None:
        if row["status"] not in self._kinds.away:
            return None
        state = self._office.codes["teacher_status"].name_of(row["status"])
        return f"岗位状态是“{state}”", "请换人；已恢复在岗的，请先改岗位状态。"

    def _school_trouble(self, row: Mapping[str, Any], school_id: str) -> tuple[str, str] | None:
        if not row["school_id"]:
            return "没有所在学校", "请先在教师名册里填上所在学校。"
        if row["school_status"] in self._kinds.closed:
            return f"所在学校“{row['school']}”已撤并", "请先把教师调到现在的学校。"
        if school_id and school_id != row["school_id"]:
            told = f"申报后已调到“{row['school']}”"
            return told, "请由现在的学校重新推荐并登记意愿，或换人。"
        return None

    def _title_trouble(self, row: Mapping[str, Any]) -> tuple[str, str] | None:
        level = self._kinds.level_of(row["backbone"])
        if "titled" in self._programme.kind.rules and level == OTHER_LEVEL:
            gone, lapsed = self._withdrawn.get(row["id"]), self._lapsed.get(row["id"])
            if lapsed and (gone is None or lapsed >= gone["ended_on"]):
                return f"称号任期 {lapsed} 已满", "请先复检续任，或换师傅。"
            if gone is None:
                return "没有骨干称号", "请核对骨干级别是否漏填、称号是否到期，或换人。"
            because = f"（{gone['ended_because']}）" if gone["ended_because"] else ""
            return f"称号已于 {gone['ended_on']} 取消{because}", "请换师傅。"
        return None

    def _age_trouble(self, row: Mapping[str, Any]) -> tuple[str, str] | None:
        most = self._programme.kind.novice_years
        start = month_of(row["work_start"])
        begin = month_of(self._programme.starts_on)
        if most is None or start is None or begin is None:
            return None
        years = (begin.number - start.number) // _MONTHS
        if years < most:
            return None
        return f"参加工作已满 {years} 年，不是新任教师", f"这项工程限参加工作不满 {most} 年的教师。"


def mentee_of(office: Office, found: Programme, pair: PairRow) -> Mentee:
    """The mentee of a pair as the register has them, with what they wish if they still do."""
    return Register(office, found).mentee(_side_of(pair, "mentee", _wished(office, found)))


def broken_rules(
    office: Office, found: Programme, pairs: Sequence[PairRow]
) -> dict[str, tuple[str, ...]]:
    """What pairs break of the hard rules, in words; those that break none are left out."""
    register, rules, wished = (
        Register(office, found),
        rules_of(office, found),
        _wished(office, found),
    )
    told: dict[str, tuple[str, ...]] = {}
    for one in pairs:
        mentor = register.mentor(_side_of(one, "mentor", wished))
        mentee = register.mentee(_side_of(one, "mentee", wished))
        if broken := obstacles(mentor, mentee, rules):
            told[one.id] = tuple(broken)
    return told


_Wished = Mapping[tuple[str, str], Participant]


def _wished(office: Office, found: Programme) -> _Wished:
    return {(one.wish.teacher_id, one.wish.part): one for one in participants(office, found.id)}


def _side_of(pair: PairRow, part: Part, wished: _Wished) -> Participant:
    """One of the two of a pair as a participant, also where they are none any more."""
    if part == "mentor":
        alone = Participant(
            "", Wish(pair.mentor_id, part), pair.mentor_no, pair.mentor, pair.mentor_school
        )
    else:
        wish = Wish(pair.mentee_id, part, pair.subject, pair.stage)
        alone = Participant("", wish, pair.mentee_no, pair.mentee, pair.mentee_school)
    return wished.get((alone.wish.teacher_id, part), alone)


@dataclass(frozen=True, slots=True)
class Troubled:
    """A pair that cannot go on as it is: why, and what can be done."""

    pair: PairRow
    why: str
    hint: str


def troubled(office: Office, found: Programme, pairs: Sequence[PairRow]) -> list[Troubled]:
    """Which of the pairs cannot go on: a title withdrawn, somebody moved, a school closed."""
    register = Register(office, found)
    told = ((one, register.pair_trouble(one)) for one in pairs)
    return [Troubled(one, *trouble) for one, trouble in told if trouble is not None]


def gather(office: Office, found: Programme) -> Crowd:
    """Who can be paired in a programme today."""
    register = Register(office, found)
    mentors: list[Mentor] = []
    mentees: list[Mentee] = []
    excluded: list[Excluded] = []
    for one in participants(office, found.id):
        part = one.wish.part
        trouble = register.trouble(one.wish.teacher_id, part, one.school_id)
        if trouble is not None:
            excluded.append(Excluded(part, one.wish.teacher_id, one.teacher_no, one.name, *trouble))
        elif part == "mentor":
            mentors.append(register.mentor(one))
        else:
            mentees.append(register.mentee(one))
    return Crowd(tuple(mentors), tuple(mentees), tuple(excluded), rules_of(office, found))


def rules_of(office: Office, found: Programme) -> Rules:
    """What a programme asks of pairs, with the office's words for subjects and stages."""
    subjects, stages = (
        {entry.code: entry.name for entry in office.codes[table].entries}
        for table in ("subject", "stage")
    )
    return Rules(found.kind.weights, found.kind.rules, subjects, stages)
