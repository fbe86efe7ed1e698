"""What of the sync room is journalled. None of it travels: every file has its own roster."""

from __future__ import annotations

from models.signing.tables import keep
from models.store.tracking import Tracked

TRACKED = (
    Tracked(
        "sync_site",
        {"row": ("kind", "name", "institution_id", "invited_on", "token")},
        label="交换单位",
        append_only=True,
        reverse=keep,
    ),
    Tracked(
        "sync_site_key",
        {"row": ("site_id", "sign_key", "seal_key", "no", "since", "proof")},
        label="交换密钥",
        append_only=True,
        reverse=keep,
        caption="since",
    ),
    Tracked(
        "sync_site_end",
        {"row": ("site_id", "serial", "ended_on", "reason")},
        label="注册停用",
        append_only=True,
        reverse=keep,
        caption="reason",
    ),
)
