"""Which columns the values of a version are, and how one layout's values read in another's order.

The values of a unit are a JSON array in the order of its columns; those of a whole row are the
array of its units' arrays, so that one unit is taken out in one step. The file keeps, in
``layout``, the columns of each form ever written, so that values of years ago stay readable when
a table grows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from models.store.sql import Sql, compose, joined, number
from models.store.tracking import Tracked

WHOLE = "*"
"""The unit name of a whole row."""
FINGERPRINT = "#"
"""The unit name of a whole append-only row, of which only a fingerprint is kept."""
GONE = "-"
"""The unit name of a row's deletion."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of the values of one kind of version.

    Attributes:
        id: its number in the file.
        table: the table.
        unit: the unit, or ``WHOLE``, ``FINGERPRINT``, ``GONE``.
        form: the columns as JSON, in the shape of the values.
    """

    id: int
    table: str
    unit: str
    form: str

    @property
    def groups(self) -> list[list[str]]:
        """The columns, by the arrays they stand in."""
        loaded = json.loads(self.form)
        return loaded if self.unit == WHOLE else [loaded]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, in the order of their values."""
        return _columns(self.form, whole=self.unit == WHOLE)

    def decoded(self, values: str) -> dict[str, Any]:
        """Column to value of a version's values."""
        loaded = json.loads(values)
        flat = [value for group in loaded for value in group] if self.unit == WHOLE else loaded
        return dict(zip(self.columns, flat, strict=True))

    def value(self, column: str, alias: str) -> Sql:
        """SQL for one column in the version ``alias``; NULL if the layout does not have it."""
        for place, group in enumerate(self.groups):
            if column in group:
                within = f"[{group.index(column)}]"
                path = f"$[{place}]{within}" if self.unit == WHOLE else f"${within}"
                return _extracted(alias, path)
        return Sql("NULL")

    def array(self, columns: Sequence[str], alias: str) -> Sql:
        """SQL for the given columns in the version ``alias``, as a JSON array."""
        if list(columns) in self.groups:
            if self.unit != WHOLE:
                return Sql(f"{alias}.vals")
            return _extracted(alias, f"$[{self.groups.index(list(columns))}]")
        values = [self.value(column, alias) for column in columns]
        return compose("json_array({values})", values=joined(values))


@cache
def _columns(form: str, *, whole: bool) -> tuple[str, ...]:
    """The columns of a form; there are few forms, and every version is read by one."""
    loaded = json.loads(form)
    return tuple(column for group in loaded for column in group) if whole else tuple(loaded)


class Layouts:
    """The layouts a file knows of one table.

    Attributes:
        tracked: the table.
        known: every layout its versions were ever sealed with.
        whole: the layout new rows are sealed with.
        gone: the layout deletions are sealed with.
    """

    def __init__(self, tracked: Tracked, known: Iterable[Layout]) -> None:
        """Take the file's layouts of the table; each one ``wanted`` must be among them."""
        self.tracked = tracked
        self.known = tuple(known)
        forms = dict(wanted(tracked))
        self.whole = self._current(FINGERPRINT if tracked.append_only else WHOLE, forms)
        self.gone = self._current(GONE, forms)
        self._units = {unit: self._current(unit, forms) for unit in forms if unit in tracked.units}

    def _current(self, unit: str, forms: Mapping[str, str]) -> Layout:
        return next(
            found for found in self.known if (found.unit, found.form) == (unit, forms[unit])
        )

    def unit(self, unit: str) -> Layout:
        """The layout changes of the unit are sealed with."""
        return self._units[unit]

    @property
    def all(self) -> tuple[int, ...]:
        """Every layout of the table."""
        return tuple(found.id for found in self.known)

    @property
    def wholes(self) -> tuple[int, ...]:
        """The layouts of births and revivals."""
        return tuple(found.id for found in self.known if found.unit in {WHOLE, FINGERPRINT})

    @property
    def row_states(self) -> tuple[int, ...]:
        """The layouts that speak of the row as a whole: births, revivals and deletions."""
        return (*self.wholes, self.gone.id)

    def of_unit(self, unit: str) -> tuple[int, ...]:
        """Every layout the unit was ever sealed with."""
        return tuple(found.id for found in self.known if found.unit == unit)

    def projected(self, alias: str, unit: str) -> Sql:
        """SQL for the unit's values in the version ``alias`` of it or of the whole row.

        A column the version does not speak of (it is younger than the version) reads as NULL.
        """
        columns = self.tracked.units[unit]
        cases = [
            compose("WHEN {id} THEN {array}", id=number(one.id), array=one.array(columns, alias))
            for one in self.known
            if one.unit in {WHOLE, unit}
        ]
        nulls = json.dumps([None] * len(columns), separators=(",", ":"))
        return compose(
            "CASE {alias}.layout {cases} ELSE '{nulls}' END",
            alias=Sql(alias),
            cases=joined(cases, by=" "),
            nulls=Sql(nulls),
        )


def _extracted(alias: str, path: str) -> Sql:
    return Sql(f"json_extract({alias}.vals, '{path}')")


def wanted(tracked: Tracked) -> list[tuple[str, str]]:
    """Unit and form of each layout the table is sealed with."""
    if tracked.append_only:
        return [(FINGERPRINT, json.dumps(tracked.columns)), (GONE, "[]")]
    units = [(unit, json.dumps(columns)) for unit, columns in tracked.units.items()]
    return [(WHOLE, json.dumps(list(tracked.units.values()))), (GONE, "[]"), *units]


def load(connection: sqlite3.Connection) -> list[Layout]:
    """Every layout the file knows."""
    rows = connection.execute("SELECT id, tbl, unit, columns FROM layout ORDER BY id")
    return [Layout(row[0], row[1], row[2], row[3]) for row in rows]


def missing(
    connection: sqlite3.Connection, tracked: Iterable[Tracked]
) -> list[tuple[str, str, str]]:
    """Table, unit and form of the wanted layouts the file does not know yet."""
    known = {(found.table, found.unit, found.form) for found in load(connection)}
    return [
        (table.table, unit, form)
        for table in tracked
        for unit, form in wanted(table)
        if (table.table, unit, form) not in known
    ]


def add(connection: sqlite3.Connection, layouts: Iterable[tuple[str, str, str]]) -> None:
    """Write layouts that ``missing`` found into the file."""
    connection.executemany("INSERT INTO layout (tbl, unit, columns) VALUES (?, ?, ?)", layouts)


def by_table(connection: sqlite3.Connection, tracked: Mapping[str, Tracked]) -> dict[str, Layouts]:
    """The layouts of each tracked table."""
    known = load(connection)
    return {
        name: Layouts(table, [found for found in known if found.table == name])
        for name, table in tracked.items()
    }
