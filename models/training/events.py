"""What was decided, by whom, when and with which words: a log that only ever grows.

Courses, enrolments, trainer bodies and claims share it. Their rows hold the present state; the
log says how it came about.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.store.database import Store

COLUMNS = ("about", "subject_id", "what", "person", "happened_at", "opinion", "answers")
WHAT_NAMES = {
    "filed": "申报",
    "reviewed": "审核",
    "approved": "批准",
    "returned": "退回",
    "chosen": "个人选报",
    "supported": "学校同意",
    "unsupported": "学校不同意",
    "refused": "县不批准",
    "replaced": "更换人选",
    "nominated": "替补人选",
    "lifted": "准予考试",
    "applied": "申请资质",
    "accredited": "认定资质",
    "cancelled": "取消资质",
    "yellow": "黄牌警告",
    "cleared": "复查合格",
    "entered": "录入",
    "verified": "验证",
    "resubmitted": "重新提交",
    "undone": "撤销",
}
_OF = """
SELECT what, person, happened_at, opinion FROM training_event WHERE subject_id = ?
ORDER BY happened_at, rowid
"""
_TO_ANSWER = """
SELECT e.id, e.about, e.subject_id, e.what, e.opinion, first.what AS restored
FROM json_each(?) AS wanted CROSS JOIN training_event AS e ON e.id = wanted.value
LEFT JOIN training_event AS first ON first.id = e.answers
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One decision.

    Attributes:
        what: in the office's words.
        person: who took it.
        at: the day and minute.
        opinion: the words given with it, "" for none.
    """

    what: str
    person: str
    at: str
    opinion: str


def note(store: Store, about: str, subjects: Sequence[str], what: str, opinion: str = "") -> None:
    """Log a decision on some rows of the table ``about``; call it inside an operation."""
    at = store.clock.now().isoformat(timespec="seconds")
    rows = (
        (store.ids.new_id(), about, one, what, store.person, at, opinion or None, None)
        for one in subjects
    )
    store.insert("training_event", ("id", *COLUMNS), rows)


def answer_events(store: Store, event_ids: Sequence[str]) -> int:
    """Log that decisions were taken back; taking that back logs the decision anew.

    Returns:
        How many lines were added.
    """
    at = store.clock.now().isoformat(timespec="seconds")
    found = store.query(_TO_ANSWER, (json.dumps(list(event_ids)),))
    rows = [
        (
            store.ids.new_id(),
            row["about"],
            row["subject_id"],
            row["restored"] if row["what"] == "undone" else "undone",
            store.person,
            at,
            row["opinion"],
            row["id"],
        )
        for row in found
    ]
    return store.insert("training_event", ("id", *COLUMNS), rows)


def events_of(office: Office, subject_id: str) -> list[Event]:
    """What was decided on a row, the earliest first."""
    return [
        Event(
            WHAT_NAMES[str(row["what"])],
            row["person"],
            row["happened_at"][:16].replace("T", " "),
            row["opinion"] or "",
        )
        for row in office.store.query(_OF, (subject_id,))
    ]
