"""学分卡: one teacher's cycle on one page, year by year and requirement by requirement."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from reports.documents.growth import GrowthYear, bars_of, check, write_each
from reports.documents.teacher_verdict import state_of
from reports.kit import charts, furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role
from reports.kit.furniture import Output
from reports.kit.paper import Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Total, facts, table
from reports.kit.wording import plain_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from models.progress import Progress
    from models.verdicts.explaining import Explained
    from reports.documents.growth import Growth, GrowthCycle
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line, Row

TITLE = "教师继续教育学分卡"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
NOTE = Pen(Role.SONG, 9, "#404040")
SHOWN = (
    "姓名", "教师编号", "性别", "所在学校", "学段", "任教学科", "职务", "职称", "学历",
    "参加工作时间", "岗位状态", "培训方式",
)  # fmt: skip
YEARS = (
    Column("年度", CellKind.SHORT),
    Column("培训项数", CellKind.NUMBER),
    Column("学时", CellKind.NUMBER),
    Column("学分", CellKind.NUMBER),
    Column("课程合格/报名", CellKind.SHORT),
    Column("年度验印", CellKind.SHORT),
    Column("验印日期", CellKind.SHORT),
)
ADDING = frozenset({"学时", "学分"})


def build(
    growths: Sequence[Growth],
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
    cycle: str = "",
) -> Built:
    """Write the cards as one PDF, one page a teacher, with bookmarks.

    Args:
        growths: the teachers.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told teacher by teacher; may cancel.
        overwrite: whether a file of that name may be replaced.
        cycle: ``2021-2025``; "" for the latest one with anything in it.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    check(growths, fonts)
    output = Output(out, fonts, growths[0].made_at, progress, overwrite)
    return write_each(growths, TITLE, lambda one, width: _card(one, cycle, fonts, width), output)


def _card(growth: Growth, label: str, fonts: Fonts, width: float) -> Iterator[Block]:
    chosen = next((one for one in growth.cycles if one.label == label), growth.cycle)
    scope = f"{chosen.first}—{chosen.last} 年周期" if chosen else ""
    yield furniture.title_block(TITLE, scope, width)
    identity = [(name, text) for name in SHOWN if (text := growth.fact(name))]
    yield facts(identity, fonts, width, across=2)
    if chosen is None:
        return
    years = _years(growth, chosen)
    yield heading("一、逐年学时和学分", HEADING)
    yield table(YEARS, _year_rows(years), fonts, width)
    yield Block((Gap(2),))
    yield charts.bars(bars_of(years), fonts, width)
    yield heading("二、逐项要求", HEADING)
    yield from _requirements(growth, chosen, fonts, width)
    yield Block((Gap(3), Signatures(("经办人", "审核人", "教师本人"), width)), whole=True)


def _years(growth: Growth, cycle: GrowthCycle) -> list[GrowthYear]:
    """Every year of the cycle, those without a trace too."""
    known = {one.year: one for one in growth.years}
    nothing = Decimal(0)
    return [
        known.get(year) or GrowthYear(year, nothing, nothing, (), (), ())
        for year in range(cycle.first, cycle.last + 1)
    ]


def _year_rows(years: Sequence[GrowthYear]) -> list[Line]:
    rows: list[Line] = [
        (
            str(one.year), str(len(one.standing)), plain_decimal(one.hours),
            plain_decimal(one.credits), _courses(one), one.stamp_state or "—",
            one.stamps[-1].line.stamped_on if one.stamps else "",
        )
        for one in years
    ]  # fmt: skip
    count = sum(len(one.standing) for one in years)
    hours = plain_decimal(sum((one.hours for one in years), Decimal(0)))
    credits = plain_decimal(sum((one.credits for one in years), Decimal(0)))
    rows.append(Total(("合计", str(count), hours, credits, "", "", "")))
    return rows


def _courses(one: GrowthYear) -> str:
    passed = sum(each.result == "合格" for each in one.results)
    return f"{passed}/{len(one.results)}" if one.results else "—"


def _requirements(
    growth: Growth, cycle: GrowthCycle, fonts: Fonts, width: float
) -> Iterator[Block]:
    verdict = cycle.verdict
    if verdict is None:
        yield paragraph(cycle.told, BODY, fonts, width)
        return
    years = range(cycle.first, cycle.last + 1)
    columns = (
        Column("要求"),
        *(Column(str(year), CellKind.SHORT) for year in years),
        Column("应", CellKind.NUMBER),
        Column("实", CellKind.NUMBER),
        Column("差", CellKind.NUMBER),
        Column("单位", CellKind.SHORT),
        Column("结论", CellKind.SHORT),
    )
    credits = {
        one.entry_id: one.credits or Decimal(0) for year in growth.years for one in year.trainings
    }
    concerning = [one for one in verdict.requirements if one.result.applies or one.open_because]
    rows = [_requirement(one, years, credits) for one in concerning]
    if rows:
        yield table(columns, rows, fonts, width)
        yield Block((Gap(1),))
    others = "、".join(one.title for one in verdict.requirements if one not in concerning)
    note = f"各年度格内为计入的学时／学分，按次、按门的为次数。依据：{verdict.pack.title}。"
    note += f"不适用的要求：{others}。" if others else ""
    yield paragraph(note, NOTE, fonts, width, indent=0)
    yield Block((Gap(1),))
    words = f"周期状态（截至{plain_date(verdict.day.isoformat())}）：{cycle.state}。"
    yield paragraph(words, Pen(Role.HEI, 10.5), fonts, width, indent=0)


def _requirement(one: Explained, years: range, credits: Mapping[str, Decimal]) -> Row:
    result = one.result
    if not result.applies:
        return (one.title, *("" for _ in years), "—", "—", "—", "", state_of(one))
    cells = by_year(one, credits)
    amounts = (result.required, result.achieved, result.missing)
    figures = [plain_decimal(amount) for amount in amounts]
    return (one.title, *(cells.get(year, "") for year in years), *figures, result.unit,
            state_of(one))  # fmt: skip


def by_year(one: Explained, credits: Mapping[str, Decimal]) -> dict[int, str]:
    """What counted towards a requirement in each year: hours and credits, or how many times.

    Args:
        one: the requirement.
        credits: entry to its credits.
    """
    hours: dict[int, Decimal] = defaultdict(Decimal)
    earned: dict[int, Decimal] = defaultdict(Decimal)
    times: dict[int, Decimal] = defaultdict(Decimal)
    for each in one.counted:
        hours[each.year] += each.hours
        earned[each.year] += credits.get(each.id, Decimal(0))
        times[each.year] += each.amount
    if one.result.unit in ADDING or one.parts:
        return {
            year: f"{plain_decimal(amount)}／{plain_decimal(earned[year])}"
            for year, amount in hours.items()
        }
    return {year: f"{plain_decimal(amount)} {one.result.unit}" for year, amount in times.items()}
