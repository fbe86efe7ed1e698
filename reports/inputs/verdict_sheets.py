"""Everybody's verdicts as the sheets of a workbook: 汇总, 名单, 不达标, 预测."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.office.context import Office
from models.verdicts.board import Board
from models.verdicts.conditions import TITLES
from reports.documents.verdict_overview import Group, VerdictOverview
from reports.inputs.verdict_overviews import Named, places_behind, verdict_overview
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

_WHO = (
    SheetColumn("教师编号", 9, ColumnKind.ID),
    SheetColumn("姓名", 6),
    SheetColumn("所在学校", 14),
    SheetColumn("片", 8),
    SheetColumn("城乡", 5),
    SheetColumn("学段", 5),
    SheetColumn("任教学科", 7),
    SheetColumn("职务", 6),
    SheetColumn("职称", 7),
)
_IN_SIGHT = 2
_GROUPS = (
    SheetColumn("分组", 5),
    SheetColumn("名称", 14),
    SheetColumn("人数", 4, ColumnKind.INTEGER),
    SheetColumn("全部达到", 5, ColumnKind.INTEGER),
    SheetColumn("达标率", 5, ColumnKind.PERCENT),
    SheetColumn("未达标", 5, ColumnKind.INTEGER),
    SheetColumn("待核实", 5, ColumnKind.INTEGER),
)
_BEHIND = (
    *_WHO,
    SheetColumn("要求", 14),
    SheetColumn("条款", 8),
    SheetColumn("应", 5, ColumnKind.DECIMAL),
    SheetColumn("实", 5, ColumnKind.DECIMAL),
    SheetColumn("差", 5, ColumnKind.DECIMAL),
    SheetColumn("单位", 4),
)
_OUTLOOKS = (
    SheetColumn("所在学校", 14),
    SheetColumn("教师编号", 9, ColumnKind.ID),
    SheetColumn("姓名", 6),
    SheetColumn("要求", 14),
    SheetColumn("应", 5, ColumnKind.DECIMAL),
    SheetColumn("已有", 5, ColumnKind.DECIMAL),
    SheetColumn("期末预计", 5, ColumnKind.DECIMAL),
    SheetColumn("还差", 5, ColumnKind.DECIMAL),
    SheetColumn("今后每年需", 6, ColumnKind.DECIMAL),
    SheetColumn("单位", 4),
)
Cells = tuple[Value, ...]


def verdict_sheets(office: Office, board: Board, scope: str = "全县") -> tuple[TableSheet, ...]:
    """The sheets of a board, for ``reports.workbooks.table.write_tables``.

    Args:
        office: the office.
        board: the verdicts, whole or narrowed.
        scope: how the workbook calls the people: 全县, the name of a school or area.
    """
    overview = verdict_overview(office, board, scope)
    rows = _Rows(office, board, overview)
    heading = f"{scope}达标情况（{overview.period}，截至 {overview.day}；{overview.pack}）"
    blank = TableSheet(
        title="",
        columns=(),
        rows=(),
        author=overview.office,
        made_at=overview.printed_at,
        book=f"{scope}达标情况统计",
    )
    note = overview.pace or "周期已经结束，不再预测。"
    return (
        replace(
            blank, title="汇总", columns=rows.group_columns(), rows=rows.groups(),
            heading=heading, frozen=_IN_SIGHT,
        ),
        replace(
            blank, title="名单", columns=rows.people_columns(), rows=rows.people(),
            total=len(board.people), frozen=_IN_SIGHT,
        ),
        replace(blank, title="不达标", columns=_BEHIND, rows=rows.behind(), frozen=_IN_SIGHT),
        replace(blank, title="预测", columns=_OUTLOOKS, rows=rows.outlooks(), heading=note),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of each sheet, made as they are asked for."""

    office: Office
    board: Board
    overview: VerdictOverview

    def group_columns(self) -> tuple[SheetColumn, ...]:
        """Groups and for each requirement whom it concerns, who has met it."""
        each = (
            column
            for one in self.overview.asked
            for column in (
                SheetColumn(f"{one.title} 涉及", 7, ColumnKind.INTEGER),
                SheetColumn(f"{one.title} 达到", 7, ColumnKind.INTEGER),
                SheetColumn(f"{one.title} 达到率", 7, ColumnKind.PERCENT),
            )
        )
        return (*_GROUPS, *each)

    def groups(self) -> Iterator[Cells]:
        """Everybody, then group by group."""
        yield self._group("全部", self.overview.whole)
        for grouping in self.overview.groupings:
            for group in grouping.groups:
                yield self._group(grouping.name, group)

    @staticmethod
    def _group(by: str, group: Group) -> Cells:
        each = (
            cell
            for applies, met in group.requirements
            for cell in (applies, met, _share(met, applies))
        )
        return (
            by, group.name, group.people, group.met, _share(group.met, group.people),
            group.people - group.met, group.open, *each,
        )  # fmt: skip

    def people_columns(self) -> tuple[SheetColumn, ...]:
        """Who, what came of it, and the figures of each requirement."""
        each = (
            SheetColumn(f"{one.title} {word}（{one.unit}）", 7, ColumnKind.DECIMAL)
            for one in self.overview.asked
            for word in ("应", "实", "差")
        )
        return (*_WHO, SheetColumn("结论", 5), SheetColumn("待核实", 10), *each)

    def people(self) -> Iterator[Cells]:
        """Everybody, by school and number."""
        named = Named(self.office, self.board)
        for place in named.in_order(range(len(self.board.people))):
            judged = self.board.row(place)
            figures = (
                amount if one.applies else None
                for one in judged.results
                for amount in (one.required, one.achieved, one.missing)
            )
            state = "达标" if judged.met else "未达标"
            yield (*self._who(named, place), state, _unknown(judged.unknown), *figures)

    def behind(self) -> Iterator[Cells]:
        """One row for each requirement that somebody has not met."""
        named = Named(self.office, self.board)
        asked = self.overview.asked
        for place in named.in_order(places_behind(self.board)):
            for one, result in zip(asked, self.board.row(place).results, strict=True):
                if result.applies and not result.met:
                    yield (
                        *self._who(named, place), one.title, one.clause, result.required,
                        result.achieved, result.missing, result.unit,
                    )  # fmt: skip

    @staticmethod
    def _who(named: Named, place: int) -> Sequence[str]:
        one = named.at(place)
        return (
            one.teacher_no, one.name, named.school(one), one.district or "",
            named.code("location", one.location), named.code("stage", one.stage),
            named.code("subject", one.subject), named.code("post", one.post),
            named.code("title", one.title),
        )  # fmt: skip

    def outlooks(self) -> Iterator[Cells]:
        """Who will miss what at the present pace."""
        for one in self.overview.outlooks:
            yield (
                one.school, one.teacher_no, one.name, one.requirement, one.required, one.achieved,
                one.expected, one.gap, one.per_year, one.unit,
            )  # fmt: skip


def _unknown(facts: Sequence[str]) -> str:
    return f"没有登记{'、'.join(TITLES[fact] for fact in facts)}" if facts else ""


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(Decimal("0.0001")) if whole else None
