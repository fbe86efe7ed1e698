"""What of the signing room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TRACKED = (
    Tracked(
        "signing_key",
        {"row": ("key_id", "public_key", "made_on"), "retired": ("retired_on", "reason")},
        label="签名密钥",
        caption="key_id",
    ),
)
