"""An exam in figures as parts of a paper: overview, spread of totals, groups, parts, items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from models.exams.statistics import ExamStatistics, Group, Worth, statistics_of
from models.office.context import Office
from reports.documents.statistics import Statistics
from reports.inputs.exam_results import Outcome, scope_of
from reports.kit.charts import Bar
from reports.kit.figures import Figure, FigureColumn, FigureKind, Part
from reports.kit.wording import share

_SPREAD = (
    FigureColumn("实考"),
    FigureColumn("合格"),
    FigureColumn("合格率%", FigureKind.FIXED),
    FigureColumn("平均分", FigureKind.FIXED),
    FigureColumn("最高分", FigureKind.FIXED),
    FigureColumn("最低分", FigureKind.FIXED),
    FigureColumn("中位数", FigureKind.FIXED),
    FigureColumn("标准差", FigureKind.FIXED),
)
_WORTH = (
    FigureColumn("满分", FigureKind.AMOUNT),
    FigureColumn("人数"),
    FigureColumn("平均得分", FigureKind.FIXED),
    FigureColumn("得分率%", FigureKind.FIXED),
    FigureColumn("得满分"),
    FigureColumn("得零分"),
)
_CHARTED = 20
"""The most bars that are drawn above a table."""


def exam_statistics(office: Office, found: Outcome) -> Statistics:
    """The figures of an exam with their charts."""
    figures = statistics_of(found.book, found.results)
    return Statistics(
        title=f"{found.exam.name}成绩统计",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        scope=scope_of(found),
        parts=tuple(_parts(figures)),
    )


def _parts(figures: ExamStatistics) -> Iterator[Part]:
    yield _overview(figures)
    yield _bands(figures)
    for title, groups in (
        ("各校成绩", figures.schools),
        ("各学科成绩", figures.subjects),
        ("各学段成绩", figures.stages),
    ):
        if len(groups) > 1 or title == "各校成绩":
            yield _groups(title, groups)
    if len(figures.parts) > 1:
        yield _worths("各科目得分", "科目", figures.parts)
    for part, items in figures.items:
        yield _worths(f"{part.name}各题得分", "试题", items)


def _overview(figures: ExamStatistics) -> Part:
    names = ("应考", "实考", "缺考", "作弊", "缓考", "未录")
    counts = (
        figures.due, figures.sat, figures.absent, figures.cheated, figures.excused, figures.waiting,
    )  # fmt: skip
    columns = tuple(FigureColumn(name) for name in names)
    return Part("参考情况", columns, (counts,), note="应考人数不含缓考。")


def _bands(figures: ExamStatistics) -> Part:
    bars = tuple(Bar(one.name, float(one.count), str(one.count)) for one in figures.bands)
    rows = tuple((one.name, one.count, share(one.count, figures.sat)) for one in figures.bands)
    columns = (
        FigureColumn("分数段", FigureKind.TEXT),
        FigureColumn("人数"),
        FigureColumn("占实考", FigureKind.SHARE),
    )
    return Part("总分分布", columns, rows, bars=bars, upright=True)


def _groups(title: str, groups: Sequence[Group]) -> Part:
    ranked = sorted(groups, key=lambda one: (-(one.spread.mean or Decimal(-1)), one.name))
    bars = tuple(
        Bar(one.name, float(one.spread.mean or 0), f"{one.spread.mean:f}")
        for one in ranked
        if one.spread.mean is not None
    )
    rows = tuple((one.name, *_cells(one)) for one in ranked)
    return Part(
        title,
        (FigureColumn("名称", FigureKind.TEXT, 14), *_SPREAD),
        rows,
        bars=bars if len(bars) <= _CHARTED else (),
    )


def _cells(one: Group) -> tuple[Figure, ...]:
    spread = one.spread
    return (
        spread.count, spread.passed, spread.pass_rate, spread.mean, spread.highest, spread.lowest,
        spread.median, spread.deviation,
    )  # fmt: skip


def _worths(title: str, noun: str, worths: Sequence[Worth]) -> Part:
    bars = tuple(
        Bar(one.name, float(one.rate), f"{one.rate:f}%") for one in worths if one.rate is not None
    )
    rows = tuple(
        (one.name, one.full_marks, one.count, one.mean, one.rate, one.full, one.nothing)
        for one in worths
    )
    return Part(title, (FigureColumn(noun, FigureKind.TEXT, 12), *_WORTH), rows, bars=bars)
