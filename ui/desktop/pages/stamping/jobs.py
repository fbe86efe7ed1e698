"""What the stamping page has done on the lanes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from models.stamping import running
from models.stamping.listing import lines_of
from models.stamping.register import Correction, corrections
from models.stamping.running import Stamped
from reports.documents import register_lines as register_paper
from reports.documents import stamping_list as stamping_paper
from reports.inputs.fonts import fonts_of
from reports.inputs.stampings import register_lines, stamping_list, stamping_sheets
from reports.workbooks.table import write_tables


def run_year(office: Office, progress: Progress, year: int, school_id: str | None) -> Stamped:
    """Judge a year, of everybody or of one school."""
    return running.run_stamp(office, year, school_id=school_id, progress=progress)


def stamp(office: Office, _progress: Progress, line_ids: Sequence[str]) -> Stamped:
    """Stamp lines that are ready."""
    return running.stamp(office, line_ids)


def void(office: Office, _progress: Progress, line_ids: Sequence[str], reason: str) -> Stamped:
    """Take stamps back."""
    return running.void(office, line_ids, reason)


def close_run(office: Office, _progress: Progress, run_id: str) -> Stamped:
    """End a year's stamping."""
    return running.close_run(office, run_id)


def reopen_run(office: Office, _progress: Progress, run_id: str, reason: str) -> Stamped:
    """Open a closed run again."""
    return running.reopen_run(office, run_id, reason)


def find_corrections(
    office: Office, _progress: Progress, year: int, run_id: str
) -> list[Correction]:
    """The stamped lines of a run whose register would read otherwise today."""
    return corrections(office, year, lines_of(office, run_id))


def print_list(office: Office, progress: Progress, year: int, school_id: str, out: Path) -> Path:
    """Write a school's list (to stamp, blocked with reasons, open) as a PDF; "" for no school."""
    lists = stamping_list(office, year, school_id)
    stamping_paper.build(lists, out, fonts_of(office), progress, overwrite=True)
    return out


def print_register(
    office: Office, progress: Progress, year: int, line_ids: Sequence[str], out: Path
) -> Path:
    """Write the register lines of stamped teachers, ready for the booklets, as a PDF."""
    register = register_lines(office, year, line_ids=line_ids)
    register_paper.build(register, out, fonts_of(office), progress, overwrite=True)
    return out


def export_lists(office: Office, progress: Progress, year: int, out: Path) -> Path:
    """Write a year's lists and register lines as a workbook."""
    write_tables(out, stamping_sheets(office, year), progress, overwrite=True)
    return out
