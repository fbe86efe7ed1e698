"""How a higher system's export and our file differ, and what a person chooses of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from models.entities.cells import Raw
from models.store.operations import Operation
from models.uploads.forms import Form


class Fate(StrEnum):
    """How a row stands on both sides; rows that are the same are only counted."""

    DIFFERENT = "different"
    ONLY_HERE = "only_here"  # missing there
    ONLY_THERE = "only_there"  # missing here
    UNCLEAR = "unclear"  # it cannot be told whom it means, or stands twice


FATE_NAMES = {
    Fate.DIFFERENT: "内容不同",
    Fate.ONLY_HERE: "上级没有",
    Fate.ONLY_THERE: "本单位没有",
    Fate.UNCLEAR: "对不上",
}


class Side(StrEnum):
    """Which side a person chose."""

    OURS = "ours"  # ours is right: the row goes up again with the next upload
    THEIRS = "theirs"  # theirs is right: it is written to our file
    LATER = "later"  # nothing yet


@dataclass(frozen=True, slots=True)
class Difference:
    """One field.

    Attributes:
        key: of the form's column.
        title: of the column.
        ours, theirs: what stands on each side, personal data masked.
        takeable: whether theirs can be written to our file.
        why: why it cannot; "" where it can.
    """

    key: str
    title: str
    ours: str
    theirs: str
    takeable: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class ReconcileRow:
    """One row that is not the same on both sides.

    Attributes:
        id: by which choices name it; the same for the same file and data.
        fate: how it stands.
        number: the row of their workbook; 0 where it has none.
        caption: how messages name it.
        message: what is to be said of it; "" for nothing.
        differences: field by field; of a row that one side lacks none.
        takeable: whether theirs can be taken as a whole (a row we lack) or in one field at least.
        subject_id, teacher_id: what of ours it is about, to jump to; "" and None for nothing.
        raw: their cells by the keys of the form's columns.
    """

    id: str
    fate: Fate
    number: int
    caption: str
    message: str = ""
    differences: tuple[Difference, ...] = ()
    takeable: bool = False
    subject_id: str = ""
    teacher_id: str | None = None
    raw: Mapping[str, Raw] = field(default_factory=dict[str, Raw])


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What comparing an export found.

    Attributes:
        form: by which form it was read.
        path, sha256: the file.
        years: the training years it was held against.
        school_id: the school it was restricted to; "" for all.
        rows: what is not the same, in the order of their workbook, then what they lack.
        same: how many rows are the same on both sides.
        notes: what a person should know.
    """

    form: Form
    path: Path
    sha256: str
    years: tuple[int, ...]
    school_id: str
    rows: tuple[ReconcileRow, ...]
    same: int
    notes: tuple[str, ...] = ()

    def count(self, fate: Fate) -> int:
        """How many rows stand so."""
        return sum(one.fate is fate for one in self.rows)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose.

    Attributes:
        fields: row's id to column's key to the side chosen.
        rows: row's id to the side chosen for all of it; ``fields`` come first.
        default: for everything else.
    """

    fields: Mapping[str, Mapping[str, Side]] = field(default_factory=dict[str, Mapping[str, Side]])
    rows: Mapping[str, Side] = field(default_factory=dict[str, Side])
    default: Side = Side.LATER

    def of(self, row: str, key: str = "") -> Side:
        """The side chosen for a row, or for one field of it."""
        return self.fields.get(row, {}).get(key, self.rows.get(row, self.default))


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was done.

    Attributes:
        operation: the undoable step.
        changed: rows of ours with at least one field taken from there.
        added: rows taken from there that we lacked.
        resent: rows that go up again with the next upload.
        left: what was chosen and could not be done, as sentences.
    """

    operation: Operation
    changed: int
    added: int
    resent: int
    left: tuple[str, ...]
