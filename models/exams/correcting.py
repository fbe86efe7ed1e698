"""Corrections: a mark changed with a reason that stays to be seen, before or after publication."""

from __future__ import annotations

from dataclasses import dataclass

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.marks import (
    Given,
    MarkBook,
    mark_book,
    read_given,
    write_marks,
    write_states,
)
from models.exams.records import STATE_NAMES, Exam, Examinee, ExamineeState, Part
from models.exams.tables import CORRECTION
from models.office.context import Office
from models.store.operations import Operation

_LIST = """
SELECT c.id, c.examinee_id, t.name, t.teacher_no, COALESCE(e.admission_no, '') AS admission_no,
    e.school_name, COALESCE(p.name, '考试状态') AS part, c.before, c.after, c.reason, c.person,
    c.corrected_on
FROM exam_correction AS c JOIN examinee AS e ON e.id = c.examinee_id
JOIN teacher AS t ON t.id = e.teacher_id LEFT JOIN exam_part AS p ON p.id = c.part_id
WHERE e.exam_id = ? ORDER BY c.corrected_on, c.id
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as lists show it; ``part`` is 考试状态 where the state was changed."""

    id: str
    examinee_id: str
    name: str
    teacher_no: str
    admission_no: str
    school: str
    part: str
    before: str
    after: str
    reason: str
    person: str
    corrected_on: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """What is to be corrected.

    Attributes:
        examinee_id, part_id: whose mark, in what.
        text: the right points, or 缺考, 缓考, 作弊.
        reason: why, as it stays on the record.
    """

    examinee_id: str
    part_id: str
    text: str
    reason: str


def correct(office: Office, exam: Exam, wish: Correcting) -> Operation:
    """Change one mark with its reason, as one undoable step; both entries become the new points.

    Points for somebody who was down as absent or cheated say that they sat; 缺考 and 缓考 take the
    points of the part away.

    Raises:
        UserError: no reason, no such examinee or part, points that cannot be, or nothing changes.
    """
    if not wish.reason.strip():
        raise UserError("exam.no_reason", "没有写更正的原因。", "请写明原因。")
    book = mark_book(office, exam)
    examinee, part = _whose(book, wish)
    given = read_given(examinee.id, part, wish.text)
    if given is None:
        raise UserError("exam.empty_mark", "没有写更正后的成绩。", "请填分数或缺考、缓考、作弊。")
    lines = _lines(book, examinee, part, given)
    if not lines:
        raise UserError(
            "exam.unchanged", f"{examinee.name}的成绩本来就是“{wish.text}”。", "请核对。"
        )
    state: ExamineeState = given.state or "expected"
    with office.store.operation("exams.correct", f"{exam.name}更正成绩：{examinee.name}") as done:
        if state != examinee.state:
            write_states(
                office, [(examinee.id, state, wish.reason.strip() if given.state else None)]
            )
        if any(part_id for part_id, _, _ in lines):
            write_marks(office, [(given, entry) for entry in range(1, exam.entries + 1)])
        today = office.store.clock.today().isoformat()
        rows = [
            (
                office.store.ids.new_id(), examinee.id, part_id, before, after,
                wish.reason.strip(), office.store.person, today,
            )
            for part_id, before, after in lines
        ]  # fmt: skip
        office.store.insert("exam_correction", ("id", *CORRECTION), rows)
    return done


def corrections_of(office: Office, exam: Exam) -> list[Correction]:
    """All corrections of an exam, the oldest first."""
    return [Correction(*row) for row in office.store.query(_LIST, (exam.id,))]


def _whose(book: MarkBook, wish: Correcting) -> tuple[Examinee, Part]:
    examinee = book.people.get(wish.examinee_id)
    part = next((one for one in book.parts if one.id == wish.part_id), None)
    if examinee is None or part is None:
        raise UserError("exam.no_such_mark", "考生或科目不属于这场考试。", "请刷新后重新选择。")
    return examinee, part


def _lines(
    book: MarkBook, examinee: Examinee, part: Part, given: Given
) -> list[tuple[str | None, str, str]]:
    """What changes: part (None for the state), before, after."""
    state: ExamineeState = given.state or "expected"
    lines: list[tuple[str | None, str, str]] = []
    if state != examinee.state:
        lines.append((None, STATE_NAMES[examinee.state], STATE_NAMES[state]))
    known = book.marks.get(examinee.id, {}).get(part.id, {})
    said = "／".join(plain_decimal(one.points) for one in known.values()) or "未录"
    if given.points is None:
        if known and state != "cheated":
            lines.append((part.id, said, STATE_NAMES[state]))
        return lines
    entries = [known.get(entry) for entry in range(1, book.exam.entries + 1)]
    if any(one is None or one.points != given.points.points for one in entries):
        lines.append((part.id, said, plain_decimal(given.points.points)))
    return lines
