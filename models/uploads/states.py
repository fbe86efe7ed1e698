"""What may have become of a row that was sent."""

from __future__ import annotations

STATE_NAMES = {
    "waiting": "未见结果",
    "accepted": "已接收",
    "refused": "已退回",
    "unknown": "结果不明",
}
