"""What waits for a person after merging: listed from the versions, closed by a choice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from models.store.database import Store
from models.store.histories import author_of
from models.store.history import caption_of, label_of
from models.store.judging import BIRTHS, Node
from models.store.layouts import GONE
from models.store.sql import compose, name
from models.store.standing import Standing, Stands
from models.store.wire import Author, Spoken, Value
from models.store.wire_lines import Reader

EDITED = "edited"
"""A unit was changed differently in two copies."""
DELETED = "deleted"
"""A row was deleted in one copy and changed in another; it lives until a person decides."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the states a conflict stands between.

    Attributes:
        vid: the version, for ``resolve``.
        values: column to value; empty where this side deleted the row.
        author: who did it, where, and when by that copy's clock.
        mine: whether it was done in this copy.
        shown: whether it is what is shown meanwhile.
    """

    vid: int
    values: Mapping[str, Value]
    author: Author
    mine: bool
    shown: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more states of one unit, or of a row's being there, that nobody decided between.

    Attributes:
        id: 12 hexadecimal digits, the same in every copy as long as row and unit are.
        kind: ``EDITED`` or ``DELETED``.
        table, label, row, caption: the row, and what the office calls it.
        unit: the merge unit; ``"-"`` for ``DELETED``.
        base: column to value before they parted; empty if that is unknown.
        sides: the states, the shown one first; each value once.
    """

    id: str
    kind: str
    table: str
    label: str
    row: str
    caption: str
    unit: str
    base: Mapping[str, Value]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A row that was received and cannot be shown.

    Attributes:
        id: for asking about it.
        table, label, row, caption: the row; the caption is from its newest version.
        reason: ``"orphan"``, ``"clash"``, ``"gate"``, ``"newer"``, ``"altered"``.
        sentence: what is in the way, in Chinese.
    """

    id: str
    table: str
    label: str
    row: str
    caption: str
    reason: str
    sentence: str


def conflicts(store: Store, *, table: str | None = None, row: str | None = None) -> list[Conflict]:
    """Every open conflict, by table and row; of one table or row only if given."""
    stands = Stands(store)
    found = store.tuples(
        "SELECT DISTINCT tbl, row FROM rival"
        " WHERE (?1 IS NULL OR tbl = ?1) AND (?2 IS NULL OR row = ?2) ORDER BY tbl, row",
        (table, row),
    )
    standings = [stands.of(*key) for key in found if key[0] in store.tracked]
    return [conflict for one in standings if one is not None for conflict in _of_row(store, one)]


def count_conflicts(store: Store) -> int:
    """How many conflicts are open."""
    return len(conflicts(store))


def conflict_of(store: Store, conflict_id: str) -> Conflict | None:
    """An open conflict; None if there is none of that identity."""
    return next((one for one in conflicts(store) if one.id == conflict_id), None)


def _of_row(store: Store, standing: Standing) -> Iterator[Conflict]:
    shown = _shown(store, standing)
    if not standing.disputed(there=shown is not None) or shown is None:
        return
    if standing.verdict.deletions:
        yield _conflict(store, standing, GONE, shown)
    for unit in standing.tracked.units:
        if len(standing.told_apart(unit)) > 1:
            yield _conflict(store, standing, unit, shown)


def _shown(store: Store, standing: Standing) -> Mapping[str, Value] | None:
    statement = compose("SELECT * FROM {table} WHERE id = ?", table=name(standing.tracked.table))
    found = store.one(statement, (standing.row,))
    return dict(found) if found else None


def _conflict(store: Store, standing: Standing, unit: str, shown: Mapping[str, Value]) -> Conflict:
    table, row = standing.key
    sides = (
        _row_sides(store, standing, shown) if unit == GONE else _unit_sides(store, standing, unit)
    )
    return Conflict(
        id=conflict_id(table, row, unit),
        kind=DELETED if unit == GONE else EDITED,
        table=table,
        label=label_of(store, table),
        row=row,
        caption=caption_of(standing.tracked, shown),
        unit=unit,
        base={} if unit == GONE else _base(standing, unit),
        sides=tuple(sides),
    )


def conflict_id(table: str, row: str, unit: str) -> str:
    """What a conflict of that unit is called, in every copy."""
    return blake2b(json.dumps([table, row, unit]).encode(), digest_size=6).hexdigest()


def _unit_sides(store: Store, standing: Standing, unit: str) -> Iterator[Side]:
    for place, node in enumerate(standing.told_apart(unit)):
        yield _side(store, standing, node, standing.of(unit, node), shown=place == 0)


def _row_sides(store: Store, standing: Standing, shown: Mapping[str, Value]) -> Iterator[Side]:
    """The row as it is, by its latest change no deletion saw (or at all); then each deletion."""
    latest = max((heads[0] for heads in standing.verdict.heads.values()), key=_known_of)
    values = {column: shown[column] for column in standing.tracked.columns}
    yield _side(store, standing, latest, values, shown=True)
    for node in sorted(standing.verdict.deletions, key=_known_of, reverse=True):
        yield _side(store, standing, node, {}, shown=False)


def _known_of(node: Node) -> tuple[int, int]:
    """An order of versions that is the same in every copy."""
    return node.lamport, node.vid


def _side(
    store: Store, standing: Standing, node: Node, values: Mapping[str, Value], *, shown: bool
) -> Side:
    author = author_of(store, standing.versions[node.vid].operation)
    return Side(node.vid, values, author, mine=author.site == store.site, shown=shown)


def _base(standing: Standing, unit: str) -> Mapping[str, Value]:
    """What the unit was when the latest version that all sides replaced was written."""
    sides = [_ancestors(standing, node.vid) for node in standing.verdict.heads[unit]]
    common = set[int].intersection(*sides)
    spoken = [
        standing.versions[vid]
        for vid in common
        if standing.versions[vid].node.unit != GONE
        and standing.versions[vid].node.unit in {unit, *BIRTHS}
    ]
    if not spoken:
        return {}
    latest = max(spoken, key=lambda one: one.node.seq)
    return latest.values(standing.tracked.units[unit])


def _ancestors(standing: Standing, vid: int) -> set[int]:
    found: set[int] = set()
    rest = [vid]
    while rest:
        for parent in standing.versions[rest.pop()].node.parents:
            if parent not in found:
                found.add(parent)
                rest.append(parent)
    return found


def held(store: Store) -> list[Held]:
    """Everything that was received and cannot be shown, the oldest first."""
    stands = Stands(store)
    unplaced = store.query("SELECT tbl, row, reason, sentence, vals FROM unplaced")
    found = [
        Held(
            id=conflict_id(one["tbl"], one["row"], "unplaced"),
            table=one["tbl"],
            label=label_of(store, one["tbl"]),
            row=one["row"],
            caption=_caption(store, stands, one["tbl"], one["row"]),
            reason=one["reason"],
            sentence=one["sentence"],
        )
        for one in unplaced
    ]
    kept = store.query("SELECT id, tbl, row, reason, sentence, lines FROM hold ORDER BY rowid")
    return found + [
        Held(
            id=one["id"],
            table=one["tbl"],
            label=label_of(store, one["tbl"]),
            row=one["row"],
            caption=_caption_of_lines(store, one["tbl"], one["lines"]),
            reason=one["reason"],
            sentence=one["sentence"],
        )
        for one in kept
    ]


def newest_held(store: Store, held_id: str) -> Spoken | None:
    """The newest change of a row that was not let in; None for what is not kept as it came."""
    lines = store.value("SELECT lines FROM hold WHERE id = ?", (held_id,))
    if lines is None:
        return None
    found = [one for row in Reader().rows(json.loads(str(lines))) for one in row.versions]
    return max(found, key=lambda one: one.author.lamport, default=None)


def _caption(store: Store, stands: Stands, table: str, row: str) -> str:
    standing = stands.of(table, row) if table in store.tracked else None
    if standing is None or standing.tracked.append_only:
        return ""
    unit = standing.tracked.unit_of(standing.tracked.named_by)
    if not unit:
        return ""
    return caption_of(standing.tracked, standing.of(unit, standing.verdict.heads[unit][0]))


def _caption_of_lines(store: Store, table: str, lines: str) -> str:
    values: dict[str, Value] = {}
    for history in Reader().rows(json.loads(lines)):
        for version in history.versions:
            values |= version.values
    return caption_of(store.tracked.get(table), values)
