"""What the journal notes of a merged row: versions shown, those beside them, what cannot stand."""

from __future__ import annotations

from dataclasses import dataclass

from models.store.database import Store
from models.store.layouts import GONE
from models.store.standing import Standing
from models.store.wire import Value
from models.store.wire_lines import json_line

Books = tuple[set[tuple[str, int]], set[tuple[str, int]]]
"""Unit and version of each row of ``head`` and of ``rival``."""

_HEAD = "INSERT INTO head (row, tbl, unit, seq) VALUES (?, ?, ?, ?)"
_RIVAL = "INSERT OR IGNORE INTO rival (row, tbl, unit, seq) VALUES (?, ?, ?, ?)"
_UNPLACED = (
    "INSERT INTO unplaced (row, tbl, absent, reason, sentence, vals) VALUES (?, ?, ?, ?, ?, ?)"
)
# A row that keeps an older state stands on the newest of the versions that were here before.
_PIN = """INSERT OR IGNORE INTO head (row, tbl, unit, seq) SELECT :row, :tbl, '*', max(v.seq)
FROM version v JOIN layout l ON l.id = v.layout
WHERE v.row = :row AND l.tbl = :tbl AND l.unit IN ('*', '#', '-') AND v.seq <= :before"""


@dataclass(slots=True)
class Move:
    """One row on its way to what its versions say.

    Attributes:
        standing: what they say.
        present: column to value as it is in its table; None if it is not.
        wanted: as it should be; None if it should not be there.
        reason, sentence: why it could not be brought there ("" if it was).
    """

    standing: Standing
    present: dict[str, Value] | None
    wanted: dict[str, Value] | None
    reason: str = ""
    sentence: str = ""

    @property
    def there(self) -> bool:
        """Whether the row is in its table in the end."""
        return (self.present if self.reason else self.wanted) is not None

    @property
    def what(self) -> str:
        """``inserted``, ``changed``, ``deleted`` or "" for a row that stays as it was."""
        if self.reason or not self.differs:
            return ""
        if self.present is None:
            return "inserted"
        return "deleted" if self.wanted is None else "changed"

    @property
    def differs(self) -> bool:
        """Whether the row is not yet what it should be."""
        if self.present is None or self.wanted is None:
            return self.present is not self.wanted
        return any(self.present[column] != value for column, value in self.wanted.items())


def note(store: Store, move: Move, before: int) -> None:
    """Let the journal say which version is shown, and which are beside it.

    Args:
        store: the office's file; an operation is running.
        move: the row, brought to what its versions say or not.
        before: the newest version that was here before this merge.
    """
    table, row = move.standing.key
    store.execute("DELETE FROM unplaced WHERE row = ? AND tbl = ?", (row, table))
    if move.reason:
        absent = int(move.present is None)
        vals = json_line(move.wanted) if move.standing.tracked.append_only else None
        store.execute(_UNPLACED, (row, table, absent, move.reason, move.sentence, vals))
        if not absent:
            store.execute(_PIN, {"row": row, "tbl": table, "before": before})
        return
    store.execute("DELETE FROM head WHERE row = ? AND tbl = ?", (row, table))
    store.execute("DELETE FROM rival WHERE row = ? AND tbl = ?", (row, table))
    heads, rivals = books(move.standing, there=move.there)
    for unit, seq in sorted(heads):
        store.execute(_HEAD, (row, table, unit, seq))
    for unit, seq in sorted(rivals):
        store.execute(_RIVAL, (row, table, unit, seq))


def books(standing: Standing, *, there: bool) -> Books:
    """What ``head`` and ``rival`` must hold of a row that is (or is not) in its table."""
    verdict = standing.verdict
    if not there:
        return set(), {("-", node.seq) for node in verdict.deletions[1:]}
    heads = {
        (unit, found[0].seq) for unit, found in verdict.heads.items() if found[0] != verdict.whole
    }
    nodes = [one.node for one in standing.versions.values()]
    if any(node.unit == GONE and node.seq > verdict.whole.seq for node in nodes):
        heads.add(("*", verdict.whole.seq))
    rivals = {(unit, node.seq) for unit, found in verdict.heads.items() for node in found[1:]}
    return heads, rivals | {("-", node.seq) for node in verdict.deletions}
