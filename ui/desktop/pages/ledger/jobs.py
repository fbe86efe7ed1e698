"""What the ledger's page has done on the lanes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from reports.inputs.lists import record_list
from reports.inputs.uploads import upload_of_year
from reports.workbooks.table import write_table
from reports.workbooks.upload import write_upload


def export_records(office: Office, progress: Progress, out: Path) -> Path:
    """Write the entries that count as a workbook that can be imported again."""
    write_table(out, record_list(office), progress, overwrite=True)
    return out


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written for the level above, and what has to be mended before it can go."""

    file: Path
    rows: int
    left_out: int
    first_problem: str


def export_upload(office: Office, progress: Progress, year: int, out: Path) -> Sent:
    """Write a year's records in the form the level above asks for; it is read back and compared."""
    plan = upload_of_year(office, year)
    written = write_upload(out, plan.upload, progress, overwrite=True)
    problem = plan.problems[0].message if plan.problems else ""
    return Sent(out, written.rows, plan.left_out, problem)
