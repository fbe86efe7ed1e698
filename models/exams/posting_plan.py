"""What posting an exam would do: marks into courses, and who is ruled out of the year's stamp.

桦甸 2009 (S4-25): 「考核不合格者（一项成绩不合格）不得通过年度继续教育证书的登记验印」.
The block is a veto that bears the exam as its source; a correction or a re-sit lifts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.marks import mark_book
from models.exams.ranking import exam_rules, unit_rule
from models.exams.records import KIND_NAMES, Exam
from models.exams.results import ExamResults, PersonResult, results_of
from models.exams.sittings import Sittings, sittings_of
from models.exams.targets import Target, mark_for, targets_of
from models.office.context import Office
from models.training.components import component_marks, components_of
from models.training.courses import read as read_course
from models.training.enrolments import Participant, participants
from models.training.marks import RESULT_NAMES, Mark, Result
from models.verdicts.vetoes import Settled, Settling, settling_needed

LIFTED = "考试成绩更正或补考"


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """What posting does to one course.

    Attributes:
        course_id, title: which.
        marks: teacher to component (None for the whole score) to mark, of those in the course and,
            among them, only what differs from what the course has.
        resits: teachers among them who sat before, passed or not; their first result stays visible.
        strangers: examinees who are not in the course.
        left: people whose result of a later sitting stays.
        to_reverse: people of the exam who do not pass the course and whose hours stand in the
            ledger all the same.
    """

    course_id: str
    title: str
    marks: Mapping[str, Mapping[str | None, Mark]]
    resits: frozenset[str]
    strangers: tuple[PersonResult, ...]
    left: tuple[str, ...]
    to_reverse: tuple[PersonResult, ...]


@dataclass(frozen=True, slots=True)
class PostPlan:
    """What posting an exam would do.

    Attributes:
        courses: course by course; none where the exam belongs to no course.
        settling: what the exam says of whom it rules out and whom it clears.
        blocks: the vetoes this puts down and lifts.
        results: the results it goes by; posting waits for those without one.
    """

    courses: tuple[CoursePlan, ...]
    settling: Settling
    blocks: Settled
    results: ExamResults

    @property
    def idle(self) -> bool:
        """Whether everything is posted as it is."""
        return not (
            self.blocks.put
            or self.blocks.lifted
            or any(one.marks or one.to_reverse for one in self.courses)
        )


def plan_posting(office: Office, exam: Exam) -> PostPlan:
    """What posting an exam would do now; nothing is written.

    Raises:
        UserError: a course whose score has components is to be filled as a whole.
    """
    results = results_of(mark_book(office, exam), unit_rule())
    targets = targets_of(exam, results.parts)
    others = sittings_of(office, exam, targets)
    by_course: dict[str, list[Target]] = {}
    for target in targets:
        by_course.setdefault(target.course_id, []).append(target)
    plans = tuple(
        _course_plan(office, course_id, group, results, others.of(group))
        for course_id, group in by_course.items()
    )
    wish = _settling(exam, results, _passed_later(office, by_course, others), others)
    return PostPlan(plans, wish, settling_needed(office, wish), results)


def _course_plan(
    office: Office,
    course_id: str,
    targets: Sequence[Target],
    results: ExamResults,
    others: Sittings,
) -> CoursePlan:
    title = str(read_course(office, course_id)["title"])
    _refuse_whole(office, course_id, title, targets)
    people = {one.teacher_id: one for one in participants(office, course_id) if one.in_class}
    known = component_marks(office, course_id)
    ready = [one for one in results.people if one.result is not None]
    both = [(people[key], one) for one in ready if (key := one.examinee.teacher_id) in people]
    before = others.before
    left, judged = _judged(both, others)
    fresh = {
        person.teacher_id: _fresh(targets, one, person, known.get(person.id, {}))
        for person, one in judged
    }
    return CoursePlan(
        course_id=course_id,
        title=title,
        marks={teacher: said for teacher, said in fresh.items() if said},
        resits=frozenset(
            person.teacher_id
            for person, _ in judged
            if person.teacher_id in before and not person.first and person.result
        ),
        strangers=tuple(one for one in ready if one.examinee.teacher_id not in people),
        left=tuple(left.values()),
        to_reverse=tuple(
            one for person, one in judged if person.posted and person.result != "合格"
        ),
    )


def _judged(
    both: Sequence[tuple[Participant, PersonResult]], others: Sittings
) -> tuple[dict[str, str], list[tuple[Participant, PersonResult]]]:
    """Whose result stays as it is (enrolment to name), and whose this exam decides."""
    left = {one.id: one.name for one in _left([person for person, _ in both], others)}
    before = others.before
    judged = [
        (person, one)
        for person, one in both
        if person.id not in left and not _excused_again(one, before.get(person.teacher_id))
    ]
    return left, judged


def _left(people: Sequence[Participant], others: Sittings) -> list[Participant]:
    """Those whose result of a later exam, or of a re-sit of the course, stays."""
    before, after = others.before, others.after
    return [
        one
        for one in people
        if one.teacher_id in after or (one.first and one.teacher_id not in before)
    ]


def _fresh(
    targets: Sequence[Target], one: PersonResult, person: Participant, known: Mapping[str, Mark]
) -> dict[str | None, Mark]:
    """The marks of an examinee that the course does not have yet."""
    said = {target.component_id: mark_for(target, one) for target in targets}
    return {
        key: mark
        for key, mark in said.items()
        if mark is not None and not _has(person, known, key, mark)
    }


def _has(person: Participant, known: Mapping[str, Mark], key: str | None, mark: Mark) -> bool:
    """Whether the course has that very mark already."""
    if key is not None:
        return known.get(key) == mark
    if mark.score is None:
        return person.grade == (mark.grade or "") and person.score is None
    return person.score == mark.score


def _refuse_whole(office: Office, course_id: str, title: str, targets: Sequence[Target]) -> None:
    whole = any(one.component_id is None for one in targets)
    if whole and components_of(office, course_id):
        raise UserError(
            "exam.whole_course",
            f"“{title}”的成绩由几项组成，考试只能填其中一项。",
            "请在考试的科目中写明对应课程的哪一项。",
        )


def _excused_again(one: PersonResult, before: Result | None) -> bool:
    """Whether somebody was excused who has a result of before: that one stays."""
    return one.result == "excused" and before not in (None, "excused")


def source_of(exam_id: str) -> str:
    """What an exam's vetoes bear as their source."""
    return f"exam:{exam_id}"


def _passed_later(
    office: Office, courses: Sequence[str] | Mapping[str, object], others: Sittings
) -> set[str]:
    """Teachers who passed after all: at an exam after this one, or at a re-sit of the course.

    A first result that an exam before this one left says nothing of a re-sit after it.
    """
    before = others.before
    resat = {
        one.teacher_id
        for course_id in courses
        for one in participants(office, course_id)
        if one.in_class and one.first and one.result == "合格" and one.teacher_id not in before
    }
    return resat | {teacher for teacher, result in others.after.items() if result == "passed"}


def _settling(
    exam: Exam, results: ExamResults, passed_later: set[str], others: Sittings
) -> Settling:
    blocks = exam_rules().posting.blocks
    reasons = {
        one.examinee.teacher_id: _reason(exam, one)
        for one in results.people
        if one.result in blocks and one.examinee.teacher_id not in passed_later
    }
    return Settling(
        source=source_of(exam.id),
        year=exam.year,
        kind=f"{KIND_NAMES[exam.session.kind]}不合格",
        reasons=reasons,
        cleared=[
            one.examinee.teacher_id
            for one in results.people
            if one.result == "passed" or one.examinee.teacher_id in passed_later
        ],
        because=LIFTED,
        others=[source_of(one.exam_id) for one in others.earlier],
    )


def _reason(exam: Exam, one: PersonResult) -> str:
    if one.total is None or one.result is None:
        return f"{exam.name}{RESULT_NAMES[one.result] if one.result else ''}"
    return f"{exam.name}{plain_decimal(one.total)}分，{plain_decimal(exam.pass_mark)}分合格"
