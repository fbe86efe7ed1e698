"""What the courses' page has done on the lanes; imports what reads workbooks."""

from __future__ import annotations

from pathlib import Path

from models.exchange.score_sheet import read_score_sheet
from models.office.context import Office
from models.progress import Progress
from models.training.scoring import Scored, record_by_number


def record_scores(office: Office, progress: Progress, course_id: str, sheet: Path) -> Scored:
    """Take the scores of a course from a workbook."""
    progress.step(0, None, f"读取 {sheet.name}")
    return record_by_number(office, course_id, read_score_sheet(office, sheet))
