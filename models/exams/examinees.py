"""The people who sit an exam: fixed from the draw or the frame, called up, marked absent."""

from __future__ import annotations

from sqlite3 import Row
from typing import Any

from models.errors import UserError
from models.exams.drawing import latest_draw
from models.exams.eligibility import NOWHERE
from models.exams.frame import read_frame
from models.exams.freezing import frame_of
from models.exams.identity import identities
from models.exams.records import Exam, Examinee, Origin
from models.exams.registration import parts_of, write_parts
from models.exams.tables import EXAMINEE
from models.office.context import Office
from models.store.operations import Operation

_LIST = """
SELECT e.*, t.teacher_no, t.name, r.name AS room_name, r.number
FROM examinee AS e JOIN teacher AS t ON t.id = e.teacher_id
LEFT JOIN exam_room AS r ON r.id = e.room_id
WHERE e.exam_id = ? ORDER BY e.school_name, e.stratum, t.teacher_no
"""
_FACTS = """
SELECT t.id, t.school_id, COALESCE(i.name, t.school_reported), t.subject, t.stage
FROM teacher AS t LEFT JOIN institution AS i ON i.id = t.school_id
"""


def enter_examinees(office: Office, exam: Exam) -> Operation:
    """Fix who sits the exam: those drawn, or of a 统考 everybody of the frame.

    Raises:
        UserError: examinees are there already, no frame, nothing drawn yet.
    """
    if office.store.value("SELECT COUNT(*) FROM examinee WHERE exam_id = ?", (exam.id,)):
        raise UserError("exam.entered", f"“{exam.name}”的考生名单已经生成。", "请直接查看名单。")
    people = _drawn(office, exam) if exam.session.kind == "sample" else _everybody(office, exam)
    with office.store.operation("exams.enter", f"生成“{exam.name}”考生名单") as operation:
        if not parts_of(office, exam)[0].id:
            write_parts(office, exam.id, parts_of(office, exam))
        insert_examinees(
            office, exam, people, "drawn" if exam.session.kind == "sample" else "whole"
        )
    return operation


def insert_examinees(
    office: Office,
    exam: Exam,
    people: dict[str, str],
    origin: Origin,
    replaces: str | None = None,
) -> None:
    """Store examinees, inside the running operation.

    Args:
        office: the office.
        exam: which exam.
        people: teacher identity to stratum.
        origin: how they came to sit it.
        replaces: the examinee in whose place they are called; None for nobody.
    """
    facts = {row[0]: tuple(row)[1:] for row in office.store.query(_FACTS)}
    rows: list[tuple[object, ...]] = []
    for teacher, stratum in people.items():
        school_id, school, subject, stage = facts[teacher]
        rows.append(
            (
                office.store.ids.new_id(),
                exam.id,
                teacher,
                school_id,
                school or NOWHERE["school"],
                subject,
                stage,
                stratum,
                origin,
                replaces,
            )
        )
    office.store.insert("examinee", ("id", *EXAMINEE), rows)


def examinees(office: Office, exam: Exam) -> list[Examinee]:
    """Everybody who sits or should have sat, by school, stratum and teacher number."""
    return [_examinee(office, row) for row in office.store.query(_LIST, (exam.id,))]


def sitting(office: Office, exam: Exam) -> list[Examinee]:
    """Those who are to sit or did: all but the replaced and the excused."""
    return [one for one in examinees(office, exam) if one.state not in ("replaced", "excused")]


def _drawn(office: Office, exam: Exam) -> dict[str, str]:
    found = latest_draw(office, exam)
    if found.frame_id != frame_of(office, exam).id:
        raise UserError(
            "exam.draw_outdated",
            f"“{exam.name}”抽签以后又重新冻结了名单。",
            "请用新名单重新抽签，再生成考生名单。",
        )
    strata: list[dict[str, Any]] = found.record["strata"]
    ids = identities(office, found.frame_id)
    return {
        ids[number]: one["stratum"] for one in strata for number in one["selected"] if number in ids
    }


def _everybody(office: Office, exam: Exam) -> dict[str, str]:
    frame = frame_of(office, exam)
    ids = identities(office, frame.id)
    return {ids[number]: name for number, name in read_frame(frame.body).items() if number in ids}


def _examinee(office: Office, row: Row) -> Examinee:
    subjects = (row["subject"] or "").split("、")
    return Examinee(
        id=row["id"],
        teacher_id=row["teacher_id"],
        teacher_no=row["teacher_no"],
        name=row["name"],
        school_id=row["school_id"],
        school_name=row["school_name"],
        subject="、".join(office.codes["subject"].name_of(one) for one in subjects if one),
        stage=office.codes["stage"].name_of(row["stage"]) if row["stage"] else "",
        stratum=row["stratum"],
        origin=row["origin"],
        state=row["state"],
        reason=row["reason"] or "",
        replaces=row["replaces"],
        admission_no=row["admission_no"] or "",
        room_id=row["room_id"],
        room=row["room_name"] or "",
        seat=row["seat"],
    )
