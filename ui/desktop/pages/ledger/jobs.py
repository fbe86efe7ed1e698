"""What the ledger's page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from models.training.claim_list import ClaimRow, claim_rows
from models.training.claims import Claimed, claim, resubmit
from models.training.forms import claim_of
from models.uploads.building import build
from models.uploads.catalogue import form_named
from models.uploads.rows import Wish
from reports.inputs.lists import record_list
from reports.workbooks.table import write_table

_FORM = "national_training"


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


@dataclass(frozen=True, slots=True)
class Sent:
    """What was written for the level above, and what has to be mended before it can go."""

    file: Path
    rows: int
    left_out: int
    first_problem: str


def export_upload(office: Office, progress: Progress, year: int, out: Path) -> Sent:
    """Write a year's records in the form the level above asks for; it is read back and compared."""
    made = build(office, form_named(office, _FORM), Wish(year), out, progress).draft
    problem = made.problems[0].message if made.problems else ""
    return Sent(out, len(made.rows), made.left_out, problem)
