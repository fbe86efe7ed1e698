"""Publishing results when every mark is there; afterwards only corrections change them."""

from __future__ import annotations

from models.errors import UserError
from models.exams.marks import mark_book
from models.exams.ranking import unit_rule
from models.exams.records import Exam
from models.exams.results import ExamResults, results_of
from models.office.context import Office
from models.store.operations import Operation

_TOLD = 5
_MARK = "UPDATE exam SET published_on = ? WHERE id = ?"


def publish(office: Office, exam: Exam) -> Operation:
    """Say that the results are out, as one undoable step; saying it again changes nothing.

    Raises:
        UserError: no examinees, or somebody whose mark is missing or differs.
    """
    refuse_unready(exam, results_of(mark_book(office, exam), unit_rule()))
    with office.store.operation("exams.publish", f"{exam.name}成绩公布") as operation:
        if exam.published_on is None:
            today = office.store.clock.today().isoformat()
            office.store.execute(_MARK, (today, exam.id))
    return operation


def refuse_unready(exam: Exam, results: ExamResults) -> None:
    """Results go out only when they are whole.

    Raises:
        UserError: no examinees, or somebody whose mark is missing or differs.
    """
    if not results.people:
        raise UserError(
            "exam.no_examinees", f"“{exam.name}”还没有考生。", "请先抽签并生成考生名单。"
        )
    if results.waiting:
        names = "、".join(one.examinee.name for one in results.waiting[:_TOLD])
        more = f"等 {len(results.waiting)} 人" if len(results.waiting) > _TOLD else ""
        raise UserError(
            "exam.unmarked",
            f"有 {len(results.waiting)} 人还没有成绩或两遍录入不一致：{names}{more}。",
            "请补录或核对成绩；没有参加考试的，先登记缺考或缓考。",
        )
