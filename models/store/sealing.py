"""Sealing: what changed since the last seal becomes versions, by whole sets and not row by row.

``touched`` holds the rows to look at with the newest version that speaks of the row as a whole.
Three questions are then put to each table: which rows are new, which units differ from the version
shown, which rows are gone. A unit is compared as one JSON array, so that a value written back
unchanged seals nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from models.store.layouts import FINGERPRINT, Layouts
from models.store.sql import Sql, compose, joined, name, names, number, numbers

TOUCHED = """CREATE TEMP TABLE IF NOT EXISTS touched
(row TEXT NOT NULL PRIMARY KEY, whole INTEGER) STRICT, WITHOUT ROWID"""

MARKED = Sql("SELECT row FROM dirty WHERE tbl = :tbl")
# A row may be marked often; ignoring it then is twice as fast as DISTINCT.
_TOUCH = """INSERT OR IGNORE INTO touched (row, whole)
SELECT d.row, coalesce(
  (SELECT h.seq FROM head h WHERE h.row = d.row AND h.tbl = :tbl AND h.unit = '*'),
  (SELECT max(v.seq) FROM version v WHERE v.row = d.row AND v.layout IN ({states})))
FROM ({rows}) d ORDER BY d.row"""

# Each question as FROM … WHERE …, so that sealing and checking ask the very same thing.
_BORN = """FROM touched d CROSS JOIN {table} t ON t.id = d.row WHERE d.whole IS NULL"""
_BORN_AGAIN = """FROM touched d CROSS JOIN {table} t ON t.id = d.row
JOIN version w ON w.seq = d.whole WHERE (w.layout = {gone}{altered})"""
_DIFFERENT = """FROM touched d CROSS JOIN {table} t ON t.id = d.row
JOIN version w ON w.seq = d.whole AND w.layout <> {gone}
LEFT JOIN head h ON h.row = d.row AND h.tbl = :tbl AND h.unit = :unit
JOIN version p ON p.seq = coalesce(h.seq, d.whole)
WHERE {present} <> {before}"""
# What another copy knows and this one cannot show was not deleted here.
_LOST = """FROM touched d JOIN version w ON w.seq = d.whole AND w.layout <> {gone}
WHERE NOT EXISTS (SELECT 1 FROM {table} t WHERE t.id = d.row)
AND NOT EXISTS (SELECT 1 FROM unplaced u WHERE u.row = d.row AND u.tbl = :tbl AND u.absent)"""

# A version's name is 63 random bits: a counter would be handed out twice after a restore.
# Births do not read the table they are written to, or SQLite would gather them all beforehand.
_SEAL_BORN = """INSERT INTO version (vid, layout, row, parents, vals, operation)
SELECT random() & 9223372036854775807, :layout, d.row, NULL, {vals}, :operation {question}"""
_SEAL_BORN_AGAIN = """INSERT INTO version (vid, layout, row, parents, vals, operation)
SELECT random() & 9223372036854775807, :layout, d.row, (
  SELECT json_group_array(s.vid) FROM (
    SELECT w.vid UNION ALL SELECT DISTINCT q.vid FROM rival r JOIN version q ON q.seq = r.seq
    WHERE r.row = d.row AND r.tbl = :tbl) s), {vals}, :operation {question}"""
# Rivals that say the same as what is shown are replaced with it; others wait for a person.
_SEAL_DIFFERENT = """INSERT INTO version (vid, layout, row, parents, vals, operation)
SELECT random() & 9223372036854775807, :layout, d.row,
CASE WHEN EXISTS (
  SELECT 1 FROM rival r WHERE r.row = d.row AND r.tbl = :tbl AND r.unit = :unit)
THEN (SELECT json_group_array(s.vid) FROM (
  SELECT p.vid UNION ALL SELECT q.vid FROM rival r JOIN version q ON q.seq = r.seq
  WHERE r.row = d.row AND r.tbl = :tbl AND r.unit = :unit AND {rival} = {before}) s)
ELSE json_array(p.vid) END, {present}, :operation {question}"""
_AGREED = """DELETE FROM rival WHERE tbl = :tbl AND unit = :unit AND EXISTS (
  SELECT 1 FROM version v JOIN json_each(v.parents) j JOIN version q ON q.seq = rival.seq
  WHERE v.row = rival.row AND v.operation = :operation AND v.layout = :layout
  AND j.value = q.vid)"""
# A deletion lists every version known here: the row's, those of its changed units, their rivals.
_SEAL_LOST = """INSERT INTO version (vid, layout, row, parents, vals, operation)
SELECT random() & 9223372036854775807, :layout, d.row, (
  SELECT json_group_array(s.vid) FROM (
    SELECT w.vid UNION ALL SELECT v.vid FROM head h JOIN version v ON v.seq = h.seq
    WHERE h.row = d.row AND h.tbl = :tbl AND h.unit <> '*'
    UNION ALL SELECT DISTINCT q.vid FROM rival r JOIN version q ON q.seq = r.seq
    WHERE r.row = d.row AND r.tbl = :tbl) s), NULL, :operation {question}"""
_SHOW = """INSERT INTO head (row, tbl, unit, seq)
SELECT row, :tbl, :unit, seq FROM version WHERE operation = :operation AND layout = :layout
ON CONFLICT DO UPDATE SET seq = excluded.seq"""
_HIDE = """DELETE FROM head WHERE tbl = :tbl
AND row IN (SELECT row FROM version WHERE operation = :operation AND layout = :layout)"""
_SETTLED = """DELETE FROM rival WHERE tbl = :tbl
AND row IN (SELECT row FROM version WHERE operation = :operation AND layout = :layout)"""
_CHANGED = """SELECT count(DISTINCT row) FROM version
WHERE operation = :operation AND layout IN ({units})"""


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many rows of a table an operation inserted, changed and deleted."""

    inserted: int = 0
    changed: int = 0
    deleted: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.inserted + self.changed + self.deleted

    def plus(self, other: Sealed) -> Sealed:
        """These rows and others."""
        return Sealed(
            self.inserted + other.inserted,
            self.changed + other.changed,
            self.deleted + other.deleted,
        )


def fingerprint(values: str) -> str:
    """16 hexadecimal digits that tell two value arrays apart (not a protection against forgery)."""
    return blake2b(values.encode(), digest_size=8).hexdigest()


def prepare(connection: sqlite3.Connection) -> None:
    """Give the connection what sealing needs."""
    connection.create_function("fingerprint", 1, fingerprint, deterministic=True)
    connection.execute(TOUCHED)


def touch(connection: sqlite3.Connection, layouts: Layouts, rows: Sql = MARKED) -> None:
    """Fill ``touched`` with the rows the triggers marked, or with those of another query."""
    connection.execute("DELETE FROM touched")
    statement = compose(_TOUCH, states=numbers(layouts.row_states), rows=rows)
    connection.execute(statement, {"tbl": layouts.tracked.table})


def seal(connection: sqlite3.Connection, layouts: Layouts, operation: int) -> Sealed:
    """Seal what differs among the touched rows of one table as versions of the operation."""
    inserted = _seal_born(connection, layouts, operation)
    deleted = _seal_lost(connection, layouts, operation)
    if layouts.tracked.append_only:
        return Sealed(inserted, 0, deleted)
    found = sum(
        _seal_different(connection, layouts, unit, operation) for unit in layouts.tracked.units
    )
    return Sealed(inserted, _rows_changed(connection, layouts, operation) if found else 0, deleted)


def _seal_born(connection: sqlite3.Connection, layouts: Layouts, operation: int) -> int:
    table = layouts.tracked.table
    given = {"tbl": table, "layout": layouts.whole.id, "operation": operation}
    vals = values(layouts)
    fresh = compose(_SEAL_BORN, vals=vals, question=born(layouts))
    back = compose(_SEAL_BORN_AGAIN, vals=vals, question=born_again(layouts))
    first, again = (connection.execute(sealed, given).rowcount for sealed in (fresh, back))
    if again:
        connection.execute(_HIDE, given)
        connection.execute(_SETTLED, given)
    return first + again


def _seal_different(
    connection: sqlite3.Connection, layouts: Layouts, unit: str, operation: int
) -> int:
    present = array(layouts.tracked.units[unit])
    statement = compose(
        _SEAL_DIFFERENT,
        present=present,
        before=layouts.projected("p", unit),
        rival=layouts.projected("q", unit),
        question=different(layouts, unit),
    )
    given = {
        "tbl": layouts.tracked.table,
        "unit": unit,
        "layout": layouts.unit(unit).id,
        "operation": operation,
    }
    found = connection.execute(statement, given).rowcount
    if found:
        connection.execute(_SHOW, given)
        connection.execute(_AGREED, given)
    return found


def _seal_lost(connection: sqlite3.Connection, layouts: Layouts, operation: int) -> int:
    given = {"tbl": layouts.tracked.table, "layout": layouts.gone.id, "operation": operation}
    found = connection.execute(compose(_SEAL_LOST, question=lost(layouts)), given).rowcount
    if found:
        connection.execute(_HIDE, given)
        connection.execute(_SETTLED, given)
    return found


def _rows_changed(connection: sqlite3.Connection, layouts: Layouts, operation: int) -> int:
    units = numbers(layouts.unit(unit).id for unit in layouts.tracked.units)
    row = connection.execute(compose(_CHANGED, units=units), {"operation": operation}).fetchone()
    return int(row[0])


def values(layouts: Layouts) -> Sql:
    """SQL for what is kept of a whole row ``t``."""
    units = [array(columns) for columns in layouts.tracked.units.values()]
    if layouts.tracked.append_only:
        return compose("fingerprint({array})", array=array(layouts.tracked.columns))
    return compose("json_array({units})", units=joined(units))


def array(columns: Sequence[str]) -> Sql:
    """SQL for the present values of columns of the row ``t``, as a JSON array."""
    return compose("json_array({columns})", columns=names(columns, of="t"))


def born(layouts: Layouts) -> Sql:
    """Touched rows that are there and that no version speaks of."""
    return compose(_BORN, table=name(layouts.tracked.table))


def born_again(layouts: Layouts) -> Sql:
    """Touched rows that are there although their last version says they are gone.

    An altered append-only row counts with them: it has no units that could differ.
    """
    altered = compose(" OR {altered}", altered=unlike(layouts))
    return compose(
        _BORN_AGAIN,
        table=name(layouts.tracked.table),
        gone=number(layouts.gone.id),
        altered=altered if layouts.tracked.append_only else Sql(""),
    )


def unlike(layouts: Layouts) -> Sql:
    """SQL for whether the row ``t`` is not what the version ``w`` keeps of it as a whole.

    An append-only row sealed before its table grew is compared by the columns it was sealed with,
    and must be empty in the younger ones; any other version of an older form counts as unlike.
    """
    present = set(layouts.tracked.columns)
    older = [
        compose(
            "WHEN {id} THEN w.vals <> fingerprint({array}){younger}",
            id=number(one.id),
            array=array(one.columns),
            younger=joined(
                [
                    compose(" OR t.{column} IS NOT NULL", column=name(column))
                    for column in layouts.tracked.columns
                    if column not in one.columns
                ],
                by="",
            ),
        )
        for one in layouts.known
        if one.unit == FINGERPRINT and one is not layouts.whole and present.issuperset(one.columns)
    ]
    return compose(
        "CASE w.layout WHEN {whole} THEN w.vals <> {vals} {older} ELSE TRUE END",
        whole=number(layouts.whole.id),
        vals=values(layouts),
        older=joined(older, by=" "),
    )


def different(layouts: Layouts, unit: str) -> Sql:
    """Touched rows whose unit (``:unit`` of ``:tbl``) is not what the version shown says."""
    return compose(
        _DIFFERENT,
        table=name(layouts.tracked.table),
        gone=number(layouts.gone.id),
        present=array(layouts.tracked.units[unit]),
        before=layouts.projected("p", unit),
    )


def lost(layouts: Layouts) -> Sql:
    """Touched rows that a living version speaks of and that are not there."""
    return compose(_LOST, table=name(layouts.tracked.table), gone=number(layouts.gone.id))
