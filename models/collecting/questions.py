"""The open questions of a collection: what schools have to mend, and what the office decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.entities.problems import Severity
from models.office.context import Office
from models.store.operations import Operation


@dataclass(frozen=True, slots=True)
class Question:
    """One problem of one row of a school's file.

    Attributes:
        id: by which it is kept; "" while the file was not taken.
        school_id, school: whose file it is.
        file: its name.
        sheet, row, column: the place: sheet's name, row number, column letter ("" for the row).
        who: whom or what the row is about.
        value: the cell as it was, personal data masked.
        severity: refuse (the row went not in) or warn (it is in, a person should look).
        code: the problem's stable name.
        message: one sentence: what is wrong and what to do.
        target: the teacher to jump to; "" where there is none.
        state: open, returned (sent back to the school) or settled.
    """

    id: str
    school_id: str
    school: str
    file: str
    sheet: str
    row: int
    column: str
    who: str
    value: str
    severity: Severity
    code: str
    message: str
    target: str = ""
    state: str = "open"


STATE_NAMES = {"open": "待处理", "returned": "已退回学校", "settled": "已处理"}


def questions(
    office: Office, round_id: str, school_id: str = "", *, settled: bool = False
) -> list[Question]:
    """The questions of a collection that are not settled (or all), by school and row."""
    raise NotImplementedError


def settle(office: Office, ids: Sequence[str], *, back: bool = False) -> Operation:
    """Mark questions as dealt with; ``back`` opens them again.

    Raises:
        UserError: nothing was chosen.
    """
    raise NotImplementedError
