"""Histories that follow from another room: the periods of an aspect, written anew as a whole."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from models.office.context import Office
from models.staff.periods import ASPECTS, Period, periods_of

_COLUMNS = ("id", "teacher_id", "aspect", "value", "starts_on", "ends_on")


def follow_history(office: Office, column: str, histories: Mapping[str, Sequence[Period]]) -> int:
    """Make the periods of an aspect, and what the register says now, those of a history.

    Call it inside an operation. The last period of a history says what holds now; periods that
    stand already are not touched.

    Args:
        office: the office.
        column: the teacher's column, one of ``ASPECTS``.
        histories: teacher to the periods, earliest first.

    Returns:
        How many teachers' register line changed.
    """
    if column not in ASPECTS:
        raise KeyError(column)
    changed = 0
    for teacher_id, history in histories.items():
        _write(office, teacher_id, ASPECTS[column], history)
        now = history[-1].value if history else None
        changed += office.store.execute(
            f"UPDATE teacher SET {column} = ?1 WHERE id = ?2 AND {column} IS NOT ?1",  # noqa: S608
            (now, teacher_id),
        ).rowcount
    return changed


def _write(office: Office, teacher_id: str, aspect: str, history: Sequence[Period]) -> None:
    wanted = {(one.value, one.starts_on, one.ends_on) for one in history}
    stored = office.store.query(
        "SELECT id, value, starts_on, ends_on FROM teacher_period"
        " WHERE teacher_id = ? AND aspect = ?",
        (teacher_id, aspect),
    )
    standing = {(row["value"], row["starts_on"], row["ends_on"]) for row in stored}
    old = [row["id"] for row in stored if tuple(row)[1:] not in wanted]
    office.store.execute(
        "DELETE FROM teacher_period WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(old),),
    )
    new = [
        (office.store.ids.new_id(), teacher_id, aspect, one.value, one.starts_on, one.ends_on)
        for one in history
        if (one.value, one.starts_on, one.ends_on) not in standing
    ]
    office.store.insert("teacher_period", _COLUMNS, new)


def history_of(office: Office, teacher_id: str, column: str) -> list[Period]:
    """What is recorded of an aspect; the register's value alone where no period is.

    Earliest first; () where the register says nothing of it.
    """
    aspect = ASPECTS[column]
    found = [one for one in periods_of(office, teacher_id) if one.aspect == aspect]
    if found:
        return found
    now = office.store.value(
        f"SELECT {column} FROM teacher WHERE id = ?",  # noqa: S608 - a column of ASPECTS
        (teacher_id,),
    )
    return [] if now is None else [Period(aspect, str(now), None, None)]
