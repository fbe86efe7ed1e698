"""证书: what is handed out with certificates, and what became of blanks and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.certificates.gaps import read_counted
from models.certificates.sheets import read_run
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import Option, OptionKind, PaperInfo
from reports.documents import blank_report, hand_over_list
from reports.documents.blank_report import BlankReport
from reports.documents.hand_over_list import HandOver
from reports.inputs import print_runs
from reports.inputs.paper_books import blank_sheets, hand_over_sheets
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "证书"
GAPS = "空白证书与编号核对表"
RUN = Option("run", "打印批次", OptionKind.RUN, required=True)
COUNTED = Option(
    "counted",
    "实有数",
    OptionKind.TEXT,
    note="柜子里点过的空白证书，如 结业证书=120，几种用、隔开",
    empty="没有清点",
)


def _handed(order: Order) -> HandOver:
    run = read_run(order.office, order.values.text("run"))
    return print_runs.hand_over(order.office, run)


def _hand_over(order: Order, output: Output) -> Built:
    return write(hand_over_list.build, _handed(order), output)


def _hand_over_tables(order: Order) -> Sequence[TableSheet]:
    return hand_over_sheets(_handed(order))


def _stock(order: Order) -> BlankReport:
    """The blanks alone."""
    found = print_runs.blank_report(order.office)
    return replace(found, found=replace(found.found, series=()))


def _gaps(order: Order) -> BlankReport:
    """Blanks against what was counted, and the numbers."""
    counted = read_counted(order.values.text("counted"))
    return replace(print_runs.blank_report(order.office, counted), title=GAPS)


def _stock_paper(order: Order, output: Output) -> Built:
    return write(blank_report.build, _stock(order), output)


def _stock_tables(order: Order) -> Sequence[TableSheet]:
    return blank_sheets(_stock(order))


def _gap_paper(order: Order, output: Output) -> Built:
    return write(blank_report.build, _gaps(order), output)


def _gap_tables(order: Order) -> Sequence[TableSheet]:
    return blank_sheets(_gaps(order))


ENTRIES = (
    Entry(
        PaperInfo(
            "hand-over",
            "证书发放（交接）清单",
            "一个打印批次的证书，按学校分页计数，供领取人签字。",
            GROUP,
            (RUN,),
            tabled=True,
        ),
        _hand_over,
        _hand_over_tables,
    ),
    Entry(
        PaperInfo(
            "blank-stock",
            blank_report.TITLE,
            "每种空白证书领入、用去、损坏、丢失、退回、应余多少。",
            GROUP,
            tabled=True,
        ),
        _stock_paper,
        _stock_tables,
    ),
    Entry(
        PaperInfo(
            "gap-report",
            GAPS,
            "账上与实有是否相符；证书编号哪些作废、缺号、重号。",
            GROUP,
            (COUNTED,),
            tabled=True,
        ),
        _gap_paper,
        _gap_tables,
    ),
)
