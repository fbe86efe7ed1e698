"""What is wrong with a cell or a row, in words a person can act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a problem does to its row."""

    REFUSE = "refuse"  # the row cannot be taken without a person's decision
    WARN = "warn"  # the row is taken, the person is told; a doubtful cell is left out
    SKIP = "skip"  # the row brings nothing new


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell about one cell (or the row, where ``field`` is None).

    Attributes:
        field: the entity's field name.
        value: the cell as it was, as text ("" where there was none).
        severity: what it does to the row.
        code: a stable name such as ``"id_number.check_digit"``.
        message: one Chinese sentence: what is wrong and what to do.
    """

    field: str | None
    value: str
    severity: Severity
    code: str
    message: str


class CellError(Exception):
    """Raised by a cleaner: the cell cannot be taken as it is."""

    def __init__(self, code: str, message: str, severity: Severity = Severity.REFUSE) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.severity = severity


def told(code: str, message: str, severity: Severity, cell: tuple[str | None, str]) -> Problem:
    """A problem about a cell given as (field, value as text)."""
    return Problem(field=cell[0], value=cell[1], severity=severity, code=code, message=message)
