"""Entries about paper that only add, and how an undo answers each."""

from __future__ import annotations

import json
from collections.abc import Sequence

from models.store.database import Store

STOCK_ENTRY = (
    "stock",
    "step",
    "happened_on",
    "count",
    "first_serial",
    "last_serial",
    "item_id",
    "reason",
)
PRINT_RUN = ("title", "kind", "form", "medium", "printer", "tray", "begun_at")
PRINT_ITEM = ("run_id", "place", "certificate_id", "copy")
_STOCK_OF = """
SELECT e.* FROM json_each(?) AS wanted CROSS JOIN stock_entry AS e ON e.id = wanted.value
"""
_PLACES_BEFORE = """
SELECT gone.certificate_id, before.page, before.line,
    (SELECT MAX(step) FROM booklet_place WHERE certificate_id = gone.certificate_id) AS step
FROM json_each(?) AS wanted CROSS JOIN booklet_place AS gone ON gone.id = wanted.value
LEFT JOIN booklet_place AS before ON before.certificate_id = gone.certificate_id
    AND before.step = gone.step - 1
"""


def reverse_stock(store: Store, entry_ids: Sequence[str]) -> int:
    """Undo of stock entries: each is answered by one of the opposite count."""
    today = store.clock.today().isoformat()
    rows = [
        (
            store.ids.new_id(),
            one["stock"],
            "reversed",
            today,
            -one["count"],
            one["first_serial"],
            one["last_serial"],
            one["item_id"],
            "撤销",
        )
        for one in store.query(_STOCK_OF, (json.dumps(list(entry_ids)),))
    ]
    return store.insert("stock_entry", ("id", *STOCK_ENTRY), rows)


def take_back_places(store: Store, place_ids: Sequence[str]) -> int:
    """Undo of a statement where a booklet goes on: the one before it holds again."""
    today = store.clock.today().isoformat()
    columns = ("id", "certificate_id", "step", "page", "line", "said_on", "reason")
    rows = [
        (
            store.ids.new_id(),
            one["certificate_id"],
            one["step"] + 1,
            one["page"] or 1,
            one["line"] or 1,
            today,
            "撤销",
        )
        for one in store.query(_PLACES_BEFORE, (json.dumps(list(place_ids)),))
    ]
    return store.insert("booklet_place", columns, rows)


def keep_seals(_store: Store, seal_ids: Sequence[str]) -> int:
    """Undo leaves the signed text of a certificate as it is: it may stand on paper already."""
    return len(seal_ids)
