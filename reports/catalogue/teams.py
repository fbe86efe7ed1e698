"""辅导团队: who is in which team, where teams are missing, what they did."""

from __future__ import annotations

from collections.abc import Sequence

from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import THIS_YEAR, Option, OptionKind, PaperInfo
from reports.documents import roster, team_book, team_coverage, team_workload
from reports.inputs.team_books import team_books
from reports.inputs.team_coverages import coverage_sheets
from reports.inputs.team_coverages import team_coverage as coverage_input
from reports.inputs.teams import register_sheets, workload_sheets
from reports.inputs.teams import team_register as register_input
from reports.inputs.teams import team_workload as workload_input
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "辅导团队"
TEAM = Option(
    "team", "团队", OptionKind.TEXT, note="写团队名称，或其中只有它才有的几个字", empty="全部团队"
)
YEAR = Option("year", "年度", OptionKind.YEAR, required=True, default=THIS_YEAR)


def _register(order: Order, output: Output) -> Built:
    found = register_input(order.office, order.values.text("team"))
    return write(roster.build, found, output)


def _register_tables(order: Order) -> Sequence[TableSheet]:
    return register_sheets(order.office, order.values.text("team"))


def _coverage(order: Order, output: Output) -> Built:
    return write(team_coverage.build, coverage_input(order.office), output)


def _coverage_tables(order: Order) -> Sequence[TableSheet]:
    return coverage_sheets(order.office)


def _book(order: Order, output: Output) -> Built:
    values = order.values
    found = team_books(order.office, values.number("year"), values.text("team"))
    return write(team_book.build, found, output)


def _workload(order: Order, output: Output) -> Built:
    values = order.values
    found = workload_input(order.office, values.number("year"), values.text("team"))
    return write(team_workload.build, found, output)


def _workload_tables(order: Order) -> Sequence[TableSheet]:
    return workload_sheets(order.office, order.values.number("year"), order.values.text("team"))


ENTRIES = (
    Entry(
        PaperInfo(
            "team-register",
            "团队名册",
            "各团队的负责人、成员、管理团队、技术支持团队，任职起止和特例。",
            GROUP,
            (TEAM,),
            tabled=True,
        ),
        _register,
        _register_tables,
    ),
    Entry(
        PaperInfo(
            "team-coverage",
            "团队覆盖情况",
            "学段、学科、文本与网联：哪些有团队，哪些空缺，空缺处可以由谁担任。",
            GROUP,
            tabled=True,
        ),
        _coverage,
        _coverage_tables,
    ),
    Entry(
        PaperInfo(
            "team-book",
            "团队工作手册",
            "每个团队一份：成员、计划和进度、活动、工作量、考核。",
            GROUP,
            (YEAR, TEAM),
        ),
        _book,
    ),
    Entry(
        PaperInfo(
            "team-workload",
            "培训者工作量",
            "每名培训者一年授了多少学时，台账共多少学时，是否达到年培训量。",
            GROUP,
            (YEAR, TEAM),
            tabled=True,
        ),
        _workload,
        _workload_tables,
    ),
)
