"""达标与验印: who has met what, who is stamped, what goes into the booklets."""

from __future__ import annotations

from collections.abc import Sequence

from models.verdicts.basis import pack_over
from models.verdicts.board import Board
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import THIS_YEAR, Choice, Option, OptionKind, PaperInfo
from reports.catalogue.people import SCHOOL, TEACHERS, people_of
from reports.documents import register_lines, stamping_list, teacher_verdict, verdict_overview
from reports.inputs.boards import board_of, period_of
from reports.inputs.stampings import register_lines as register_input
from reports.inputs.stampings import stamping_list as stamping_input
from reports.inputs.stampings import stamping_sheets
from reports.inputs.verdict_overviews import narrowed_to
from reports.inputs.verdict_overviews import verdict_overview as overview_input
from reports.inputs.verdict_sheets import verdict_sheets
from reports.inputs.verdicts import teacher_verdicts
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "达标与验印"
YEAR = Option("year", "年度", OptionKind.YEAR, required=True, default=THIS_YEAR)
OVER = Option(
    "over",
    "时间范围",
    OptionKind.CHOICE,
    default="cycle",
    choices=(Choice("cycle", "这一年所在的周期"), Choice("year", "只看这一年")),
)


def board_for(order: Order) -> Board:
    """Everybody judged over the year or its cycle, as asked."""
    values = order.values
    whole = values.text("over") != "year"
    return board_of(order.office, values.number("year"), whole_cycle=whole, progress=order.progress)


def _narrowed(order: Order) -> tuple[Board, str]:
    school = order.values.text("school")
    board = board_for(order)
    if not school:
        return board, "全县"
    return narrowed_to(board, school_id=school), order.values.words["school"]


def _overview(order: Order, output: Output) -> Built:
    found = overview_input(order.office, *_narrowed(order))
    return write(verdict_overview.build, found, output)


def _overview_tables(order: Order) -> Sequence[TableSheet]:
    return verdict_sheets(order.office, *_narrowed(order))


def _sheets(order: Order, output: Output) -> Built:
    values, office = order.values, order.office
    period = period_of(office, values.number("year"), whole_cycle=values.text("over") != "year")
    pack = pack_over(office, period)
    found = teacher_verdicts(office, people_of(order), period, pack, progress=order.progress)
    return write(teacher_verdict.build, found, output)


def _school(order: Order) -> str | None:
    return order.values.text("school") or None


def _stamping(order: Order, output: Output) -> Built:
    found = stamping_input(order.office, order.values.number("year"), _school(order))
    return write(stamping_list.build, found, output)


def _stamping_tables(order: Order) -> Sequence[TableSheet]:
    return stamping_sheets(order.office, order.values.number("year"), _school(order))


def _register(order: Order, output: Output) -> Built:
    year = order.values.number("year")
    found = register_input(order.office, year, school_id=_school(order))
    return write(register_lines.build, found, output)


ENTRIES = (
    Entry(
        PaperInfo(
            "verdict-overview",
            "达标情况统计",
            "全县或一所学校：各项要求达到多少人，按片、学段、学科、学校分列，未达标名单。",
            GROUP,
            (YEAR, OVER, SCHOOL),
            tabled=True,
        ),
        _overview,
        _overview_tables,
    ),
    Entry(
        PaperInfo(
            "verdict-sheets",
            "达标核算单",
            "每名教师逐项写明应、实、差，计入和未计入的每条记录。",
            GROUP,
            (YEAR, OVER, SCHOOL, TEACHERS),
        ),
        _sheets,
    ),
    Entry(
        PaperInfo(
            "stamping-list",
            "验印名单",
            "各校可验印、不予验印、待核实的教师和原因，前面是交接汇总。",
            GROUP,
            (YEAR, SCHOOL),
            tabled=True,
        ),
        _stamping,
        _stamping_tables,
    ),
    Entry(
        PaperInfo(
            "register-lines",
            "登记内容",
            "已验印教师写进登记册的各行，可裁开粘贴。",
            GROUP,
            (YEAR, SCHOOL),
        ),
        _register,
    ),
)
