"""证书: a batch of one form, one page a holder, one file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.kit import copies
from reports.kit.furniture import Output
from reports.kit.paper import About

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.copies import Copy
    from reports.kit.fonts import Fonts, Missing
    from reports.kit.forms import Form
    from reports.kit.furniture import Built


@dataclass(frozen=True, slots=True)
class CertificateBatch:
    """Certificates to be printed on one form.

    Attributes:
        title: of the file, such as ``2026年教师教学技能培训结业证书``.
        issuer: the issuing office, by the name on its seal.
        printed_at: the moment in the file's properties.
        form: what stands where.
        copies: in the order of printing.
    """

    title: str
    issuer: str
    printed_at: datetime
    form: Form
    copies: Sequence[Copy]


def build(
    batch: CertificateBatch,
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> Built:
    """Write the batch as one PDF with a bookmark for each holder.

    Args:
        batch: the certificates.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told page by page; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: nobody in the batch; characters no font has (all people concerned); a text that
            does not fit its place; the file is already there. Nothing is written then.
        WorldError: the file cannot be written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    about = About(batch.title, author=batch.issuer, made_at=batch.printed_at)
    output = Output(out, fonts, batch.printed_at, progress, overwrite)
    return copies.print_copies(batch.form, batch.copies, about, output)


def missing_glyphs(batch: CertificateBatch, fonts: Fonts) -> list[Missing]:
    """Whose certificates hold characters no font has; empty if all can be printed."""
    return copies.missing_glyphs(batch.copies, fonts)
