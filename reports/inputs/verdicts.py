"""Verdicts of teachers as their sheets are printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.entities.describe import columns
from models.entities.display import show
from models.errors import UserError
from models.office.context import Office
from models.policies.records import Pack
from models.progress import Progress
from models.staff.institutions import institution_names
from models.staff.queries import name_of_teacher
from models.staff.records import Teacher
from models.verdicts.explaining import explain
from models.verdicts.people import Person
from models.verdicts.periods import Period
from reports.documents.teacher_verdict import TeacherVerdict, TeacherVerdicts

_SHOWN = ("name", "teacher_no", "school", "stage", "subject", "post", "is_head", "title",
          "work_start", "status", "track", "backbone")  # fmt: skip


def teacher_verdicts(
    office: Office,
    teacher_ids: Sequence[str],
    period: Period,
    pack: Pack,
    *,
    as_of: date | None = None,
    progress: Progress | None = None,
) -> TeacherVerdicts:
    """The verdicts of those teachers in the order given, every entry weighed.

    Whom the pack does not judge (退休, 调出 …) is left out and listed so.

    Args:
        office: the office.
        teacher_ids: whose.
        period: a cycle, or a year of one.
        pack: with everything it is based on.
        as_of: as things stood on that day.
        progress: told teacher by teacher; may cancel.

    Raises:
        UserError: nobody is left.
    """
    steps = progress or Progress()
    people: list[TeacherVerdict] = []
    left_out: list[tuple[str, str]] = []
    for number, teacher_id in enumerate(teacher_ids):
        steps.step(number, len(teacher_ids), "正在核算")
        try:
            verdict = explain(office, teacher_id, period, pack, as_of=as_of)
        except UserError as error:
            left_out.append((name_of_teacher(office, teacher_id), error.message))
            continue
        people.append(TeacherVerdict(person_facts(office, verdict.person), verdict))
    if not people:
        told = left_out[0][1] if left_out else "没有选中教师。"
        raise UserError("verdicts.nobody", told, "请另选教师或日期。")
    return TeacherVerdicts(
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        people=tuple(people),
        left_out=tuple(left_out),
    )


def person_facts(office: Office, person: Person) -> tuple[tuple[str, str], ...]:
    """Label and text of who somebody is on a verdict's day; what is not recorded is left out."""
    values = person._asdict()
    values["school"] = institution_names(office).get(person.school_id or "")
    described = columns(Teacher)
    pairs = (
        (described[name].title, show(described[name], values[name], office.codes))
        for name in _SHOWN
    )
    return tuple(pair for pair in pairs if pair[1])
