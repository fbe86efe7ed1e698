"""Scores in: from a sheet, by teacher or by teacher number, all or none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from models.entities.display import to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import pass_mark, read
from models.training.enrolments import Participant, participants
from models.training.gate import gate
from models.training.marks import RESULT_NAMES, Mark, Result, read_mark

_TOLD = 5
_WRITE = """
UPDATE enrolment SET score = json_extract(line.value, '$[1]'),
    grade = json_extract(line.value, '$[2]'), result = json_extract(line.value, '$[3]')
FROM json_each(?) AS line WHERE enrolment.id = json_extract(line.value, '$[0]')
"""
_KEEP_FIRST = """
UPDATE enrolment SET first_score = score, first_grade = grade, first_result = result
WHERE first_result IS NULL AND id IN (SELECT json_extract(value, '$[0]') FROM json_each(?))
"""
_KEEP_FIRST_OF = """
UPDATE enrolment SET first_score = score, first_grade = grade, first_result = result
WHERE first_result IS NULL AND result IS NOT NULL AND course_id = ?
AND teacher_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a score sheet brought.

    Attributes:
        recorded: people whose result was written.
        unchanged: people who had that very result already.
        results: how many passed, failed, were absent …
        operation: the undoable step.
        to_reverse: names of those who did not pass now and whose hours stand in the ledger.
    """

    recorded: int
    unchanged: int
    results: Mapping[Result, int]
    operation: Operation
    to_reverse: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What a person should do about hours that were posted before; "" for nothing."""
        names = "、".join(self.to_reverse[:_TOLD])
        more = f"等 {len(self.to_reverse)} 人" if len(self.to_reverse) > _TOLD else ""
        return f"{names}{more}未合格，但学时已登记入账，请在学时台账中冲销。" if names else ""


def record_scores(
    office: Office, course_id: str, scores: Mapping[str, Mark], *, resit: bool = False
) -> Scored:
    """Write the results of a course as one undoable step.

    Args:
        office: the office.
        course_id: the course.
        scores: teacher identity to mark; points are judged by the course's pass mark.
        resit: whether it is a re-sit: the first result stays visible beside the new one.

    Raises:
        UserError: no such course, nothing to record, somebody not in its class, not through the
            gate to its exam, or re-sitting what was passed or never sat (nothing is written).
    """
    course = read(office, course_id)
    people = {one.teacher_id: one for one in participants(office, course_id) if one.in_class}
    if not scores:
        raise UserError("training.no_scores", "没有可录入的成绩。", "请检查成绩表。")
    if strangers := [one for one in scores if one not in people]:
        raise UserError(
            "training.not_enrolled",
            f"有 {len(strangers)} 人没有报名“{course['title']}”。",
            "请先为他们报名，或从成绩表中去掉。",
        )
    if resit:
        _refuse_resits([people[teacher] for teacher in scores])
    if course["gated"]:
        _refuse_at_gate(office, course_id, scores)
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
        if resit:
            office.store.execute(_KEEP_FIRST, (json.dumps(lines),))
        office.store.execute(_WRITE, (json.dumps(lines),))
    results: Counter[Result] = Counter(one.result for one in judged.values() if one.result)
    unchanged = len(judged) - len(fresh)
    return Scored(len(fresh), unchanged, results, operation, _to_reverse(people, judged))


def keep_first(office: Office, course_id: str, teachers: Collection[str]) -> None:
    """Keep what these have as their first result, passed or not, inside the running operation."""
    office.store.execute(_KEEP_FIRST_OF, (course_id, json.dumps(sorted(teachers))))


def _to_reverse(people: Mapping[str, Participant], judged: Mapping[str, Mark]) -> tuple[str, ...]:
    """The names of those who did not pass and whose hours stand in the ledger."""
    return tuple(
        people[teacher].name
        for teacher, one in judged.items()
        if people[teacher].posted and one.result != "passed"
    )


def _refuse_at_gate(office: Office, course_id: str, scores: Mapping[str, Mark]) -> None:
    """Nobody gets a score before the gate is passed; being absent needs no gate."""
    sitting = {
        teacher for teacher, one in scores.items() if one.result not in ("absent", "excused")
    }
    kept_out = [
        one for one in gate(office, course_id) if one.teacher_id in sitting and not one.may_sit
    ]
    if kept_out:
        told = "；".join(f"{one.name}：{'，'.join(one.missing)}" for one in kept_out[:_TOLD])
        more = f"；等 {len(kept_out)} 人" if len(kept_out) > _TOLD else ""
        raise UserError(
            "training.gate",
            f"有 {len(kept_out)} 人不具备考试资格，不能录成绩：{told}{more}。",
            "请补登记作业与交流、认可佐证，或写明原因准予考试。",
        )


def _refuse_resits(people: Sequence[Participant]) -> None:
    """Only who sat and did not pass, or was excused, sits again."""
    wrong = [one.name for one in people if one.result in ("", "合格")]
    if wrong:
        raise UserError(
            "training.resit",
            f"{'、'.join(wrong[:_TOLD])}{'等' if len(wrong) > _TOLD else ''}还没有成绩或已合格，"
            "不能录补考成绩。",
            "请从补考成绩中去掉他们。",
        )


def _same(person: Participant, mark: Mark) -> bool:
    """Whether the person has that very result already."""
    result = RESULT_NAMES[mark.result] if mark.result else ""
    return (person.score, person.grade, person.result) == (mark.score, mark.grade or "", result)


def record_by_number(
    office: Office, course_id: str, sheet: Sequence[tuple[str, str]], *, resit: bool = False
) -> Scored:
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
    return record_scores(office, course_id, scores, resit=resit)
