"""What of the titles room is journalled, in which merge units."""

from __future__ import annotations

from models.store.tracking import Tracked

TITLE_BATCH = (
    "kind",
    "level",
    "number",
    "name",
    "year",
    "quota",
    "document",
    "remark",
)
TITLE_BATCH_STEPS = (
    "opened_on",
    "listed_from",
    "listed_until",
    "granted_on",
    "closed_on",
)
TITLE_QUOTA = (
    "batch_id",
    "school_id",
    "quota",
)
NOMINATION = (
    "batch_id",
    "teacher_id",
    "school_id",
    "school_name",
    "subject",
    "stage",
    "nominated_by",
    "nominated_on",
)
NOMINATION_MERITS = (
    "lesson_score",
    "contest",
    "merits",
)
NOMINATION_CHECK = (
    "findings",
    "waived",
)
NOMINATION_STATE = (
    "state",
    "reason",
)
TITLE_OBJECTION = (
    "nomination_id",
    "received_on",
    "sender",
    "text",
)
TITLE_OBJECTION_DECISION = (
    "upheld",
    "decision",
    "decided_by",
    "decided_on",
)
TITLE_GRANT = (
    "teacher_id",
    "kind",
    "level",
    "batch_id",
    "nomination_id",
    "subject",
    "stage",
    "granted_on",
    "ends_on",
    "document",
    "source",
    "remark",
)
TITLE_GRANT_CERTIFICATE = ("certificate_no",)
TITLE_GRANT_END = (
    "ended_on",
    "ended_how",
    "ended_because",
    "ended_by",
    "consequence",
)
TITLE_REVIEW = (
    "grant_id",
    "kind",
    "year",
    "outcome",
    "duties",
    "reason",
    "decided_by",
    "decided_on",
)
TITLE_DUTY = (
    "grant_id",
    "done_on",
    "kind",
    "what",
    "amount",
    "place",
    "evidence",
    "remark",
)

TRACKED = (
    Tracked(
        "title_batch",
        {"row": TITLE_BATCH, "steps": TITLE_BATCH_STEPS},
        label="认定批次",
        caption="name",
    ),
    Tracked("title_quota", {"row": TITLE_QUOTA}, label="名额"),
    Tracked(
        "nomination",
        {
            "row": NOMINATION,
            "merits": NOMINATION_MERITS,
            "check": NOMINATION_CHECK,
            "state": NOMINATION_STATE,
        },
        label="推荐人选",
    ),
    Tracked(
        "title_objection",
        {"row": TITLE_OBJECTION, "decision": TITLE_OBJECTION_DECISION},
        label="公示异议",
        caption="text",
    ),
    Tracked(
        "title_grant",
        {"row": TITLE_GRANT, "certificate": TITLE_GRANT_CERTIFICATE, "end": TITLE_GRANT_END},
        label="称号",
        caption="kind",
    ),
    Tracked("title_review", {"row": TITLE_REVIEW}, label="年度注册与复检", caption="year"),
    Tracked("title_duty", {"row": TITLE_DUTY}, label="履职记录", caption="what"),
)
