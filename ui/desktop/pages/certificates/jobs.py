"""What the certificates' page has done on the lanes."""

from __future__ import annotations

from pathlib import Path

from models.certificates.issuing import void
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.documents import certificates as paper
from reports.inputs.certificates import course_batch
from reports.kit.fonts import Fonts
from resources import path


def print_course(office: Office, progress: Progress, course_id: str, out: Path) -> Path:
    """Write the valid certificates of a course as one PDF.

    Raises:
        UserError: names with characters that no font has; nothing is written then.
    """
    batch = course_batch(office, course_id)
    paper.build(batch, out, Fonts(path("fonts")), progress, overwrite=True)
    return out


def declare_void(
    office: Office, _progress: Progress, certificate_id: str, reason: str
) -> Operation:
    """Declare a certificate void for a reason."""
    return void(office, certificate_id, reason)
