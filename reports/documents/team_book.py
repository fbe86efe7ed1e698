"""团队工作手册: everything of one team: people, plan, activities, hours, evaluation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reports.kit import furniture
from reports.kit.flow import Block, Gap
from reports.kit.fonts import Role, no_glyphs
from reports.kit.furniture import CLOSE, Output, Part, Sheet
from reports.kit.paper import A4, Pen
from reports.kit.setting import Signatures, heading, paragraph
from reports.kit.table import CellKind, Column, facts, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.kit.fonts import Fonts
    from reports.kit.furniture import Built
    from reports.kit.table import Row

TITLE = "团队工作手册"
HEADING = Pen(Role.HEI, 12)
BODY = Pen(Role.SONG, 10.5)
MEMBERS = (
    Column("身份", CellKind.SHORT),
    Column("姓名", CellKind.NAME),
    Column("学校"),
    Column("骨干级别"),
    Column("任职", CellKind.SHORT),
    Column("说明"),
)
PLANNED = (
    Column("活动", CellKind.SHORT),
    Column("计划", CellKind.NUMBER),
    Column("已办", CellKind.NUMBER),
)
HELD = (
    Column("日期", CellKind.SHORT),
    Column("种类", CellKind.SHORT),
    Column("主题"),
    Column("学时或数量", CellKind.SHORT),
    Column("主讲"),
    Column("参加", CellKind.NUMBER),
    Column("学时入账", CellKind.SHORT),
)
LOADS = (
    Column("姓名", CellKind.NAME),
    Column("活动", CellKind.NUMBER),
    Column("授课学时", CellKind.NUMBER),
    Column("已入账", CellKind.NUMBER),
    Column("分项"),
)
JUDGED = (
    Column("年度", CellKind.SHORT),
    Column("对象"),
    Column("分数", CellKind.NUMBER),
    Column("等次", CellKind.SHORT),
    Column("评语"),
)


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A term's plan: term and state, goals, lines, progress by kind, the opinion given."""

    title: str
    goals: str
    lines: tuple[str, ...]
    progress: tuple[Row, ...]
    opinion: str


@dataclass(frozen=True, slots=True)
class TeamBook:
    """One team's book; rows are in the order of the columns above.

    Attributes:
        name: of the team.
        facts: what it is.
        members, activities, loads, reviews: its tables.
        plans: its plans, the latest first.
        doubts: what is not as the rules ask.
    """

    name: str
    facts: tuple[tuple[str, str], ...]
    members: tuple[Row, ...]
    plans: tuple[BookPlan, ...]
    activities: tuple[Row, ...]
    loads: tuple[Row, ...]
    reviews: tuple[Row, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamBooks:
    """The books of some teams; ``scope`` says of which year."""

    office: str
    printed_at: datetime
    scope: str
    books: tuple[TeamBook, ...]


def build(
    found: TeamBooks, out: Path, fonts: Fonts, progress: Progress, *, overwrite: bool = False
) -> Built:
    """Write the books, each from a new page.

    Args:
        found: the books.
        out: the file to write.
        fonts: the fonts of this computer.
        progress: told team by team; may cancel.
        overwrite: whether a file of that name may be replaced.

    Raises:
        UserError: characters no font has (with the teams concerned), or the file is there.
    """
    missing = fonts.missing((one.name, _texts(one)) for one in found.books)
    if missing:
        raise no_glyphs(missing)
    sheet = Sheet(TITLE, found.office, A4, CLOSE)
    output = Output(out, fonts, found.printed_at, progress, overwrite)

    def parts() -> Iterator[Part]:
        for one in found.books:
            yield Part(one.name, list(_book(found, one, fonts, sheet.width)))

    return furniture.write_parts(output, sheet, parts(), len(found.books))


def _texts(book: TeamBook) -> list[str]:
    rows = (*book.members, *book.activities, *book.reviews)
    plans = [text for one in book.plans for text in (one.goals, *one.lines, one.opinion)]
    return [*(cell for row in rows for cell in row), *plans, *(text for _, text in book.facts)]


def _book(found: TeamBooks, book: TeamBook, fonts: Fonts, width: float) -> Iterator[Block]:
    yield furniture.title_block(f"{book.name}工作手册", found.scope, width)
    yield facts(book.facts, fonts, width)
    if book.doubts:
        yield Block((Gap(1.5),))
        yield paragraph(f"需要处理：{'；'.join(book.doubts)}。", BODY, fonts, width)
    yield from _table("一、成员", MEMBERS, book.members, fonts, width)
    yield heading("二、工作计划", HEADING)
    if not book.plans:
        yield paragraph("还没有计划。", BODY, fonts, width)
    for plan in book.plans:
        yield from _plan(plan, fonts, width)
    yield from _table("三、活动", HELD, book.activities, fonts, width)
    yield from _table("四、工作量", LOADS, book.loads, fonts, width)
    *before, last = _table("五、年度考核", JUDGED, book.reviews, fonts, width)
    yield from before
    yield replace(last, bound=last.bound | {len(last.pieces) - 1})  # never a page to sign alone
    yield Block((Gap(4), Signatures(("负责人", "所在校", "培训部"), width)), whole=True)


def _plan(plan: BookPlan, fonts: Fonts, width: float) -> Iterator[Block]:
    lines = "；".join(plan.lines) or "—"
    pairs = [("学期", plan.title), ("目标", plan.goals), ("内容", lines)]
    pairs += [("意见", plan.opinion)] if plan.opinion else []
    yield facts(pairs, fonts, width)
    if plan.progress:
        yield Block((Gap(1.5),), bound=frozenset({0}))
        yield table(PLANNED, plan.progress, fonts, width)
    yield Block((Gap(3),))


def _table(
    title: str, columns: tuple[Column, ...], rows: Sequence[Row], fonts: Fonts, width: float
) -> Iterator[Block]:
    yield heading(title, HEADING)
    if rows:
        yield table(columns, rows, fonts, width)
    else:
        yield paragraph("没有记录。", BODY, fonts, width)
