"""One training entered twice by two who were apart: in one file the second is refused at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from hashlib import blake2b
from sqlite3 import Row
from typing import Any

from models.store.database import Store
from models.training.entries import COLUMNS, closed_until

REASON = "与县里已登记的同一次培训重复"
REVERSED = "这条学时两边都冲销过，抵消多出的一次"
_TWICE = """
SELECT n.* FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS n ON n.id = wanted.value
WHERE n.kind <> 'reversal' AND n.year > ?
AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = n.id)
AND EXISTS (
    SELECT 1 FROM ledger_entry AS o WHERE o.teacher_id = n.teacher_id AND o.id <> n.id
    AND o.id NOT IN (SELECT value FROM json_each(?)) AND o.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = o.id)
    AND ((o.kind = 'course' AND n.kind = 'course' AND o.course_id = n.course_id)
        OR (o.year = n.year AND o.title_key = n.title_key AND o.hours = n.hours
            AND COALESCE(o.start_date, '') = COALESCE(n.start_date, ''))))
ORDER BY n.id
"""
_REVERSED_TWICE = """
SELECT n.* FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS n ON n.id = wanted.value
WHERE n.kind = 'reversal' AND n.year > ? AND EXISTS (
    SELECT 1 FROM ledger_entry AS o WHERE o.reverses = n.reverses AND o.kind = 'reversal'
    AND o.id NOT IN (SELECT value FROM json_each(?)))
ORDER BY n.id
"""


def take_back_repeats(store: Store, come: Collection[str]) -> int:
    """Answer those of the entries that came which the ledger has already, by the rule of one file.

    A second reversal of an entry is evened out by a third line under that entry. All stay visible,
    and answering the answer lets an entry count after all. Call it inside an operation.

    Returns:
        How many were answered.
    """
    ids = json.dumps(sorted(come))
    given = (ids, closed_until(store), ids)
    twice = [_answer(row, row["id"], REASON) for row in store.query(_TWICE, given)]
    twice += [
        _answer(row, row["reverses"], REVERSED) for row in store.query(_REVERSED_TWICE, given)
    ]
    columns = ("id", *COLUMNS)
    rows = [tuple(answer[name] for name in columns) for answer in twice if _is_new(store, answer)]
    return store.insert("ledger_entry", columns, rows) if rows else 0


def _answer(row: Row, answered: str, reason: str) -> Mapping[str, Any]:
    """The opposite entry, of the same day; all of it follows from the entry.

    So a file that was set back and answers again gives the very same answer.
    """
    return {
        **dict(row),
        "id": blake2b(f"twice {row['id']}".encode(), digest_size=16).hexdigest(),
        "kind": "reversal",
        "hours": -row["hours"],
        "credits": None if row["credits"] is None else -row["credits"],
        "reverses": answered,
        "remark": reason,
    }


def _is_new(store: Store, answer: Mapping[str, Any]) -> bool:
    return not store.value("SELECT 1 FROM ledger_entry WHERE id = ?", (answer["id"],))
