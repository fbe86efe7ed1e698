"""What the ledger's page has done on the lanes."""

from __future__ import annotations

from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from reports.inputs.lists import record_list
from reports.workbooks.table import write_table


def export_records(office: Office, progress: Progress, out: Path) -> Path:
    """Write the entries that count as a workbook that can be imported again."""
    write_table(out, record_list(office), progress, overwrite=True)
    return out
