"""Who the numbers of a frozen frame mean: the identities kept with it.

A frame and the record of a draw name people by the teacher numbers of that day, and both stay as
they are. Who is meant is kept beside them, so that a corrected number loses nobody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from models.errors import UserError
from models.exams.bases import bases
from models.exams.eligibility import Candidate
from models.exams.frame import read_frame
from models.exams.records import Exam
from models.office.context import Office

_FRAME = "SELECT body, people FROM exam_frame WHERE id = ?"
_REGISTER = "SELECT id, teacher_no, name, school_id, status FROM teacher"
_FROM_FRAME = """
SELECT id FROM exam_frame WHERE exam_id = :exam
ORDER BY id = (SELECT frame_id FROM exam_draw WHERE exam_id = :exam ORDER BY attempt DESC LIMIT 1)
    DESC, attempt DESC LIMIT 1
"""
_SITTING = """
SELECT teacher_id FROM examinee WHERE exam_id = ? AND state <> 'replaced'
"""
_RECORD = "SELECT record FROM exam_draw WHERE exam_id = ? ORDER BY attempt DESC LIMIT 1"
_TOLD = 10


@dataclass(frozen=True, slots=True)
class Meant:
    """Somebody of a frame: who it is, and the school of that day (None: none, or not kept)."""

    teacher_id: str
    school_id: str | None


def kept_people(candidates: Iterable[Candidate]) -> str:
    """What a frame keeps of its people beside its text, in the order of the text."""
    ordered = sorted(candidates, key=lambda one: one.teacher_no)
    return json.dumps([(one.id, one.school_id) for one in ordered])


def identities(office: Office, frame_id: str) -> dict[str, str]:
    """Number in the frame to the teacher meant by it; who is not registered any more is missing.

    A frame of an earlier version kept nothing but numbers: there the number of today counts.

    Raises:
        UserError: there is no such frame.
    """
    known = {row[0]: row[1] for row in office.store.tuples(_REGISTER)}
    meant = _meant(office, frame_id)
    if meant is not None:
        return {no: one.teacher_id for no, one in meant.items() if one.teacher_id in known}
    today = {number: teacher for teacher, number in known.items()}
    return {no: today[no] for no in read_frame(_body(office, frame_id)) if no in today}


def changed_since(office: Office, exam: Exam) -> list[str]:
    """What happened to those who sit an exam since its frame was frozen, a sentence for each kind.

    Whoever moved, left their post or got another number sits the exam all the same; whether they
    should is for people to decide, who must know of it.
    """
    frame_id = office.store.value(_FROM_FRAME, {"exam": exam.id})
    if frame_id is None:
        return []
    return [
        f"{what}：{'、'.join(names[:_TOLD])}{f'等 {len(names)} 人' if len(names) > _TOLD else ''}。"
        for what, names in _changes(office, exam, frame_id)
        if names
    ]


def _changes(office: Office, exam: Exam, frame_id: str) -> Iterator[tuple[str, list[str]]]:
    register = {row[0]: row[1:] for row in office.store.tuples(_REGISTER)}
    meant = _meant(office, frame_id) or {}
    before = {one.teacher_id: (number, one.school_id) for number, one in meant.items()}
    renumbered: list[str] = []
    moved: list[str] = []
    left: list[str] = []
    for (teacher,) in office.store.tuples(_SITTING, (exam.id,)):
        number, name, school, status = register[teacher]
        then, there = before.get(teacher, (number, school))
        if number != then:
            renumbered.append(f"{name}（{then} 改为 {number}）")
        if school != there:
            moved.append(f"{name}（{number}）")
        if exam.scope.status is None and status is not None and status not in bases().in_post:
            state = office.codes["teacher_status"].name_of(status)
            left.append(f"{name}（{number}，{state}）")
    yield "名单冻结以后教师编号改过，仍按本人列入", renumbered
    yield "名单冻结以后调动了单位，仍在考生名单中，请核对", moved
    yield "名单冻结以后岗位状态变了，仍在考生名单中，请核对", left
    yield "以下编号已不在库中，没有列入考生名单", _lost(office, exam, frame_id)


def _lost(office: Office, exam: Exam, frame_id: str) -> list[str]:
    """Numbers that were to sit the exam and mean nobody now."""
    found = identities(office, frame_id)
    record = office.store.value(_RECORD, (exam.id,))
    if record is None:
        return [number for number in read_frame(_body(office, frame_id)) if number not in found]
    strata = json.loads(record)["strata"]
    return [number for one in strata for number in one["selected"] if number not in found]


def _meant(office: Office, frame_id: str) -> dict[str, Meant] | None:
    """Number in the frame to who is meant; None where the frame kept numbers only."""
    row = office.store.one(_FRAME, (frame_id,))
    if row is None or row["people"] is None:
        return None
    numbers = read_frame(row["body"])
    return {no: Meant(*one) for no, one in zip(numbers, json.loads(row["people"]), strict=True)}


def _body(office: Office, frame_id: str) -> str:
    row = office.store.one(_FRAME, (frame_id,))
    if row is None:
        raise UserError("exam.no_frame", "这份名单已不在库中。", "请刷新列表。")
    return row["body"]
