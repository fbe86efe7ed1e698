"""What a person chose of a comparison, written: teachers, records, numbers, rows to go again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from models.exchange.plans import Action, PlannedRow
from models.exchange.writing import write_table_plan
from models.office.context import Office
from models.staff.registration import TeacherChange, write_teachers
from models.training.entries import reverse_entries
from models.training.ledger import RecordDraft, post_records
from models.training.listing import stored_entries
from models.uploads.comparing import year_of
from models.uploads.differences import (
    Fate,
    Reconciled,
    ReconcileRow,
    Reconciliation,
    Side,
)
from models.uploads.given_numbers import write_numbers
from models.uploads.lacking import plan_lacking, table_of
from models.uploads.reading import ReadForm, ReadRow
from models.uploads.rows import FactRow
from models.uploads.their_values import NUMBER, Meaning

Picked = Sequence[tuple[ReconcileRow, str, Side]]
_AGAIN = """
UPDATE upload_row SET state = 'unknown', message = ? WHERE state = 'accepted' AND subject_id = ?
    AND upload_id IN (SELECT id FROM upload WHERE form = ?)
"""
_MOVED = """
UPDATE upload_row SET subject_id = ? WHERE subject_id = ?
    AND upload_id IN (SELECT id FROM upload WHERE form = ?)
"""
_NEWEST = """
SELECT e.id FROM ledger_entry AS e WHERE e.teacher_id = ? AND e.kind = 'record'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
ORDER BY e.rowid DESC LIMIT 1
"""
_RECORD = (
    "teacher_id", "year", "course", "category", "organizer", "start_date", "end_date", "hours",
    "credits", "score", "remark", "level", "theme", "nature",
)  # fmt: skip
_WHY = "按对账更正"


def take(office: Office, found: Reconciliation, picked: Picked) -> Reconciled:
    """Write what was chosen, as one undoable operation."""
    theirs = _values(office, found, picked)
    lacking = [row for row, _, side in picked if (row.fate, side) == (Fate.ONLY_THERE, Side.THEIRS)]
    again = {
        row.subject_id: row
        for row, _, side in picked
        if side is Side.OURS and row.fate in (Fate.DIFFERENT, Fate.ONLY_HERE)
    }
    title = f"与“{found.path.name}”对账：改 {len(theirs)} 条，补 {len(lacking)} 条"
    plans, refused = _additions(office, found, lacking)  # before a name or a number changes
    with office.store.operation("uploads.reconcile", title) as operation:
        told = _write_teachers(office, theirs)
        told += _write_numbers(office, found, theirs)
        _write_records(office, found, theirs)
        if plans:
            write_table_plan(office, table_of(found.form.subject, plans), found.path.name)
        for subject in again:
            message = "对账时上级的内容不同，以本单位为准，重新上报"
            office.store.execute(_AGAIN, (message, subject, found.form.name))
        operation.detail["form"] = found.form.name
    return Reconciled(
        operation=operation,
        changed=len(theirs),
        added=len(plans),
        resent=len(again),
        left=(*told, *refused, *_left(picked)),
    )


_Values = Mapping[str, tuple[ReconcileRow, Mapping[str, object]]]


def _values(office: Office, found: Reconciliation, picked: Picked) -> _Values:
    """Row's id to the facts of theirs that are taken."""
    meaning = Meaning.of(office, found.form)
    values: dict[str, tuple[ReconcileRow, dict[str, object]]] = {}
    for row, key, side in picked:
        difference = next((one for one in row.differences if one.key == key), None)
        if side is not Side.THEIRS or difference is None or not difference.takeable:
            continue
        column = found.form.column(key)
        facts = {"record.kind": "record", "record.year": 9999}  # seen to when it was compared
        about = FactRow(row.subject_id, row.caption, facts, row.teacher_id)
        name, value = meaning.value(column, row.raw[key], about)
        values.setdefault(row.id, (row, {}))[1][name] = value
    return values


def _of(facts: Mapping[str, object], beginning: str) -> dict[str, object]:
    return {
        name.removeprefix(beginning): value
        for name, value in facts.items()
        if name.startswith(beginning)
    }


def _write_teachers(office: Office, values: _Values) -> list[str]:
    """Fields of teachers; two rows that say two things of one teacher are left."""
    changes: dict[str, dict[str, object]] = defaultdict(dict)
    told: list[str] = []
    for row, facts in values.values():
        for name, value in _of(facts, "teacher.").items():
            teacher = str(row.teacher_id)
            if changes[teacher].setdefault(name, value) != value:
                told.append(f"{row.caption}：上级几行写的不一样，只取了先出现的")
    write_teachers(
        office,
        [TeacherChange(teacher, said) for teacher, said in changes.items()],
        office.store.clock.today().isoformat(),
    )
    return told


def _write_numbers(office: Office, found: Reconciliation, values: _Values) -> list[str]:
    numbers = {
        str(row.teacher_id): str(facts[NUMBER])
        for row, facts in values.values()
        if row.teacher_id and NUMBER in facts
    }
    return list(write_numbers(office, found.form.receiver, numbers, found.path.name))


def _write_records(office: Office, found: Reconciliation, values: _Values) -> None:
    """A correction is a reversal and a new entry; what was sent of the old one is the new one's."""
    changes = {
        row.subject_id: said for row, facts in values.values() if (said := _of(facts, "record."))
    }
    for stored in list(stored_entries(office, list(changes))):
        reverse_entries(office.store, [stored["id"]], _WHY)
        draft = _corrected(stored, changes[stored["id"]])
        post_records(office, [draft], source=stored["source"], allow_repeats=True)
        new = office.store.value(_NEWEST, (stored["teacher_id"],))
        office.store.execute(_MOVED, (new, stored["id"], found.form.name))


def _corrected(stored: Mapping[str, Any], changes: Mapping[str, object]) -> RecordDraft:
    """The entry with other values; credits that a rule gave are reckoned anew."""
    said: dict[str, Any] = {name: stored[name] for name in _RECORD}
    if stored["credits_rule"] and "credits" not in changes:
        said["credits"] = None
    return replace(RecordDraft(**said), **_typed(changes))


def _typed(changes: Mapping[str, object]) -> dict[str, Any]:
    kinds = {"hours": Decimal, "credits": Decimal, "year": int}
    return {
        name: None if value is None else kinds.get(name, str)(str(value))
        for name, value in changes.items()
    }


def _additions(
    office: Office, found: Reconciliation, rows: Sequence[ReconcileRow]
) -> tuple[list[PlannedRow], list[str]]:
    """Rows that we lack as an import would take them; those that cannot be taken are told."""
    read = ReadForm(found.form, "", 1, (), (), ())
    by_year: dict[int, dict[str, ReadRow]] = defaultdict(dict)
    for one in rows:
        if one.takeable:
            row = ReadRow(one.number, one.raw, {}, "")
            by_year[year_of(read, row) or found.years[0]][one.id] = row
    meaning = Meaning.of(office, found.form)
    planned = [
        one
        for year, several in by_year.items()
        for one, _ in plan_lacking(office, meaning, several, year).values()
        if one.action is Action.INSERT
    ]
    return planned, [f"{one.caption}：{one.message}" for one in rows if not one.takeable]


def _left(picked: Picked) -> Iterable[str]:
    """What was chosen and is not for this program to do."""
    for row, key, side in picked:
        if row.fate is Fate.ONLY_HERE and side is Side.THEIRS:
            yield f"{row.caption}：上级没有；确不该有的，请在本单位冲销或删除"
        elif row.fate is Fate.ONLY_THERE and side is Side.OURS:
            yield f"{row.caption}：本单位没有，请在上级系统中删除"
        elif row.fate is Fate.DIFFERENT and side is Side.THEIRS:
            difference = next(one for one in row.differences if one.key == key)
            if not difference.takeable:
                yield f"{row.caption}“{difference.title}”：{difference.why}"
