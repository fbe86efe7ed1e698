"""教师专业成长档案: everything the office knows of a teacher, year by year."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from models.text.numerals import number_in_chinese
from reports.documents.growth import bars_of, check, write_each
from reports.documents.teacher_verdict import state_of
from reports.kit import charts, furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role
from reports.kit.furniture import Output
from reports.kit.paper import Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Section, Total, facts, table
from reports.kit.wording import span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from models.progress import Progress
    from reports.documents.growth import Growth, GrowthCycle, GrowthStamp, GrowthYear, Training
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Line, Row

TITLE = "教师专业成长档案"
HEADING = Pen(Role.HEI, 12)
SMALL_HEADING = Pen(Role.HEI, 10.5)
BODY = Pen(Role.SONG, 10.5)
TAKEN_BACK = "已冲销"

HELD = (Column("项目"), Column("内容"), Column("自", CellKind.SHORT), Column("至", CellKind.SHORT))
CYCLES = (
    Column("要求"),
    Column("应", CellKind.NUMBER),
    Column("实", CellKind.NUMBER),
    Column("差", CellKind.NUMBER),
    Column("单位", CellKind.SHORT),
    Column("结论", CellKind.SHORT),
)
TRAININGS = (
    Column("起止日期", CellKind.SHORT),
    Column("培训内容"),
    Column("级别", CellKind.SHORT),
    Column("形式", CellKind.SHORT),
    Column("学时", CellKind.NUMBER),
    Column("学分", CellKind.NUMBER),
    Column("考核", CellKind.SHORT),
    Column("主办单位、说明"),
)
RESULTS = (
    Column("课程代号", CellKind.SHORT),
    Column("课程"),
    Column("报名", CellKind.SHORT),
    Column("成绩", CellKind.SHORT),
    Column("结果", CellKind.SHORT),
    Column("补考前", CellKind.SHORT),
)
CERTIFICATES = (
    Column("证书编号", CellKind.SHORT),
    Column("内容"),
    Column("年度", CellKind.SHORT),
    Column("学时", CellKind.NUMBER),
    Column("发证日期", CellKind.SHORT),
    Column("发证单位"),
    Column("状态", CellKind.SHORT),
)
EXEMPTIONS = (
    Column("事项", CellKind.SHORT),
    Column("自", CellKind.SHORT),
    Column("至", CellKind.SHORT),
    Column("事由"),
    Column("状态", CellKind.SHORT),
    Column("批准日期", CellKind.SHORT),
)
VETOES = (
    Column("年度", CellKind.SHORT),
    Column("类别", CellKind.SHORT),
    Column("依据"),
    Column("认定日期", CellKind.SHORT),
    Column("解除"),
)
CLAIMS = (
    Column("年度", CellKind.SHORT),
    Column("培训内容"),
    Column("学时", CellKind.NUMBER),
    Column("状态", CellKind.SHORT),
)


def build(
    growths: Sequence[Growth],
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> Built:
    """Write the files of one or many teachers as one PDF, each from a new page, with bookmarks.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    check(growths, fonts)
    output = Output(out, fonts, growths[0].made_at, progress, overwrite)
    return write_each(growths, TITLE, lambda one, width: _blocks(one, fonts, width), output)


def _blocks(growth: Growth, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(TITLE, f"{growth.name}　{growth.school}", width)
    numbers = map(number_in_chinese, count(1))
    yield heading(f"{next(numbers)}、基本情况", HEADING, before=1)
    yield facts(growth.identity, fonts, width, across=2)
    if growth.held:
        yield heading(f"{next(numbers)}、任职经历", HEADING)
        yield table(HELD, _held(growth), fonts, width)
    yield heading(f"{next(numbers)}、周期达标", HEADING)
    yield from _cycles(growth.cycles, fonts, width)
    yield heading(f"{next(numbers)}、逐年培训", HEADING)
    yield from _years(growth.years, fonts, width)
    for title, columns, rows in _lists(growth):
        if rows:
            yield heading(f"{next(numbers)}、{title}", HEADING)
            yield table(columns, rows, fonts, width)
    yield Block((Gap(4), Signatures(("经办人", "审核人", "教师本人"), width)), whole=True)


def _held(growth: Growth) -> list[Row]:
    return [
        (one.aspect, one.value, one.starts_on or "不详", one.ends_on or "至今")
        for one in growth.held
    ]


def _cycles(cycles: Sequence[GrowthCycle], fonts: Fonts, width: float) -> Iterator[Block]:
    rows: list[Line] = []
    for one in cycles:
        rows.append(Section(f"{one.first}—{one.last} 年周期：{one.state}{_by(one)}"))
        if one.verdict is None:
            rows.append((one.told, "", "", "", "", ""))
            continue
        for each in one.verdict.requirements:
            result = each.result
            amounts = (result.required, result.achieved, result.missing)
            figures = [plain_decimal(amount) if result.applies else "—" for amount in amounts]
            unit = result.unit if result.applies else ""
            state = state_of(each)
            if one.running and state == "未达到":
                state = "进行中"
            rows.append((each.title, *figures, unit, state))
    yield table(CYCLES, rows, fonts, width)


def _by(cycle: GrowthCycle) -> str:
    if cycle.verdict is None:
        return ""
    return f"（{cycle.verdict.pack.title}，截至 {cycle.verdict.day.isoformat()}）"


def _years(years: Sequence[GrowthYear], fonts: Fonts, width: float) -> Iterator[Block]:
    if not years:
        yield paragraph("没有培训记录。", BODY, fonts, width)
        return
    yield charts.bars(bars_of(years), fonts, width)
    for one in years:
        yield heading(_summary(one), SMALL_HEADING, before=3)
        if one.trainings:
            yield table(TRAININGS, _trainings(one), fonts, width)
        if one.results:
            yield Block((Gap(1.5),), bound=frozenset({0}))
            yield table(RESULTS, _results(one), fonts, width)
        for stamp in one.stamps:
            yield paragraph(_stamp(stamp), BODY, fonts, width, indent=0)


def _summary(one: GrowthYear) -> str:
    sums = f"{plain_decimal(one.hours)} 学时，{plain_decimal(one.credits)} 学分"
    return f"{one.year} 年：培训 {len(one.standing)} 项，{sums}"


def _trainings(year: GrowthYear) -> list[Line]:
    rows: list[Line] = [
        (
            span(one.first_day, one.last_day), one.title, one.level, one.mode,
            plain_decimal(one.hours),
            "" if one.credits is None else plain_decimal(one.credits), one.score, _remarks(one),
        )
        for one in year.trainings
    ]  # fmt: skip
    sums = (plain_decimal(year.hours), plain_decimal(year.credits))
    rows.append(Total(("合计", "", "", "", *sums, "", "")))
    return rows


def _remarks(one: Training) -> str:
    """Who held it, what kind of entry it is where it is no plain one, and its remark."""
    kind = one.kind if one.kind in ("冲抵", "冲销") else ""
    parts = (one.organizer, one.theme, kind, TAKEN_BACK if one.taken_back else "", one.remark)
    return "；".join(part for part in parts if part)


def _results(year: GrowthYear) -> list[Row]:
    return [
        (one.code, one.title, one.place, one.score, one.result, one.first) for one in year.results
    ]


def _stamp(stamp: GrowthStamp) -> str:
    line = stamp.line
    told = f"年度验印：{line.state}"
    if line.voided_on:
        return f"{told}（{line.stamped_on} 验印，{line.voided_on} 作废：{line.voided_because}）。"
    if line.stamped_on:
        return f"{told}（{line.stamped_on}，登记 {plain_decimal(line.hours)} 学时）。"
    reasons = "；".join(one.text for one in line.reasons)
    return f"{told}（{reasons}）。" if reasons else f"{told}。"


def _lists(growth: Growth) -> Iterator[tuple[str, tuple[Column, ...], list[Row]]]:
    yield "证书", CERTIFICATES, [
        (
            one.number, one.title, str(one.year), one.facts.get("hours", ""), one.issued_on,
            one.issuer, f"{one.status}（{one.void_reason}）" if one.void else one.status,
        )
        for one in growth.certificates
    ]  # fmt: skip
    yield (
        "减免",
        EXEMPTIONS,
        [
            (one.ground, one.first_day, one.last_day, one.reason, one.state, one.decided_on)
            for one in growth.exemptions
        ],
    )
    yield "一票否决", VETOES, [
        (
            str(one.year), one.kind, one.reason, one.decided_on,
            f"{one.lifted_on} 解除：{one.lifted_because}" if one.lifted_on else "",
        )
        for one in growth.vetoes
    ]  # fmt: skip
    yield (
        "尚未入账的申报",
        CLAIMS,
        [
            (one.shown["year"], one.shown["course"], one.shown["hours"], one.shown["state"])
            for one in growth.claims
        ],
    )
