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
PRINT_RUN = ("title", "kind", "form", "medium", "stock", "printer", "tray", "reason", "begun_at")
PRINT_ITEM = ("run_id", "place", "certificate_id", "copy")
BOOKLET_PLACE = ("certificate_id", "step", "page", "line", "said_on", "reason", "withdraws")
BOOKLET_LINE = (
    "certificate_id",
    "page",
    "line",
    "source",
    "source_id",
    "stamp_id",
    "year",
    "said",
    "run_id",
    "place",
)
_UNDONE = "撤销"
_STOCK_OF = """
SELECT e.* FROM json_each(?) AS wanted CROSS JOIN stock_entry AS e ON e.id = wanted.value
"""
_PLACES_OF = """
SELECT gone.*, (SELECT MAX(p.step) FROM booklet_place AS p
    WHERE p.certificate_id = gone.certificate_id) AS last_step
FROM json_each(?) AS wanted CROSS JOIN booklet_place AS gone ON gone.id = wanted.value
"""


def reverse_stock(store: Store, entry_ids: Sequence[str]) -> int:
    """Undo of stock entries: each is answered by one of the same step and the opposite count."""
    today = store.clock.today().isoformat()
    rows = [
        (
            store.ids.new_id(),
            one["stock"],
            one["step"],
            today,
            -one["count"],
            one["first_serial"],
            one["last_serial"],
            one["item_id"],
            _UNDONE,
        )
        for one in store.query(_STOCK_OF, (json.dumps(list(entry_ids)),))
    ]
    return store.insert("stock_entry", ("id", *STOCK_ENTRY), rows)


def take_back_places(store: Store, place_ids: Sequence[str]) -> int:
    """Undo of statements where booklets go on: each is withdrawn; a withdrawal is said anew."""
    today = store.clock.today().isoformat()
    rows = [
        (
            store.ids.new_id(),
            one["certificate_id"],
            one["last_step"] + 1,
            one["page"],
            one["line"],
            today,
            _UNDONE,
            None if one["withdraws"] else one["id"],
        )
        for one in store.query(_PLACES_OF, (json.dumps(list(place_ids)),))
    ]
    return store.insert("booklet_place", ("id", *BOOKLET_PLACE), rows)


def keep_seals(_store: Store, seal_ids: Sequence[str]) -> int:
    """Undo leaves the signed text of a certificate as it is: it may stand on paper already."""
    return len(seal_ids)
