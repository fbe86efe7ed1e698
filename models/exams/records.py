"""What the exam room talks of: an exam with its terms, its parts, rooms and examinees."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from models.exams.eligibility import Scope
from models.policies.records import Base, Rounding, Stratum

ExamKind = Literal["sample", "whole"]
ExamMode = Literal["paper", "computer"]
DrawnBefore = Literal["equal", "left_out"]
Origin = Literal["drawn", "reserve", "whole"]
ExamineeState = Literal["expected", "absent", "excused", "cheated", "replaced"]

KIND_NAMES: dict[ExamKind, str] = {"sample": "抽测", "whole": "统考"}
MODE_NAMES: dict[ExamMode, str] = {"paper": "笔试", "computer": "机考"}
DRAWN_BEFORE_NAMES: dict[DrawnBefore, str] = {
    "equal": "上次抽中的人同样参加，机会均等",
    "left_out": "上次抽中的人本次不列入名单",
}
ORIGIN_NAMES: dict[Origin, str] = {"drawn": "抽中", "reserve": "候补", "whole": "统考"}
STATE_NAMES: dict[ExamineeState, str] = {
    "expected": "应考",
    "absent": "缺考",
    "excused": "缓考",
    "cheated": "作弊",
    "replaced": "已替换",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """When, where and how an exam is held.

    Attributes:
        kind: a sample (抽测) or everybody of the frame (统考).
        mode: on paper or on computers; None where not said.
        term: the term as the office calls it (6月, 12月); "" where not said.
        level: code of ``training_level``; None where not said.
        held_on: ISO date; None where not set yet.
        starts_at, ends_at: ``HH:MM``; None where not set yet.
        places: where, as printed; "" where not set yet.
    """

    kind: ExamKind = "sample"
    mode: ExamMode | None = None
    term: str = ""
    level: str | None = None
    held_on: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    places: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of an exam's score (科目); the weights of an exam sum up to 100.

    Attributes:
        name: as on sheets.
        weight: per cent of the total.
        full_marks: the highest points of the part.
        course_id: the course whose result the part is; None for none.
        component_id: the component of that course which the part fills; None for its whole score.
        id: its identity; "" before it is stored.
    """

    name: str
    weight: Decimal = Decimal(100)
    full_marks: Decimal = Decimal(100)
    course_id: str | None = None
    component_id: str | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamTerms:
    """What an exam is set up with; what is None comes from the rules in force.

    Attributes:
        code: short and unique; part of every ticket.
        name: as on papers.
        year: the training year.
        base: who can be drawn.
        strata: what makes a stratum.
        fraction: the share to draw.
        quota: people to draw in each stratum instead of a share; None to draw by the share.
        rounding: how a share becomes a number of people.
        stage, track, status, post: only these (codes).
        gated: whether the gate of the training rules decides who is in the frame.
        drawn_before: what becomes of those drawn in the exam before.
        course_id: the course examined.
        pass_mark: of the total; None for the one of the rules in force.
        entries: 2 where hand-typed scores are entered twice and compared.
        session: when, where and how.
    """

    code: str
    name: str
    year: int
    base: Base | None = None
    strata: tuple[Stratum, ...] | None = None
    fraction: Fraction | None = None
    quota: int | None = None
    rounding: Rounding | None = None
    stage: str | None = None
    track: str | None = None
    status: str | None = None
    post: str | None = None
    gated: bool = False
    drawn_before: DrawnBefore = "equal"
    course_id: str | None = None
    pass_mark: Decimal | None = None
    entries: Literal[1, 2] = 1
    session: Session = field(default_factory=Session)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam:
    """An exam as it was set up.

    Attributes:
        id, code, name, year: what it is.
        scope: whom it concerns.
        fraction, rounding, quota: how many are drawn; ``quota`` for each stratum, if given.
        gated, drawn_before: who is left out of the frame.
        course_id: the course examined; None for none.
        session: when, where and how.
        pass_mark: points of the total that pass.
        entries: 2 where hand-typed scores are entered twice.
        published_on, posted_on: ISO dates; None as long as that was not done.
    """

    id: str
    code: str
    name: str
    year: int
    scope: Scope
    fraction: Fraction
    rounding: Rounding
    quota: int | None
    gated: bool
    drawn_before: DrawnBefore
    course_id: str | None
    session: Session
    pass_mark: Decimal
    entries: int
    published_on: str | None
    posted_on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examinee:
    """Somebody who sits (or should have sat) an exam.

    School, subject and stage are those of the day the examinees were fixed.

    Attributes:
        id, teacher_id, teacher_no, name: the examinee and who it is.
        school_id, school_name: the school; None and "（无单位）" for none.
        subject, stage: as words; "" where not recorded.
        stratum: of the draw.
        origin: drawn, called up from the reserves, or everybody.
        state: whether they sat.
        reason: why absent, excused, replaced or what the cheating was.
        replaces: the examinee in whose place they were called; None for nobody.
        admission_no: the number of the admission ticket (准考证号); "" before seats are given.
        room_id, room, seat: where; None, "" and None before seats are given.
    """

    id: str
    teacher_id: str
    teacher_no: str
    name: str
    school_id: str | None
    school_name: str
    subject: str
    stage: str
    stratum: str
    origin: Origin
    state: ExamineeState
    reason: str
    replaces: str | None
    admission_no: str
    room_id: str | None
    room: str
    seat: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of an exam.

    Attributes:
        id: its identity; "" before it is stored.
        number: 1 for the first room (第 1 考场).
        name: as on the door, such as 三年一班.
        place: the school or building; "" for the exam's own place.
        lanes: seats in each column from the door side, front to back, such as (8, 7, 7, 8).
        left_empty: seat numbers nobody sits at.
    """

    number: int
    name: str
    place: str = ""
    lanes: tuple[int, ...] = (8, 7, 7, 8)
    left_empty: tuple[int, ...] = ()
    id: str = ""

    @property
    def seats(self) -> tuple[int, ...]:
        """The seat numbers to be given, in order."""
        return tuple(n for n in range(1, sum(self.lanes) + 1) if n not in self.left_empty)
