"""What passes between the printing of a run and the jobs behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.certificates.kinds import spoilt_reasons
from models.certificates.sheets import PrintRun
from models.store.operations import Operation

SPOILT_REASONS = spoilt_reasons()
"""Why a sheet is usually spoilt."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file of a run: which sheets of the run its pages are.

    Attributes:
        pdf: the file.
        run: the run.
        title: of the file.
        places: place in the run of each page.
        sheet: the printed sheet it goes onto, laid under a preview; None on plain paper.
    """

    pdf: Path
    run: PrintRun
    title: str
    places: tuple[int, ...]
    sheet: Path | None


@dataclass(frozen=True, slots=True)
class Account:
    """What came of places of a run.

    Attributes:
        run_id: the run.
        good, spoilt: places that are on paper, and those spoilt, once for each sheet.
        reason: why they were spoilt.
        serial: of the first blank; "" for none.
        printer, tray: where it was printed.
    """

    run_id: str
    good: Sequence[int]
    spoilt: Sequence[int] = ()
    reason: str = ""
    serial: str = ""
    printer: str = ""
    tray: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """An account that was taken: the run as it stands now, the undoable step."""

    run: PrintRun
    operation: Operation
