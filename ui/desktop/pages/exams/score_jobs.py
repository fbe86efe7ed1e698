"""What the last steps have done on the lanes: parts, marks, corrections, publishing, posting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams import correcting, publishing
from models.exams.awarding import Honour, decide
from models.exams.correcting import Correcting
from models.exams.entering import Entered, enter_marks
from models.exams.items import Item, items_of, set_items
from models.exams.marks import Given
from models.exams.posting import PostedExam, PostWish, post_exam
from models.exams.ranking import exam_rules
from models.exams.records import Part
from models.exams.registration import parts_of, read, set_parts
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training import courses
from models.training.components import components_of
from ui.desktop.pages.exams.cell_words import component_named, read_items, write_items
from ui.desktop.widgets.answers import amount_of

Texts = Mapping[str, str]


def part_texts(office: Office, _progress: Progress, exam_id: str) -> list[dict[str, str]]:
    """The parts of an exam as the cells of a grid."""
    exam = read(office, exam_id)
    items = items_of(office, exam)
    found: list[dict[str, str]] = []
    for part in parts_of(office, exam):
        course = courses.read(office, part.course_id) if part.course_id else None
        names = (
            {one.id: one.name for one in components_of(office, part.course_id)}
            if part.course_id
            else {}
        )
        found.append(
            {
                "name": part.name,
                "weight": plain_decimal(part.weight),
                "full_marks": plain_decimal(part.full_marks),
                "course": str(course["code"]) if course else "",
                "component": names.get(part.component_id or "", ""),
                "items": write_items(items.get(part.id, ())),
            }
        )
    return found


def save_parts(
    office: Office, _progress: Progress, exam_id: str, lines: Sequence[Texts]
) -> Operation:
    """Write the parts and their items as one step.

    Raises:
        UserError: a number that is none, a course or component that is not there, and what the
            use cases refuse.
    """
    exam = read(office, exam_id)
    parts = [_part(office, line) for line in lines]
    with office.store.operation("exams.parts", f"{exam.name}科目与权重") as operation:
        set_parts(office, exam, parts)
        for part, line in zip(parts_of(office, exam), lines, strict=True):
            if line["items"]:
                set_items(office, exam, part, [Item(*one) for one in read_items(line["items"])])
    return operation


def save_marks(
    office: Office, _progress: Progress, exam_id: str, given: Mapping[int, Sequence[Given]]
) -> list[Entered]:
    """Write what was typed, by entry, as one step."""
    exam = read(office, exam_id)
    with office.store.operation("exams.marks", f"{exam.name}录入成绩"):
        return [enter_marks(office, exam, lines, (entry,)) for entry, lines in given.items()]


def correct(
    office: Office, _progress: Progress, exam_id: str, examinee_id: str, texts: Texts
) -> Operation:
    """Change one mark with its reason."""
    wish = Correcting(examinee_id, texts["part"], texts["text"], texts["reason"])
    return correcting.correct(office, read(office, exam_id), wish)


def publish(office: Office, _progress: Progress, exam_id: str) -> Operation:
    """Say that the results are out."""
    return publishing.publish(office, read(office, exam_id))


def confirm_awards(
    office: Office, _progress: Progress, exam_id: str, honours: Sequence[Honour]
) -> Operation:
    """Put down who gets the awards, all of them as one step."""
    exam = read(office, exam_id)
    with office.store.operation("exams.award", f"确定“{exam.name}”表彰名单") as operation:
        for rule in exam_rules().awards:
            decide(office, exam, rule.key, [one for one in honours if one.award == rule.key])
    return operation


def post(
    office: Office, _progress: Progress, exam_id: str, *, enrol: bool, reverse: bool
) -> PostedExam:
    """Post the results to courses, ledger and stamp."""
    return post_exam(office, read(office, exam_id), PostWish(enrol=enrol, reverse=reverse))


def _part(office: Office, line: Texts) -> Part:
    course = courses.find(office, line["course"]) if line["course"] else None
    component = None
    if line["component"]:
        if course is None:
            raise UserError(
                "exam.part_course",
                f"“{line['name']}”写了课程的成绩组成，没有写课程编号。",
                "请填课程编号。",
            )
        component = component_named(components_of(office, course), line["component"])
    return Part(
        name=line["name"],
        weight=amount_of(line["weight"]) or Decimal(0),
        full_marks=amount_of(line["full_marks"]) or Decimal(0),
        course_id=course,
        component_id=component,
    )
