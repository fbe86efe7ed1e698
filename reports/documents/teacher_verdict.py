"""达标核算单: what was asked of a teacher, what counted, what did not, and how it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from models.entities.display import plain_decimal
from models.text.numerals import number_in_chinese
from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, Total, facts, table
from reports.kit.wording import plain_date, years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from models.verdicts.explaining import Explained, Verdict
    from models.verdicts.weighing import Weighed
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row

TITLE = "达标核算单"
HEADING = Pen(Role.HEI, 12)
SMALL_HEADING = Pen(Role.HEI, 10.5)
BODY = Pen(Role.SONG, 10.5)
QUOTE = Pen(Role.KAI, 10.5, "#303030")

SUMMARY = (
    Column("序号", CellKind.SHORT),
    Column("要求"),
    Column("应", CellKind.NUMBER),
    Column("实", CellKind.NUMBER),
    Column("差", CellKind.NUMBER),
    Column("单位", CellKind.SHORT),
    Column("结论", CellKind.SHORT),
    Column("条款"),
)
PARTS = (
    Column("年度、学期"),
    Column("应", CellKind.NUMBER),
    Column("实", CellKind.NUMBER),
    Column("差", CellKind.NUMBER),
    Column("结论", CellKind.SHORT),
)
NOT_COUNTED = (
    Column("年度", CellKind.SHORT),
    Column("培训内容"),
    Column("开始日期", CellKind.SHORT),
    Column("形式", CellKind.SHORT),
    Column("学时", CellKind.NUMBER),
    Column("不计入的原因"),
)


@dataclass(frozen=True, slots=True)
class TeacherVerdict:
    """One teacher's sheet.

    Attributes:
        facts: label and text of who it is, as on the verdict's day; without ID number.
        verdict: with every entry weighed.
    """

    facts: tuple[tuple[str, str], ...]
    verdict: Verdict

    @property
    def name(self) -> str:
        """Of the teacher."""
        return self.verdict.person.name


@dataclass(frozen=True, slots=True)
class TeacherVerdicts:
    """The sheets of one or many teachers.

    Attributes:
        office: who made them.
        printed_at: the moment of printing.
        people: in the order of the file.
        left_out: name and reason of those asked for whom the rules do not judge.
    """

    office: str
    printed_at: datetime
    people: tuple[TeacherVerdict, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def build(
    verdicts: TeacherVerdicts,
    out: Path,
    fonts: Fonts,
    progress: Progress,
    *,
    overwrite: bool = False,
) -> Built:
    """Write the sheets as one PDF, each teacher from a new page and with a bookmark.

    Raises:
        UserError: characters no font has (with the people concerned), or the file is there.
    """
    missing = fonts.missing((one.name, _texts(one)) for one in verdicts.people)
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(TITLE, verdicts.office, A4, CLOSE)
    parts = (
        Part(f"{one.name}（{one.verdict.teacher_no}）", list(_blocks(one, fonts, sheet.width)))
        for one in verdicts.people
    )
    output = Output(out, fonts, verdicts.printed_at, progress, overwrite)
    return furniture.write_parts(output, sheet, parts, len(verdicts.people))


def conclusion(verdict: Verdict) -> str:
    """What came out of it, in one sentence or two."""
    applying = [one for one in verdict.requirements if one.result.applies]
    missed = [one for one in applying if not one.result.met]
    unsure = [one for one in verdict.requirements if one.open_because]
    day, name = plain_date(verdict.day.isoformat()), verdict.person.name
    over = years(verdict.period.first, verdict.period.last)
    start = f"截至{day}，{name}在 {over}"
    if not applying:
        told = "没有适用的要求。"
    elif not missed:
        told = f"应达到的 {len(applying)} 项要求全部达到，结论为达标。"
    else:
        lacking = "；".join(
            f"{one.title}差 {plain_decimal(one.result.missing)} {one.result.unit}" for one in missed
        )
        told = (
            f"应达到 {len(applying)} 项要求，已达到 {len(applying) - len(missed)} 项，"
            f"未达到 {len(missed)} 项：{lacking}。结论为未达标。"
        )
    if unsure:
        names = "、".join(f"{one.title}（{one.open_because}）" for one in unsure)
        told += f"另有 {len(unsure)} 项待核实：{names}。"
    return start + told


def state_of(one: Explained) -> str:
    """达到, 未达到, 不适用 or 待核实."""
    if not one.result.applies:
        return "待核实" if one.open_because else "不适用"
    return "达到" if one.result.met else "未达到"


def _texts(one: TeacherVerdict) -> list[str]:
    weighed = {
        each.title
        for requirement in one.verdict.requirements
        for each in (*requirement.counted, *requirement.not_counted)
    }
    return [*(text for _, text in one.facts), *weighed]


def _blocks(one: TeacherVerdict, fonts: Fonts, width: float) -> Iterator[Block]:
    verdict = one.verdict
    over = years(verdict.period.first, verdict.period.last)
    scope = f"{over}　截至{plain_date(verdict.day.isoformat())}"
    yield furniture.title_block(TITLE, scope, width)
    yield facts(one.facts, fonts, width, across=2)
    yield facts([("核算依据", _basis(verdict))], fonts, width)
    yield heading("一、核算结果", HEADING)
    yield table(SUMMARY, _summary(verdict), fonts, width)
    yield Block((Gap(2),))
    yield paragraph(conclusion(verdict), BODY, fonts, width)
    yield heading("二、逐项核算", HEADING)
    applying = [each for each in verdict.requirements if each.result.applies]
    for number, each in enumerate(applying, start=1):
        yield from _requirement(number, each, verdict, fonts, width)
    if not applying:
        yield paragraph("没有适用的要求。", BODY, fonts, width)
    yield Block((Gap(4), Signatures(("核算人", "审核人", "教师本人"), width)), whole=True)


def _basis(verdict: Verdict) -> str:
    pack = verdict.pack
    return f"{pack.title}；{pack.document}" if pack.document else pack.title


def _summary(verdict: Verdict) -> list[Row]:
    rows: list[Row] = []
    for number, one in enumerate(verdict.requirements, start=1):
        result = one.result
        amounts = (result.required, result.achieved, result.missing)
        figures = [plain_decimal(amount) if result.applies else "—" for amount in amounts]
        unit = result.unit if result.applies else ""
        rows.append((str(number), one.title, *figures, unit, state_of(one), one.clause))
    return rows


def _requirement(
    number: int, one: Explained, verdict: Verdict, fonts: Fonts, width: float
) -> Iterator[Block]:
    result = one.result
    words = f"（{number_in_chinese(number)}）{one.title}：{state_of(one)}"
    yield heading(words, SMALL_HEADING, before=3)
    if one.quote:
        source = f"{one.document} {one.clause}".strip()
        yield paragraph(f"{source}：“{one.quote}”", QUOTE, fonts, width, bound=True)
    weighed = bool(one.parts or one.counted or one.not_counted)
    yield paragraph(_arithmetic(one, verdict), BODY, fonts, width, bound=weighed)
    if one.parts:
        yield Block((Gap(1.5),), bound=frozenset({0}))
        yield table(PARTS, _parts(one), fonts, width)
    if one.counted:
        yield heading(f"计入 {len(one.counted)} 条", BODY, before=1, after=0.5)
        yield _counted(one, result.unit, fonts, width)
    if one.not_counted:
        yield heading(f"不计入 {len(one.not_counted)} 条", BODY, before=1, after=0.5)
        rows = [_left_out(each) for each in one.not_counted]
        yield _lean_table(NOT_COUNTED, rows, fonts, width)


def _arithmetic(one: Explained, verdict: Verdict) -> str:
    """How the figures come about, in words."""
    result = one.result
    required, achieved = plain_decimal(result.required), plain_decimal(result.achieved)
    unit = result.unit
    if one.parts:
        told = (
            f"逐{unit}核算，{len(one.parts)} {unit}中 {achieved} {unit}达到；应 {required} {unit}，"
        )
    else:
        told = f"计入 {len(one.counted)} 条，合计 {achieved} {unit}；应 {required} {unit}，"
    told += "已达到。" if result.met else f"差 {plain_decimal(result.missing)} {unit}，未达到。"
    return _less_owed(one, verdict) + told


def _less_owed(one: Explained, verdict: Verdict) -> str:
    """A sentence where less is owed than the document says for everybody."""
    demand = next(each for each in verdict.pack.requirements if each.id == one.result.id)
    if one.parts or demand.measure == "courses" or one.result.required == demand.least:
        return ""
    unit = one.result.unit
    return (
        f"规定 {plain_decimal(demand.least)} {unit}，按起算月份和经批准的减免折算为 "
        f"{plain_decimal(one.result.required)} {unit}。"
    )


def _parts(one: Explained) -> list[Row]:
    return [
        (
            part.label,
            plain_decimal(part.required),
            plain_decimal(part.achieved),
            plain_decimal(max(part.required - part.achieved, Decimal(0))),
            "达到" if part.met else "未达到",
        )
        for part in one.parts
    ]


def _counted(one: Explained, unit: str, fonts: Fonts, width: float) -> Block:
    """The entries counted and their sum."""
    brings = "计入" if one.parts else f"计入（{unit}）"
    columns = (
        *NOT_COUNTED[:4],
        Column("类别", CellKind.SHORT),
        Column("学时", CellKind.NUMBER),
        Column(brings, CellKind.NUMBER),
        Column("说明"),
    )
    rows = [
        (
            *_what(each), each.theme, _amount(each.hours), plain_decimal(each.amount), each.reason,
        )
        for each in one.counted
    ]  # fmt: skip
    total = plain_decimal(sum((each.amount for each in one.counted), Decimal(0)))
    return _lean_table(columns, rows, fonts, width, ("合计", "", "", "", "", "", total, ""))


def _left_out(each: Weighed) -> Row:
    return (*_what(each), _amount(each.hours), each.reason)


def _what(each: Weighed) -> tuple[str, str, str, str]:
    return (str(each.year), each.title, each.start_date, each.mode)


def _amount(hours: Decimal) -> str:
    return plain_decimal(hours) if hours else ""


def _lean_table(
    columns: Sequence[Column],
    rows: Sequence[Row],
    fonts: Fonts,
    width: float,
    total: Row | None = None,
) -> Block:
    """A table without the columns that are empty in every row."""
    kept = [at for at in range(len(columns)) if any(row[at] for row in rows)]
    lines = [tuple(row[at] for at in kept) for row in rows]
    last = [Total(tuple(total[at] for at in kept))] if total else []
    return table([columns[at] for at in kept], [*lines, *last], fonts, width)
