"""What the certificates' page has done on the lanes; imports what makes papers."""

from __future__ import annotations

from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from reports.documents import completion_certificate
from reports.inputs.certificates import completion_batch
from reports.kit.fonts import Fonts
from reports.kit.furniture import Built
from resources import path as resource


def print_course(office: Office, progress: Progress, course_id: str, out: Path) -> Built:
    """Write the valid certificates of a course as one PDF."""
    batch = completion_batch(office, course_id)
    fonts = Fonts(resource("fonts"))
    return completion_certificate.build(batch, out, fonts, progress, overwrite=True)
