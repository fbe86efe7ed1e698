"""Which examinee a person means who types an admission number, a teacher number or a name."""

from __future__ import annotations

from models.errors import UserError
from models.exams.examinees import examinees
from models.exams.records import Exam, Examinee
from models.office.context import Office
from models.text.width import identifier

_LISTED = 4


def examinee_meant(office: Office, exam: Exam, text: str) -> Examinee:
    """The examinee of that admission number or teacher number, or the only one of that name.

    Raises:
        UserError: nobody bears it, or several bear the name; the sentence gives their numbers.
    """
    return examinees_meant(office, exam, [text])[0]


def examinees_meant(office: Office, exam: Exam, texts: list[str]) -> list[Examinee]:
    """The examinees that several words mean, in their order; see ``examinee_meant``."""
    people = examinees(office, exam)
    by_number: dict[str, Examinee] = {}
    for one in people:
        by_number[one.teacher_no] = one
    for one in people:
        if one.admission_no:
            by_number[one.admission_no] = one
    return [_meant(exam, people, by_number, text) for text in texts]


def _meant(
    exam: Exam, people: list[Examinee], by_number: dict[str, Examinee], text: str
) -> Examinee:
    wanted = identifier(text)
    if wanted in by_number:
        return by_number[wanted]
    named = [one for one in people if one.name == text.strip() and one.state != "replaced"]
    if len(named) == 1:
        return named[0]
    if named:
        listed = "、".join(
            f"{one.admission_no or one.teacher_no}（{one.school_name}）" for one in named[:_LISTED]
        )
        more = " 等" if len(named) > _LISTED else ""
        raise UserError(
            "exam.ambiguous_name",
            f"“{exam.name}”有 {len(named)} 位{text.strip()}：{listed}{more}。",
            "请改填准考证号。",
        )
    raise UserError(
        "exam.no_such_examinee",
        f"“{exam.name}”没有准考证号、教师编号或姓名为“{text.strip()}”的考生。",
        "请核对后再填。",
    )
