"""An exam that exists already: changing its terms as long as they are open, removing it."""

from __future__ import annotations

from models.entities.display import from_hundredths
from models.errors import UserError
from models.exams.freezing import find_frame
from models.exams.records import Exam, ExamTerms
from models.exams.registration import read, row_of
from models.office.context import Office
from models.store.operations import Operation
from models.store.sql import compose, joined, name

FIXED_BY_FRAME = {
    "code": "编号",
    "year": "年度",
    "base": "范围",
    "strata": "分组",
    "fraction": "抽取比例",
    "quota": "每组人数",
    "rounding": "取整办法",
    "stage": "学段",
    "track": "培训途径",
    "status": "岗位状态",
    "post": "职务",
    "gated": "核对考试资格",
    "drawn_before": "上次抽中的人",
    "kind": "抽测或统考",
}
"""Terms that decide who is in the frame and who is drawn from it."""
FIXED_BY_MARKS = {"entries": "录入次数"}
FIXED_BY_NOTICE = {"pass_mark": "合格线"}
_MARKED = """
SELECT COUNT(*) FROM exam_mark AS m JOIN examinee AS e ON e.id = m.examinee_id WHERE e.exam_id = ?
"""
_ONLY_PART = """
UPDATE exam_part SET course_id = :course WHERE exam_id = :exam AND course_id IS :before
AND component_id IS NULL AND (SELECT COUNT(*) FROM exam_part WHERE exam_id = :exam) = 1
"""
_IN_USE = {
    "exam_frame": "的名单已经冻结",
    "examinee": "已有考生",
}
_PARTS_OF = (
    "DELETE FROM exam_item WHERE part_id IN (SELECT id FROM exam_part WHERE exam_id = ?)",
    "DELETE FROM exam_part WHERE exam_id = ?",
    "DELETE FROM exam_exclusion WHERE exam_id = ?",
    "DELETE FROM exam_room WHERE exam_id = ?",
    "DELETE FROM exam WHERE id = ?",
)


def terms_of(office: Office, exam: Exam) -> ExamTerms:
    """The terms an exam was set up with, to be changed in part."""
    own = office.store.value("SELECT pass_mark FROM exam WHERE id = ?", (exam.id,))
    scope = exam.scope
    return ExamTerms(
        code=exam.code,
        name=exam.name,
        year=exam.year,
        base=scope.base,
        strata=scope.strata,
        fraction=exam.fraction,
        quota=exam.quota,
        rounding=exam.rounding,
        stage=scope.stage,
        track=scope.track,
        status=scope.status,
        post=scope.post,
        gated=exam.gated,
        drawn_before=exam.drawn_before,
        course_id=exam.course_id,
        pass_mark=from_hundredths(own),
        entries=2 if exam.entries > 1 else 1,
        session=exam.session,
    )


def update(office: Office, exam: Exam, terms: ExamTerms) -> tuple[Exam, Operation]:
    """Change the terms of an exam as one undoable step.

    What decides the frame and the draw is open until the frame is frozen; the name, when and
    where it is held, the course and the marking stay open as long as nothing hangs on them.

    Raises:
        UserError: terms that cannot be, a code in use, or a term that is fixed (it is named).
    """
    read(office, exam.id)  # says so if it is gone
    new = row_of(office, terms, exam.id)
    columns = joined(name(column) for column in new)
    row = office.store.one(
        compose("SELECT {columns} FROM exam WHERE id = ?", columns=columns), (exam.id,)
    )
    before = dict(zip(new, row or (), strict=False))
    changed = [column for column in new if before.get(column) != new[column]]
    _refuse_fixed(office, exam, changed)
    with office.store.operation("exams.update", f"修改考试 {terms.name.strip()}") as operation:
        for column in changed:
            statement = compose("UPDATE exam SET {column} = ? WHERE id = ?", column=name(column))
            office.store.execute(statement, (new[column], exam.id))
        if "course_id" in changed:
            course = {"course": terms.course_id, "exam": exam.id, "before": exam.course_id}
            office.store.execute(_ONLY_PART, course)
    return read(office, exam.id), operation


def delete(office: Office, exam: Exam) -> Operation:
    """Remove an exam nothing came of yet, as one undoable step.

    Raises:
        UserError: its frame was frozen, or it has examinees.
    """
    for table, words in _IN_USE.items():
        asked = compose("SELECT COUNT(*) FROM {table} WHERE exam_id = ?", table=name(table))
        if office.store.value(asked, (exam.id,)):
            raise UserError(
                "exam.in_use",
                f"“{exam.name}”{words}，不能删除。",
                "冻结和抽签的记录要一直保留；不再举行的，请在考试名称里注明。",
            )
    with office.store.operation("exams.delete", f"删除考试 {exam.name}") as operation:
        for statement in _PARTS_OF:
            office.store.execute(statement, (exam.id,))
    return operation


def _refuse_fixed(office: Office, exam: Exam, changed: list[str]) -> None:
    """Refuse a change of what something hangs on already."""
    if find_frame(office, exam.id) is not None:
        fixed = FIXED_BY_FRAME | ({"course_id": "课程"} if exam.gated else {})
        _refuse(exam, fixed, changed, "的名单已经冻结", "要改的，请另建一次考试。")
    if office.store.value(_MARKED, (exam.id,)):
        _refuse(exam, FIXED_BY_MARKS, changed, "已经录入成绩", "请先撤销成绩录入。")
    if exam.published_on or exam.posted_on:
        _refuse(exam, FIXED_BY_NOTICE, changed, "的结果已经公布或登记", "请按成绩更正办理。")


def _refuse(exam: Exam, fixed: dict[str, str], changed: list[str], why: str, hint: str) -> None:
    named = "、".join(fixed[column] for column in changed if column in fixed)
    if named:
        raise UserError("exam.fixed", f"“{exam.name}”{why}，不能再改{named}。", hint)
