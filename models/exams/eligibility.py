"""Who can be drawn: the four bases of a sample, and who falls out for what reason.

The plan of 桦甸 2009 words the base in four ways (学科教师, 任课教师, 教师, 各单位人员), which give
different people and different numbers; so the base is chosen for each exam and printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.codes.library import CodeTables
from models.policies.records import Base, Stratum

BASE_NAMES: dict[Base, str] = {
    "subject": "学科教师",
    "class": "任课教师",
    "all": "全体教师",
    "unit": "各单位人员",
}
STRATUM_NAMES: dict[Stratum, str] = {"school": "学校", "subject": "学科", "stage": "学段"}
BASE_RULES: dict[Base, str] = {
    "subject": "登记了任教学科（图书、实验、后勤、校医等岗位除外）的在岗教师",
    "class": "登记了任教学科、职务为教师、班主任、组长等任课岗位的在岗教师",
    "all": "除财务、后勤、校医等辅助岗位以外的在岗教师",
    "unit": "各单位全部在岗人员",
}
IN_POST = "01"
_GONE = frozenset({"13", "14", "15", "16", "17"})  # 退休 调出 辞职 开除 去世
_NO_SUBJECT = frozenset({"505", "506", "507", "508", "599"})  # 图书管理 实验管理 后勤 校医 其他
_IN_CLASS = frozenset({"01", "02", "03", "04", "05", "25", "27", "28", "43", "44"})
_SUPPORT = frozenset({"29", "31", "32", "34", "35", "36", "37", "42", "45"})
NOWHERE: dict[Stratum, str] = {
    "school": "（无单位）",
    "subject": "（无学科）",
    "stage": "（无学段）",
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teacher as far as a draw needs to know."""

    id: str
    teacher_no: str
    name: str
    school: str | None
    status: str | None
    subject: str | None
    post: str | None
    stage: str | None
    track: str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an exam concerns.

    Attributes:
        base: one of ``BASE_NAMES``.
        strata: what makes a stratum, in this order; none for one stratum of everybody.
        stage, track, status, post: only this stage, training track, state or post, as codes;
            None for all.
    """

    base: Base
    strata: tuple[Stratum, ...]
    stage: str | None = None
    track: str | None = None
    status: str | None = None
    post: str | None = None


@dataclass(frozen=True, slots=True)
class Excluded:
    """A person of the scope who is not in the frame, and why."""

    teacher_no: str
    name: str
    reason: str


def in_scope(scope: Scope, one: Candidate) -> bool:
    """Whether the exam concerns the person at all; who has left service never counts."""
    if one.status in _GONE:
        return False
    asked = ("stage", "track", "status", "post")
    if any(getattr(scope, name) not in (None, getattr(one, name)) for name in asked):
        return False
    return _in_base(scope.base, one)


def stratum_of(scope: Scope, one: Candidate, codes: CodeTables) -> str:
    """The one stratum a person belongs to; of several subjects the first counts."""
    parts: dict[Stratum, str | None] = {
        "school": one.school,
        "subject": codes["subject"].name_of(_main(one.subject)) if one.subject else None,
        "stage": codes["stage"].name_of(one.stage) if one.stage else None,
    }
    return "/".join(parts[part] or NOWHERE[part] for part in scope.strata) or "全体"


def divide(
    scope: Scope,
    candidates: Iterable[Candidate],
    exclusions: Mapping[str, str],
    codes: CodeTables,
) -> tuple[list[Candidate], list[Excluded]]:
    """Who goes into the frame, and who of the scope does not.

    Args:
        scope: whom the exam concerns.
        candidates: all teachers.
        exclusions: teacher identity to the reason why a person decided to leave him out.
        codes: for the names of states.
    """
    taken: list[Candidate] = []
    left: list[Excluded] = []
    for one in candidates:
        if not in_scope(scope, one):
            continue
        reason = exclusions.get(one.id)
        if reason is None and one.status not in (None, IN_POST):
            reason = f"岗位状态：{codes['teacher_status'].name_of(one.status)}"
        if reason is None:
            taken.append(one)
        else:
            left.append(Excluded(one.teacher_no, one.name, reason))
    left.sort(key=lambda excluded: excluded.teacher_no)
    return taken, left


def _in_base(base: Base, one: Candidate) -> bool:
    taught = bool(one.subject) and _main(one.subject or "") not in _NO_SUBJECT
    match base:
        case "subject":
            return taught
        case "class":
            return taught and (one.post is None or one.post in _IN_CLASS)
        case "all":
            return one.post not in _SUPPORT
        case "unit":
            return True


def _main(subjects: str) -> str:
    parts: Sequence[str] = subjects.split("、")
    return parts[0]
