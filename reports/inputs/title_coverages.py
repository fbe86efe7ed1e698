"""The coverage of the county by titled teachers, for paper and workbook."""

from __future__ import annotations

from collections.abc import Iterator

from models.errors import UserError
from models.office.context import Office
from models.titles.coverage import Cell, Matrix, Share, matrix
from models.titles.kinds import title_rules
from reports.documents.title_coverage import TITLE, StageRows, TitleCoverage
from reports.kit.matrix import MatrixCell, Tone
from reports.kit.wording import plain_date
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet


def title_coverage(office: Office) -> TitleCoverage:
    """The coverage as a paper.

    Raises:
        UserError: the register holds nobody with stage and subject.
    """
    found = _covered(office)
    levels = _levels(found)
    today = office.store.clock.today().isoformat()
    told = f"学段、学科没有填的教师 {found.unplaced} 人不在表中。" if found.unplaced else ""
    return TitleCoverage(
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        day=f"截至{plain_date(today)}",
        summary=f"有教师的学段学科 {len(found.cells)} 处，其中没有骨干的 {len(found.holes)} 处"
        f"（深色的行）。{told}",
        columns=("教师", *(found.name("level", one) for one in levels), "还缺"),
        stages=tuple(_stages(found, levels)),
        ratios=tuple(_ratio(one) for one in found.shares),
        holes=tuple(f"{found.words(one)}（{one.people} 人）" for one in found.holes),
    )


def coverage_sheets(office: Office) -> list[TableSheet]:
    """The coverage as a workbook: every stage and subject, and the ratios.

    Raises:
        UserError: as ``title_coverage``.
    """
    found = _covered(office)
    levels = _levels(found)
    author, made_at = office.identity.name, office.store.clock.now()
    columns = (
        SheetColumn("学段", 6),
        SheetColumn("学科", 8),
        SheetColumn("教师", 5, ColumnKind.INTEGER),
        *(SheetColumn(found.name("level", one), 5, ColumnKind.INTEGER) for one in levels),
        *(
            SheetColumn(f"还缺（{one.ratio.title}）", 10, ColumnKind.INTEGER)
            for one in found.shares
        ),
        SheetColumn("空白", 4),
    )
    cells = TableSheet(
        title="覆盖",
        columns=columns,
        rows=[_row(found, one, levels) for one in found.cells],
        author=author,
        made_at=made_at,
        heading=TITLE,
        book=TITLE,
    )
    ratios = TableSheet(
        title="比例指标",
        columns=tuple(
            SheetColumn(title, width)
            for title, width in (
                ("指标", 20), ("教师", 6), ("应有", 6), ("现有", 6), ("占比", 6), ("结论", 6),
                ("依据", 30),
            )
        ),
        rows=[_ratio(one) for one in found.shares] or [("没有指标", "", "", "", "", "", "")],
        author=author,
        made_at=made_at,
    )  # fmt: skip
    return [cells, ratios]


def _covered(office: Office) -> Matrix:
    found = matrix(office)
    if not found.cells:
        raise UserError(
            "paper.nobody", "名册里没有填了学段和学科的教师。", "请先在“Excel 导入”中导入教师名册。"
        )
    return found


def _levels(found: Matrix) -> tuple[str, ...]:
    """The levels that anybody holds; all of them where nobody holds any."""
    return found.levels or tuple(one.key for one in title_rules().levels)


def _stages(found: Matrix, levels: tuple[str, ...]) -> Iterator[StageRows]:
    for stage in found.stages:
        cells = [one for one in found.cells if one.stage == stage]
        yield StageRows(
            found.name("stage", stage),
            tuple((found.name("subject", one.subject), _shown(one, levels)) for one in cells),
        )


def _shown(one: Cell, levels: tuple[str, ...]) -> tuple[MatrixCell, ...]:
    tone = Tone.HOLE if one.hole else Tone.PLAIN
    lacking = max(one.lacking.values(), default=0)
    return (
        MatrixCell(str(one.people)),
        *(MatrixCell(str(one.holders.get(level, 0) or "—"), tone) for level in levels),
        MatrixCell(str(lacking or "—"), tone),
    )


def _row(found: Matrix, one: Cell, levels: tuple[str, ...]) -> tuple[Value, ...]:
    return (
        found.name("stage", one.stage),
        found.name("subject", one.subject),
        one.people,
        *(one.holders.get(level, 0) for level in levels),
        *(one.lacking.get(share.ratio.key, 0) for share in found.shares),
        "空白" if one.hole else "",
    )


def _ratio(one: Share) -> tuple[str, ...]:
    return (
        one.ratio.title,
        str(one.people),
        str(one.needed),
        str(one.holders),
        f"{one.percent}%",
        "达到" if one.met else "未达到",
        f"{one.ratio.document}：“{one.ratio.quote}”" if one.ratio.quote else one.ratio.document,
    )
