"""Stored values as a person reads them, for what shows rows of any table: history, conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.entities.describe import Column, Kind
from models.entities.display import from_hundredths, mask, show
from models.office.context import Office
from models.staff.institutions import institution_rows
from models.staff.queries import teacher_rows
from ui.desktop.tasks.field_titles import INSTITUTIONS, TEACHERS


@dataclass(frozen=True, slots=True)
class Reading:
    """What stored values are read with: the office, and its schools by identity."""

    office: Office
    schools: Mapping[str, str]


def reading_of(office: Office) -> Reading:
    """What the values of an office are read with now."""
    return Reading(office, {one.id: one.shown["name"] for one in institution_rows(office)})


def shown(reading: Reading, stored: str, column: Column, value: str | int | None) -> str:
    """A stored value as a person reads it, masked where it is personal.

    Args:
        reading: what values are read with.
        stored: the column's name in the table.
        column: how the office describes it.
        value: what is stored; None for nothing.
    """
    if value is None:
        return ""
    if stored in INSTITUTIONS:
        return reading.schools.get(str(value), "（已不在名录）")
    if stored in TEACHERS:
        found = teacher_rows(reading.office, [str(value)])
        return found[0].shown["name"] if found else "（已不在名册）"
    codes = reading.office.codes
    if column.kind is Kind.DECIMAL and isinstance(value, int):
        return show(column, from_hundredths(value), codes)
    return mask(column, show(column, value, codes))
