"""How people come into a course: 个人选报 → 学校意见 → 县批准; and who takes another's place.

温州 2012: teachers pick and enrol, the school gives its opinion on the platform.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from sqlite3 import Row

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.enrolments import Enrolled, add_people, open_course
from models.training.events import note
from models.training.quotas import refuse_beyond_quota
from models.training.words import need_words

PLACE_NAMES = {
    "chosen": "待学校意见",
    "supported": "待县批准",
    "approved": "已批准",
    "refused": "未批准",
    "replaced": "已更换",
}
_CHOSEN = """
SELECT e.id, t.name, COALESCE(e.state, 'approved') AS state, e.result, e.teacher_id
FROM json_each(?) AS wanted CROSS JOIN enrolment AS e ON e.course_id = ?
    AND e.teacher_id = wanted.value JOIN teacher AS t ON t.id = e.teacher_id ORDER BY wanted.key
"""
_REFUSED = """
SELECT id FROM enrolment WHERE course_id = ? AND state = 'refused'
AND teacher_id IN (SELECT value FROM json_each(?))
"""
_SET = """
UPDATE enrolment SET state = ?, state_reason = ?
WHERE id IN (SELECT value FROM json_each(?))
"""


def choose(office: Office, course_id: str, teacher_ids: Sequence[str]) -> Enrolled:
    """People choose a course themselves, or their school for them; the school's opinion follows.

    Who was refused before may choose again.

    Raises:
        UserError: as ``enrolments.enrol``.
    """
    course = open_course(office, course_id)
    wanted = list(dict.fromkeys(teacher_ids))
    if not wanted:
        raise UserError("training.nobody", "没有选中教师。", "请先选择参训教师。")
    title = f"{course['title']}选报 {len(wanted)} 人"
    with office.store.operation("training.choose", title) as operation:
        new = add_people(office, course, wanted, "chosen")
        note(office.store, "enrolment", new, "chosen")
        again = office.store.query(_REFUSED, (course_id, json.dumps(wanted)))
        _move(office, again, "chosen", ("chosen", "再次选报"))
        refuse_beyond_quota(office, course)
    count = len(new) + len(again)
    return Enrolled(count, len(wanted) - count, operation)


def give_opinion(
    office: Office, course_id: str, teacher_ids: Sequence[str], opinion: str, *, agrees: bool
) -> Operation:
    """The school's opinion on its people's choice; who is not supported goes no further.

    Raises:
        UserError: somebody is not waiting for it; a refusal without a reason.
    """
    if not agrees:
        need_words(opinion, "不同意的原因")
    found = _waiting(office, course_id, teacher_ids, ("chosen",))
    title = f"学校{'同意' if agrees else '不同意'}选报 {len(found)} 人"
    state, what = ("supported", "supported") if agrees else ("refused", "unsupported")
    with office.store.operation("training.opinion", title) as operation:
        _move(office, found, state, (what, opinion))
    return operation


def decide(
    office: Office, course_id: str, teacher_ids: Sequence[str], opinion: str, *, approved: bool
) -> Operation:
    """The county takes people into the course, or refuses them with a reason.

    Raises:
        UserError: somebody has no opinion of the school yet; a refusal without a reason; a
            school beyond its quota.
    """
    if not approved:
        need_words(opinion, "不批准的原因")
    course = open_course(office, course_id)
    found = _waiting(office, course_id, teacher_ids, ("supported",))
    title = f"{'批准' if approved else '不批准'}报名 {len(found)} 人"
    state = "approved" if approved else "refused"
    with office.store.operation("training.admit", title) as operation:
        _move(office, found, state, (state, opinion))
        refuse_beyond_quota(office, course)
    return operation


def replace(office: Office, course_id: str, leaving: str, coming: str, reason: str) -> Operation:
    """Let another person take the place of a nominee; both stay visible, with the reason.

    Raises:
        UserError: no reason; the one is not in the course or has a result; the other is in it.
    """
    need_words(reason, "更换的原因")
    course = open_course(office, course_id)
    (old,) = _waiting(office, course_id, [leaving], ("chosen", "supported", "approved"))
    if old["result"]:
        raise UserError("training.has_result", f"{old['name']}已有成绩，不能更换。", "请核对人选。")
    with office.store.operation("training.replace", f"更换{old['name']}") as operation:
        _move(office, [old], "replaced", ("replaced", reason))
        new = add_people(office, course, [coming], old["state"])
        if not new:
            raise UserError("training.known_person", "替补的人已经在名单中。", "请另选一人。")
        office.store.execute(
            "UPDATE enrolment SET replaced_by = ? WHERE id = ?", (new[0], old["id"])
        )
        note(office.store, "enrolment", new, "nominated", f"替换{old['name']}：{reason.strip()}")
    return operation


def _move(office: Office, found: Sequence[Row], state: str, said: tuple[str, str]) -> None:
    what, words = said
    ids = [row["id"] for row in found]
    reason = words.strip() if state in ("refused", "replaced") else None
    office.store.execute(_SET, (state, reason, json.dumps(ids)))
    note(office.store, "enrolment", ids, what, words.strip())


def _waiting(
    office: Office, course_id: str, teacher_ids: Sequence[str], states: Sequence[str]
) -> list[Row]:
    """The enrolments of those people, all of them in one of the states."""
    found = office.store.query(_CHOSEN, (json.dumps(list(dict.fromkeys(teacher_ids))), course_id))
    if not found:
        raise UserError("training.nobody", "没有选中学员。", "请先在名单中选择。")
    for row in found:
        if row["state"] not in states:
            raise UserError(
                "training.wrong_place",
                f"{row['name']}现在是“{PLACE_NAMES[row['state']]}”，不能这样办理。",
                f"只能选“{'、'.join(PLACE_NAMES[one] for one in states)}”的人。",
            )
    return found
