"""Exams: setting one up, and finding it again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from sqlite3 import Row
from typing import Any, cast

from models.entities.display import HUNDREDTHS, from_hundredths, to_hundredths
from models.errors import UserError
from models.exams.eligibility import Scope
from models.exams.quotas import write_fraction
from models.exams.records import Exam, ExamTerms, Part, Session
from models.exams.tables import PART, SESSION
from models.exams.terms import check_scope, check_terms
from models.office.context import Office
from models.policies.records import Base, Rounding, Stratum
from models.policies.rules import rules_of_year, rules_on
from models.store.operations import Operation

_MARKED = """
SELECT COUNT(*) FROM exam_mark AS m JOIN exam_part AS p ON p.id = m.part_id WHERE p.exam_id = ?
"""
_DROP_ITEMS = """
DELETE FROM exam_item WHERE part_id IN (SELECT id FROM exam_part WHERE exam_id = ?)
"""


def create(office: Office, terms: ExamTerms) -> tuple[Exam, Operation]:
    """Set up an exam as one undoable step.

    Raises:
        UserError: terms that cannot be, a code in use.
    """
    row = row_of(office, terms)
    with office.store.operation("exams.create", f"建立考试 {terms.name.strip()}") as operation:
        exam_id = office.store.ids.new_id()
        office.store.insert("exam", ("id", *row), [(exam_id, *row.values())])
        write_parts(office, exam_id, [whole(terms.course_id)])
    return read(office, exam_id), operation


def row_of(office: Office, terms: ExamTerms, own: str | None = None) -> dict[str, Any]:
    """What the table keeps of the terms; what they leave open comes from the rules in force.

    Args:
        office: the office.
        terms: what the exam is to be.
        own: the exam that bears the code already; None for a new one.

    Raises:
        UserError: terms that cannot be, a code in use.
    """
    check_terms(office, terms)
    code = terms.code.strip()
    known = office.store.value("SELECT name FROM exam WHERE code = ? AND id IS NOT ?", (code, own))
    if known is not None:
        raise UserError("exam.known_code", f"编号 {code} 已用于“{known}”。", "请换一个编号。")
    rule = rules_on(office, office.store.clock.today()).sampling
    base = terms.base or rule.base
    strata = rule.strata if terms.strata is None else terms.strata
    check_scope(base, strata)
    mark = terms.pass_mark
    same = ("stage", "track", "status", "post", "course_id", "quota", "drawn_before", "entries")
    return {
        "code": code,
        "name": terms.name.strip(),
        "year": terms.year,
        "base": base,
        "strata": ",".join(strata),
        "fraction": write_fraction(terms.fraction or rule.fraction),
        "rounding": terms.rounding or rule.rounding,
        **{name: getattr(terms, name) for name in same},
        **{name: getattr(terms.session, name) or None for name in SESSION},
        "gated": int(terms.gated),
        "pass_mark": None if mark is None else to_hundredths(mark),
    }


def read(office: Office, exam_id: str) -> Exam:
    """The exam of that identity.

    Raises:
        UserError: there is none.
    """
    row = office.store.one("SELECT * FROM exam WHERE id = ?", (exam_id,))
    if row is None:
        raise UserError("exam.no_such_exam", "这场考试已不在库中。", "请刷新列表。")
    return _exam(office, row)


def whole(course_id: str | None) -> Part:
    """The only part of an exam whose score is one figure."""
    return Part(name="总分", course_id=course_id)


def write_parts(office: Office, exam_id: str, parts: Sequence[Part]) -> None:
    """Store the parts of an exam, inside the running operation."""
    rows = [
        (
            office.store.ids.new_id(),
            exam_id,
            place,
            one.name.strip(),
            to_hundredths(one.weight),
            to_hundredths(one.full_marks),
            one.course_id,
            one.component_id,
        )
        for place, one in enumerate(parts, start=1)
    ]
    office.store.insert("exam_part", ("id", *PART), rows)


def find(office: Office, code: str) -> Exam:
    """The exam of that code.

    Raises:
        UserError: there is none.
    """
    found = office.store.value("SELECT id FROM exam WHERE code = ?", (code.strip(),))
    if found is None:
        known = "、".join(f"{one.code}（{one.name}）" for one in exams(office))
        raise UserError(
            "exam.no_such_exam",
            f"没有编号为“{code}”的考试。",
            f"可用：{known}。" if known else "请先建立考试。",
        )
    return read(office, found)


def exams(office: Office) -> list[Exam]:
    """All exams, the latest year first."""
    rows = office.store.query("SELECT * FROM exam ORDER BY year DESC, code")
    return [_exam(office, row) for row in rows]


def parts_of(office: Office, exam: Exam) -> list[Part]:
    """The parts of an exam's score in order; none stored is one part, the exam's course."""
    rows = office.store.query(
        "SELECT * FROM exam_part WHERE exam_id = ? ORDER BY place", (exam.id,)
    )
    return [
        Part(
            id=row["id"],
            name=row["name"],
            weight=Decimal(row["weight"]) / HUNDREDTHS,
            full_marks=Decimal(row["full_marks"]) / HUNDREDTHS,
            course_id=row["course_id"],
            component_id=row["component_id"],
        )
        for row in rows
    ] or [whole(exam.course_id)]


def set_parts(office: Office, exam: Exam, parts: Sequence[Part]) -> Operation:
    """Say what an exam's score is made of, as one undoable step.

    Raises:
        UserError: no part, weights that do not sum up to 100, a name twice or empty, full marks
            not above 0, or points that were entered already.
    """
    names = [one.name.strip() for one in parts]
    total = sum((one.weight for one in parts), Decimal(0))
    if total != HUNDREDTHS or any(one.weight <= 0 or one.full_marks <= 0 for one in parts):
        raise UserError(
            "exam.weights", f"各科目权重合计 {total:f}，应为 100；满分应大于 0。", "请改正。"
        )
    if "" in names or len(set(names)) < len(names):
        raise UserError("exam.part_name", "有一个科目没有名称或名称重复。", "请改正名称。")
    if office.store.value(_MARKED, (exam.id,)):
        raise UserError(
            "exam.parts_in_use",
            f"“{exam.name}”已按原来的科目录了成绩，不能再改科目。",
            "请先撤销成绩录入。",
        )
    with office.store.operation("exams.parts", f"{exam.name}科目与权重") as operation:
        office.store.execute(_DROP_ITEMS, (exam.id,))
        office.store.execute("DELETE FROM exam_part WHERE exam_id = ?", (exam.id,))
        write_parts(office, exam.id, parts)
    return operation


def _exam(office: Office, row: Row) -> Exam:
    parts = tuple(part for part in str(row["strata"]).split(",") if part)
    own = from_hundredths(row["pass_mark"])
    return Exam(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        year=row["year"],
        scope=Scope(
            cast("Base", row["base"]),
            cast("tuple[Stratum, ...]", parts),
            **{name: row[name] for name in ("stage", "track", "status", "post")},
        ),
        fraction=Fraction(row["fraction"]),
        rounding=cast("Rounding", row["rounding"]),
        quota=row["quota"],
        gated=bool(row["gated"]),
        drawn_before=row["drawn_before"],
        course_id=row["course_id"],
        session=_session(row),
        pass_mark=rules_of_year(office, row["year"]).pass_mark.mark if own is None else own,
        entries=row["entries"],
        published_on=row["published_on"],
        posted_on=row["posted_on"],
    )


def _session(row: Row) -> Session:
    return Session(
        kind=row["kind"],
        mode=row["mode"],
        term=row["term"] or "",
        level=row["level"],
        held_on=row["held_on"],
        starts_at=row["starts_at"],
        ends_at=row["ends_at"],
        places=row["places"] or "",
    )
