"""Which schools have something waiting for them: rows of theirs changed since their last package.

Asked of what changed, not of what each school has: every changed row is followed up to its owners,
so that the answer costs what a day's work costs and not what the county is large. It may name a
school too much (a row came back to what it was), never one too few.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from models.store.database import Store
from models.store.going import references
from models.store.sql import compose, joined, name, names, numbers, text
from models.sync import membership
from models.sync.slices import SCHOOL, SETTINGS, SLICES, TEACHER, Travels
from models.sync.tombstones import links

Change = tuple[int, str]
"""The newest version of a row by a site, and the site that wrote it."""

_TO_ALL = """SELECT o.site, max(v.seq) FROM version v JOIN layout l ON l.id = v.layout
JOIN operation o ON o.no = v.operation WHERE v.seq > :since
AND (l.tbl IN ({shared})
    OR (l.tbl = 'setting' AND v.row IN (SELECT id FROM setting WHERE name IN ({settings})))
    OR (l.tbl = 'sync_site_key' AND v.row IN (
        SELECT k.id FROM sync_site_key AS k JOIN fact AS f ON f.value = k.site_id
        WHERE f.name = 'site'))) GROUP BY o.site"""
_CHANGED = """SELECT l.tbl, v.row, o.site, max(v.seq) FROM version v
JOIN layout l ON l.id = v.layout JOIN operation o ON o.no = v.operation
WHERE v.seq > :since AND l.tbl IN ({scoped}) GROUP BY l.tbl, v.row, o.site"""
_OWNERS = "SELECT id, {columns} FROM {table} WHERE id IN (SELECT value FROM json_each(?))"
_NAMING = """SELECT c.id, c.{column} FROM json_each(?) AS j
CROSS JOIN {table} AS c ON c.{column} = j.value"""
_ONCE = """SELECT v.row, {value} FROM json_each(:rows) AS j
CROSS JOIN version AS v ON v.row = j.value AND v.layout = :layout
WHERE EXISTS (SELECT 1 FROM version AS w WHERE w.row = v.row AND w.layout IN ({posts})
    AND w.seq > :since)"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a school was told last.

    Attributes:
        site: its site.
        school: whose slice it has.
        upto: how many versions the file knew when its last package was written.
    """

    site: str
    school: str
    upto: int


def waiting_sites(store: Store, told: Collection[Told]) -> set[str]:
    """The sites for which there is something that no package holds yet."""
    found: set[str] = set()
    rest: list[Told] = list(told)
    for statement in (_to_all, _to_schools):
        if rest:
            changes = statement(store, min(one.upto for one in rest))
            found |= {one.site for one in rest if _concerns(one, changes)}
            rest = [one for one in rest if one.site not in found]
    return found


def _concerns(one: Told, changes: Mapping[str, Iterable[Change]]) -> bool:
    """Whether somebody else wrote something of the school's, or of all schools', since."""
    news = (*changes.get(one.school, ()), *changes.get("", ()))
    return any(seq > one.upto and site != one.site for seq, site in news)


def _to_all(store: Store, since: int) -> Mapping[str, list[Change]]:
    """What changed of what every school has: lists, the county's rules, the county's keys."""
    statement = compose(
        _TO_ALL,
        shared=joined(text(table) for table in membership.shared_tables(store)),
        settings=joined(text(one) for one in SETTINGS),
    )
    return {"": [(seq, site) for site, seq in store.tuples(statement, {"since": since})]}


def _to_schools(store: Store, since: int) -> Mapping[str, set[Change]]:
    """What changed of single schools' rows, by school."""
    scoped = joined(text(one.table) for one in SLICES.values() if not one.shared)
    rows = store.tuples(compose(_CHANGED, scoped=scoped), {"since": since})
    changed: dict[str, dict[str, set[Change]]] = defaultdict(lambda: defaultdict(set))
    for table, row, site, seq in rows:
        changed[table][row].add((seq, site))
    _add_naming(store, changed)
    schools: dict[str, set[Change]] = defaultdict(set)
    for row, school in _once_of(store, changed.get(TEACHER, {}), since):
        schools[school] |= changed[TEACHER][row]
    for table in reversed(SLICES):
        if changed.get(table) and table in store.layouts:
            _follow(store, SLICES[table], changed, schools)
    return schools


def _follow(
    store: Store,
    travels: Travels,
    changed: dict[str, dict[str, set[Change]]],
    schools: dict[str, set[Change]],
) -> None:
    """Count the changes of a table's rows as changes of their owners."""
    rows = changed[travels.table]
    for row, values in _links(store, travels, rows).items():
        for owner in travels.owners:
            target = values.get(owner.column)
            if target is not None:
                to = schools if owner.table == SCHOOL else changed[owner.table]
                to[target] |= rows[row]


def _links(
    store: Store, travels: Travels, rows: Iterable[str]
) -> Mapping[str, Mapping[str, str | None]]:
    """The owners of rows; those of deleted rows are read from the journal."""
    columns = [owner.column for owner in travels.owners]
    statement = compose(_OWNERS, columns=names(columns), table=name(travels.table))
    wanted = list(rows)
    there = store.tuples(statement, (json.dumps(wanted),))
    found = {row: dict(zip(columns, cells, strict=True)) for row, *cells in there}
    return {row: found.get(row) or links(store, travels, row) for row in wanted}


def _add_naming(store: Store, changed: dict[str, dict[str, set[Change]]]) -> None:
    """What a row of another school names concerns that school too: partners in a pair."""
    for key in references(store):
        child = SLICES.get(key.child)
        if child is None or child.shared or not changed.get(key.target):
            continue
        if [one.column for one in child.owners] == [key.column]:
            continue
        statement = compose(_NAMING, column=name(key.column), table=name(key.child))
        rows = changed[key.target]
        for row, target in store.tuples(statement, (json.dumps(list(rows)),)):
            changed[key.child][row] |= rows[target]


def _once_of(store: Store, teachers: Iterable[str], since: int) -> list[tuple[str, str]]:
    """Teachers whose post changed, with every school they ever stood under: the old one is told."""
    layouts = store.layouts[TEACHER]
    posts = numbers(layouts.of_unit(layouts.tracked.unit_of("school_id")))
    found: list[tuple[str, str]] = []
    for layout in layouts.known:
        if "school_id" in layout.columns:
            statement = compose(_ONCE, value=layout.value("school_id", "v"), posts=posts)
            given = {"rows": json.dumps(list(teachers)), "layout": layout.id, "since": since}
            found += [(row, school) for row, school in store.tuples(statement, given) if school]
    return found
