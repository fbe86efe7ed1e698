"""What a paper can be asked for, and the answers. Light enough for the window's start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

THIS_YEAR = "@year"
TODAY = "@today"
"""Defaults that depend on the office's day."""


class OptionKind(StrEnum):
    """What an option takes; it decides how it is read and with what it is entered."""

    YEAR = "year"
    SCHOOL = "school"  # a name, or the identity
    COURSE = "course"  # a code, a title, or the identity
    EXAM = "exam"  # a code, or the identity
    RUN = "run"  # a print run: its identity or the beginning of it, or a title only one has
    IMPORT = "import"  # an import: its identity, or the file's name for its latest
    BATCH = "batch"  # of a title: a name, or the identity
    PROGRAMME = "programme"  # a code, or the identity
    TEACHERS = "teachers"  # numbers or names, separated by 、 or blanks
    CHOICE = "choice"
    SEVERAL = "several"  # some of the choices
    FLAG = "flag"
    COUNT = "count"
    DAY = "day"
    TEXT = "text"
    BODY = "body"  # paragraphs, one a line


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers an option offers."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a paper can be asked for.

    Attributes:
        key: on the command line.
        title: in the window.
        kind: what it takes.
        required: whether there is no paper without it.
        default: as a person would write it; ``THIS_YEAR`` and ``TODAY`` stand for the day's.
        choices: what a CHOICE or SEVERAL offers.
        note: what a person should know when answering.
        empty: what leaving it empty means, such as 全部学校.
        drafted: whether a text is proposed where it is left empty.
    """

    key: str
    title: str
    kind: OptionKind
    required: bool = False
    default: str = ""
    choices: tuple[Choice, ...] = ()
    note: str = ""
    empty: str = ""
    drafted: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """Answers that were read and found good.

    Attributes:
        answers: key of an option to its value: text, number, truth, several texts; identities of
            schools, courses, exams, programmes, batches, teachers.
        words: key to how the answer reads in a title or a file's name.
    """

    answers: Mapping[str, str | int | bool | tuple[str, ...]]
    words: Mapping[str, str] = field(default_factory=dict[str, str])

    def text(self, key: str) -> str:
        """A text or identity; "" where nothing was answered."""
        found = self.answers.get(key, "")
        return found if isinstance(found, str) else ""

    def number(self, key: str) -> int:
        """A year or count; 0 where nothing was answered."""
        found = self.answers.get(key, 0)
        return found if isinstance(found, int) else 0

    def flag(self, key: str) -> bool:
        """A yes or no."""
        return self.answers.get(key) is True

    def several(self, key: str) -> tuple[str, ...]:
        """Several texts or identities."""
        found = self.answers.get(key, ())
        return found if isinstance(found, tuple) else ()


@dataclass(frozen=True, slots=True)
class PaperInfo:
    """A paper as lists show it.

    Attributes:
        name: on the command line.
        title: ``教师花名册``.
        about: one sentence of what it is for.
        group: under which it is listed.
        options: what it can be asked for.
        tabled: whether it is a workbook as well as a paper.
    """

    name: str
    title: str
    about: str
    group: str
    options: tuple[Option, ...] = ()
    tabled: bool = False

    @property
    def drafted(self) -> bool:
        """Whether texts that are left empty are proposed from the data."""
        return any(one.drafted for one in self.options)
