"""The surveys before pairs: what schools answered, who did not, and how supply meets demand."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.mentoring.kinds import Side, SurveyKind, read_kinds, survey_named
from models.mentoring.people import gather
from models.mentoring.programmes import Programme, programme, running
from models.office.context import Office
from models.store.operations import Operation
from models.text.quotes import quoted

_COLUMNS = (
    "id", "programme_id", "survey", "school_id", "teacher_id", "side", "subject", "stage",
    "people", "wish", "other_school_id", "remark", "answered_on", "source",
)  # fmt: skip
_LIST = """
SELECT a.*, COALESCE(i.name, '') AS school, COALESCE(o.name, '') AS other_school,
    COALESCE(t.name, '') AS teacher, COALESCE(t.teacher_no, '') AS teacher_no
FROM survey_answer AS a LEFT JOIN institution AS i ON i.id = a.school_id
LEFT JOIN institution AS o ON o.id = a.other_school_id
LEFT JOIN teacher AS t ON t.id = a.teacher_id
WHERE a.programme_id = :programme AND (:survey IS NULL OR a.survey = :survey)
ORDER BY a.survey, i.name, t.name_pinyin, a.rowid
"""
_SCHOOLS = """
SELECT id, name, location FROM institution
WHERE COALESCE(level, '5') = '5' AND COALESCE(type, '') NOT IN (SELECT value FROM json_each(?))
    AND COALESCE(status, '') NOT IN (SELECT value FROM json_each(?)) ORDER BY name
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a survey form; "" and None for what is not told.

    Attributes:
        school_id: who answers.
        teacher_id: whom it is about, "" for a number of people.
        side: whether a school wants to help or to be helped.
        subject, stage: codes.
        people: how many.
        wish: whom they would like to be paired with, in words.
        other_school_id: the village school that a central school answers for.
        remark: as told.
    """

    school_id: str
    teacher_id: str = ""
    side: Side | None = None
    subject: str = ""
    stage: str = ""
    people: int | None = None
    wish: str = ""
    other_school_id: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer with the names of what it is about."""

    id: str
    survey: str
    survey_name: str
    answer: Answer
    school: str
    other_school: str
    teacher: str
    teacher_no: str
    answered_on: str
    source: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A school that a survey goes to, and whether it has answered."""

    school_id: str
    school: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """Supply and demand in one subject of one stage (codes, "" for unknown).

    Attributes:
        offered, needed: people whom surveys count without naming them.
        mentors, room: who wants to lead and can, and how many they take together.
        mentees: who wants to be led and can.
    """

    subject: str
    stage: str
    offered: int = 0
    needed: int = 0
    mentors: int = 0
    room: int = 0
    mentees: int = 0

    @property
    def lacking(self) -> int:
        """How many mentees would be left without a mentor of their subject and stage."""
        return max(0, self.mentees - self.room)


def record_answers(
    office: Office, programme_id: str, survey: str, answers: Sequence[Answer], source: str
) -> Operation:
    """Take answers in; what the same schools answered to this form before gives way.

    Raises:
        UserError: no such form, none that belongs to the programme, or no answers.
    """
    found = running(office, programme_id)
    kind = survey_of(found, survey)
    if not answers:
        raise UserError("mentoring.no_answers", f"“{kind.name}”里没有内容。", "请核对表格。")
    today = office.store.clock.today().isoformat()
    schools = sorted({one.school_id for one in answers})
    title = f"{kind.name} {len(schools)} 所学校"
    with office.store.operation("mentoring.survey", title) as operation:
        office.store.execute(
            "DELETE FROM survey_answer WHERE programme_id = ? AND survey = ?"
            " AND school_id IN (SELECT value FROM json_each(?))",
            (programme_id, kind.id, json.dumps(schools)),
        )
        rows = [
            (
                office.store.ids.new_id(), programme_id, kind.id, one.school_id,
                one.teacher_id or None, one.side, one.subject or None, one.stage or None,
                one.people, one.wish or None, one.other_school_id or None, one.remark or None,
                today, source,
            )
            for one in answers
        ]  # fmt: skip
        office.store.insert("survey_answer", _COLUMNS, rows)
    return operation


def answer_rows(office: Office, programme_id: str, survey: str | None = None) -> list[AnswerRow]:
    """The answers to all forms of a programme, or to one."""
    rows = office.store.query(_LIST, {"programme": programme_id, "survey": survey})
    names: dict[str, str] = {one.id: one.name for one in read_kinds().surveys}
    return [
        AnswerRow(
            row["id"], row["survey"], str(names.get(row["survey"], row["survey"])),
            Answer(
                row["school_id"] or "", row["teacher_id"] or "", row["side"],
                row["subject"] or "", row["stage"] or "", row["people"], row["wish"] or "",
                row["other_school_id"] or "", row["remark"] or "",
            ),
            row["school"], row["other_school"], row["teacher"], row["teacher_no"],
            row["answered_on"], row["source"] or "",
        )
        for row in rows
    ]  # fmt: skip


def asked_schools(office: Office, programme_id: str, survey: str) -> list[Asked]:
    """The schools that a form goes to, by name, with whether they have answered it.

    A school whose place (城乡属性) is unknown is asked too: nobody is to be forgotten.
    """
    found = programme(office, programme_id)
    kind = survey_of(found, survey)
    kinds = read_kinds()
    sql = "SELECT DISTINCT school_id FROM survey_answer WHERE programme_id = ? AND survey = ?"
    answered = {row[0] for row in office.store.query(sql, (programme_id, kind.id))}
    rows = office.store.query(
        _SCHOOLS, (json.dumps(list(kinds.not_asked)), json.dumps(list(kinds.closed)))
    )
    return [
        Asked(row["id"], row["name"], row["id"] in answered)
        for row in rows
        if row["id"] in answered
        or not kind.where
        or kinds.side_of(row["location"]) in (kind.where, "")
    ]


def survey_of(found: Programme, word: str) -> SurveyKind:
    """The form of that id or name, which belongs to the programme.

    Raises:
        UserError: there is none.
    """
    kind = survey_named(word)
    if kind.id not in found.kind.surveys:
        names = "、".join(survey_named(one).name for one in found.kind.surveys)
        raise UserError(
            "mentoring.other_survey",
            f"“{kind.name}”不属于{quoted(found.name)}。",
            f"这项工程用的是：{names}。",
        )
    return kind


def balance(office: Office, programme_id: str) -> list[Balance]:
    """Supply and demand by subject and stage, those that lack most first.

    Somebody with several subjects counts under the first.
    """
    found = programme(office, programme_id)
    crowd = gather(office, found)
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * 5)
    parts = {one.id: one.part for one in read_kinds().surveys}
    for row in answer_rows(office, programme_id):
        if row.answer.teacher_id or not row.answer.people:
            continue
        part = parts.get(row.survey)
        if part:
            cell = sums[_first(row.answer.subject), row.answer.stage]
            cell[0 if part == "mentor" else 1] += row.answer.people
    for one in crowd.mentors:
        cell = sums[_first("、".join(one.subjects)), one.stage]
        cell[2] += 1
        cell[3] += one.room
    for mentee in crowd.mentees:
        sums[_first("、".join(mentee.subjects)), mentee.stage][4] += 1
    rows = [Balance(*key, *cell) for key, cell in sums.items()]
    return sorted(rows, key=lambda one: (-one.lacking, one.subject, one.stage))


def _first(subjects: str) -> str:
    return subjects.partition("、")[0]
