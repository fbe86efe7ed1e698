"""Which rows a school has at this moment, and which of them its last receipt does not cover.

The answer is put together in a temporary table by whole sets, one statement a table, owners first.
A row may be new to a school although nothing about it changed: the teacher it hangs on moved. So
each row carries whether something above it changed hands.

Everything here runs inside an operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.store.database import Store
from models.store.going import Reference, references
from models.store.histories import RowKey
from models.store.layouts import Layouts
from models.store.sql import Sql, compose, joined, name, numbers, text
from models.store.wire_lines import json_line
from models.sync.slices import OWNERS, SCHOOL, SLICES, TEACHER, TRAVELLING, Owner, Travels

_TABLE = """CREATE TEMP TABLE IF NOT EXISTS slice
(tbl TEXT NOT NULL, row TEXT NOT NULL, moved INTEGER NOT NULL, owned INTEGER NOT NULL,
PRIMARY KEY (tbl, row)) STRICT, WITHOUT ROWID"""
_OF_SCHOOL = """INSERT INTO slice SELECT :table, c.id, {moved}, 1 FROM {table} c
WHERE c.{column} = :school AND c.id NOT IN (SELECT value FROM json_each(:without))
ON CONFLICT DO NOTHING"""
_OF_ROOT = """INSERT INTO slice SELECT :table, c.id, 1, 1 FROM json_each(:roots) j
JOIN {table} c ON c.id = j.value WHERE true ON CONFLICT DO NOTHING"""
_OF_OWNER = """INSERT INTO slice SELECT :table, c.id, max(s.moved, {moved}), 1 FROM slice s
CROSS JOIN {table} c ON c.{column} = s.row WHERE s.tbl = :owner
ON CONFLICT DO UPDATE SET moved = max(moved, excluded.moved)"""
_MOVED = """EXISTS (SELECT 1 FROM version v
WHERE v.row = c.id AND v.layout IN ({layouts}) AND v.seq > :since)"""
_NEEDED = """FROM slice s CROSS JOIN {child} c ON c.id = s.row WHERE s.tbl = :child
AND c.{column} IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM slice o WHERE o.tbl = :target AND o.row = c.{column})"""
_PULL = """INSERT OR IGNORE INTO slice SELECT DISTINCT :target, c.{column}, 1, 0 {needed}"""
_GUESTS = "SELECT DISTINCT c.{column} {needed}"
_DUE_DOWN = """SELECT tbl, row FROM slice WHERE moved
UNION SELECT l.tbl, v.row FROM version v JOIN layout l ON l.id = v.layout
JOIN operation o ON o.no = v.operation
LEFT JOIN slice s ON s.tbl = l.tbl AND s.row = v.row
WHERE v.seq > :since AND o.site <> :echo AND (s.row IS NOT NULL OR l.tbl IN ({shared}))"""
# A whole package holds what is gathered, and of the shared lists also what is gone or cannot stand.
_WHOLE = """SELECT tbl, row FROM slice UNION SELECT * FROM ({lists})
UNION SELECT l.tbl, v.row FROM version v JOIN layout l ON l.id = v.layout
WHERE v.vals IS NULL AND l.tbl IN ({shared})
UNION SELECT tbl, row FROM unplaced WHERE tbl IN ({shared})"""
_DUE_UP = """SELECT DISTINCT l.tbl, v.row FROM version v JOIN layout l ON l.id = v.layout
JOIN operation o ON o.no = v.operation
WHERE v.seq > :since AND o.site = (SELECT value FROM fact WHERE name = 'site')
AND l.tbl IN ({travelling})
AND NOT (l.tbl = 'teacher' AND v.row IN (SELECT id FROM sync_guest))"""
_ALL = "SELECT tbl, row FROM slice UNION ALL {shared}"
# From the few whose post ever changed to their versions, never through all versions there are.
_FORMER = """SELECT DISTINCT h.row FROM head h
CROSS JOIN teacher t ON t.id = h.row AND t.school_id IS NOT :school
CROSS JOIN version v ON v.row = h.row AND v.layout = :layout
WHERE h.tbl = 'teacher' AND h.unit = 'post' AND {value} = :school"""

_PLACES = {one.table: place for place, one in enumerate(TRAVELLING)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose rows are wanted.

    Attributes:
        school: identity of the school.
        since: local number of the last version the other side is known to have; 0 for none.
        echo: the site whose own changes need not be sent back to it.
        roots: teachers who count as the school's whatever their row says.
        without: teachers who do not, whatever it says.
    """

    school: str
    since: int = 0
    echo: str = ""
    roots: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def gather(store: Store, asked: Asked) -> set[str]:
    """Fill the temporary table ``slice`` with the school's rows, closed under references.

    Returns:
        The teachers of other schools whom rows of the slice name.
    """
    store.execute(_TABLE)
    store.execute("DELETE FROM slice")
    for travels in TRAVELLING:
        if travels.table in store.layouts:
            for owner in travels.owners:
                _own(store, travels, owner, asked)
    return _close(store)


def due_down(store: Store, asked: Asked) -> list[RowKey]:
    """Rows the school needs and does not have as they are: of those gathered, and shared ones.

    Where it has nothing, the journal need not be read through.
    """
    shared = joined(text(table) for table in shared_tables(store))
    if not asked.since:
        return in_order(store.tuples(compose(_WHOLE, shared=shared, lists=_lists(store))))
    return in_order(store.tuples(compose(_DUE_DOWN, shared=shared), _given(asked)))


def due_up(store: Store, since: int) -> list[RowKey]:
    """Rows this school changed and the county does not have; deleted ones are among them.

    Whatever was changed here is told, even where it is no business of the school's: the county
    then holds it and asks.
    """
    travelling = joined(text(one.table) for one in TRAVELLING)
    return in_order(store.tuples(compose(_DUE_UP, travelling=travelling), {"since": since}))


def everything(store: Store) -> list[RowKey]:
    """Every row gathered and every row of the shared lists."""
    return in_order(store.tuples(compose(_ALL, shared=_lists(store))))


def _lists(store: Store) -> Sql:
    """SQL for every row of the shared lists."""
    return joined(
        (
            compose("SELECT {text}, id FROM {table}", text=text(table), table=name(table))
            for table in shared_tables(store)
        ),
        by=" UNION ALL ",
    )


def in_order(rows: Iterable[Sequence[str]]) -> list[RowKey]:
    """The rows with owners first, as a reader wants them."""
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: (_PLACES[one[0]], one[1]))


def owned(store: Store, table: str) -> set[str]:
    """The gathered rows of one table that are the school's own."""
    found = store.tuples("SELECT row FROM slice WHERE tbl = ? AND owned", (table,))
    return {row[0] for row in found}


def former_teachers(store: Store, school: str) -> set[str]:
    """Teachers who once stood under the school and no longer do."""
    layouts = store.layouts[TEACHER]
    unit = layouts.tracked.unit_of("school_id")
    found: set[str] = set()
    for layout in layouts.known:
        if layout.unit in {"*", unit} and "school_id" in layout.columns:
            statement = compose(_FORMER, value=layout.value("school_id", "v"))
            rows = store.tuples(statement, {"school": school, "layout": layout.id})
            found |= {row[0] for row in rows}
    return found


def shared_tables(store: Store) -> list[str]:
    """The lists every school has whole."""
    return [one.table for one in TRAVELLING if one.shared and one.table in store.layouts]


def link_layouts(layouts: Layouts, travels: Travels) -> tuple[int, ...]:
    """The layouts that say whose row it is."""
    units = {layouts.tracked.unit_of(owner.column) for owner in travels.owners}
    return (*layouts.wholes, *(one for unit in sorted(units) for one in layouts.of_unit(unit)))


def _own(store: Store, travels: Travels, owner: Owner, asked: Asked) -> None:
    parts = {
        "table": name(travels.table),
        "column": name(owner.column),
        "moved": _moved(store, travels),
    }
    template = _OF_SCHOOL if owner.table == SCHOOL else _OF_OWNER
    given = {**_given(asked), "table": travels.table, "owner": owner.table}
    store.execute(compose(template, **parts), given)
    if travels.table == TEACHER and asked.roots:
        store.execute(compose(_OF_ROOT, table=parts["table"]), given)


def _moved(store: Store, travels: Travels) -> Sql:
    if travels.table not in OWNERS:
        return Sql("0")
    layouts = link_layouts(store.layouts[travels.table], travels)
    return compose(_MOVED, layouts=numbers(layouts))


def _given(asked: Asked) -> Mapping[str, object]:
    return {
        "school": asked.school,
        "since": asked.since,
        "echo": asked.echo,
        "roots": json_line(asked.roots),
        "without": json_line(asked.without),
    }


def _close(store: Store) -> set[str]:
    """Take in what rows of the slice refer to; other schools' teachers are only named."""
    keys = [one for one in references(store) if _is_scoped(one)]
    while sum(_pull(store, key) for key in keys if key.target != TEACHER):
        pass
    return {guest for key in keys if key.target == TEACHER for guest in _guests(store, key)}


def _is_scoped(key: Reference) -> bool:
    child, target = SLICES.get(key.child), SLICES.get(key.target)
    return bool(child and not child.shared and target and not target.shared)


def _pull(store: Store, key: Reference) -> int:
    needed = compose(_NEEDED, child=name(key.child), column=name(key.column))
    statement = compose(_PULL, column=name(key.column), needed=needed)
    return store.execute(statement, {"child": key.child, "target": key.target}).rowcount


def _guests(store: Store, key: Reference) -> list[str]:
    needed = compose(_NEEDED, child=name(key.child), column=name(key.column))
    statement = compose(_GUESTS, column=name(key.column), needed=needed)
    rows = store.tuples(statement, {"child": key.child, "target": key.target})
    return [row[0] for row in rows]
