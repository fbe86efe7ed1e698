"""师徒结对: the papers of a mentoring programme, from its survey forms to its honours."""

from __future__ import annotations

from collections.abc import Sequence

from models.mentoring.kinds import read_kinds
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import TODAY, Choice, Option, OptionKind, PaperInfo
from reports.catalogue.people import SCHOOL
from reports.documents import (
    pair_honours,
    pair_overview,
    pair_sheets,
    pair_stage,
    pair_surveys,
    roster,
)
from reports.inputs.listings import listed
from reports.inputs.pair_forms import AgreementWish, agreement_sets, pair_sheet
from reports.inputs.pair_forms import pair_surveys as surveys_input
from reports.inputs.pair_meetings import pair_sheets as sheets_input
from reports.inputs.pair_overviews import pair_overview as overview_input
from reports.inputs.pair_results import honour_sheets
from reports.inputs.pair_results import pair_honours as honours_input
from reports.inputs.pair_stages import stage_report
from reports.kit.copies import print_copies
from reports.kit.furniture import Built, Output
from reports.kit.paper import About
from reports.workbooks.figures import figure_sheets
from reports.workbooks.table import TableSheet

GROUP = "师徒结对"
PROGRAMME = Option("programme", "结对工程", OptionKind.PROGRAMME, required=True)
FROM = Option("from", "从", OptionKind.DAY, empty="所在学期的第一天")
TO = Option("to", "到", OptionKind.DAY, default=TODAY)
SURVEY = Option(
    "survey",
    "调查表",
    OptionKind.CHOICE,
    choices=tuple(Choice(one.id, one.name) for one in read_kinds().surveys),
    empty="这项工程的全部",
)
EACH = Option(
    "each", "每对份数", OptionKind.COUNT, default="3", note="师傅、徒弟、组织单位各存一份"
)


def _programme(order: Order) -> str:
    return order.values.text("programme")


def _days(order: Order) -> tuple[str, str]:
    return order.values.text("from"), order.values.text("to")


def _overview(order: Order, output: Output) -> Built:
    return write(pair_overview.build, overview_input(order.office, _programme(order)), output)


def _pair_tables(order: Order) -> Sequence[TableSheet]:
    return [pair_sheet(order.office, _programme(order), order.values.text("school"))]


def _pairs(order: Order, output: Output) -> Built:
    (found,) = _pair_tables(order)
    return write(roster.build, listed(found, "对"), output)


def _surveys(order: Order, output: Output) -> Built:
    values = order.values
    found = surveys_input(
        order.office, _programme(order), values.text("survey"), values.text("school")
    )
    return write(pair_surveys.build, found, output)


def _agreements(order: Order, output: Output) -> Built:
    wish = AgreementWish(order.values.text("school"), order.values.number("each"))
    found = agreement_sets(order.office, _programme(order), wish)
    about = About(
        found.title, author=order.office.identity.name, made_at=order.office.store.clock.now()
    )
    return print_copies(found.form, found.copies, about, output)


def _sheets(order: Order, output: Output) -> Built:
    school = order.values.text("school")
    found = sheets_input(order.office, _programme(order), school, *_days(order))
    return write(pair_sheets.build, found, output)


def _stage(order: Order, output: Output) -> Built:
    found = stage_report(order.office, _programme(order), *_days(order))
    return write(pair_stage.build, found, output)


def _stage_tables(order: Order) -> Sequence[TableSheet]:
    found = stage_report(order.office, _programme(order), *_days(order))
    return figure_sheets(found.parts, found.title, found.office, found.printed_at)


def _honours(order: Order, output: Output) -> Built:
    return write(pair_honours.build, honours_input(order.office, _programme(order)), output)


def _honour_tables(order: Order) -> Sequence[TableSheet]:
    return honour_sheets(order.office, _programme(order))


ENTRIES = (
    Entry(
        PaperInfo(
            "pair-surveys",
            "结对调查表",
            "四种调查表，每所要调查的学校一张，供手工填写。",
            GROUP,
            (PROGRAMME, SURVEY, SCHOOL),
        ),
        _surveys,
    ),
    Entry(
        PaperInfo(
            "pair-overview",
            "结对工程总览",
            "目标与任务、城乡学校和对子的示意图、各学科供需、全部对子。",
            GROUP,
            (PROGRAMME,),
        ),
        _overview,
    ),
    Entry(
        PaperInfo(
            "pair-register",
            "师徒名册",
            "全部对子：双方、学科、期限、协议编号、状态、结果。",
            GROUP,
            (PROGRAMME, SCHOOL),
            tabled=True,
        ),
        _pairs,
        _pair_tables,
    ),
    Entry(
        PaperInfo(
            "pair-agreements",
            "师徒协议",
            "已编号的协议，写明目标和任务，每对印几份。",
            GROUP,
            (PROGRAMME, SCHOOL, EACH),
        ),
        _agreements,
    ),
    Entry(
        PaperInfo(
            "pair-sheets",
            "师徒活动考核表",
            "七月交流会、十二月总结会用：签到表，每对一张活动记录和考核意见。",
            GROUP,
            (PROGRAMME, SCHOOL, FROM, TO),
        ),
        _sheets,
    ),
    Entry(
        PaperInfo(
            "pair-stage",
            "结对工程阶段报告",
            "一段时间的活动，按种类、月份、学校，带图；还没有达到要求的对子。",
            GROUP,
            (PROGRAMME, FROM, TO),
            tabled=True,
        ),
        _stage,
        _stage_tables,
    ),
    Entry(
        PaperInfo(
            "pair-honours",
            "结对工程评选结果",
            "先进单位按达成比例排名，优秀对子名单。",
            GROUP,
            (PROGRAMME,),
            tabled=True,
        ),
        _honours,
        _honour_tables,
    ),
)
