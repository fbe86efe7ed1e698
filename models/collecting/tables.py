"""What of the collecting room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

ROUND = ("year", "kinds", "due", "opened_on")
MADE = ("round_id", "school_id", "file_name", "made_on", "person", "teachers")
BACK = ("returned_on", "returned_rows")
ANSWER = (
    "round_id", "template_id", "school_id", "file_name", "sha256", "recognised", "taken_at",
    "person", "row_count", "inserted", "updated", "unchanged",
)  # fmt: skip
QUESTION = (
    "answer_id", "kind", "sheet", "row_no", "letter", "field", "who", "value", "severity", "code",
    "message", "target", "cells",
)  # fmt: skip

TRACKED = (
    Tracked("collect_round", {"row": ROUND}, label="收表"),
    Tracked(
        "collect_template", {"row": MADE, "back": BACK}, label="学校模板", caption="file_name"
    ),
    Tracked("collect_answer", {"row": ANSWER}, label="学校交回的表", caption="file_name"),
    Tracked(
        "collect_question", {"row": QUESTION, "state": ("state",)}, label="收表待处理",
        caption="message",
    ),
)  # fmt: skip
