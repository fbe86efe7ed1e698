"""Score workbooks on the lanes: written, taken in, and the wrong rows given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.exams.entering import Entered
from models.exams.registration import read
from models.exchange.error_workbook import write_error_workbook
from models.exchange.exam_scores import plan_scores, take_scores
from models.office.context import Office
from models.progress import Progress
from reports.catalogue import papers as catalogue


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a score workbook: written, or refused with the reasons.

    Attributes:
        exam_id, path: of which exam, from which file.
        people: how many rows it has.
        refused: one sentence for each thing that is wrong; nothing is written then.
        entered: what was written; None where something is wrong.
    """

    exam_id: str
    path: Path
    people: int
    refused: tuple[str, ...]
    entered: Entered | None = None


def write_sheet(office: Office, progress: Progress, exam_id: str, what: str, out: Path) -> Path:
    """Write a paper of the catalogue as a workbook."""
    catalogue.write_workbook(office, what, {"exam": exam_id}, out, progress, overwrite=True)
    return out


def take_sheet(
    office: Office, _progress: Progress, exam_id: str, path: Path, entries: Sequence[int]
) -> Taken:
    """Take a filled score sheet, all of it or nothing."""
    plan = plan_scores(office, read(office, exam_id), path, entries)
    refused = tuple(f"第 {one.row} 行：{one.message}" for one in plan.problems())
    entered = None if refused else take_scores(office, plan)
    return Taken(exam_id, path, plan.people, refused, entered)


def write_errors(office: Office, _progress: Progress, exam_id: str, path: Path, out: Path) -> Path:
    """Write the rows of a score sheet that could not be taken, with the reasons."""
    plan = plan_scores(office, read(office, exam_id), path)
    write_error_workbook(plan.source, plan, out)
    return out
