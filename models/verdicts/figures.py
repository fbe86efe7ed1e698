"""Figures that institutions report and no ledger has: money, workshops (培训经费、工作坊数 …)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import from_hundredths, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

_MOST = Decimal(10_000_000_000)


@dataclass(frozen=True, slots=True)
class Figure:
    """One reported figure; ``institution_id`` is "" for the county as a whole."""

    institution_id: str
    year: int
    name: str
    amount: Decimal


def report_figure(
    office: Office, institution_id: str, year: int, name: str, amount: Decimal
) -> Operation:
    """Put down a figure, in the place of an earlier one of the same name and year.

    Args:
        office: the office.
        institution_id: whose; "" for the county.
        year: of which year.
        name: as the pack names it.
        amount: not negative, at most two decimal places.

    Raises:
        UserError: an amount that cannot be, or no such institution.
    """
    if not 0 <= amount <= _MOST or amount != amount.quantize(Decimal("0.01")):
        raise UserError("verdicts.figure", f"“{name}”的数 {amount} 不能用。", "请填不小于 0 的数。")
    owner = institution_id or None
    if owner and not office.store.value("SELECT 1 FROM institution WHERE id = ?", (owner,)):
        raise UserError("verdicts.no_school", "这个机构已不在名录中。", "请刷新后重新选择。")
    with office.store.operation("verdicts.figure", f"填报 {year} 年{name}") as operation:
        known = office.store.value(
            "SELECT id FROM reported_figure WHERE institution_id IS ? AND year = ? AND name = ?",
            (owner, year, name),
        )
        if known is None:
            row = (office.store.ids.new_id(), owner, year, name, to_hundredths(amount))
            columns = ("id", "institution_id", "year", "name", "amount")
            office.store.insert("reported_figure", columns, [row])
        else:
            office.store.execute(
                "UPDATE reported_figure SET amount = ? WHERE id = ?", (to_hundredths(amount), known)
            )
    return operation


def figures_of(office: Office, year: int) -> list[Figure]:
    """What was reported of a year."""
    rows = office.store.query(
        "SELECT COALESCE(institution_id, ''), year, name, amount FROM reported_figure"
        " WHERE year = ? ORDER BY name, institution_id",
        (year,),
    )
    return [Figure(row[0], row[1], row[2], from_hundredths(row[3]) or Decimal(0)) for row in rows]
