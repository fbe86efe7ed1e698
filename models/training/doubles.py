"""One training entered twice by two who were apart: in one file the second is refused at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from models.store.database import Store
from models.training.entries import COLUMNS, closed_until, reverse_entries

REASON = "与县里已登记的同一次培训重复"
REVERSED = "这条学时两边都冲销过，抵消多出的一次"
_TWICE = """
SELECT n.id FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS n ON n.id = wanted.value
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
    """Answer those of the entries that came which stand in the ledger already, by the same rule.

    Both stay visible, and answering the answer lets the entry count after all. Call it inside an
    operation.

    Returns:
        How many were taken back.
    """
    ids = json.dumps(sorted(come))
    given = (ids, closed_until(store), ids)
    found = [row[0] for row in store.tuples(_TWICE, given)]
    count = reverse_entries(store, found, REASON) if found else 0
    again = [dict(row) for row in store.query(_REVERSED_TWICE, given)]
    return count + _take_back_reversals(store, again)


def _take_back_reversals(store: Store, rows: Iterable[Mapping[str, Any]]) -> int:
    """Even out second reversals of one entry by a third line under it, so that sums come right."""
    today = store.clock.today().isoformat()
    answers = [
        {
            **row,
            "id": store.ids.new_id(),
            "hours": -row["hours"],
            "credits": None if row["credits"] is None else -row["credits"],
            "remark": REVERSED,
            "posted_on": today,
        }
        for row in rows
    ]
    columns = ("id", *COLUMNS)
    lines = [tuple(answer[name] for name in columns) for answer in answers]
    return store.insert("ledger_entry", columns, lines) if lines else 0
