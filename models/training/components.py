"""The parts a score is made of (exam 70 %, process 30 %; half school, half city); their total.

桦甸 2009: 「考试成绩占本门课程的70%」, 「评价结果占本门课程的30%」; 「占总成绩的50%」 twice.
The total is rounded half up to one decimal.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from models.entities.display import from_hundredths, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import read
from models.training.enrolments import Participant, participants
from models.training.marks import RESULT_NAMES, Mark, Result, read_mark
from models.training.scoring import Scored, record_scores

ROUNDING = "总分四舍五入保留一位小数"
_TENTH = Decimal("0.1")
_MARKS = """
SELECT m.enrolment_id, m.component_id, m.score, m.word
FROM course_component AS c JOIN component_mark AS m ON m.component_id = c.id
WHERE c.course_id = ?
"""
_DROP = """
DELETE FROM component_mark WHERE EXISTS (
    SELECT 1 FROM json_each(?) AS line
    WHERE json_extract(line.value, '$[0]') = component_mark.component_id
    AND json_extract(line.value, '$[1]') = component_mark.enrolment_id)
"""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a course's score; the weights of a course sum up to 100."""

    name: str
    weight: Decimal
    id: str = ""


def set_components(office: Office, course_id: str, parts: Sequence[Component]) -> Operation:
    """Say what the score of a course is made of; no parts makes it one figure again.

    Raises:
        UserError: weights that do not sum up to 100, a name twice or empty, or marks by other
            parts that are there already.
    """
    course = read(office, course_id)
    names = [one.name.strip() for one in parts]
    total = sum((one.weight for one in parts), Decimal(0))
    if parts and (total != 100 or any(one.weight <= 0 for one in parts)):
        raise UserError(
            "training.weights", f"各项权重合计 {total:f}，应为 100。", "请改正各项的百分数。"
        )
    if "" in names or len(set(names)) < len(names):
        raise UserError("training.component_name", "有一项没有名称或名称重复。", "请改正名称。")
    if office.store.query(_MARKS, (course_id,)):
        raise UserError(
            "training.components_in_use",
            f"“{course['title']}”已按原来的组成录了成绩，不能再改组成。",
            "请先撤销成绩录入。",
        )
    with office.store.operation("training.components", f"{course['title']}成绩组成") as operation:
        office.store.execute("DELETE FROM course_component WHERE course_id = ?", (course_id,))
        rows = [
            (office.store.ids.new_id(), course_id, place, name, to_hundredths(one.weight))
            for place, (name, one) in enumerate(zip(names, parts, strict=True), start=1)
        ]
        columns = ("id", "course_id", "place", "name", "weight")
        office.store.insert("course_component", columns, rows)
    return operation


def components_of(office: Office, course_id: str) -> list[Component]:
    """The parts of a course's score in order; none where it is one figure."""
    sql = "SELECT id, name, weight FROM course_component WHERE course_id = ? ORDER BY place"
    return [
        Component(row["name"], Decimal(row["weight"]) / 100, row["id"])
        for row in office.store.query(sql, (course_id,))
    ]


def component_marks(office: Office, course_id: str) -> dict[str, dict[str, Mark]]:
    """Enrolment to component to mark."""
    found: dict[str, dict[str, Mark]] = {}
    for row in office.store.query(_MARKS, (course_id,)):
        mark = _stored_mark(row["score"], row["word"])
        found.setdefault(row["enrolment_id"], {})[row["component_id"]] = mark
    return found


def total_of(parts: Sequence[Component], marks: Mapping[str, Mark]) -> Mark | None:
    """The weighted total, rounded half up to one decimal; None while a part is missing.

    Cheating, absence or an excuse in any part is the result of the whole.
    """
    said = [marks[one.id] for one in parts if one.id in marks]
    for result in ("cheated", "absent", "excused"):
        if any(mark.result == result for mark in said):
            return Mark(grade=RESULT_NAMES[result], result=result)
    points = [mark.score for mark in said if mark.score is not None]
    if len(points) < len(parts):
        return None
    weighted = sum(
        (score * one.weight / 100 for score, one in zip(points, parts, strict=True)), Decimal(0)
    )
    return Mark(score=weighted.quantize(_TENTH, ROUND_HALF_UP))


def record_component_marks(
    office: Office,
    course_id: str,
    marks: Mapping[str, Mapping[str, Mark]],
    *,
    resit: bool = False,
) -> Scored:
    """Write marks by part and the totals that follow, as one undoable step.

    Args:
        office: the office.
        course_id: the course.
        marks: teacher identity to component to mark.
        resit: whether it is a re-sit: the first result stays visible.

    Raises:
        UserError: as ``scoring.record_scores``; the course has no parts, or a mark is neither
            points nor 缺考, 缓考, 作弊.
    """
    parts = components_of(office, course_id)
    people = {one.teacher_id: one for one in participants(office, course_id) if one.in_class}
    _check_marks(parts, people, marks)
    known = component_marks(office, course_id)
    totals: dict[str, Mark] = {}
    for teacher, said in marks.items():
        total = total_of(parts, {**known.get(people[teacher].id, {}), **said})
        if total is not None:
            totals[teacher] = total
    title = f"{read(office, course_id)['title']}录入分项成绩 {len(marks)} 人"
    with office.store.operation("training.component_score", title) as operation:
        _write(office, people, marks)
        if not totals:
            return Scored(0, 0, {}, operation)
        scored = record_scores(office, course_id, totals, resit=resit)
    return replace(scored, operation=operation)


def read_component_mark(text: str) -> Mark:
    """The mark that a cell of one part means: points, or 缺考, 缓考, 作弊.

    Raises:
        UserError: it is neither.
    """
    mark = read_mark(text)
    if mark.result in ("passed", "failed"):
        raise UserError(
            "training.mark", f"分项成绩“{text}”不是分数。", "请填分数或缺考、缓考、作弊。"
        )
    return mark


def _check_marks(
    parts: Sequence[Component],
    people: Mapping[str, Participant],
    marks: Mapping[str, Mapping[str, Mark]],
) -> None:
    if not parts:
        raise UserError(
            "training.no_components", "这门课程没有设成绩组成。", "请先设定组成和权重。"
        )
    known = {one.id for one in parts}
    strangers = [one for one in marks if one not in people]
    if strangers or any(said.keys() - known for said in marks.values()):
        raise UserError(
            "training.not_enrolled",
            f"有 {len(strangers)} 人没有报名，或有不属于本课程的项目。",
            "请核对成绩表，本次没有写入任何成绩。",
        )


def _write(
    office: Office, people: Mapping[str, Participant], marks: Mapping[str, Mapping[str, Mark]]
) -> None:
    lines = [
        (component, people[teacher].id, mark)
        for teacher, said in marks.items()
        for component, mark in said.items()
    ]
    office.store.execute(_DROP, (json.dumps([line[:2] for line in lines]),))
    rows = [
        (
            office.store.ids.new_id(),
            component,
            enrolment,
            None if mark.score is None else to_hundredths(mark.score),
            mark.result,
        )
        for component, enrolment, mark in lines
    ]
    columns = ("id", "component_id", "enrolment_id", "score", "word")
    office.store.insert("component_mark", columns, rows)


def _stored_mark(score: int | None, word: Result | None) -> Mark:
    if word is not None:
        return Mark(grade=RESULT_NAMES[word], result=word)
    return Mark(score=from_hundredths(score))
