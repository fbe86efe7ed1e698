"""Titles that follow from facts (基础型教师、基础型管理者、基础型培训者): who has earned one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.office.context import Office
from models.policies.records import Pack
from models.policies.requirements import Designation
from models.verdicts.board import Board, Column
from models.verdicts.conditions import condition
from models.verdicts.vetoes import StandingVeto, standing_vetoes


@dataclass(frozen=True, slots=True)
class Entitled:
    """What comes of one teacher under one designation.

    Attributes:
        designation: the title.
        place: the teacher's place on the board.
        earned: whether every condition is met and nothing vetoes it.
        reasons: Chinese sentences on what is in the way; () if earned.
    """

    designation: Designation
    place: int
    earned: bool
    reasons: tuple[str, ...]


def entitlements(office: Office, board: Board, pack: Pack) -> list[Entitled]:
    """Everybody whom a designation of the pack concerns, with the verdict on it.

    Vetoes are those that stand in the period's last year. Where nothing of what a designation needs
    is asked of somebody, there is nothing to go by and it is not earned.
    """
    vetoes = standing_vetoes(office, board.questions.period.last)
    return [
        _entitled(board, designation, needed, place, vetoes.get(one.id, ()))
        for designation in pack.designations
        for needed in (_needed(board, designation),)
        for whom in (condition(designation.whom, office.codes, board.questions.day),)
        for place, one in enumerate(board.people)
        if whom.holds(one)
    ]


def _needed(board: Board, designation: Designation) -> Sequence[Column]:
    if not designation.needs:
        return board.columns
    return [column for column in board.columns if column.id in designation.needs]


def _entitled(
    board: Board,
    designation: Designation,
    needed: Sequence[Column],
    place: int,
    vetoes: Sequence[StandingVeto],
) -> Entitled:
    reasons = [
        veto.words
        for veto in vetoes
        if any(veto.kind.startswith(kind) for kind in designation.veto)
    ]
    asked = [column for column in needed if column.applies[place]]
    if not asked:
        reasons.append("没有可据以认定的考核结果")
    reasons += [
        f"未达到“{column.question.demand.title}”" for column in asked if not column.met(place)
    ]
    return Entitled(designation, place, not reasons, tuple(reasons))
