"""One row of facts of ours, whatever it is about, and what of ours to gather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.uploads.forms import Fraction
from models.uploads.translating import Cell

KINDS = ("record", "course", "offset")
"""What entries of the ledger may be asked for by kind."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """The facts of one row.

    Attributes:
        id: what the row is about: an entry, a teacher, an institution; a word for a group.
        caption: how messages name it.
        facts: fact's name to its stored value: codes, ISO days, Decimal amounts.
        teacher_id: whose it is; None where it is nobody's.
    """

    id: str
    caption: str
    facts: Mapping[str, object]
    teacher_id: str | None = None


def record_caption(name: str, course: str) -> str:
    """Whose record of what; a title that brings its own marks gets no others."""
    if course.startswith("《"):
        return f"{name}{course}"
    return f"{name} {course}" if "《" in course else f"{name}《{course}》"


@dataclass(frozen=True, slots=True)
class Wish:
    """What to build.

    Attributes:
        year: the training year.
        school_id: only of this school; "" for all.
        kinds: only entries of these kinds (``KINDS``); () for all.
        only_new: leave out what was accepted before and has not changed since.
        fractions: key of a column to what to do with amounts it cannot hold, in the place of what
            the form says.
        strict: write nothing where a single row has a problem.
    """

    year: int
    school_id: str = ""
    kinds: tuple[str, ...] = ()
    only_new: bool = False
    fractions: Mapping[str, Fraction] = field(default_factory=dict[str, Fraction])
    strict: bool = False


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row that can be sent.

    Attributes:
        fact: what it was made of.
        cells: in the order of the form's columns.
        key: what tells it from others there.
        held: key of a column to what rounding keeps for later, in hundredths.
    """

    fact: FactRow
    cells: tuple[Cell, ...]
    key: str
    held: Mapping[str, int]
