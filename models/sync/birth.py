"""Where a row was first written: here, or in another copy that sent it."""

from __future__ import annotations

from models.office.context import Office

_ELSEWHERE = """SELECT v.row FROM version v
JOIN layout l ON l.id = v.layout JOIN operation o ON o.no = v.operation
WHERE l.tbl = ?1 AND o.site <> ?2
AND v.seq = (SELECT min(w.seq) FROM version w JOIN layout m ON m.id = w.layout
             WHERE w.row = v.row AND m.tbl = ?1)"""


def born_elsewhere(office: Office, table: str) -> frozenset[str]:
    """The rows of a table that another copy wrote first; a school may not change those of some."""
    store = office.store
    return frozenset(str(row) for (row,) in store.tuples(_ELSEWHERE, (table, store.site)))
