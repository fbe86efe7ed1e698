"""A year's stamping as lists, register lines and sheets are made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.policies.library import pack_named
from models.stamping.listing import SchoolList, find_run, lines_of, school_lists
from models.stamping.records import RegisterLine, Run
from models.stamping.register import Correction, corrections
from models.stamping.wording import read_wording
from reports.documents.register_lines import Registered, RegisterLines
from reports.documents.stamping_list import StampingList, reasons, rows_of
from reports.kit.sealing import Seal
from reports.kit.wording import span
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.streaming import Value
from reports.workbooks.table import TableSheet

_TOLD = 3

_WHO = (
    SheetColumn("学校", 14),
    SheetColumn("教师编号", 9, ColumnKind.ID),
    SheetColumn("姓名", 6),
)
_LINES = (
    *_WHO,
    SheetColumn("结果", 6),
    SheetColumn("学时", 5, ColumnKind.DECIMAL),
    SheetColumn("学分", 5, ColumnKind.DECIMAL),
    SheetColumn("原因", 40),
    SheetColumn("核验日期", 7, ColumnKind.DATE),
    SheetColumn("验印日期", 7, ColumnKind.DATE),
    SheetColumn("经办", 6),
)
_SCHOOLS = (
    SheetColumn("学校", 16),
    SheetColumn("人数", 5, ColumnKind.INTEGER),
    SheetColumn("可验印", 5, ColumnKind.INTEGER),
    SheetColumn("已验印", 5, ColumnKind.INTEGER),
    SheetColumn("不予验印", 6, ColumnKind.INTEGER),
    SheetColumn("待核实", 5, ColumnKind.INTEGER),
)
_REGISTER = (
    *_WHO,
    SheetColumn("起止时间", 10),
    SheetColumn("培训内容", 20),
    SheetColumn("形式", 5),
    SheetColumn("学时", 5, ColumnKind.DECIMAL),
    SheetColumn("学分", 5, ColumnKind.DECIMAL),
    SheetColumn("考核结果", 6),
    SheetColumn("主办单位", 14),
)


def seal_of(office: Office) -> Seal:
    """Whose seal the year is stamped with, and the words it stands under."""
    found = read_wording(office)
    return Seal(found.seal, found.wording)


def stamping_list(office: Office, year: int, school_id: str | None = None) -> StampingList:
    """A year's lists, of all schools or of one.

    Raises:
        UserError: the year has no run yet.
    """
    run = _run(office, year)
    return StampingList(
        year=year,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        pack=_pack(office, run),
        schools=tuple(school_lists(office, run.id, school_id)),
        seal=seal_of(office),
    )


def register_lines(
    office: Office,
    year: int,
    *,
    school_id: str | None = None,
    line_ids: Sequence[str] | None = None,
) -> RegisterLines:
    """The register lines of those stamped in a year, of all, of a school, or of some lines.

    Raises:
        UserError: the year has no run yet.
    """
    run = _run(office, year)
    lines = [
        line for line in lines_of(office, run.id, school_id=school_id, ids=line_ids) if line.stamped
    ]
    changed = {one.line.id: one for one in corrections(office, year, lines)}
    return RegisterLines(
        year=year,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        people=tuple(Registered(line, _told(changed.get(line.id))) for line in lines),
        seal=seal_of(office),
    )


def stamping_sheets(
    office: Office, year: int, school_id: str | None = None
) -> tuple[TableSheet, ...]:
    """The same as the sheets of a workbook: 汇总, 名单, 登记内容.

    Raises:
        UserError: the year has no run yet.
    """
    lists = stamping_list(office, year, school_id)
    blank = TableSheet(
        title="汇总",
        columns=_SCHOOLS,
        rows=[_school_row(one) for one in lists.schools],
        author=lists.office,
        made_at=lists.printed_at,
        book=lists.title,
        heading=f"{lists.title}（{lists.pack}）",
    )
    return (
        blank,
        replace(blank, title="名单", columns=_LINES, rows=_line_rows(lists), heading="", frozen=3),
        replace(
            blank, title="登记内容", columns=_REGISTER, rows=_register_rows(lists), heading="",
            frozen=3,
        ),
    )  # fmt: skip


def _run(office: Office, year: int) -> Run:
    run = find_run(office, year)
    if run is None:
        raise UserError("stamping.no_run", f"{year} 年还没有核验过。", "请先核验该年度。")
    return run


def _pack(office: Office, run: Run) -> str:
    """The title of the pack; its id where the office has it no more."""
    try:
        pack = pack_named(office, run.pack_id)
    except UserError:
        return run.pack_id
    return f"{pack.title}；{pack.document}"


def _told(changed: Correction | None) -> str:
    """What the ledger says otherwise since the stamp."""
    if changed is None:
        return ""
    pairs = (("增加", changed.added), ("冲销", changed.removed))
    parts = "；".join(f"{word}{_named(lines)}" for word, lines in pairs if lines)
    return f"验印后有更正：{parts}。现为 {plain_decimal(changed.hours_now)} 学时。"


def _named(lines: Sequence[RegisterLine]) -> str:
    """The first few by title and hours."""
    names = (f"“{one.title}”{plain_decimal(one.hours)} 学时" for one in lines[:_TOLD])
    more = f"等 {len(lines)} 项" if len(lines) > _TOLD else ""
    return "、".join(names) + more


def _school_row(one: SchoolList) -> tuple[str | int, ...]:
    counts = (len(one.ready), len(one.stamped), len(one.blocked), len(one.open))
    return (one.school_name, sum(counts), *counts)


def _line_rows(lists: StampingList) -> Iterator[tuple[Value, ...]]:
    for line in rows_of(lists.schools):
        why = f"{line.voided_on} 作废：{line.voided_because}" if line.voided_on else reasons(line)
        yield (
            line.school_name, line.teacher_no, line.name, line.state, line.hours, line.credits,
            why, line.judged_on, line.stamped_on, line.stamped_by,
        )  # fmt: skip


def _register_rows(lists: StampingList) -> Iterator[tuple[Value, ...]]:
    for school in lists.schools:
        for line in school.stamped:
            for one in line.register:
                yield (
                    line.school_name, line.teacher_no, line.name,
                    span(one.first_day, one.last_day), one.title, one.mode,
                    one.hours, one.credits, one.score, one.organizer,
                )  # fmt: skip
