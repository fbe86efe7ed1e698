"""公文与统计: circulars with ranked tables, the year in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.catalogue.attainment import OVER, YEAR, board_for
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import TODAY, Choice, Option, OptionKind, PaperInfo
from reports.documents import circular, statistics
from reports.documents.circular import Attachment, Circular
from reports.inputs.circulars import (
    RANK_BY,
    RankBy,
    YearResults,
    draft_texts,
    ranked_sheet,
    ranked_table,
    year_results,
)
from reports.inputs.year_statistics import statistics_sheets
from reports.inputs.year_statistics import year_statistics as statistics_input
from reports.kit.fonts import Role
from reports.kit.furniture import Built, Output
from reports.kit.official_pages import HeadMode
from reports.workbooks.table import TableSheet

GROUP = "公文与统计"
BY = Option(
    "by",
    "排名依据",
    OptionKind.CHOICE,
    default="met",
    choices=tuple(Choice(key, title) for key, title in RANK_BY.items()),
)
LEAST = Option(
    "least",
    "参加排名的最少人数",
    OptionKind.COUNT,
    default="5",
    note="教师更少的学校列在表里，不排名，也不点名",
)
HEAD = Option(
    "head",
    "版头",
    OptionKind.CHOICE,
    default=HeadMode.RED.value,
    choices=(
        Choice(HeadMode.RED.value, "印红头"),
        Choice(HeadMode.PRINTED.value, "套打在印好红头的纸上"),
        Choice(HeadMode.NONE.value, "不要红头"),
    ),
)
TEXTS = (
    Option("title", "标题", OptionKind.TEXT, note="写 // 处换行", empty="自动拟定", drafted=True),
    Option("number", "文号", OptionKind.TEXT, note="如 桦教师训〔2025〕12号"),
    Option("to", "主送", OptionKind.TEXT, empty="自动拟定", drafted=True),
    Option(
        "text",
        "正文",
        OptionKind.BODY,
        note="一行一段；以“一、”“（一）”开头的是小标题。单写一行【表1】，排名表就排在那里",
        empty="自动拟定",
        drafted=True,
    ),
    Option("signer", "落款", OptionKind.TEXT, empty="本单位"),
    Option("date", "成文日期", OptionKind.DAY, default=TODAY),
    Option("sealed", "加盖印章", OptionKind.FLAG, default="是"),
    Option("copies", "抄送", OptionKind.TEXT, empty="无"),
    Option("printer", "印发机关", OptionKind.TEXT, note="不写就没有版记", empty="不印版记"),
    Option("printed", "印发日期", OptionKind.DAY, default=TODAY),
)


def _results(order: Order) -> YearResults:
    values = order.values
    by: RankBy = "stamped" if values.text("by") == "stamped" else "met"
    return year_results(
        order.office,
        board_for(order),
        values.number("year"),
        by=by,
        least=values.number("least"),
    )


def _draft(order: Order) -> Mapping[str, str]:
    return draft_texts(_results(order))


def write_letter(
    order: Order, output: Output, drafted: Mapping[str, str], attachments: Sequence[Attachment]
) -> Built:
    """Write a circular with the answers of ``HEAD`` and ``TEXTS``; what is empty as drafted."""
    values, office = order.values, order.office
    texts = {key: values.text(key) or text for key, text in drafted.items()}
    letter = Circular(
        title=texts["title"],
        paragraphs=tuple(texts["text"].splitlines()),
        office=office.identity.name,
        printed_at=output.printed_at,
        organ=office.identity.name,
        head=HeadMode(values.text("head") or HeadMode.RED.value),
        number=values.text("number"),
        addressees=texts["to"],
        attachments=tuple(attachments),
        signer=values.text("signer") or office.identity.name,
        signed_on=values.text("date"),
        sealed=values.flag("sealed"),
        copies_to=values.text("copies"),
        printed_by=values.text("printer"),
        printed_on=values.text("printed"),
    )
    return write(circular.build, letter, output)


def _circular(order: Order, output: Output) -> Built:
    found = _results(order)
    return write_letter(order, output, draft_texts(found), (ranked_table(found),))


def _circular_tables(order: Order) -> Sequence[TableSheet]:
    return [ranked_sheet(order.office, _results(order))]


def _statistics(order: Order, output: Output) -> Built:
    found = statistics_input(order.office, order.values.number("year"), progress=order.progress)
    return write(statistics.build, found, output)


def _statistics_tables(order: Order) -> Sequence[TableSheet]:
    year = order.values.number("year")
    return statistics_sheets(statistics_input(order.office, year, progress=order.progress))


ENTRIES = (
    Entry(
        PaperInfo(
            "circular",
            "通报（公文格式）",
            "按 GB/T 9704-2012 排版的年度通报：先自动拟稿，改好再印；附各校排名表。",
            GROUP,
            (YEAR, replace(OVER, default="year"), BY, LEAST, HEAD, *TEXTS),
            tabled=True,
        ),
        _circular,
        _circular_tables,
        _draft,
        roles=(Role.FANG, Role.BIAOSONG, Role.KAI, Role.HEI),
    ),
    Entry(
        PaperInfo(
            "year-statistics",
            "年度统计",
            "一年的教师队伍、培训、学时、达标、验印、证书、抽签，带图。",
            GROUP,
            (YEAR,),
            tabled=True,
        ),
        _statistics,
        _statistics_tables,
    ),
)
