"""Exams: setting one up, and finding it again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import cast, get_args

from models.errors import UserError
from models.exams.eligibility import BASE_NAMES, STRATUM_NAMES, Scope
from models.exams.quotas import write_fraction
from models.exams.tables import EXAM
from models.office.context import Office
from models.policies.records import Base, Rounding, Stratum
from models.policies.rules import rules_on
from models.store.operations import Operation

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamTerms:
    """What an exam is set up with; what is None comes from the rules in force.

    Attributes:
        code: short and unique; part of every ticket.
        name: as on papers.
        year: the training year.
        base: who can be drawn.
        strata: what makes a stratum.
        fraction: the share to draw.
        rounding: how a share becomes a number of people.
        stage, track: only this stage or track (codes).
        course_id: the course examined.
    """

    code: str
    name: str
    year: int
    base: Base | None = None
    strata: tuple[Stratum, ...] | None = None
    fraction: Fraction | None = None
    rounding: Rounding | None = None
    stage: str | None = None
    track: str | None = None
    course_id: str | None = None


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam as it was set up."""

    id: str
    code: str
    name: str
    year: int
    scope: Scope
    fraction: Fraction
    rounding: Rounding
    course_id: str | None


def create(office: Office, terms: ExamTerms) -> tuple[Exam, Operation]:
    """Set up an exam as one undoable step.

    Raises:
        UserError: no code or name, a code in use or with line breaks, the base 各单位人员
            without schools as strata.
    """
    _check_names(office, terms)
    rule = rules_on(office, office.store.clock.today()).sampling
    base = terms.base or rule.base
    strata = rule.strata if terms.strata is None else terms.strata
    if base == "unit" and "school" not in strata:
        raise UserError(
            "exam.unit_strata",
            "按“各单位人员”抽取时，必须按学校分组。",
            "请把学校加入分组，或改选其他范围。",
        )
    share = terms.fraction or rule.fraction
    with office.store.operation("exams.create", f"建立考试 {terms.name}") as operation:
        exam_id = office.store.ids.new_id()
        row = (
            exam_id,
            terms.code.strip(),
            terms.name.strip(),
            terms.year,
            base,
            ",".join(strata),
            write_fraction(share),
            terms.rounding or rule.rounding,
            terms.stage,
            terms.track,
            terms.course_id,
            None,
        )
        office.store.insert("exam", ("id", *EXAM), [row])
    return read(office, exam_id), operation


def read(office: Office, exam_id: str) -> Exam:
    """The exam of that identity.

    Raises:
        UserError: there is none.
    """
    row = office.store.one("SELECT * FROM exam WHERE id = ?", (exam_id,))
    if row is None:
        raise UserError("exam.no_such_exam", "这场考试已不在库中。", "请刷新列表。")
    parts = tuple(part for part in str(row["strata"]).split(",") if part)
    strata = cast("tuple[Stratum, ...]", parts)
    return Exam(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        year=row["year"],
        scope=Scope(cast("Base", row["base"]), strata, row["stage"], row["track"]),
        fraction=Fraction(row["fraction"]),
        rounding=cast("Rounding", row["rounding"]),
        course_id=row["course_id"],
    )


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
    rows = office.store.query("SELECT id FROM exam ORDER BY year DESC, code")
    return [read(office, row[0]) for row in rows]


def read_base(text: str) -> Base:
    """The base of that name (English or as printed).

    Raises:
        UserError: there is none.
    """
    for base in get_args(Base):
        if text in (base, BASE_NAMES[base]):
            return base
    raise UserError(
        "exam.base",
        f"没有“{text}”这种抽测范围。",
        "可用：" + "、".join(f"{key}（{name}）" for key, name in BASE_NAMES.items()) + "。",
    )


def read_strata(text: str) -> tuple[Stratum, ...]:
    """Strata as a person types them: ``school,subject`` or ``学校、学科``; "" for none.

    Raises:
        UserError: a word that is no stratum, or one twice.
    """
    words = [word for word in re.split(r"[,，、\s]+", text.strip()) if word]
    found: list[Stratum] = []
    for word in words:
        match = [key for key in get_args(Stratum) if word in (key, STRATUM_NAMES[key])]
        if not match or match[0] in found:
            raise UserError(
                "exam.strata",
                f"分组办法“{text}”看不懂。",
                "可用 school（学校）、subject（学科）、stage（学段），用逗号隔开。",
            )
        found.append(match[0])
    return tuple(found)


def _check_names(office: Office, terms: ExamTerms) -> None:
    if not terms.code.strip() or not terms.name.strip():
        raise UserError("exam.no_name", "考试的编号或名称是空的。", "请填写编号和名称。")
    if _CONTROL.search(terms.code):
        raise UserError("exam.code", "考试编号里有换行或制表符。", "请用字母、数字和短横线。")
    known = office.store.value("SELECT name FROM exam WHERE code = ?", (terms.code.strip(),))
    if known is not None:
        raise UserError("exam.known_code", f"编号 {terms.code} 已用于“{known}”。", "请换一个编号。")
