"""The generated triggers that mark a changed row dirty, and their comparison with the file's.

They only mark: what changed is found when the operation is sealed. So a statement that writes a
value back unchanged seals nothing, and a lost trigger costs no more than the next content scan.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from models.store.sql import Sql, compose, name, text
from models.store.tracking import Tracked

PREFIX = "journal_"

_INSERT = """CREATE TRIGGER {trigger} AFTER INSERT ON {table}
BEGIN INSERT INTO dirty (tbl, row) VALUES ({value}, NEW.id); END"""
_DELETE = """CREATE TRIGGER {trigger} AFTER DELETE ON {table}
BEGIN INSERT INTO dirty (tbl, row) VALUES ({value}, OLD.id); END"""
# A changed identity is a deletion and a birth, so both are marked.
_UPDATE = """CREATE TRIGGER {trigger} AFTER UPDATE ON {table}
BEGIN INSERT INTO dirty (tbl, row) VALUES ({value}, NEW.id);
INSERT INTO dirty (tbl, row) SELECT {value}, OLD.id WHERE OLD.id <> NEW.id; END"""
_NO_DELETE = """CREATE TRIGGER {trigger} BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'an entry of an append-only table is never deleted'); END"""
_NO_UPDATE = """CREATE TRIGGER {trigger} BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'an entry of an append-only table never changes'); END"""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger's name, its table and the text that makes it ("" for one that should not be)."""

    name: str
    table: str
    text: Sql


def insert_trigger(tracked: Tracked) -> Trigger:
    """The trigger that marks new rows of the table."""
    return _trigger(tracked, "insert", _INSERT)


def wanted(tracked: Iterable[Tracked]) -> list[Trigger]:
    """Every trigger the journal needs."""
    return [trigger for table in tracked for trigger in _of_table(table)]


def _of_table(table: Tracked) -> list[Trigger]:
    return [
        insert_trigger(table),
        _trigger(table, "update", _NO_UPDATE if table.append_only else _UPDATE),
        _trigger(table, "delete", _NO_DELETE if table.append_only else _DELETE),
    ]


def _trigger(table: Tracked, event: str, body: str) -> Trigger:
    trigger = f"{PREFIX}{table.table}_{event}"
    filled = compose(body, trigger=name(trigger), table=name(table.table), value=text(table.table))
    return Trigger(trigger, table.table, filled)


def differing(connection: sqlite3.Connection, tracked: Iterable[Tracked]) -> list[Trigger]:
    """The triggers that are missing, altered or left over in the file, as they should be."""
    right = {trigger.name: trigger for trigger in wanted(tracked)}
    rows = connection.execute(
        "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB ?",
        (f"{PREFIX}*",),
    )
    found = {row[0]: Trigger(row[0], row[1], Sql(row[2])) for row in rows}
    altered = [trigger for trigger in right.values() if found.get(trigger.name) != trigger]
    extra = [
        Trigger(old.name, old.table, Sql("")) for old in found.values() if old.name not in right
    ]
    return altered + extra


def mend(connection: sqlite3.Connection, differing: Iterable[Trigger]) -> None:
    """Bring triggers that ``differing`` found to what they should be."""
    for trigger in differing:
        connection.execute(compose("DROP TRIGGER IF EXISTS {name}", name=name(trigger.name)))
        if trigger.text:
            connection.execute(trigger.text)
