"""What the rules page has done on the lanes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from models.office.context import Office
from models.policies import use
from models.policies.library import pack_named
from models.progress import Progress
from models.store.operations import Operation
from models.verdicts.comparing import Comparison, compare
from models.verdicts.periods import Period
from reports.inputs.comparisons import comparison_list
from reports.workbooks.table import write_table


def save_pack(office: Office, _progress: Progress, text: str) -> Operation:
    """Keep a pack of the office's own."""
    return use.save_pack(office, text)


def drop_pack(office: Office, _progress: Progress, pack_id: str) -> Operation:
    """Take a pack of the office's own out."""
    return use.drop_pack(office, pack_id)


def use_pack(
    office: Office, _progress: Progress, pack_id: str, first: date, last: date
) -> Operation:
    """Say that a pack holds from day to day."""
    return use.use_pack(office, pack_id, first, last)


def end_use(office: Office, _progress: Progress, use_id: str) -> Operation:
    """Take a period of use back."""
    return use.end_use(office, use_id)


def compare_packs(
    office: Office, progress: Progress, period: Period, ids: tuple[str, str]
) -> Comparison:
    """Put two packs to everybody."""
    a, b = (pack_named(office, one) for one in ids)
    return compare(office, period, a, b, progress=progress)


def export_comparison(
    office: Office, progress: Progress, comparison: Comparison, out: Path
) -> Path:
    """Write the teachers whose verdict changes as a workbook."""
    write_table(out, comparison_list(office, comparison), progress, overwrite=True)
    return out
