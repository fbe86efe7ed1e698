"""Who can be drawn: whom an exam concerns, and who of them falls out for what reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from models.codes.library import CodeTables
from models.exams.bases import bases
from models.policies.records import Base, Stratum

STRATUM_NAMES: dict[Stratum, str] = {"school": "学校", "subject": "学科", "stage": "学段"}
Cause = Literal["decided", "state", "gate", "drawn_before"]
CAUSE_NAMES: dict[Cause, str] = {
    "decided": "逐人排除",
    "state": "岗位状态",
    "gate": "未达到考试资格",
    "drawn_before": "上次抽中",
}
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
    school_id: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom an exam concerns.

    Attributes:
        base: one of ``bases``.
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
    """A person of the scope who is not in the frame, and why.

    Attributes:
        teacher_no, name: who it is.
        reason: in words.
        signed_by: who signed for it; "" where no person decided it.
        cause: what kind of reason it is; "" in frames of earlier versions.
    """

    teacher_no: str
    name: str
    reason: str
    signed_by: str = ""
    cause: Cause | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why somebody is to be left out of a frame."""

    reason: str
    signed_by: str
    cause: Cause


def in_scope(scope: Scope, one: Candidate) -> bool:
    """Whether the exam concerns the person at all; who has left service never counts."""
    if one.status in bases().gone:
        return False
    asked = ("stage", "track", "status", "post")
    if any(getattr(scope, name) not in (None, getattr(one, name)) for name in asked):
        return False
    return bases().rules[scope.base].takes(_main(one.subject), one.post)


def stratum_of(scope: Scope, one: Candidate, codes: CodeTables) -> str:
    """The one stratum a person belongs to; of several subjects the first counts."""
    main = _main(one.subject)
    parts: dict[Stratum, str | None] = {
        "school": one.school,
        "subject": codes["subject"].name_of(main) if main else None,
        "stage": codes["stage"].name_of(one.stage) if one.stage else None,
    }
    return "/".join(parts[part] or NOWHERE[part] for part in scope.strata) or "全体"


def divide(
    scope: Scope,
    candidates: Iterable[Candidate],
    left_out: Mapping[str, LeftOut],
    codes: CodeTables,
) -> tuple[list[Candidate], list[Excluded]]:
    """Who goes into the frame, and who of the scope does not.

    Args:
        scope: whom the exam concerns.
        candidates: all teachers.
        left_out: teacher identity to the reason why he is left out whatever his state.
        codes: for the names of states.
    """
    taken: list[Candidate] = []
    left: list[Excluded] = []
    for one in candidates:
        if not in_scope(scope, one):
            continue
        why = left_out.get(one.id) or _by_state(scope, one, codes)
        if why is None:
            taken.append(one)
        else:
            left.append(Excluded(one.teacher_no, one.name, why.reason, why.signed_by, why.cause))
    left.sort(key=lambda excluded: excluded.teacher_no)
    return taken, left


def _by_state(scope: Scope, one: Candidate, codes: CodeTables) -> LeftOut | None:
    """Why the state leaves somebody out; an exam held for just that state takes them."""
    if one.status is None or one.status in bases().in_post or scope.status is not None:
        return None
    return LeftOut(f"岗位状态：{codes['teacher_status'].name_of(one.status)}", "", "state")


def _main(subjects: str | None) -> str | None:
    return subjects.split("、")[0] if subjects else None
