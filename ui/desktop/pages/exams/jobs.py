"""What the exams' page has done on the lanes."""

from __future__ import annotations

from pathlib import Path

from models.exams.drawing import Draw, draw
from models.exams.freezing import Frame, freeze
from models.exams.records import Exam, ExamTerms
from models.exams.registration import create, read
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.documents import draw_record as paper
from reports.inputs.draws import draw_record
from reports.inputs.fonts import fonts_of


def set_up(office: Office, _progress: Progress, terms: ExamTerms) -> tuple[Exam, Operation]:
    """Set up an exam with the rules in force."""
    return create(office, terms)


def freeze_frame(
    office: Office, _progress: Progress, exam_id: str, reason: str
) -> tuple[Frame, Operation]:
    """Fix who can be drawn; a reason where it was fixed before."""
    return freeze(office, read(office, exam_id), again_because=reason)


def draw_now(
    office: Office, _progress: Progress, exam_id: str, seed: str, reason: str
) -> tuple[Draw, Operation]:
    """Draw with a public seed; a reason where it was drawn before."""
    return draw(office, read(office, exam_id), seed, again_because=reason)


def print_record(office: Office, progress: Progress, exam_id: str, out: Path) -> Path:
    """Write the record of the latest draw as a PDF."""
    record = draw_record(office, read(office, exam_id))
    paper.build(record, out, fonts_of(office), progress, overwrite=True)
    return out
