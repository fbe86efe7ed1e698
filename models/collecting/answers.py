"""What schools sent back, read at once: what each file is, and one list of open questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.collecting.questions import Question
from models.collecting.rounds import Round
from models.collecting.standing import SchoolStanding
from models.exchange.plans import ImportPlan
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation


class Recognised(StrEnum):
    """What a file is."""

    OURS = "ours"  # the template of this collection
    RETURNED = "returned"  # the bad rows that went back, corrected
    OLD = "old"  # a template of an earlier collection
    OTHER_SCHOOL = "other_school"  # a template that another school filled in
    FOREIGN = "foreign"  # a template of another office
    PLAIN = "plain"  # a roster without our mark
    DOUBLE = "double"  # the template of a school that answered with another file besides
    UNREADABLE = "unreadable"  # no workbook, or no table of ours in it


RECOGNISED_NAMES = {
    Recognised.OURS: "本次模板",
    Recognised.RETURNED: "改正后交回",
    Recognised.OLD: "往年的模板",
    Recognised.OTHER_SCHOOL: "别校的模板",
    Recognised.FOREIGN: "别单位的模板",
    Recognised.PLAIN: "不是模板",
    Recognised.DOUBLE: "一校两份",
    Recognised.UNREADABLE: "读不了",
}


@dataclass(frozen=True, slots=True)
class AnsweredFile:
    """One file of the folder.

    Attributes:
        path: where it lies.
        recognised: what it is.
        school_id, school: the school it is of; "" where it cannot be told.
        template_id: what it bears hidden inside; "" for nothing.
        year: the year of its collection; 0 where it bears none.
        notes: what a person should know, as sentences: another school, last year's, columns added.
        plan: what taking it would do; None where it cannot be read.
        takeable: whether it is taken without a person saying so.
        read_before: when a file of these bytes was taken before (ISO); "" for never.
    """

    path: Path
    recognised: Recognised
    school_id: str
    school: str
    template_id: str
    year: int
    notes: tuple[str, ...]
    plan: ImportPlan | None
    takeable: bool
    read_before: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a folder holds.

    Attributes:
        round: the collection it was read for.
        files: file by file, by school's name.
        questions: everything a person has to decide or a school has to mend, over all files.
        missing: the schools that have not answered, counting what the folder holds.
    """

    round: Round
    files: tuple[AnsweredFile, ...]
    questions: tuple[Question, ...]
    missing: tuple[SchoolStanding, ...]


def read_answers(
    office: Office,
    folder: Path,
    year: int | None = None,
    progress: Progress | None = None,
) -> Answers:
    """Read every workbook of a folder (or one file); nothing is written.

    Raises:
        UserError: no collection, or no workbook in the folder.
        WorldError: the folder cannot be read.
        CancelledByUser: the person asked to stop.
    """
    raise NotImplementedError


def take_answers(
    office: Office,
    answers: Answers,
    also: Collection[Path] = (),
    without: Collection[Path] = (),
    progress: Progress | None = None,
) -> Operation:
    """Write what the good rows say and keep the open questions, as one undoable operation.

    Each file is planned anew after those before it, so that two schools that list one person are
    asked about.

    Args:
        office: the office.
        answers: as ``read_answers`` gave them.
        also: files to take that are not ``takeable``: last year's, another school's, plain ones.
        without: files to leave out.
        progress: told of the files; may cancel.

    Raises:
        UserError: there is nothing to take.
    """
    raise NotImplementedError


def files_of(folder: Path) -> Sequence[Path]:
    """The workbooks of a folder and those below it, or the one file itself.

    Raises:
        UserError: there are none.
        WorldError: it cannot be read.
    """
    raise NotImplementedError
