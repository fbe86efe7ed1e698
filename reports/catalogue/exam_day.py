"""考务: what an exam day needs at the door, on the desks and in the hands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from models.exams import registration
from models.exams.rooms import read_seats
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import Choice, Option, OptionKind, PaperInfo
from reports.documents import exam_pack
from reports.documents.exam_labels import USUAL, label_sheets
from reports.documents.exam_pack import TITLES, PackWish
from reports.inputs.exam_days import exam_day, seat_sheet
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "考务"
EXAM = Option("exam", "考试", OptionKind.EXAM, required=True)
ROOMS = Option(
    "rooms", "考场", OptionKind.TEXT, note="写考场号，如 1、3-5；不写就是全部", empty="全部考场"
)
PAPERS = Option(
    "papers",
    "包括",
    OptionKind.SEVERAL,
    default="、".join(TITLES),
    choices=tuple(Choice(key, title) for key, title in TITLES.items()),
)
_SHEETS = tuple(Choice(key, one.title) for key, one in label_sheets().items())
DESK = Option("desk", "桌贴用纸", OptionKind.CHOICE, default=USUAL["desk"], choices=_SHEETS)
ANSWER = Option(
    "answer", "答题卡标签用纸", OptionKind.CHOICE, default=USUAL["answer"], choices=_SHEETS
)
EACH = Option("each", "每校一页", OptionKind.FLAG, default="是")


def _pack(order: Order, output: Output, only: str = "") -> Built:
    values = order.values
    exam = registration.read(order.office, values.text("exam"))
    day = exam_day(order.office, exam, read_seats(values.text("rooms")))
    papers = (only,) if only else values.several("papers")
    each = values.flag("each") if only else True
    wish = PackWish(papers, values.text("desk"), values.text("answer"), each)
    return write(exam_pack.build, day, output, wish=wish)


def _tables(order: Order) -> Sequence[TableSheet]:
    exam = registration.read(order.office, order.values.text("exam"))
    return [seat_sheet(order.office, exam, read_seats(order.values.text("rooms")))]


def _one(name: str, about: str, key: str, *more: Option) -> Entry:
    """One of the papers by itself."""
    info = PaperInfo(name, TITLES[key], about, GROUP, (EXAM, ROOMS, *more))
    return Entry(info, partial(_pack, only=key))


ENTRIES = (
    Entry(
        PaperInfo(
            "exam-pack",
            "考务资料（整套）",
            "一次印齐，按发放的先后：目录、考场安排表、各校名单和准考证，再按考场排门贴、"
            "座次图、桌贴、签到表、答题卡标签。",
            GROUP,
            (EXAM, PAPERS, ROOMS, DESK, ANSWER),
        ),
        _pack,
    ),
    _one("exam-rooms", "各考场的地点、人数、准考证号起止和监考员。", "overview"),
    Entry(
        PaperInfo(
            "exam-list",
            "考生名单",
            "各校的考生在哪个考场、几号座，留有领取签字。",
            GROUP,
            (EXAM, ROOMS, EACH),
            tabled=True,
        ),
        partial(_pack, only="list"),
        _tables,
    ),
    _one("exam-tickets", "带照片的准考证，按学校排列，A4 纸一张四份。", "tickets"),
    _one("exam-door", "贴在考场门口：考场号和本场考生。", "door"),
    _one("exam-plan", "从上往下看的考场，每座印座号、姓名。", "plan"),
    _one("exam-desk", "贴在课桌上：座号、姓名、准考证号。", "desk", DESK),
    _one("exam-sign-in", "考生签名，监考员填实到和缺考。", "sign-in"),
    _one("exam-answer", "贴在答题卡上：准考证号的二维码、姓名、座号。", "answer", ANSWER),
)
