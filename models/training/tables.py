"""What of the training room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked
from models.training.claim_list import SAID as CLAIM_SAID
from models.training.entries import COLUMNS, reverse_entries
from models.training.events import COLUMNS as EVENT_COLUMNS
from models.training.events import answer_events

TRACKED = (
    Tracked(
        "course",
        {
            "row": (
                "code",
                "title",
                "title_key",
                "year",
                "hours",
                "credits",
                "category",
                "level",
                "organizer",
                "start_date",
                "end_date",
                "pass_mark",
                "status",
                "remark",
            ),
            "terms": ("theme", "nature", "stages", "subjects", "track", "ethics", "book"),
            "place": ("operator", "place", "days", "fee", "quota"),
            "gate": (
                "gated",
                "need_attendance",
                "need_homework",
                "need_posts",
                "need_quality",
            ),
            "project": ("project_id",),
            "approval": ("filed_by", "approval"),
        },
        label="课程",
    ),
    Tracked("course_alias", {"row": ("course_id", "alias", "alias_key")}, label="课程别名"),
    Tracked(
        "enrolment",
        {
            "place": ("course_id", "teacher_id", "school_id", "enrolled_on"),
            "result": ("score", "grade", "result"),
            "remark": ("remark",),
            "state": ("state", "replaced_by", "state_reason"),
            "process": ("homework", "posts", "quality"),
            "lifted": ("lifted",),
            "first": ("first_score", "first_grade", "first_result"),
        },
        label="报名",
    ),
    Tracked(
        "ledger_entry",
        {"row": COLUMNS},
        label="学时记录",
        append_only=True,
        reverse=reverse_entries,
        caption="course_title",
    ),
    Tracked(
        "training_event",
        {"row": EVENT_COLUMNS},
        label="办理记录",
        append_only=True,
        reverse=answer_events,
        caption="what",
    ),
    Tracked("course_quota", {"row": ("course_id", "school_id", "quota")}, label="名额"),
    Tracked("title_apart", {"row": ("one_key", "other_key", "told_on")}, label="不同课程"),
    Tracked(
        "trainer_body",
        {
            "row": ("name", "name_key", "kind", "field", "contact", "remark"),
            "state": ("state", "valid_until", "card", "deadline"),
        },
        label="培训机构与专家",
    ),
    Tracked(
        "course_session",
        {"row": ("course_id", "number", "held_on", "topic", "hours")},
        label="上课",
        caption="topic",
    ),
    Tracked("attendance", {"row": ("session_id", "enrolment_id", "state")}, label="签到"),
    Tracked(
        "gate_evidence",
        {"row": ("enrolment_id", "item", "note", "person", "accepted_on")},
        label="考试资格佐证",
    ),
    Tracked(
        "course_component", {"row": ("course_id", "place", "name", "weight")}, label="成绩组成"
    ),
    Tracked(
        "component_mark",
        {"row": ("component_id", "enrolment_id", "score", "word")},
        label="分项成绩",
    ),
    Tracked(
        "ledger_claim",
        {
            "row": CLAIM_SAID,
            "state": ("state", "approved_by", "verified_by", "opinion"),
        },
        label="学时申报",
        caption="course",
    ),
)
