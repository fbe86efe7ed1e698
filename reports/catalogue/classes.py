"""培训班: what a class needs on the door, in the hand and on the tables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import Choice, Option, OptionKind, PaperInfo
from reports.documents import class_pack, roster
from reports.documents.class_desk_cards import DEFAULT, CardLook, card_sizes
from reports.documents.class_pack import TITLES, PackWish
from reports.inputs.course_sheets import gate_sheet, score_sheet, sign_in_sheet, work_sheet
from reports.inputs.listings import listed
from reports.inputs.training_classes import name_sheet, training_class
from reports.kit.font_roles import ROLE_TITLES, Role
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "培训班"
COURSE = Option("course", "课程（班）", OptionKind.COURSE, required=True)
PER = Option(
    "per",
    "签到表",
    OptionKind.CHOICE,
    default="session",
    choices=(Choice("session", "每次上课一张"), Choice("day", "每天一张，分上午、下午")),
    note="没有登记上课安排的课程，每天一张",
)
PAPERS = Option(
    "papers",
    "包括",
    OptionKind.SEVERAL,
    default="、".join(TITLES),
    choices=tuple(Choice(key, title) for key, title in TITLES.items()),
)
CARD = Option(
    "card",
    "桌签样式",
    OptionKind.CHOICE,
    default=DEFAULT,
    choices=tuple(Choice(key, one.title) for key, one in card_sizes().items()),
)
FACE = Option(
    "face",
    "姓名字体",
    OptionKind.CHOICE,
    default=Role.BIAOSONG.value,
    choices=tuple(
        Choice(role.value, ROLE_TITLES[role]) for role in (Role.BIAOSONG, Role.HEI, Role.KAI)
    ),
)
BELOW = Option("below", "桌签上印学校", OptionKind.FLAG, default="是")


def _pack(order: Order, output: Output, only: str = "") -> Built:
    values = order.values
    training = training_class(
        order.office, values.text("course"), "day" if values.text("per") == "day" else "session"
    )
    look = CardLook(
        values.text("card") or DEFAULT,
        Role(values.text("face") or Role.BIAOSONG.value),
        values.flag("below"),
    )
    papers = (only,) if only else values.several("papers")
    in_order = tuple(key for key in TITLES if key in papers)
    return write(class_pack.build, training, output, wish=PackWish(in_order, look))


def _sign_in_tables(order: Order) -> Sequence[TableSheet]:
    return [sign_in_sheet(order.office, order.values.text("course"))]


def _name_tables(order: Order) -> Sequence[TableSheet]:
    return [name_sheet(order.office, order.values.text("course"))]


def _score_tables(order: Order) -> Sequence[TableSheet]:
    return [score_sheet(order.office, order.values.text("course"))]


def _work_tables(order: Order) -> Sequence[TableSheet]:
    return [work_sheet(order.office, order.values.text("course"))]


def _gate_tables(order: Order) -> Sequence[TableSheet]:
    return [gate_sheet(order.office, order.values.text("course"))]


def _table(order: Order, output: Output, sheet: str) -> Built:
    """A workbook's list on paper."""
    tables = {"scores": _score_tables, "work": _work_tables, "gate": _gate_tables}
    found = listed(tables[sheet](order)[0])
    return write(roster.build, found, output)


ENTRIES = (
    Entry(
        PaperInfo(
            "class-pack",
            "班级资料（整套）",
            "一次印齐：门贴、学员名单、签到表、桌签，按使用的先后排列。",
            GROUP,
            (COURSE, PAPERS, PER, CARD, FACE, BELOW),
        ),
        _pack,
    ),
    Entry(
        PaperInfo(
            "sign-in",
            "签到表",
            "每次上课（或每天）一张，留出签字的地方和空行。",
            GROUP,
            (COURSE, PER),
            tabled=True,
        ),
        partial(_pack, only="sign-in"),
        _sign_in_tables,
    ),
    Entry(
        PaperInfo(
            "name-list",
            "学员名单",
            "班里的每个人：学校、学段、学科、职称。",
            GROUP,
            (COURSE,),
            tabled=True,
        ),
        partial(_pack, only="names"),
        _name_tables,
    ),
    Entry(
        PaperInfo(
            "desk-cards",
            "桌签",
            "姓名尽量大，折叠后两面都能看；有四种样式。",
            GROUP,
            (COURSE, CARD, FACE, BELOW),
        ),
        partial(_pack, only="cards"),
    ),
    Entry(
        PaperInfo("door-sheet", "门贴", "贴在教室门口：培训名称、时间、地点。", GROUP, (COURSE,)),
        partial(_pack, only="door"),
    ),
    Entry(
        PaperInfo(
            "score-sheet", "成绩表", "每人的分项成绩和合成总分。", GROUP, (COURSE,), tabled=True
        ),
        partial(_table, sheet="scores"),
        _score_tables,
    ),
    Entry(
        PaperInfo(
            "work-sheet",
            "作业与交流登记表",
            "每人交了多少作业和文章。",
            GROUP,
            (COURSE,),
            tabled=True,
        ),
        partial(_table, sheet="work"),
        _work_tables,
    ),
    Entry(
        PaperInfo(
            "gate-sheet", "考试资格审核表", "谁能考试，谁还缺什么。", GROUP, (COURSE,), tabled=True
        ),
        partial(_table, sheet="gate"),
        _gate_tables,
    ),
)
