"""The generated triggers that mark a changed row dirty, and their comparison with the file's.

They only mark: what changed is found when the operation is sealed. So a statement that writes a
value back unchanged seals nothing, and a lost trigger costs no more than the next content scan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.store.sql import Sql, compose, name, text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

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


def wanted(tracked: Iterable[Tracked]) -> dict[str, Sql]:
    """Name to text of every trigger the journal needs."""
    found: dict[str, Sql] = {}
    for table in tracked:
        bodies = {
            "insert": _INSERT,
            "update": _NO_UPDATE if table.append_only else _UPDATE,
            "delete": _NO_DELETE if table.append_only else _DELETE,
        }
        for event, body in bodies.items():
            trigger = f"{PREFIX}{table.table}_{event}"
            found[trigger] = compose(
                body, trigger=name(trigger), table=name(table.table), value=text(table.table)
            )
    return found


def present(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Name to table and text of the journal's triggers in the file."""
    rows = connection.execute(
        "SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'trigger' AND name GLOB ?",
        (f"{PREFIX}*",),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def repaired(connection: sqlite3.Connection, tracked: Iterable[Tracked]) -> list[str]:
    """Bring the file's triggers to what the registry generates; the names that had to be mended."""
    right = wanted(tracked)
    found = present(connection)
    wrong = differing(connection, tracked)
    for trigger in wrong:
        if trigger in found:
            connection.execute(compose("DROP TRIGGER {trigger}", trigger=name(trigger)))
        if trigger in right:
            connection.execute(right[trigger])
    return wrong


def differing(connection: sqlite3.Connection, tracked: Iterable[Tracked]) -> list[str]:
    """Names of the triggers that are missing, altered or left over in the file."""
    right = wanted(tracked)
    found = present(connection)
    return [
        trigger
        for trigger in sorted(right.keys() | found.keys())
        if found.get(trigger, ("", ""))[1] != right.get(trigger, "")
    ]
