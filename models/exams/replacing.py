"""Calling up reserves: who was drawn and cannot come is replaced by the next in ticket order.

The record of the draw stays as it is; that somebody was called up, for whom and why, stands with
the examinees, and can be taken back like any other step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.exams.drawing import latest_draw
from models.exams.examinees import enter_examinees, examinees, insert_examinees
from models.exams.identity import identities
from models.exams.people import named
from models.exams.records import STATE_NAMES, Exam, Examinee
from models.office.context import Office
from models.store.operations import Operation

_MARKED = "SELECT COUNT(*) FROM exam_mark WHERE examinee_id = ?"
_LEAVES = """
UPDATE examinee SET state = 'replaced', reason = ?, admission_no = NULL, room_id = NULL, seat = NULL
WHERE id = ?
"""
_SITS = "UPDATE examinee SET admission_no = ?, room_id = ?, seat = ? WHERE replaces = ?"


@dataclass(frozen=True, slots=True)
class Reserve:
    """Somebody who can be called up.

    Attributes:
        place: 1 for the first reserve of the stratum.
        teacher_no, name, school: who it is today; for somebody no longer registered the number
            of the draw, the rest "".
        called: whether they were called up already.
    """

    place: int
    teacher_no: str
    name: str
    school: str
    called: bool
    teacher_id: str = ""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One examinee in another's place.

    Attributes:
        stratum: in which both were drawn.
        left: who does not come; the reason stands with them.
        place: which reserve the new one is, from 1.
        came: who was called up; may be replaced again.
    """

    stratum: str
    left: Examinee
    place: int
    came: Examinee


def reserves_of(office: Office, exam: Exam, stratum: str) -> list[Reserve]:
    """The reserves of a stratum in the order of their tickets.

    Raises:
        UserError: nothing was drawn yet.
    """
    called = {one.teacher_id for one in examinees(office, exam)}
    people = named(office, latest_draw(office, exam).frame_id)
    found: list[Reserve] = []
    for place, number in enumerate(_reserves(office, exam).get(stratum, ()), start=1):
        who = people.get(number)
        if who is None:
            found.append(Reserve(place, number, "", "", called=False))
            continue
        was = who.teacher_id in called
        found.append(Reserve(place, who.teacher_no, who.name, who.school, was, who.teacher_id))
    return found


def replace(
    office: Office, exam: Exam, teacher_no: str, reason: str
) -> tuple[Replacement, Operation]:
    """Call up the next reserve for somebody who cannot come, as one undoable step.

    The one called up takes the seat and the admission number, if there are any already, and can
    be replaced in turn. A reserve who is no longer registered is passed over.

    Args:
        office: the office.
        exam: which exam; its examinees are fixed from the draw if that was not done yet.
        teacher_no: who does not come.
        reason: why.

    Raises:
        UserError: no reason, results that are out, nobody of that number sits the exam, points
            are entered or the person was replaced already, no reserve is left, or a 统考.
    """
    if not reason.strip():
        raise UserError("exam.no_reason", "没有写替换的原因。", "如：产假、外出学习。")
    if exam.published_on or exam.posted_on:
        raise UserError(
            "exam.closed",
            f"“{exam.name}”的成绩已经公布或登记，不能再替换考生。",
            "没有参加的，请按成绩更正办理。",
        )
    if exam.session.kind == "whole":
        raise UserError(
            "exam.no_reserves",
            f"“{exam.name}”是统考，名单上的人都参加，没有候补，不能替换。",
            "不能参加的，请登记为缺考或缓考。",
        )
    with office.store.operation("exams.replace", f"“{exam.name}”替换 {teacher_no}") as operation:
        if not examinees(office, exam):
            enter_examinees(office, exam)
        leaving = _leaving(office, exam, teacher_no.strip())
        reserve = _next(office, exam, leaving)
        office.store.execute(_LEAVES, (reason.strip(), leaving.id))
        stratum = {reserve.teacher_id: leaving.stratum}
        insert_examinees(office, exam, stratum, "reserve", leaving.id)
        seat = (leaving.admission_no or None, leaving.room_id, leaving.seat)
        office.store.execute(_SITS, (*seat, leaving.id))
    found = [one for one in replacements(office, exam) if one.left.id == leaving.id]
    return found[0], operation


def replacements(office: Office, exam: Exam) -> list[Replacement]:
    """Everybody who was called up, by stratum and in the order of the reserves."""
    people = {one.id: one for one in examinees(office, exam)}
    called = [one for one in people.values() if one.replaces is not None]
    if not called:
        return []
    ids = identities(office, latest_draw(office, exam).frame_id)
    places = {
        ids[number]: place
        for numbers in _reserves(office, exam).values()
        for place, number in enumerate(numbers, start=1)
        if number in ids
    }
    found = [
        Replacement(one.stratum, people[one.replaces], places.get(one.teacher_id, 0), one)
        for one in called
        if one.replaces is not None
    ]
    return sorted(found, key=lambda one: (one.stratum, one.place))


def _reserves(office: Office, exam: Exam) -> dict[str, list[str]]:
    strata: list[Mapping[str, Any]] = latest_draw(office, exam).record["strata"]
    return {one["stratum"]: list(one["reserves"]) for one in strata}


def _leaving(office: Office, exam: Exam, teacher_no: str) -> Examinee:
    """Who is to be replaced, if that can be."""
    found = next((one for one in examinees(office, exam) if one.teacher_no == teacher_no), None)
    if found is None:
        raise UserError(
            "exam.not_drawn_person",
            f"教师编号 {teacher_no} 不在“{exam.name}”的考生名单中。",
            "请核对编号。",
        )
    if found.state in ("replaced", "cheated"):
        raise UserError(
            "exam.cannot_replace",
            f"{found.name}（{teacher_no}）的状态是“{STATE_NAMES[found.state]}”，不能替换。",
            "请核对编号；要改正的，先撤销原来的登记。",
        )
    if office.store.value(_MARKED, (found.id,)):
        raise UserError(
            "exam.cannot_replace",
            f"{found.name}（{teacher_no}）已有成绩，不能替换。",
            "请核对编号；成绩录错的，先改正成绩。",
        )
    return found


def _next(office: Office, exam: Exam, leaving: Examinee) -> Reserve:
    for one in reserves_of(office, exam, leaving.stratum):
        if one.name and not one.called:
            return one
    raise UserError(
        "exam.no_reserve",
        f"“{leaving.stratum}”的候补已经用完，没有人可以替换 {leaving.name}。",
        "请登记为缺考或缓考。",
    )
