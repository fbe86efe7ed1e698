"""Exams that are ready to be marked: set up, drawn, with their examinees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.exams.entering import enter_marks
from models.exams.examinees import enter_examinees
from models.exams.freezing import freeze
from models.exams.marks import Given, mark_book, read_given
from models.exams.records import Exam, ExamTerms, Part, Session
from models.exams.registration import create, find, set_parts
from models.office.context import Office


def sat_by_all(
    office: Office, parts: Sequence[Part] = (), code: str = "2025-06", **terms: Any
) -> Exam:
    """An exam of everybody in the register (统考), with its examinees; ``held_on`` is its day."""
    held_on = terms.pop("held_on", "2025-06-20")
    session = Session(kind="whole", held_on=held_on)
    values: dict[str, Any] = {"name": "2025年上半年统考", "year": 2025, "session": session}
    exam, _ = create(office, ExamTerms(code=code, **{**values, **terms}))
    if parts:
        set_parts(office, exam, parts)
    freeze(office, exam)
    enter_examinees(office, exam)
    return find(office, code)


def given_texts(office: Office, exam: Exam, texts: Mapping[str, Sequence[str]]) -> list[Given]:
    """What the texts of the parts in order mean, by teacher."""
    book = mark_book(office, exam)
    whose = {one.teacher_id: one.id for one in book.examinees}
    read = [
        read_given(whose[teacher], part, text)
        for teacher, said in texts.items()
        for part, text in zip(book.parts, said, strict=True)
    ]
    return [one for one in read if one is not None]


def marked(office: Office, exam: Exam, texts: Mapping[str, Sequence[str]]) -> None:
    """Enter the marks of the parts in order, by teacher, at every entry of the exam."""
    entries = tuple(range(1, exam.entries + 1))
    enter_marks(office, exam, given_texts(office, exam, texts), entries)
