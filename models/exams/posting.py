"""From results to the ledger: marks of courses, hours for who passed, a block for who failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.exams.posting_plan import CoursePlan, PostPlan, plan_posting
from models.exams.publishing import refuse_unready
from models.exams.records import Exam
from models.office.context import Office
from models.store.operations import Operation
from models.training.components import record_component_marks
from models.training.enrolments import enrol, participants
from models.training.ledger import reverse
from models.training.listing import EntryFilter, entry_ids
from models.training.posting import post_results
from models.training.scoring import keep_first, record_scores
from models.verdicts.vetoes import settle

_TOLD = 5


@dataclass(frozen=True, slots=True)
class PostWish:
    """What posting may do besides.

    Attributes:
        enrol: take people into the course who are not in it.
        reverse: take hours back that stand in the ledger of those who do not pass now.
    """

    enrol: bool = False
    reverse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedExam:
    """What posting an exam brought.

    Attributes:
        recorded: marks written into courses.
        posted: people whose hours were entered now.
        blocked, freed: people ruled out of the year's stamp now, and no more.
        strangers: names of those who were not in the course and whose marks were not taken.
        elsewhere: names of those whose training came in from another source.
        to_reverse: names of those who do not pass now and whose hours still stand.
        reversed: people whose hours were taken back.
        operation: the undoable step.
    """

    recorded: int
    posted: int
    blocked: int
    freed: int
    strangers: tuple[str, ...]
    elsewhere: tuple[str, ...]
    to_reverse: tuple[str, ...]
    reversed: int
    operation: Operation

    @property
    def told(self) -> tuple[str, ...]:
        """Sentences on what a person should still do."""
        found: list[str] = []
        if self.strangers:
            names = _named(self.strangers)
            found.append(f"{names}没有报名对应的课程，成绩没有记入课程；可选择一并报名后重新登记。")
        if self.elsewhere:
            found.append(f"{_named(self.elsewhere)}的同一培训已从别处登记，没有重复记学时。")
        if self.to_reverse:
            names = _named(self.to_reverse)
            found.append(f"{names}现为不合格，但学时已登记入账，请在学时台账中冲销。")
        return tuple(found)


@dataclass(slots=True)
class _Sum:
    recorded: int = 0
    posted: int = 0
    reversed: int = 0
    strangers: list[str] = field(default_factory=list[str])
    elsewhere: list[str] = field(default_factory=list[str])
    to_reverse: list[str] = field(default_factory=list[str])


def post_exam(office: Office, exam: Exam, wish: PostWish | None = None) -> PostedExam:
    """Post an exam as one undoable step; posting again does what has changed since.

    Raises:
        UserError: marks that are missing or differ, nobody sat, a course whose score has
            components is to be filled as a whole, somebody not through the gate of the course.
    """
    chosen = wish or PostWish()
    plan = plan_posting(office, exam)
    refuse_unready(exam, plan.results)
    brought = _Sum()
    with office.store.operation("exams.post", f"{exam.name}成绩登记") as operation:
        if chosen.enrol:
            plan = _enrolled(office, exam, plan)
        for one in plan.courses:
            _record(office, one, brought)
        for one in plan_posting(office, exam).courses:
            _enter_hours(office, exam, one, chosen, brought)
        settled = settle(office, plan_posting(office, exam).settling)
        today = office.store.clock.today().isoformat()
        office.store.execute("UPDATE exam SET posted_on = ? WHERE id = ?", (today, exam.id))
    return PostedExam(
        recorded=brought.recorded,
        posted=brought.posted,
        blocked=len(settled.put),
        freed=len(settled.lifted),
        strangers=tuple(brought.strangers),
        elsewhere=tuple(brought.elsewhere),
        to_reverse=tuple(brought.to_reverse),
        reversed=brought.reversed,
        operation=operation,
    )


def _enrolled(office: Office, exam: Exam, plan: PostPlan) -> PostPlan:
    """The plan after those who are not in a course were taken into it."""
    for one in plan.courses:
        if one.strangers:
            enrol(office, one.course_id, [each.examinee.teacher_id for each in one.strangers])
    return plan_posting(office, exam)


def _record(office: Office, plan: CoursePlan, brought: _Sum) -> None:
    """Write the marks of one course; those who sit again keep their first result beside."""
    marks = plan.marks
    if not marks:
        return
    keep_first(office, plan.course_id, plan.resits & marks.keys())
    if any(None in said for said in marks.values()):
        whole = {teacher: mark for teacher, said in marks.items() for mark in said.values()}
        record_scores(office, plan.course_id, whole)
    else:
        parts = {
            teacher: {key: mark for key, mark in said.items() if key is not None}
            for teacher, said in marks.items()
        }
        record_component_marks(office, plan.course_id, parts)
    brought.recorded += len(marks)


def _enter_hours(
    office: Office, exam: Exam, plan: CoursePlan, wish: PostWish, brought: _Sum
) -> None:
    """Take back the hours of who does not pass now, if wanted, and enter those of who does."""
    brought.strangers += [one.examinee.name for one in plan.strangers]
    if wish.reverse:
        brought.reversed += _reverse(office, exam, plan)
    else:
        brought.to_reverse += [one.examinee.name for one in plan.to_reverse]
    if any(one.result for one in participants(office, plan.course_id) if one.in_class):
        done = post_results(office, plan.course_id)
        brought.posted += done.posted
        brought.elsewhere += done.elsewhere


def _reverse(office: Office, exam: Exam, plan: CoursePlan) -> int:
    """Take back the hours of who does not pass now; how many people's."""
    wanted = [
        entry_ids(
            office,
            EntryFilter(
                teacher_id=one.examinee.teacher_id, course_id=plan.course_id, standing=True
            ),
        )
        for one in plan.to_reverse
    ]
    entries = [entry for found in wanted for entry in found]
    if entries:
        reverse(office, entries, f"{exam.name}成绩更正后不合格")
    return sum(1 for found in wanted if found)


def _named(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 人" if len(names) > _TOLD else ""
    return "、".join(names[:_TOLD]) + more
