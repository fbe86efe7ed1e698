"""What the view of blank certificates has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.certificates import stock
from models.certificates.gaps import GapReport, gap_report
from models.errors import UserError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from reports.documents import blank_report as paper
from reports.inputs.fonts import fonts_of
from reports.inputs.paper_books import blank_sheets
from reports.inputs.print_runs import blank_report
from reports.workbooks.table import write_tables

_TAKING = {"spoilt": stock.spoil, "lost": stock.lose, "returned": stock.give_back}
Counted = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wished:
    """An entry as a person typed it.

    Attributes:
        step: a key of ``models.certificates.stock.STEPS`` but ``used``.
        stock: title of the stock.
        count: how many, as typed.
        first, last: serials; "" where the blanks bear none.
        reason: why, or from whom.
    """

    step: str
    stock: str
    count: str
    first: str = ""
    last: str = ""
    reason: str = ""


def enter(office: Office, _progress: Progress, wished: Wished) -> Operation:
    """Make the entry.

    Raises:
        UserError: the count is no number, or what the models refuse.
    """
    count = read_count(wished.count)
    if wished.step == "received":
        return stock.receive(office, wished.stock, count, wished.first, wished.last, wished.reason)
    return _TAKING[wished.step](office, wished.stock, count, wished.reason, wished.first)


def read_count(text: str) -> int:
    """A count as typed.

    Raises:
        UserError: it is no whole number.
    """
    bare = text.strip().replace(",", "").replace("，", "")
    if not bare.isdecimal():
        raise UserError("stock.count", f"数量“{text}”不对。", "请填写整数，如 200。")
    return int(bare)


def compare(office: Office, _progress: Progress, counted: Mapping[str, str]) -> GapReport:
    """What differs, given what was counted in the cupboard: title of a stock to the typed count."""
    return gap_report(office, typed_counts(counted))


def typed_counts(counted: Mapping[str, str]) -> dict[str, int]:
    """The counts of the stocks that were counted.

    Raises:
        UserError: one of them is no whole number.
    """
    return {name: read_count(text) for name, text in counted.items() if text.strip()}


def print_report(office: Office, progress: Progress, out: Path, counted: Counted) -> None:
    """Write the report of blanks as a PDF."""
    report = blank_report(office, counted)
    paper.build(report, out, fonts_of(office), progress, overwrite=True)


def export_report(office: Office, progress: Progress, out: Path, counted: Counted) -> Path:
    """Write the report of blanks as a workbook."""
    write_tables(out, blank_sheets(blank_report(office, counted)), progress, overwrite=True)
    return out
