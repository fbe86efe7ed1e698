"""A rule pack as its file says it: every rule with the document, clause and quote it rests on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.policies.requirements import (
    Designation,
    Exclusion,
    Id,
    Requirement,
    Selection,
    Target,
    Terms,
    Whom,
)

Base = Literal["subject", "class", "all", "unit"]
Stratum = Literal["school", "subject", "stage"]
Rounding = Literal["ceiling", "half-up-min-1", "largest-remainder"]
CreditRounding = Literal["half-up", "down"]
Positive = Annotated[Decimal, Field(gt=0, le=10_000)]


class Rule(BaseModel):
    """Base of the rules: where each comes from.

    Attributes:
        clause: clause or chapter of the document; says so where the rule is only a custom.
        quote: the words of the document, "" where there are none.
        document: the document; filled in from the pack where the file leaves it out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    clause: str
    quote: str = ""
    document: str = ""


class CycleRule(Rule):
    """The training cycle: how many years, counted from which, and the hours it asks of all."""

    first_year: Annotated[int, Field(ge=1990, le=2100)]
    years: Annotated[int, Field(ge=1, le=10)]
    hours: Positive


class Conversion(Rule):
    """How many credits (学分) so many hours (学时) make, such as 10 to 1.

    Attributes:
        hours, credits: the ratio.
        rounding: what happens to more than two decimal places of one entry.
    """

    hours: Positive
    credits: Positive
    rounding: CreditRounding = "half-up"


class ConversionOf(Conversion):
    """The ratio of certain trainings: 20 to 1 for practice, 6 to 1 for 集中.

    Attributes:
        of: which trainings; one fitting selection is enough.
    """

    of: tuple[Selection, ...]


class Day(Rule):
    """How many hours a full day of training counts."""

    hours: Positive


class PassMark(Rule):
    """From which score on an exam is passed, of how many points."""

    mark: Annotated[Decimal, Field(ge=0, le=1000)]
    full: Positive = Decimal(100)


class Sampling(Rule):
    """How the sample for the exam is drawn unless a session says otherwise.

    Attributes:
        fraction: share of the people, as a decimal (0.1) or a text fraction ("1/3").
        base: who can be drawn: teachers with a subject, teachers in class, all teachers, each
            unit's people.
        strata: within what the share is taken.
        rounding: how the share of a stratum becomes a number of people.
    """

    fraction: Annotated[Fraction, Field(gt=0, le=1)]
    base: Base
    strata: tuple[Stratum, ...]
    rounding: Rounding


class Numbering(Rule):
    """The template of certificate numbers, such as ``{region}{year}{kind}{seq:05d}``."""

    completion: str


class Pack(BaseModel):
    """One place's rules over one period, as far as its document goes.

    Attributes:
        id: stable name, also the name of the file.
        title: as shown to the person.
        region: GB/T 2260; 220000 holds for the province, 000000 for the country.
        document: name and number of the source document.
        valid_from, valid_until: first and last day (None: until replaced).
        remark: what a reader should know about the pack.
        based_on: id of a pack whose demands hold as well, unless one of the same id replaces them.
        drop: ids of demands of that pack that do not hold here.
        people: who is judged at all.
        terms: the terms of a year.
        conversions: ratios of certain trainings; the first that fits goes before ``conversion``.
        exclusions: entries that do not count over some windows.
        requirements, targets, designations: what is demanded of teachers and of institutions, and
            the titles that follow.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    region: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    document: str
    valid_from: date
    valid_until: date | None = None
    remark: str = ""
    cycle: CycleRule | None = None
    conversion: Conversion | None = None
    day: Day | None = None
    pass_mark: PassMark | None = None
    sampling: Sampling | None = None
    numbering: Numbering | None = None
    based_on: str = ""
    drop: tuple[Id, ...] = ()
    people: Whom | None = None
    terms: Terms | None = None
    conversions: tuple[ConversionOf, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    targets: tuple[Target, ...] = ()
    designations: tuple[Designation, ...] = ()

    def holds(self, region: str, day: date) -> bool:
        """Whether the pack covers that region on that day."""
        within = self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        return within and covers(self.region, region)


class Rules(BaseModel):
    """What holds in one place on one day: of every rule the one of the nearest level."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    packs: tuple[str, ...]
    cycle: CycleRule
    conversion: Conversion
    day: Day
    pass_mark: PassMark
    sampling: Sampling
    numbering: Numbering
    conversions: tuple[ConversionOf, ...] = ()


def covers(outer: str, inner: str) -> bool:
    """Whether the region ``outer`` is ``inner`` or lies above it (GB/T 2260: 2+2+2 digits)."""
    stem = outer
    while stem.endswith("00"):
        stem = stem[:-2]
    return inner.startswith(stem)
