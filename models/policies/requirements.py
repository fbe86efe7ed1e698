"""What a pack demands of people and institutions: each demand with its clause and quote.

Words of code tables stand as the office reads them (``mode = ["集中"]``); ``wording`` turns them
into codes and names a word that no table knows.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Window = Literal["cycle", "year", "term", "probation", "post"]
Measure = Literal["hours", "credits", "count", "courses"]
Prorate = Literal["none", "months"]
TargetUnit = Literal["school", "county"]
Words = tuple[str, ...]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Amount = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=2)]
Percent = Annotated[Decimal, Field(gt=0, le=100)]

UNITS: dict[Measure, str] = {"hours": "学时", "credits": "学分", "count": "次", "courses": "门"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Whom(_Part):
    """Which teachers: every condition given must hold; of a list one word is enough.

    Attributes:
        status, post, title, education, stage, track, backbone, subject: words of those code tables.
        not_status: none of these.
        is_head: 班主任 or not.
        special_post: 特岗教师 or not.
        service_from: at least so many full years of service on the day of the verdict.
        service_below: fewer than so many.
        location, school_type: words of the tables ``location`` and ``institution_type``, of the
            school.
    """

    status: Words = ()
    not_status: Words = ()
    post: Words = ()
    title: Words = ()
    education: Words = ()
    stage: Words = ()
    track: Words = ()
    backbone: Words = ()
    subject: Words = ()
    location: Words = ()
    school_type: Words = ()
    is_head: bool | None = None
    special_post: bool | None = None
    service_from: Annotated[int, Field(ge=0, le=60)] | None = None
    service_below: Annotated[int, Field(ge=1, le=60)] | None = None


class Selection(_Part):
    """Which entries of the ledger: every condition given must hold; of a list one is enough.

    Attributes:
        mode, theme, level, nature: words of ``training_mode`` (培训形式), ``training_theme``
            (项目类别), ``training_level`` and ``course_nature``.
        kind: 登记, 课程, 冲抵.
        hours_from: a single training of at least so many hours.
    """

    mode: Words = ()
    theme: Words = ()
    level: Words = ()
    nature: Words = ()
    kind: Words = ()
    hours_from: Amount | None = None


class Exclusion(Selection):
    """Entries that do not count over these windows, and why.

    Attributes:
        windows: over which windows they do not count.
        reason: what the person is told.
        clause, quote: where the rule stands.
    """

    windows: tuple[Window, ...]
    reason: str
    clause: str
    quote: str = ""


class Requirement(_Part):
    """One demand on a teacher.

    Attributes:
        id: stable name within the pack.
        title: as the person reads it.
        clause, quote: where it stands, in the document's words.
        document: the document; the pack's where left out.
        whom: whom it concerns, as they are on the day of the verdict.
        window: ``cycle`` all its years; ``year`` every calendar year; ``term`` every term;
            ``probation`` the first ``months`` after starting work; ``post`` the first ``months`` in
            the post that ``whom`` names.
        months: length of ``probation`` and ``post``.
        measure: sum of hours or credits, number of trainings, or compulsory courses passed.
        of: which entries (for ``courses``: which courses) count; one fitting selection is enough,
            none means all.
        for_all: for ``courses``: courses that are due from everybody of their stage and track, and
            not only from those enrolled.
        least: at least so much over the window (for ``courses``: all that are due).
        prorate: ``months``: whoever started work within the window owes its share of months.
        relief: for these states of ``teacher_status`` an approved leave lessens it by its months.
        stamp: whether failing it blocks the year's stamp (验印).
    """

    id: Id
    title: str
    clause: str
    quote: str = ""
    document: str = ""
    whom: Whom = Whom()
    window: Window = "cycle"
    months: Annotated[int, Field(ge=1, le=60)] = 12
    measure: Measure = "hours"
    of: tuple[Selection, ...] = ()
    for_all: tuple[Selection, ...] = ()
    least: Amount = Decimal(1)
    prorate: Prorate = "none"
    relief: Words = ()
    stamp: bool = True

    @model_validator(mode="after")
    def _make_sense(self) -> Requirement:
        if self.window == "post" and not self.whom.post:
            raise ValueError("window = post 的要求必须在 whom 中写明 post（职务）")
        if self.measure == "courses" and self.window not in ("cycle", "year"):
            raise ValueError("measure = courses 只能用于 window = cycle 或 year")
        if self.window in ("probation", "post") and (self.relief or self.prorate != "none"):
            raise ValueError("试用期、任职初期的要求不能按月折算（relief、prorate）")
        return self

    @property
    def unit(self) -> str:
        """学时, 学分, 次 or 门."""
        return UNITS[self.measure]


class Target(_Part):
    """One demand on a school or the county.

    Attributes:
        id, title, clause, quote, document: as of a requirement.
        unit: for whom it is worked out.
        window: over which time entries are looked at.
        whole: the people it is a share of.
        part: those of them that count, by what they are.
        of, hours: those of them that count, by a year's entries: so many hours of these.
        figure, of_figure: names of reported figures (numerator; denominator, if it is a share).
        least: at least so many percent, or so many (a figure without denominator).
        per: at most so many of ``whole`` for each of ``part`` (300:1).
    """

    id: Id
    title: str
    clause: str
    quote: str = ""
    document: str = ""
    unit: TargetUnit = "school"
    window: Literal["year", "cycle"] = "year"
    whole: Whom = Whom()
    part: Whom | None = None
    of: tuple[Selection, ...] = ()
    hours: Amount | None = None
    figure: str = ""
    of_figure: str = ""
    least: Amount | None = None
    per: Annotated[int, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _make_sense(self) -> Target:
        if (self.least is None) == (self.per is None):
            raise ValueError("指标要么写 least（至少），要么写 per（每多少人一名）")
        if not self.figure and self.part is None and self.hours is None:
            raise ValueError("指标要写明算什么：part、of 与 hours，或 figure")
        return self


class Designation(_Part):
    """A title that follows from facts (基础型教师 …): conditions, and what vetoes it.

    Attributes:
        id, title, clause, quote, document: as of a requirement.
        whom: who can have it.
        needs: ids of requirements of this pack; none means every one that applies.
        veto: kinds of veto that rule it out (``师德``).
    """

    id: Id
    title: str
    clause: str
    quote: str = ""
    document: str = ""
    whom: Whom = Whom()
    needs: tuple[Id, ...] = ()
    veto: Words = ("师德",)


class Terms(_Part):
    """The terms of a calendar year, by their first months (桦甸 2009: 1—6 月, 7—12 月)."""

    first_months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = (1, 7)

    @model_validator(mode="after")
    def _make_sense(self) -> Terms:
        if not self.first_months or list(self.first_months) != sorted(set(self.first_months)):
            raise ValueError("学期的起始月份要从小到大，不重复")
        if self.first_months[0] != 1:
            raise ValueError("第一学期要从 1 月起，使每个月都属于一个学期")
        return self
