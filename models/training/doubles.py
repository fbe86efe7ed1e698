"""One training entered twice by two who were apart: in one file the second is refused at once."""

from __future__ import annotations

import json
from collections.abc import Collection

from models.store.database import Store
from models.training.entries import closed_until, reverse_entries

REASON = "与县里已登记的同一次培训重复"
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


def take_back_repeats(store: Store, come: Collection[str]) -> int:
    """Answer those of the entries that came which stand in the ledger already, by the same rule.

    Both stay visible, and answering the answer lets the entry count after all. Call it inside an
    operation.

    Returns:
        How many were taken back.
    """
    ids = json.dumps(sorted(come))
    found = [row[0] for row in store.tuples(_TWICE, (ids, closed_until(store), ids))]
    return reverse_entries(store, found, REASON) if found else 0
