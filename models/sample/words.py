"""The words the generated county is made of."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from resources import path


class _Read(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SampleCourse(_Read):
    """A training that comes back every year; ``share`` of the teachers it is for take it.

    ``organizer`` None means the office itself, "" the teacher's own school. ``whom``: everybody,
    head teachers, those in their first year, or heads of schools.
    """

    title: str
    category: str
    level: str
    hours: Decimal
    share: Decimal
    organizer: str | None = None
    theme: str | None = None
    nature: str | None = None
    whom: Literal["all", "head", "new", "lead"] = "all"


class DottedName(_Read):
    """A whole name with its middle dot, with ethnicity and sex as codes."""

    name: str
    ethnicity: str
    sex: str


class Words(_Read):
    """Name characters, place names and trainings to draw from."""

    surnames: str
    special_surnames: tuple[str, ...]
    men: str
    women: str
    rare: tuple[str, ...]
    korean_surnames: str
    korean_given: tuple[str, ...]
    dotted: tuple[DottedName, ...]
    place_first: str
    place_second: tuple[str, ...]
    villages: tuple[str, ...]
    colleges: tuple[str, ...]
    course: tuple[SampleCourse, ...]


def read_words() -> Words:
    """The words that come with the program."""
    text = path("sample/words.toml").read_text(encoding="utf-8")
    return Words.model_validate(tomllib.loads(text, parse_float=Decimal))
