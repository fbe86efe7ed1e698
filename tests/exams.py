"""Exams for tests of the exam day: drawn or whole, with their examinees."""

from __future__ import annotations

from typing import Any

from models.exams.drawing import draw
from models.exams.freezing import freeze
from models.exams.records import Exam, ExamTerms, Session
from models.exams.registration import create
from models.office.context import Office
from tests.people import school, teachers

SEED = "36251436251436251436"
DAY = Session(
    held_on="2025-12-20",
    starts_at="09:00",
    ends_at="11:00",
    places="桦甸市第四中学",
    mode="paper",
    term="12月",
)
SCHOOLS = {"桦甸市第四中学": 25, "桦甸市第五中学": 14, "红石镇中心小学": 12, "八道河子小学": 9}
SUBJECTS = ("101", "102", "103")


def county(office: Office) -> None:
    """Sixty teachers of four schools and three subjects."""
    for name, count in SCHOOLS.items():
        place = school(office, name)
        for at, subject in enumerate(SUBJECTS):
            share = count // 3 + (at < count % 3)
            teachers(office, place, share, subject=subject)


def whole_exam(office: Office, code: str = "2025-W", **terms: Any) -> Exam:
    """A 统考 whose frame is frozen: everybody of the county sits it."""
    session = terms.pop("session", DAY)
    whole = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    exam, _ = create(
        office,
        ExamTerms(
            code=code,
            name=terms.pop("name", "2025年教师业务统考"),
            year=2025,
            session=Session(**{**whole, "kind": "whole"}),
            **terms,
        ),
    )
    freeze(office, exam)
    return exam


def drawn_exam(office: Office, code: str = "2025-12", **terms: Any) -> Exam:
    """A sample whose draw has taken place."""
    exam, _ = create(
        office, ExamTerms(code=code, name="2025年县级抽测", year=2025, session=DAY, **terms)
    )
    freeze(office, exam)
    draw(office, exam, SEED)
    return exam
