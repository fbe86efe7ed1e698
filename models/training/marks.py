"""A result as score sheets give it: a number, a grade, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from models.errors import UserError
from models.text.labels import tidy_label

Result = Literal["passed", "failed", "absent", "excused", "cheated"]

RESULT_NAMES: dict[Result, str] = {
    "passed": "合格",
    "failed": "不合格",
    "absent": "缺考",
    "excused": "缓考",
    "cheated": "作弊",
}
_WORDS: dict[str, Result] = {
    "合格": "passed",
    "及格": "passed",
    "通过": "passed",
    "优秀": "passed",
    "优": "passed",
    "良好": "passed",
    "良": "passed",
    "中等": "passed",
    "中": "passed",
    "不合格": "failed",
    "不及格": "failed",
    "未通过": "failed",
    "缺考": "absent",
    "未参加": "absent",
    "旷考": "absent",
    "缓考": "excused",
    "病假": "excused",
    "请假": "excused",
    "作弊": "cheated",
    "违纪": "cheated",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """What came of one person's course.

    Attributes:
        score: points, where they were given.
        grade: the word on the sheet, where it was a word.
        result: known at once for a word; for points it follows from the pass mark.
    """

    score: Decimal | None = None
    grade: str | None = None
    result: Result | None = None

    def judged(self, pass_mark: Decimal) -> Mark:
        """The mark with its result by the pass mark; a score of exactly that mark passes."""
        if self.score is None:
            return self
        return Mark(self.score, self.grade, "passed" if self.score >= pass_mark else "failed")

    @property
    def text(self) -> str:
        """As written in the ledger: the points, else the word."""
        return self.grade or "" if self.score is None else format(self.score.normalize(), "f")


def read_mark(text: str, full: Decimal = Decimal(100)) -> Mark:
    """The mark that a cell of a score sheet means.

    Args:
        text: points (``86``, ``86.5分``) or a word (``合格``, ``优秀``, ``缺考`` …).
        full: the highest score there is.

    Raises:
        UserError: neither, a score below 0 or above ``full``, or more than two decimals.
    """
    tidy = tidy_label(text)
    if word := _WORDS.get(tidy):
        return Mark(grade=text.strip(), result=word)
    try:
        score = Decimal(tidy.removesuffix("分"))
    except InvalidOperation as error:
        raise UserError(
            "training.mark", f"成绩“{text}”看不懂。", "请填分数，或合格、不合格、缺考、缓考、作弊。"
        ) from error
    if not score.is_finite() or not 0 <= score <= full:
        raise UserError(
            "training.mark_range", f"成绩“{text}”不在 0 到 {full} 之间。", "请核对成绩。"
        )
    if score != score.quantize(Decimal("0.01")):
        raise UserError("training.decimals", f"成绩“{text}”超过两位小数。", "请按两位小数填写。")
    return Mark(score=score)
