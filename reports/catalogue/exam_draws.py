"""考试抽签: the list before the draw, its record, and who was called up after it."""

from __future__ import annotations

from models.exams import registration
from models.exams.records import Exam
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.options import Option, OptionKind, PaperInfo
from reports.documents import draw_record, exam_frame, exam_reserves
from reports.inputs import draws
from reports.kit.furniture import Built, Output

GROUP = "考试抽签"
EXAM = Option("exam", "考试", OptionKind.EXAM, required=True)
REASONS = Option(
    "reasons",
    "未列入的人员及原因",
    OptionKind.FLAG,
    default="是",
    note="公开张贴时可以不印",
)


def exam_of(order: Order) -> Exam:
    """The exam a paper is asked for."""
    return registration.read(order.office, order.values.text("exam"))


def _frame(order: Order, output: Output) -> Built:
    values = order.values
    found = draws.frame_sheet(
        order.office, exam_of(order), names=values.flag("names"), reasons=values.flag("reasons")
    )
    return write(exam_frame.build, found, output)


def _record(order: Order, output: Output) -> Built:
    values = order.values
    found = draws.draw_record(
        order.office,
        exam_of(order),
        reserves=values.number("reserves"),
        reasons=values.flag("reasons"),
    )
    return write(draw_record.build, found, output)


def _reserves(order: Order, output: Output) -> Built:
    found = draws.reserves_sheet(order.office, exam_of(order))
    return write(exam_reserves.build, found, output)


ENTRIES = (
    Entry(
        PaperInfo(
            "exam-frame",
            "抽签名单公示",
            "冻结的名单和它的指纹，在种子产生之前公布、签字。",
            GROUP,
            (
                EXAM,
                Option("names", "附全部名单", OptionKind.FLAG, default="是"),
                Option(
                    "reasons",
                    "附未列入的人员及原因",
                    OptionKind.FLAG,
                    default="否",
                    note="含病假、产假等，只供内部存档，不要张贴",
                ),
            ),
        ),
        _frame,
    ),
    Entry(
        PaperInfo(
            "draw-record",
            "抽签记录",
            "一次抽签的全过程：种子、名单指纹、抽中和候补，供签字存档。",
            GROUP,
            (
                EXAM,
                Option(
                    "reserves",
                    "每组列出的候补",
                    OptionKind.COUNT,
                    default=str(draws.RESERVES_SHOWN),
                    note="全部候补在抽签记录文件里",
                ),
                REASONS,
            ),
        ),
        _record,
    ),
    Entry(
        PaperInfo(
            "draw-reserves",
            "抽签记录附页（候补递补）",
            "抽签以后谁由谁递补、什么原因；抽签记录本身不变。",
            GROUP,
            (EXAM,),
        ),
        _reserves,
    ),
)
