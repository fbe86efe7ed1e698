"""What of the training room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked
from models.training.entries import COLUMNS, reverse_entries

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
            )
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
)
