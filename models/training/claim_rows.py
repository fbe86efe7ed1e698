"""What a claim of hours says, as its row holds it."""

from __future__ import annotations

SAID = (
    "teacher_id",
    "year",
    "course",
    "title_key",
    "category",
    "theme",
    "level",
    "nature",
    "organizer",
    "start_date",
    "end_date",
    "hours",
    "credits",
    "kind",
    "ground",
    "reason",
    "evidence",
    "source",
    "entered_by",
    "entered_on",
)
STATE_NAMES = {"entered": "待审核", "approved": "待验证", "returned": "已退回", "posted": "已入账"}
STEPS = {"": (), "approve": ("approve",), "approve,verify": ("approve", "verify")}
"""The setting ``ledger.steps`` to the steps a claim goes after it was entered."""
