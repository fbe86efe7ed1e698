"""A template for each school: its own teachers in a locked sheet, ready to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.collecting.rounds import Round, TemplateWish
from models.office.context import Office
from models.progress import Progress


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """One school's template.

    Attributes:
        path: the workbook.
        school_id, school: whose it is.
        template_id: what it bears hidden inside.
        teachers: how many teachers stand in it.
    """

    path: Path
    school_id: str
    school: str
    template_id: str
    teachers: int


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates made: of which collection, and the files."""

    round: Round
    files: tuple[TemplateFile, ...]


def write_templates(
    office: Office, wish: TemplateWish, folder: Path, progress: Progress | None = None
) -> Templates:
    """Write one workbook a school into a folder, and keep what went out as one operation.

    A school keeps its template's identity over the whole collection, however often it is made.

    Raises:
        UserError: no school with teachers, or an unknown one.
        WorldError: a file cannot be written.
        CancelledByUser: the person asked to stop; nothing is kept.
    """
    raise NotImplementedError
