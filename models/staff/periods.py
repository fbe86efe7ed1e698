"""Since when and until when: school, post, status, duty, title, degree of a teacher by day.

The teacher's row says what holds now. The first change of an aspect writes two periods: what held
until then (from a day unknown unless recorded before) and what holds from then on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.office.context import Office

ASPECTS = {
    "school_id": "school",
    "post": "post",
    "status": "status",
    "is_head": "is_head",
    "title": "title",
    "education": "education",
    "stage": "stage",
    "backbone": "backbone",
}
"""Column of the teacher to the aspect whose periods are kept."""
_COLUMNS = ("id", "teacher_id", "aspect", "value", "starts_on", "ends_on", "note")


@dataclass(frozen=True, slots=True)
class Period:
    """What held of one aspect from a day (None: unknown) until before another (None: still)."""

    aspect: str
    value: str | None
    starts_on: str | None
    ends_on: str | None


def record_changes(office: Office, changes: Mapping[str, Mapping[str, object]], as_of: str) -> None:
    """Write the periods that follow from changed values; call it before the rows are updated.

    Args:
        office: the office.
        changes: teacher identity to the new values of its stored columns.
        as_of: the day from which the new values hold.
    """
    touching = {
        identity: values for identity, values in changes.items() if ASPECTS.keys() & values.keys()
    }
    rows: list[tuple[object, ...]] = []
    for identity, values in touching.items():
        now = office.store.one(
            f"SELECT {', '.join(ASPECTS)} FROM teacher WHERE id = ?",  # noqa: S608
            (identity,),
        )
        if now is None:
            continue
        for column, aspect in ASPECTS.items():
            if column in values and values[column] != now[column]:
                old, new = _text(now[column]), _text(values[column])
                rows.extend(_succession(office, (identity, aspect), (old, new), as_of))
    office.store.insert("teacher_period", _COLUMNS, rows)


def periods_of(office: Office, teacher_id: str) -> list[Period]:
    """The recorded periods of a teacher, earliest first within each aspect."""
    rows = office.store.query(
        "SELECT aspect, value, starts_on, ends_on FROM teacher_period WHERE teacher_id = ?"
        " ORDER BY aspect, COALESCE(starts_on, ''), COALESCE(ends_on, '9999')",
        (teacher_id,),
    )
    return [Period(*row) for row in rows]


def held_on(periods: Sequence[Period], aspect: str, day: str) -> tuple[bool, str | None]:
    """Whether a recorded period of the aspect covers the day, and what held then."""
    for period in periods:
        begun = period.starts_on is None or period.starts_on <= day
        ended = period.ends_on is not None and period.ends_on <= day
        if period.aspect == aspect and begun and not ended:
            return True, period.value
    return False, None


def _succession(
    office: Office, about: tuple[str, str], values: tuple[str | None, str | None], as_of: str
) -> list[tuple[object, ...]]:
    """The rows to insert when an aspect passes from an old value to a new one.

    A value that comes where none was recorded is the first that is known: no period before it.
    """
    teacher_id, aspect = about
    old, new = values
    ids = office.store.ids
    opened = office.store.one(
        "SELECT id FROM teacher_period WHERE teacher_id = ? AND aspect = ? AND ends_on IS NULL",
        about,
    )
    following = (ids.new_id(), teacher_id, aspect, new, as_of, None, None)
    if opened is not None:
        office.store.execute(
            "UPDATE teacher_period SET ends_on = ? WHERE id = ?", (as_of, opened["id"])
        )
        return [following]
    if old is None:
        return []
    return [(ids.new_id(), teacher_id, aspect, old, None, as_of, None), following]


def _text(value: object) -> str | None:
    """The value as periods keep it: flags as the register stores them, 1 and 0."""
    if value is None:
        return None
    return str(int(value)) if isinstance(value, bool) else str(value)
