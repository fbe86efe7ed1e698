"""What of the mentoring room is journalled, in which merge units."""

from __future__ import annotations

from models.mentoring.undoing import refuse_undo_of_filing
from models.store.tracking import Tracked

PROGRAMME = (
    "code",
    "name",
    "kind",
    "starts_on",
    "ends_on",
    "goals",
    "tasks",
    "document",
    "remark",
)
PROGRAMME_TERMS = ("terms",)
PROGRAMME_END = (
    "ended_on",
    "ended_because",
)
SURVEY_ANSWER = (
    "programme_id",
    "survey",
    "school_id",
    "teacher_id",
    "side",
    "subject",
    "stage",
    "people",
    "wish",
    "other_school_id",
    "remark",
    "answered_on",
    "source",
)
PARTICIPANT_WISH = (
    "programme_id",
    "teacher_id",
    "part",
    "school_id",
    "subject",
    "stage",
    "capacity",
    "wants",
    "avoids",
    "remark",
)
PAIR = (
    "programme_id",
    "mentor_id",
    "mentee_id",
    "subject",
    "stage",
    "mentor_school_id",
    "mentee_school_id",
    "starts_on",
    "ends_on",
    "replaces",
    "reason",
)
PAIR_AGREEMENT = (
    "goals",
    "tasks",
    "agreement_no",
    "signed_on",
)
PAIR_STATE = (
    "state",
    "fixed",
    "state_reason",
)
PAIR_RESULT = (
    "result",
    "result_on",
    "result_note",
)
PAIR_STEP = (
    "pair_id",
    "step",
    "decision",
    "opinion",
    "person",
    "decided_on",
)
SCHOOL_PAIR = (
    "programme_id",
    "town_id",
    "village_id",
    "starts_on",
    "ends_on",
    "goals",
    "remark",
)
PAIR_VISIT = (
    "pair_id",
    "held_on",
    "kind",
    "topic",
    "place",
    "hours",
    "evidence",
    "remark",
)
PAIR_VISIT_POSTING = ("posted_on",)
PROGRAMME_MEETING = (
    "programme_id",
    "kind",
    "held_on",
    "place",
    "topic",
    "report",
    "people",
)
WITHDRAWAL_PROPOSAL = (
    "pair_id",
    "teacher_id",
    "reason",
    "proposed_by",
    "proposed_on",
)
WITHDRAWAL_PROPOSAL_DECISION = (
    "decision",
    "opinion",
    "decided_by",
    "decided_on",
)

TRACKED = (
    Tracked(
        "programme",
        {"row": PROGRAMME, "terms": PROGRAMME_TERMS, "end": PROGRAMME_END},
        label="结对工程",
        caption="name",
    ),
    Tracked("survey_answer", {"row": SURVEY_ANSWER}, label="调查表"),
    Tracked("participant_wish", {"row": PARTICIPANT_WISH}, label="结对意愿"),
    Tracked(
        "pair",
        {"row": PAIR, "agreement": PAIR_AGREEMENT, "state": PAIR_STATE, "result": PAIR_RESULT},
        label="师徒",
        guards={"state": refuse_undo_of_filing},
    ),
    Tracked("pair_step", {"row": PAIR_STEP}, label="结对手续"),
    Tracked("school_pair", {"row": SCHOOL_PAIR}, label="结对学校"),
    Tracked(
        "pair_visit",
        {"row": PAIR_VISIT, "posting": PAIR_VISIT_POSTING},
        label="帮扶活动",
        caption="topic",
    ),
    Tracked("programme_meeting", {"row": PROGRAMME_MEETING}, label="阶段会议", caption="topic"),
    Tracked(
        "withdrawal_proposal",
        {"row": WITHDRAWAL_PROPOSAL, "decision": WITHDRAWAL_PROPOSAL_DECISION},
        label="取消称号建议",
        caption="reason",
    ),
)
