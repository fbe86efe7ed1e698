"""What the certificates' page has done on the lanes."""

from __future__ import annotations

from pathlib import Path

from models.certificates.issuing import void
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.documents import completion_certificate as paper
from reports.inputs.certificates import completion_batch
from reports.inputs.fonts import fonts_of


def print_course(office: Office, progress: Progress, course_id: str, out: Path) -> Path:
    """Write the valid certificates of a course as one PDF.

    Raises:
        UserError: names with characters that no font has; nothing is written then.
    """
    batch = completion_batch(office, course_id)
    paper.build(batch, out, fonts_of(office), progress, overwrite=True)
    return out


def declare_void(
    office: Office, _progress: Progress, certificate_id: str, reason: str
) -> Operation:
    """Declare a certificate void for a reason."""
    return void(office, certificate_id, reason)
