"""The bad rows back to their schools: in the same template, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.office.context import Office
from models.progress import Progress


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """One workbook that goes back: where it is, whose, and how many rows it holds."""

    path: Path
    school_id: str
    school: str
    rows: int


def write_returns(
    office: Office,
    round_id: str,
    folder: Path,
    school_id: str = "",
    progress: Progress | None = None,
) -> list[ReturnFile]:
    """Write the refused rows that are still open, one workbook a school, and mark them returned.

    Raises:
        UserError: there are none.
        WorldError: a file cannot be written.
        CancelledByUser: the person asked to stop; nothing is kept.
    """
    raise NotImplementedError
