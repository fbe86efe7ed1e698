"""A course's way to approval: 申报、审核、批准, and back with a reason.

桦甸 2009: 「建立校本培训计划审批制度」; 「各辅导站要根据培训部的工作安排，研究制定培训计划，
上报培训部」.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Row

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.bodies import doubts_about
from models.training.course import APPROVAL_NAMES
from models.training.events import note
from models.training.words import need_words

_CHOSEN = """
SELECT c.id, c.title, c.organizer, c.operator, c.ethics, COALESCE(c.approval, 'approved') AS state
FROM json_each(?) AS wanted CROSS JOIN course AS c ON c.id = wanted.value ORDER BY wanted.key
"""
_SET = "UPDATE course SET approval = ? WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of courses to decide on.

    Attributes:
        courses: how many.
        told: sentences a person should read: no 师德 content, a yellow card.
        operation: the undoable step.
    """

    courses: int
    told: tuple[str, ...]
    operation: Operation


def file_plans(
    office: Office, course_ids: Sequence[str], *, filed_by: str | None = None, opinion: str = ""
) -> Decided:
    """File drafts or returned plans for approval.

    Args:
        office: the office.
        course_ids: the plans.
        filed_by: the institution that files them; None leaves what is known.
        opinion: words that go with them.

    Raises:
        UserError: nothing chosen, or one of them is neither a draft nor returned.
    """
    found = _in_state(office, course_ids, ("draft", "returned"), "申报")
    with office.store.operation("training.file", f"申报培训 {len(found)} 项") as operation:
        _move(office, found, "filed", ("filed", opinion))
        if filed_by is not None:
            office.store.execute(
                "UPDATE course SET filed_by = ? WHERE id IN (SELECT value FROM json_each(?))",
                (filed_by, json.dumps([row["id"] for row in found])),
            )
    return Decided(len(found), (), operation)


def review(office: Office, course_ids: Sequence[str], opinion: str) -> Decided:
    """Log what a reviewer says of filed plans; they still wait for approval.

    Raises:
        UserError: nothing chosen, one of them is not filed, or no words.
    """
    need_words(opinion, "审核意见")
    found = _in_state(office, course_ids, ("filed",), "审核")
    with office.store.operation("training.review", f"审核培训 {len(found)} 项") as operation:
        note(office.store, "course", [row["id"] for row in found], "reviewed", opinion.strip())
    return Decided(len(found), (), operation)


def approve(office: Office, course_ids: Sequence[str], opinion: str = "") -> Decided:
    """Approve courses; a course without 师德 content is approved and told (S3-07).

    Raises:
        UserError: nothing chosen, one of them is approved already, or who gives it has lost its
            accreditation. Nothing is approved then.
    """
    found = _in_state(office, course_ids, ("draft", "filed", "returned"), "批准")
    told: list[str] = []
    for row in found:
        told += doubts_about(office, [row["organizer"], row["operator"]])
        if not row["ethics"]:
            told.append(f"“{row['title']}”没有注明含师德内容，各级各类培训都应含师德教育，请核对。")
    with office.store.operation("training.approve", f"批准培训 {len(found)} 项") as operation:
        _move(office, found, "approved", ("approved", opinion))
    return Decided(len(found), tuple(dict.fromkeys(told)), operation)


def send_back(office: Office, course_ids: Sequence[str], opinion: str) -> Decided:
    """Return filed plans with a reason; they can be changed and filed again.

    Raises:
        UserError: nothing chosen, one of them is not filed, or no reason.
    """
    need_words(opinion, "退回的原因")
    found = _in_state(office, course_ids, ("filed",), "退回")
    with office.store.operation("training.return", f"退回培训 {len(found)} 项") as operation:
        _move(office, found, "returned", ("returned", opinion))
    return Decided(len(found), (), operation)


def _move(office: Office, found: Sequence[Row], state: str, said: tuple[str, str]) -> None:
    ids = [row["id"] for row in found]
    office.store.execute(_SET, (state, json.dumps(ids)))
    what, opinion = said
    note(office.store, "course", ids, what, opinion.strip())


def _in_state(
    office: Office, course_ids: Sequence[str], states: Sequence[str], word: str
) -> list[Row]:
    """The courses, all of which are in one of the states."""
    found = office.store.query(_CHOSEN, (json.dumps(list(dict.fromkeys(course_ids))),))
    if not found:
        raise UserError("training.nothing_chosen", "没有选中培训。", "请先选择。")
    for row in found:
        if row["state"] not in states:
            now = APPROVAL_NAMES[row["state"]]
            raise UserError(
                "training.wrong_state", f"“{row['title']}”{now}，不能{word}。", "请刷新列表后再选。"
            )
    return found
