"""One teacher whole: what the register says, or said on a day, and how it came about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.entities.describe import columns
from models.entities.display import show
from models.errors import UserError
from models.office.context import Office
from models.staff.periods import ASPECTS, Period, held_on, periods_of
from models.staff.queries import shown_teacher, stored_teachers
from models.staff.records import Teacher


@dataclass(frozen=True, slots=True)
class Biography:
    """A teacher on a day.

    Attributes:
        id: the teacher's identity.
        shown: field to text, as of the day.
        periods: the recorded periods, with names for institutions and codes.
    """

    id: str
    shown: Mapping[str, str]
    periods: tuple[Period, ...]


def read_biography(
    office: Office, teacher_id: str, as_of: str | None = None, *, masked: bool = True
) -> Biography:
    """The teacher as the register has them now, or as they stood on the day ``as_of``.

    Raises:
        UserError: nobody of that identity is in the register.
    """
    stored = next(iter(stored_teachers(office, [teacher_id])), None)
    if stored is None:
        raise UserError("staff.no_such_teacher", "这名教师已不在库中。", "请刷新列表。")
    periods = periods_of(office, teacher_id)
    values = dict(stored)
    if as_of is not None:
        values |= _as_of(office, periods, as_of)
    return Biography(
        id=teacher_id,
        shown=shown_teacher(office, values, masked=masked),
        periods=tuple(_named(office, period) for period in periods),
    )


def _as_of(office: Office, periods: list[Period], day: str) -> dict[str, object]:
    """What the recorded periods say for the day, by field."""
    found: dict[str, object] = {}
    for field in ASPECTS.values():
        recorded, value = held_on(periods, field, day)
        if not recorded:
            continue
        if field == "school":
            found[field] = _institution_name(office, value)
        elif field == "is_head":
            found[field] = value == "1"
        else:
            found[field] = value
    return found


def _named(office: Office, period: Period) -> Period:
    """The period with a name in place of an identity or code."""
    match period.aspect:
        case "school":
            shown = _institution_name(office, period.value)
        case "is_head":
            shown = "是" if period.value == "1" else "否"
        case aspect:
            shown = show(columns(Teacher)[aspect], period.value, office.codes)
    return Period(period.aspect, shown, period.starts_on, period.ends_on)


def _institution_name(office: Office, institution_id: str | None) -> str | None:
    return office.store.value("SELECT name FROM institution WHERE id = ?", (institution_id,))
