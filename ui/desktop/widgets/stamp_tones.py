"""The tone in which a state of the yearly stamp is shown."""

from __future__ import annotations

STAMP_TONES = {
    "可验印": "info",
    "不予验印": "error",
    "待核实": "warn",
    "已验印": "ok",
    "已作废": "muted",
}
