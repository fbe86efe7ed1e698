"""A row's versions as the file holds them, and what the judge says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.store.database import Store
from models.store.judging import Node, Rank, Verdict, judge
from models.store.layouts import GONE, Layout
from models.store.tracking import COUNTY, SCHOOL, Tracked
from models.store.wire import Value

RowKey = tuple[str, str]
"""A table and a row's identity."""

_VERSIONS = """SELECT v.seq, v.vid, v.layout, v.parents, v.vals, v.operation, o.lamport, o.site
FROM version v JOIN operation o ON o.no = v.operation
WHERE v.row = :row AND v.layout IN (SELECT id FROM layout WHERE tbl = :tbl) ORDER BY v.seq"""
_OPEN = """SELECT tbl, row FROM rival UNION SELECT tbl, row FROM unplaced
UNION SELECT tbl, row FROM head WHERE unit = '*' ORDER BY tbl, row"""
COUNTY_FACT = "county_site"
"""The fact that names the copy of the county, for units whose heads rank by side."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A version as the file holds it.

    Attributes:
        node: its place in the order of versions.
        layout: the form of its values.
        vals: its values ("" for a deletion).
        operation: the number of the operation that made it.
    """

    node: Node
    layout: Layout
    vals: str
    operation: int

    def values(self, columns: tuple[str, ...]) -> dict[str, Value]:
        """Those of the columns that it speaks of."""
        found = self.layout.decoded(self.vals)
        return {column: found[column] for column in columns if column in found}


@dataclass(frozen=True, slots=True)
class Standing:
    """A row's versions by name, and the verdict over them.

    Attributes:
        tracked: the row's table.
        row: its identity.
        versions: every version by its name.
        verdict: what they say.
    """

    tracked: Tracked
    row: str
    versions: Mapping[int, Kept]
    verdict: Verdict

    @property
    def key(self) -> RowKey:
        """The table and the row's identity."""
        return self.tracked.table, self.row

    def of(self, unit: str, node: Node) -> dict[str, Value]:
        """The unit's values in one of its heads."""
        return self.versions[node.vid].values(self.tracked.units[unit])

    def shown(self) -> dict[str, Value]:
        """Column to value by the first head of each unit (not of an append-only row)."""
        found: dict[str, Value] = {}
        for unit, heads in self.verdict.heads.items():
            found |= self.of(unit, heads[0])
        return found

    def told_apart(self, unit: str) -> list[Node]:
        """The unit's heads, the shown one first, each value once."""
        heads = self.verdict.heads[unit]
        if len(heads) < 2 or self.tracked.append_only:
            return list(heads[:1])
        found: dict[str, Node] = {}
        for head in heads:
            found.setdefault(json.dumps(self.of(unit, head), sort_keys=True), head)
        return list(found.values())

    def disputed(self, *, there: bool) -> bool:
        """Whether something of the row (``there``: it is in its table) waits for a person."""
        if not there or self.tracked.append_only:
            return False
        return bool(self.verdict.deletions) or any(
            len(self.told_apart(unit)) > 1 for unit in self.tracked.units
        )


class Stands:
    """Asks what stands of rows; remembers what it needs for each table.

    Attributes:
        store: the office's file.
    """

    def __init__(self, store: Store) -> None:
        """Begin; the file's layouts must not change meanwhile."""
        self.store = store
        self._layouts = {one.id: one for found in store.layouts.values() for one in found.known}
        self._county = store.fact(COUNTY_FACT)

    def of(self, table: str, row: str) -> Standing | None:
        """What stands of a row; None if the journal does not know it."""
        tracked = self.store.tracked[table]
        found = self.store.tuples(_VERSIONS, {"row": row, "tbl": table})
        versions = {
            vid: Kept(
                Node(seq, vid, self._layouts[layout].unit, _names(parents), lamport, site),
                self._layouts[layout],
                vals or "",
                operation,
            )
            for seq, vid, layout, parents, vals, operation, lamport, site in found
        }
        nodes = [one.node for one in versions.values() if _counts(one.node, tracked)]
        verdict = judge(nodes, list(tracked.units), self._rank(tracked))
        return Standing(tracked, row, versions, verdict) if verdict else None

    def open_rows(self) -> Iterator[RowKey]:
        """Rows that are not simply what their last version says."""
        for table, row in self.store.tuples(_OPEN):
            if table in self.store.tracked:
                yield table, row

    def _rank(self, tracked: Tracked) -> Rank:
        def rank(unit: str, node: Node) -> tuple[int, int, int]:
            side = COUNTY if node.site == self._county else SCHOOL
            preferred = bool(self._county) and tracked.prefer.get(unit) == side
            return int(preferred), node.lamport, node.vid

        return rank


def _counts(node: Node, tracked: Tracked) -> bool:
    """An entry of an append-only table is never deleted, whatever a copy says."""
    return not (tracked.append_only and node.unit == GONE)


def _names(parents: str | None) -> tuple[int, ...]:
    return tuple(json.loads(parents)) if parents else ()
