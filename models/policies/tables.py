"""What of the policies room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TRACKED = (
    Tracked("own_pack", {"row": ("pack_id", "text")}, label="规则包", caption="pack_id"),
    Tracked(
        "policy_use",
        {"row": ("pack_id", "first_day", "last_day")},
        label="规则适用期",
        caption="pack_id",
    ),
)
