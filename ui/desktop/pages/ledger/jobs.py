"""What the ledger's page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from models.training.claim_list import ClaimRow, claim_rows
from models.training.claims import Claimed, claim, resubmit
from models.training.forms import claim_of
from reports.inputs.lists import record_list
from reports.workbooks.table import write_table


def export_records(office: Office, progress: Progress, out: Path) -> Path:
    """Write the entries that count as a workbook that can be imported again."""
    write_table(out, record_list(office), progress, overwrite=True)
    return out


def read_claims(office: Office, _progress: Progress) -> list[ClaimRow]:
    """The claims that are not in the ledger."""
    return claim_rows(office)


def enter_claim(office: Office, _progress: Progress, texts: Mapping[str, str]) -> Claimed:
    """Enter hours from the texts of their form."""
    return claim(office, [claim_of(office, texts)])


def hand_in_again(
    office: Office, _progress: Progress, claim_id: str, texts: Mapping[str, str]
) -> Claimed:
    """Hand a returned claim in again as its form has it now."""
    return resubmit(office, claim_id, claim_of(office, texts))
