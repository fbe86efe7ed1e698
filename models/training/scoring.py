"""Scores in: from a sheet, by teacher or by teacher number, all or none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.entities.display import to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import pass_mark, read
from models.training.enrolments import Participant, participants
from models.training.marks import RESULT_NAMES, Mark, Result, read_mark

_TOLD = 5
_WRITE = """
UPDATE enrolment SET score = json_extract(line.value, '$[1]'),
    grade = json_extract(line.value, '$[2]'), result = json_extract(line.value, '$[3]')
FROM json_each(?) AS line WHERE enrolment.id = json_extract(line.value, '$[0]')
"""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a score sheet brought.

    Attributes:
        recorded: people whose result was written.
        unchanged: people who had that very result already.
        results: how many passed, failed, were absent …
        operation: the undoable step.
    """

    recorded: int
    unchanged: int
    results: Mapping[Result, int]
    operation: Operation


def record_scores(office: Office, course_id: str, scores: Mapping[str, Mark]) -> Scored:
    """Write the results of a course as one undoable step.

    Args:
        office: the office.
        course_id: the course.
        scores: teacher identity to mark; points are judged by the course's pass mark.

    Raises:
        UserError: no such course, nothing to record, somebody not enrolled in it (nothing is
            written then).
    """
    course = read(office, course_id)
    people = {one.teacher_id: one for one in participants(office, course_id)}
    if not scores:
        raise UserError("training.no_scores", "没有可录入的成绩。", "请检查成绩表。")
    if strangers := [one for one in scores if one not in people]:
        raise UserError(
            "training.not_enrolled",
            f"有 {len(strangers)} 人没有报名“{course['title']}”。",
            "请先为他们报名，或从成绩表中去掉。",
        )
    mark = pass_mark(office, course)
    judged = {teacher: one.judged(mark) for teacher, one in scores.items()}
    title = f"{course['title']}录入成绩 {len(judged)} 人"
    fresh = {teacher: one for teacher, one in judged.items() if not _same(people[teacher], one)}
    with office.store.operation("training.score", title) as operation:
        lines = [
            (
                people[teacher].id,
                None if one.score is None else to_hundredths(one.score),
                one.grade,
                one.result,
            )
            for teacher, one in fresh.items()
        ]
        office.store.execute(_WRITE, (json.dumps(lines),))
    results: Counter[Result] = Counter(one.result for one in judged.values() if one.result)
    return Scored(len(fresh), len(judged) - len(fresh), results, operation)


def _same(person: Participant, mark: Mark) -> bool:
    """Whether the person has that very result already."""
    result = RESULT_NAMES[mark.result] if mark.result else ""
    return (person.score, person.grade, person.result) == (mark.score, mark.grade or "", result)


def record_by_number(office: Office, course_id: str, sheet: Sequence[tuple[str, str]]) -> Scored:
    """Write results given as teacher number and the text of the score cell.

    Raises:
        UserError: as ``record_scores``; a number nobody in the course bears, a number twice, a
            score that cannot be read. The sentence lists the first few.
    """
    by_no = {one.teacher_no: one.teacher_id for one in participants(office, course_id)}
    troubles: list[str] = []
    scores: dict[str, Mark] = {}
    for number, text in sheet:
        teacher_id = by_no.get(number)
        if teacher_id is None:
            troubles.append(f"{number} 没有报名本课程")
        elif teacher_id in scores:
            troubles.append(f"{number} 在成绩表中出现两次")
        else:
            try:
                scores[teacher_id] = read_mark(text)
            except UserError as error:
                troubles.append(f"{number}：{error.message.rstrip('。')}")
    if troubles:
        more = f"等 {len(troubles)} 处" if len(troubles) > _TOLD else ""
        raise UserError(
            "training.bad_sheet",
            f"成绩表有误：{'；'.join(troubles[:_TOLD])}{more}。",
            "请改正后重新录入，本次没有写入任何成绩。",
        )
    return record_scores(office, course_id, scores)
