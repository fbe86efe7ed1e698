"""What of the exam room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

EXAM = (
    "code",
    "name",
    "year",
    "base",
    "strata",
    "fraction",
    "rounding",
    "stage",
    "track",
    "course_id",
    "remark",
)
FRAME = (
    "exam_id",
    "attempt",
    "base",
    "strata",
    "size",
    "sha256",
    "body",
    "excluded",
    "frozen_at",
    "reason",
)
DRAW = ("exam_id", "frame_id", "attempt", "seed", "record", "drawn_at", "reason")
PICK = ("draw_id", "teacher_id", "stratum", "place")

TRACKED = (
    Tracked("exam", {"row": EXAM}, label="考试"),
    Tracked("exam_frame", {"row": FRAME}, label="抽签名单", append_only=True, caption="sha256"),
    Tracked("exam_draw", {"row": DRAW}, label="抽签", append_only=True, caption="seed"),
    Tracked("exam_pick", {"row": PICK}, label="抽中人员", append_only=True, caption="stratum"),
)
