"""What of the stamping room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TRACKED = (
    Tracked(
        "stamp_run",
        {"row": ("year", "pack_id", "opened_on"), "state": ("state", "note")},
        label="验印批次",
        caption="year",
    ),
    Tracked(
        "stamp_line",
        {
            "row": ("run_id", "teacher_id", "teacher_no", "name", "school_id", "school_name"),
            "judgement": ("outcome", "reasons", "hours", "credits", "judged_on"),
            "stamp": ("stamped_on", "stamped_by", "register"),
            "voiding": ("voided_on", "voided_because"),
        },
        label="验印登记",
    ),
)
