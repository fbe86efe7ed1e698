"""What of the signing room is journalled, in which merge units."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.store.tracking import Tracked


def keep(_store: Any, row_ids: Sequence[str]) -> int:  # noqa: ANN401 - as ``Reverse`` says
    """Undo leaves keys as they are: papers in people's hands rest on them."""
    return len(row_ids)


TRACKED = (
    Tracked(
        "signing_key",
        {"row": ("key_id", "public_key", "made_on")},
        label="签名密钥",
        append_only=True,
        reverse=keep,
        caption="key_id",
    ),
    Tracked(
        "signing_key_end",
        {"row": ("signing_key_id", "retired_on", "reason")},
        label="密钥停用",
        append_only=True,
        reverse=keep,
        caption="reason",
    ),
)
