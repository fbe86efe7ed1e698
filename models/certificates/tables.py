"""What of the certificate room is journalled, in which merge units."""

from __future__ import annotations

from models.certificates.events import CERTIFICATE, CONTINUES, EVENT, take_back_events, void_issued
from models.certificates.paper_entries import (
    BOOKLET_LINE,
    BOOKLET_PLACE,
    PRINT_ITEM,
    PRINT_RUN,
    STOCK_ENTRY,
    keep_seals,
    reverse_stock,
    take_back_places,
)
from models.store.tracking import Tracked

TRACKED = (
    Tracked(
        "certificate",
        {"row": CERTIFICATE, "continues": CONTINUES},
        label="证书",
        append_only=True,
        reverse=void_issued,
        caption="number",
    ),
    Tracked(
        "certificate_event",
        {"row": EVENT},
        label="证书变动",
        append_only=True,
        reverse=take_back_events,
        caption="reason",
    ),
    Tracked(
        "stock_entry",
        {"row": STOCK_ENTRY},
        label="空白证书",
        append_only=True,
        reverse=reverse_stock,
        caption="stock",
    ),
    Tracked(
        "print_run",
        {"row": PRINT_RUN, "state": ("state",)},
        label="打印批次",
    ),
    Tracked(
        "print_item",
        {"row": PRINT_ITEM, "outcome": ("serial", "outcome", "outcome_on", "reason")},
        label="打印记录",
        caption="copy",
    ),
    Tracked(
        "booklet_place",
        {"row": BOOKLET_PLACE},
        label="续打位置",
        append_only=True,
        reverse=take_back_places,
        caption="reason",
    ),
    Tracked(
        "booklet_line",
        {
            "row": BOOKLET_LINE,
            "outcome": ("outcome", "outcome_on", "again"),
        },
        label="证书登记行",
        caption="source",
    ),
    Tracked("own_form", {"row": ("name", "text")}, label="证书样式"),
    Tracked(
        "certificate_seal",
        {"row": ("certificate_id", "key_id", "text")},
        label="验真码",
        append_only=True,
        reverse=keep_seals,
        caption="key_id",
    ),
)
