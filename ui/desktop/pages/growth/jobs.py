"""What the growth page has done on the lanes."""

from __future__ import annotations

from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from reports.documents import credit_card, growth_file
from reports.inputs.fonts import fonts_of
from reports.inputs.growth import growth

PAPERS = {"growth": growth_file.build, "card": credit_card.build}
"""What can be printed of a teacher."""


def print_paper(office: Office, progress: Progress, teacher_id: str, paper: str, out: Path) -> Path:
    """Write a teacher's growth file or credit card as a PDF."""
    found = growth(office, teacher_id)
    PAPERS[paper]([found], out, fonts_of(office), progress, overwrite=True)
    return out
