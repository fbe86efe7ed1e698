"""Who is left out of a frame whatever the state: decided one by one, by the gate, drawn before."""

from __future__ import annotations

from models.errors import UserError
from models.exams.eligibility import LeftOut
from models.exams.records import Exam
from models.exams.registration import parts_of
from models.office.context import Office
from models.training.courses import read as read_course
from models.training.gate import gate

_DECIDED = "SELECT teacher_id, reason, signed_by FROM exam_exclusion WHERE exam_id = ?"
_LAST = """
SELECT d.id, e.code, e.name, d.exam_id FROM exam_draw AS d JOIN exam AS e ON e.id = d.exam_id
WHERE d.exam_id <> ? ORDER BY d.drawn_at DESC, d.attempt DESC LIMIT 1
"""
_SAT = """
SELECT teacher_id FROM exam_pick WHERE draw_id = :draw
UNION SELECT teacher_id FROM examinee WHERE exam_id = :exam AND origin = 'reserve'
"""
_EVERYBODY = "SELECT id FROM teacher"


def left_out(office: Office, exam: Exam) -> dict[str, LeftOut]:
    """Teacher identity to the reason; a decision of a person goes first, then the gate.

    Raises:
        UserError: the gate is asked for but no course is examined.
    """
    decided = {
        row["teacher_id"]: LeftOut(row["reason"], row["signed_by"], "decided")
        for row in office.store.query(_DECIDED, (exam.id,))
    }
    before = _drawn_before(office, exam) if exam.drawn_before == "left_out" else {}
    gated = _before_the_gate(office, exam) if exam.gated else {}
    return {**before, **gated, **decided}


def courses_of(office: Office, exam: Exam) -> list[str]:
    """The courses an exam examines, without repeats."""
    asked = (exam.course_id, *(part.course_id for part in parts_of(office, exam)))
    return list(dict.fromkeys(one for one in asked if one))


def _before_the_gate(office: Office, exam: Exam) -> dict[str, LeftOut]:
    """Who may not sit: the words of the gate, and whoever does not take the course."""
    courses = courses_of(office, exam)
    if not courses:
        raise UserError(
            "exam.gate_no_course",
            f"“{exam.name}”要核对考试资格，但没有写考哪门课程。",
            "请在考试设置中选定课程。",
        )
    everybody = [row[0] for row in office.store.query(_EVERYBODY)]
    missing: dict[str, list[str]] = {}
    for course in courses:
        title = read_course(office, course)["title"]
        people = {one.teacher_id: one for one in gate(office, course)}
        for teacher in everybody:
            one = people.get(teacher)
            if one is None:
                missing.setdefault(teacher, []).append(f"没有参加“{title}”")
            elif not one.may_sit:
                missing.setdefault(teacher, []).append(f"“{title}”{'、'.join(one.missing)}")
    return {teacher: LeftOut("；".join(words), "", "gate") for teacher, words in missing.items()}


def _drawn_before(office: Office, exam: Exam) -> dict[str, LeftOut]:
    """Those drawn, or called up, in the exam that was drawn last before this one."""
    last = office.store.one(_LAST, (exam.id,))
    if last is None:
        return {}
    reason = f"上次（{last['code']} {last['name']}）已抽中"
    rows = office.store.query(_SAT, {"draw": last["id"], "exam": last["exam_id"]})
    return {row["teacher_id"]: LeftOut(reason, "", "drawn_before") for row in rows}
