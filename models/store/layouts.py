"""Which columns the values of a version are, and how one layout's values read in another's order.

A version keeps its values as a JSON array; the file keeps, in ``layout``, the columns of each
array ever written, so that values of years ago stay readable when a table grows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.store.sql import Sql, compose, joined, number

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from models.store.tracking import Tracked

WHOLE = "*"
"""The unit name of a whole row."""
FINGERPRINT = "#"
"""The unit name of a whole append-only row, of which only a fingerprint is kept."""
GONE = "-"
"""The unit name of a row's deletion."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of version."""

    id: int
    table: str
    unit: str
    columns: tuple[str, ...]


class Layouts:
    """The layouts a file knows of one table.

    Attributes:
        tracked: the table.
        whole: the layout new rows are sealed with.
        gone: the layout deletions are sealed with.
    """

    def __init__(self, tracked: Tracked, known: Iterable[Layout]) -> None:
        """Take the file's layouts of the table; each one ``wanted`` must be among them."""
        self.tracked = tracked
        self.known = tuple(known)
        mark = FINGERPRINT if tracked.append_only else WHOLE
        self.whole = self._current(mark, tracked.columns)
        self.gone = self._current(GONE, ())

    def _current(self, unit: str, columns: tuple[str, ...]) -> Layout:
        return next(
            layout for layout in self.known if (layout.unit, layout.columns) == (unit, columns)
        )

    def unit(self, unit: str) -> Layout:
        """The layout changes of the unit are sealed with."""
        return self._current(unit, tuple(self.tracked.units[unit]))

    @property
    def row_states(self) -> tuple[int, ...]:
        """The layouts that speak of the row as a whole: births, revivals and deletions."""
        return tuple(found.id for found in self.known if found.unit in {WHOLE, FINGERPRINT, GONE})

    def of_unit(self, unit: str) -> tuple[int, ...]:
        """Every layout the unit was ever sealed with."""
        return tuple(found.id for found in self.known if found.unit == unit)

    def projected(self, alias: str, unit: str) -> Sql:
        """SQL for the unit's values in the version ``alias``, as an array of its present columns.

        A column the version does not speak of (it is younger than the version) reads as NULL.
        """
        columns = tuple(self.tracked.units[unit])
        cases = [
            compose("WHEN {id} THEN {vals}", id=number(found.id), vals=_read(found, columns, alias))
            for found in self.known
            if found.unit in {unit, WHOLE}
        ]
        empty = Sql("'" + json.dumps([None] * len(columns), separators=(",", ":")) + "'")
        return compose(
            "CASE {alias}.layout {cases} ELSE {empty} END",
            alias=Sql(alias),
            cases=joined(cases, by=" "),
            empty=empty,
        )


def _read(layout: Layout, columns: Sequence[str], alias: str) -> Sql:
    if layout.columns == tuple(columns):
        return Sql(f"{alias}.vals")
    places = [
        Sql(f"json_extract({alias}.vals, '$[{layout.columns.index(column)}]')")
        if column in layout.columns
        else Sql("NULL")
        for column in columns
    ]
    return compose("json_array({places})", places=joined(places))


def wanted(tracked: Tracked) -> list[tuple[str, tuple[str, ...]]]:
    """Unit and columns of each layout the table is sealed with."""
    if tracked.append_only:
        return [(FINGERPRINT, tracked.columns), (GONE, ())]
    units = [(unit, tuple(columns)) for unit, columns in tracked.units.items()]
    return [(WHOLE, tracked.columns), (GONE, ()), *units]


def load(connection: sqlite3.Connection) -> list[Layout]:
    """Every layout the file knows."""
    rows = connection.execute("SELECT id, tbl, unit, columns FROM layout ORDER BY id")
    return [Layout(row[0], row[1], row[2], tuple(json.loads(row[3]))) for row in rows]


def missing(
    connection: sqlite3.Connection, tracked: Iterable[Tracked]
) -> list[tuple[str, str, str]]:
    """Table, unit and columns of the wanted layouts the file does not know yet."""
    known = {(found.table, found.unit, found.columns) for found in load(connection)}
    return [
        (table.table, unit, json.dumps(columns))
        for table in tracked
        for unit, columns in wanted(table)
        if (table.table, unit, columns) not in known
    ]


def add(connection: sqlite3.Connection, layouts: Iterable[tuple[str, str, str]]) -> None:
    """Write layouts that ``missing`` found into the file."""
    connection.executemany("INSERT INTO layout (tbl, unit, columns) VALUES (?, ?, ?)", layouts)


def by_table(connection: sqlite3.Connection, tracked: Iterable[Tracked]) -> dict[str, Layouts]:
    """The layouts of each tracked table."""
    known = load(connection)
    return {
        table.table: Layouts(table, [found for found in known if found.table == table.table])
        for table in tracked
    }
