"""The coverage of the county by teams, for paper and workbook, with who could fill the holes."""

from __future__ import annotations

from collections.abc import Iterator

from models.errors import UserError
from models.office.context import Office
from models.teams.coverage import Cell, Coverage, coverage
from models.teams.proposing import Filling, propose_for_empty
from models.teams.targets import Reached, targets_reached
from reports.documents.team_coverage import TITLE, Hole, StageMatrix, TargetLine, TeamCoverage
from reports.inputs.teams import as_of_today
from reports.kit.matrix import MatrixCell, Tone
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

_PROPOSED = 3
_PLACES = (
    SheetColumn("学段", 6),
    SheetColumn("学科", 8),
    SheetColumn("培训方式", 6),
    SheetColumn("教师", 5, ColumnKind.INTEGER),
    SheetColumn("团队", 24),
    SheetColumn("空缺", 4),
)
_PROPOSALS = (
    SheetColumn("空缺", 14),
    SheetColumn("姓名", 7),
    SheetColumn("学校", 16),
    SheetColumn("理由", 24),
    SheetColumn("先要解决的", 24),
)


def team_coverage(office: Office) -> TeamCoverage:
    """The coverage with targets and proposals, as a paper.

    Raises:
        UserError: the register holds nobody with stage and subject.
    """
    found = _covered(office)
    holes = propose_for_empty(office, found, _PROPOSED)
    year = office.store.clock.today().year
    return TeamCoverage(
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        day=as_of_today(office),
        covered=len(found.cells) - len(found.empty),
        empty=len(found.empty),
        tracks=tuple(found.name("track", one) for one in found.tracks),
        stages=tuple(_stages(found)),
        targets=tuple(_target(one) for one in targets_reached(office, year)),
        holes=tuple(_hole(found, cell, filling) for cell, filling in holes),
        courses=found.courses,
    )


def coverage_sheets(office: Office) -> list[TableSheet]:
    """The coverage as a workbook: every place, and who could fill the empty ones.

    Raises:
        UserError: as ``team_coverage``.
    """
    found = _covered(office)
    author, made_at = office.identity.name, office.store.clock.now()
    places = TableSheet(
        title="覆盖",
        columns=_PLACES,
        rows=[
            (
                found.name("stage", one.stage),
                found.name("subject", one.subject),
                found.name("track", one.track),
                one.people,
                "、".join(one.teams.values()),
                "" if one.teams else "空缺",
            )
            for one in found.cells
        ],
        author=author,
        made_at=made_at,
        heading=TITLE,
        book=TITLE,
    )
    rows: list[tuple[Value, ...]] = [
        (hole.words, *person)
        for hole in (_hole(found, *each) for each in propose_for_empty(office, found, _PROPOSED))
        for person in hole.people or (("", "", "没有可推荐的教师", ""),)
    ]
    proposals = TableSheet(
        title="推荐人选",
        columns=_PROPOSALS,
        rows=rows or [("没有空缺", "", "", "", "")],
        author=author,
        made_at=made_at,
    )
    return [places, proposals]


def _covered(office: Office) -> Coverage:
    found = coverage(office)
    if not found.cells:
        raise UserError(
            "paper.nobody", "名册里没有填了学段和学科的教师。", "请先在“Excel 导入”中导入教师名册。"
        )
    return found


def _stages(found: Coverage) -> Iterator[StageMatrix]:
    for stage in dict.fromkeys(one.stage for one in found.cells):
        subjects = dict.fromkeys(one.subject for one in found.cells if one.stage == stage)
        yield StageMatrix(
            found.name("stage", stage),
            tuple(
                (
                    found.name("subject", subject),
                    tuple(_cell(found.cell(stage, subject, track)) for track in found.tracks),
                )
                for subject in subjects
            ),
        )


def _cell(cell: Cell | None) -> MatrixCell:
    if cell is None:
        return MatrixCell("—", Tone.NONE)
    if not cell.teams:
        return MatrixCell(f"空缺（教师 {cell.people} 人）", Tone.HOLE)
    return MatrixCell(f"{'、'.join(cell.teams.values())}\n教师 {cell.people} 人")


def _target(one: Reached) -> TargetLine:
    target = one.target
    words = one.words + (f"；不足的：{'、'.join(one.short)}" if one.short else "")
    source = f"{target.clause}：“{target.quote}”" if target.quote else target.clause
    return TargetLine(target.title, one.wanted, one.found, one.met, words, source)


def _hole(found: Coverage, cell: Cell, filling: Filling) -> Hole:
    people = tuple(
        (one.candidate.name, one.candidate.school, "、".join(one.why), "、".join(one.but))
        for one in filling.people
    )
    return Hole(f"{found.words(cell)}　教师 {cell.people} 人", people, filling.teams)
