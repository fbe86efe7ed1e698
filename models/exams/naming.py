"""Which examinees a person means who types admission numbers, teacher numbers, seats or names."""

from __future__ import annotations

from collections.abc import Sequence

from models.errors import UserError
from models.exams.examinees import examinees
from models.exams.finding import Finder, finder_of
from models.exams.records import Exam, Examinee
from models.office.context import Office

_LISTED = 4


def examinee_meant(office: Office, exam: Exam, text: str) -> Examinee:
    """The examinee of that number or seat (``3-12``), or the only one of that name.

    Raises:
        UserError: nobody bears it, or several bear the name; the sentence gives their numbers.
    """
    return examinees_meant(office, exam, [text])[0]


def examinees_meant(office: Office, exam: Exam, texts: Sequence[str]) -> list[Examinee]:
    """The examinees that several words mean, in their order; see ``examinee_meant``."""
    people = examinees(office, exam)
    known = finder_of(office, exam, people)
    return [_meant(exam, people, known, text) for text in texts]


def _meant(exam: Exam, people: Sequence[Examinee], known: Finder, text: str) -> Examinee:
    wanted = text.strip()
    numbered = known.named(wanted)
    if numbered is not None:
        return numbered
    named = [one for one in people if one.name == wanted and one.state != "replaced"]
    if len(named) == 1:
        return named[0]
    if named:
        listed = "、".join(
            f"{one.admission_no or one.teacher_no}（{one.school_name}）" for one in named[:_LISTED]
        )
        more = " 等" if len(named) > _LISTED else ""
        raise UserError(
            "exam.ambiguous_name",
            f"“{exam.name}”有 {len(named)} 位{wanted}：{listed}{more}。",
            "请改填准考证号。",
        )
    raise UserError(
        "exam.no_such_examinee",
        f"“{exam.name}”没有准考证号、教师编号或姓名为“{wanted}”的考生。",
        "请核对后再填；座位写成 3-12（第 3 考场 12 号）。",
    )
