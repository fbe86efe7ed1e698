"""The rules that put units in order, say whom failing blocks and who is proposed for an award."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.errors import UserError
from models.exams.results import RANK_BY, RankBy, UnitRule
from models.training.marks import Result
from resources import path

Whom = Literal["units", "managers", "people"]

_FILE = "exams/ranking.toml"
_WHOLE = Decimal(100)


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AwardRule(_Part):
    """Who is proposed for an award.

    Attributes:
        key, title: the award.
        whom: schools, the tutors of schools, or examinees.
        share: per cent of those who can have it, rounded up.
        of: the award whose schools' tutors are meant.
        least_mean, least_rate, least_sat: what a school must have.
        least_total: what a person must have.
    """

    key: str
    title: str
    whom: Whom
    share: Annotated[Decimal, Field(gt=0, le=100)]
    of: str = ""
    least_mean: Decimal = Decimal(0)
    least_rate: Decimal = Decimal(0)
    least_sat: int = 1
    least_total: Decimal = Decimal(0)


class Posting(_Part):
    """Whose result blocks the year's stamp."""

    blocks: tuple[Result, ...]


class Rules(_Part):
    """Everything the file says."""

    units: UnitRule
    posting: Posting
    awards: tuple[AwardRule, ...]


@cache
def exam_rules() -> Rules:
    """The rules the program carries; a wrong file is a bug."""
    return Rules.model_validate(tomllib.loads(path(_FILE).read_text(encoding="utf-8")))


def unit_rule(
    by: str = "", least: int | None = None, weights: tuple[Decimal, Decimal] | None = None
) -> UnitRule:
    """The rule of the order of units, with what a person wants otherwise.

    Args:
        by: mean, pass_rate, weighted, or their names; "" for the usual.
        least: the number who must have sat; None for the usual.
        weights: per cent of mean and of pass rate, for ``weighted``, which they mean where no way
            is named.

    Raises:
        UserError: no such way, fewer than one, or weights that do not sum up to 100.
    """
    usual = exam_rules().units
    if least is not None and least < 1:
        raise UserError("exam.least", f"参加排名的最少人数 {least} 不对。", "请填 1 或更大的数。")
    if weights is not None and (min(weights) < 0 or sum(weights) != _WHOLE):
        raise UserError(
            "exam.rank_weights", "平均分与合格率的权重合计应为 100。", "请改正权重，如 60、40。"
        )
    mean, rate = weights or (usual.mean, usual.pass_rate)
    meant: RankBy = "weighted" if weights is not None else usual.by
    how = _read_by(by) if by else meant
    return UnitRule(
        by=how,
        mean=mean,
        pass_rate=rate,
        least=usual.least if least is None else least,
        absent=usual.absent,
        cheated=usual.cheated,
    )


def read_weights(text: str) -> tuple[Decimal, Decimal]:
    """The weights of mean and pass rate as a person types them: ``60,40``.

    Raises:
        UserError: not two numbers.
    """
    try:
        mean, rate = (Decimal(word) for word in re.split(r"[,，、:：/\s]+", text.strip()))
    except (ValueError, InvalidOperation) as error:
        raise UserError(
            "exam.rank_weights", f"权重“{text}”看不懂。", "请写成 平均分,合格率，如 60,40。"
        ) from error
    return mean, rate


def _read_by(text: str) -> RankBy:
    for key, name in RANK_BY.items():
        if text in (key, name):
            return key
    raise UserError(
        "exam.rank_by",
        f"没有“{text}”这种单位排名依据。",
        "可用：" + "、".join(f"{key}（{name}）" for key, name in RANK_BY.items()) + "。",
    )
