"""What of the exam room is journalled, in which merge units."""

from __future__ import annotations

from models.exams.closing import refuse_undo_of_results
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
SESSION = ("kind", "mode", "term", "level", "held_on", "starts_at", "ends_at", "places")
FRAME_TERMS = ("status", "post", "gated", "quota", "drawn_before")
MARKING = ("pass_mark", "entries")
CLOSING = ("published_on", "posted_on")
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
FRAME_PEOPLE = ("people",)
DRAW = ("exam_id", "frame_id", "attempt", "seed", "record", "drawn_at", "reason")
PICK = ("draw_id", "teacher_id", "stratum", "place")
PART = ("exam_id", "place", "name", "weight", "full_marks", "course_id", "component_id")
ITEM = ("part_id", "place", "name", "full_marks")
EXCLUSION = ("exam_id", "teacher_id", "reason", "signed_by", "decided_on")
ROOM = ("exam_id", "number", "name", "place", "lanes", "left_empty")
EXAMINEE = (
    "exam_id",
    "teacher_id",
    "school_id",
    "school_name",
    "subject",
    "stage",
    "stratum",
    "origin",
    "replaces",
)
EXAMINEE_STATE = ("state", "reason")
EXAMINEE_SEAT = ("admission_no", "room_id", "seat")
MARK = ("examinee_id", "part_id", "entry", "points", "items", "entered_by", "entered_on")
CORRECTION = ("examinee_id", "part_id", "before", "after", "reason", "person", "corrected_on")
AWARD = (
    "exam_id",
    "award",
    "place",
    "teacher_id",
    "school_id",
    "name",
    "school_name",
    "reason",
    "decided_by",
    "decided_on",
)

TRACKED = (
    Tracked(
        "exam",
        {
            "row": EXAM,
            "session": SESSION,
            "frame": FRAME_TERMS,
            "marking": MARKING,
            "closing": CLOSING,
        },
        label="考试",
        guards={"marking": refuse_undo_of_results},
    ),
    Tracked(
        "exam_frame",
        {"row": FRAME, "people": FRAME_PEOPLE},
        label="抽签名单",
        append_only=True,
        caption="sha256",
    ),
    Tracked("exam_draw", {"row": DRAW}, label="抽签", append_only=True, caption="seed"),
    Tracked("exam_pick", {"row": PICK}, label="抽中人员", append_only=True, caption="stratum"),
    Tracked("exam_part", {"row": PART}, label="考试科目", guards={"row": refuse_undo_of_results}),
    Tracked("exam_item", {"row": ITEM}, label="试题"),
    Tracked("exam_exclusion", {"row": EXCLUSION}, label="不列入抽签名单", caption="reason"),
    Tracked("exam_room", {"row": ROOM}, label="考场"),
    Tracked(
        "examinee",
        {"row": EXAMINEE, "state": EXAMINEE_STATE, "seat": EXAMINEE_SEAT},
        label="考生",
        caption="admission_no",
        guards={"state": refuse_undo_of_results},
    ),
    Tracked(
        "exam_mark",
        {"row": MARK},
        label="考试得分",
        caption="points",
        guards={"row": refuse_undo_of_results},
    ),
    Tracked(
        "exam_correction",
        {"row": CORRECTION},
        label="成绩更正",
        caption="reason",
        guards={"row": refuse_undo_of_results},
    ),
    Tracked("exam_award", {"row": AWARD}, label="考试表彰"),
)
