"""考试成绩: score lists, rankings, statistics, awards, the circular on an exam."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

from models.exams import registration
from models.exams.marks import mark_book
from models.exams.ranking import exam_rules, read_weights, unit_rule
from models.exams.results import RANK_BY
from models.office.context import Office
from reports.catalogue.entry import Entry, Order, write
from reports.catalogue.letters import HEAD, TEXTS, write_letter
from reports.catalogue.options import Choice, Option, OptionKind, PaperInfo
from reports.documents import exam_lists, statistics
from reports.documents.exam_lists import ExamList
from reports.inputs import exam_results
from reports.inputs.exam_circulars import NAMED, Named, attachments, draft_texts
from reports.inputs.exam_results import Outcome, outcome_of
from reports.inputs.exam_sheets import fill_in_sheet, publication_sheets
from reports.inputs.exam_statistics import exam_statistics
from reports.inputs.year_statistics import statistics_sheets
from reports.kit.fonts import Role
from reports.kit.furniture import Built, Output
from reports.workbooks.table import TableSheet

GROUP = "考试成绩"
EXAM = Option("exam", "考试", OptionKind.EXAM, required=True)
BY = Option(
    "by",
    "单位排名依据",
    OptionKind.CHOICE,
    default=exam_rules().units.by,
    choices=tuple(Choice(key, title) for key, title in RANK_BY.items()),
)
LEAST = Option(
    "least",
    "参加排名的最少人数",
    OptionKind.COUNT,
    default=str(exam_rules().units.least),
    note="参考人数更少的单位列在表里，不排名",
)
WEIGHTS = Option(
    "weights",
    "综合得分的权重",
    OptionKind.TEXT,
    note="平均分,合格率，如 60,40；按综合得分排名时用",
    empty="各占一半",
)
PEOPLE = Option(
    "people",
    "公布个人成绩",
    OptionKind.CHOICE,
    default="all",
    choices=tuple(Choice(key, title) for key, title in NAMED.items()),
)


def _outcome(order: Order) -> Outcome:
    """The results of the exam asked for, by the rule asked for where the paper offers one."""
    values = order.values
    exam = registration.read(order.office, values.text("exam"))
    weights = read_weights(values.text("weights")) if values.text("weights") else None
    rule = unit_rule(values.text("by"), values.number("least") or None, weights)
    return outcome_of(order.office, exam, rule)


def _listed(make: Callable[[Office, Outcome], ExamList], order: Order, output: Output) -> Built:
    return write(exam_lists.build, make(order.office, _outcome(order)), output)


def _statistics(order: Order, output: Output) -> Built:
    return write(statistics.build, exam_statistics(order.office, _outcome(order)), output)


def _statistics_tables(order: Order) -> Sequence[TableSheet]:
    return statistics_sheets(exam_statistics(order.office, _outcome(order)))


def _published(order: Order) -> Sequence[TableSheet]:
    return publication_sheets(order.office, _outcome(order))


def _filled(order: Order) -> Sequence[TableSheet]:
    exam = registration.read(order.office, order.values.text("exam"))
    return [fill_in_sheet(order.office, mark_book(order.office, exam))]


def _named(order: Order) -> Named:
    return cast("Named", order.values.text("people") or "all")


def _draft(order: Order) -> Mapping[str, str]:
    return draft_texts(order.office, _outcome(order), _named(order))


def _circular(order: Order, output: Output) -> Built:
    found, named = _outcome(order), _named(order)
    return write_letter(
        order,
        output,
        draft_texts(order.office, found, named),
        attachments(order.office, found, named),
    )


ENTRIES = (
    Entry(
        PaperInfo(
            "exam-scores",
            "考试成绩册",
            "一场考试全体考生的成绩，按学校排列，供签字存档；工作簿可填写后交回。",
            GROUP,
            (EXAM,),
            tabled=True,
        ),
        partial(_listed, exam_results.score_list),
        _filled,
    ),
    Entry(
        PaperInfo(
            "exam-ranking",
            "考试成绩排名",
            "单位和个人按成绩降序排列，相同的名次相同；工作簿供公布，不含身份证号。",
            GROUP,
            (EXAM, BY, LEAST, WEIGHTS),
            tabled=True,
        ),
        partial(_listed, exam_results.ranking),
        _published,
    ),
    Entry(
        PaperInfo(
            "exam-statistics",
            "考试成绩统计",
            "平均分、合格率、分数分布，分学校、学科、科目、试题，带图。",
            GROUP,
            (EXAM,),
            tabled=True,
        ),
        _statistics,
        _statistics_tables,
    ),
    Entry(
        PaperInfo(
            "exam-awards",
            "考试表彰名单",
            "先进单位、优秀管理干部、优秀学员：确定的名单，未确定时为建议名单。",
            GROUP,
            (EXAM,),
        ),
        partial(_listed, exam_results.awards_list),
    ),
    Entry(
        PaperInfo(
            "exam-circular",
            "考试通报（公文格式）",
            "按 GB/T 9704-2012 排版的成绩通报：先自动拟稿，改好再印；附单位、个人排名和表彰名单。",
            GROUP,
            (EXAM, BY, LEAST, WEIGHTS, PEOPLE, HEAD, *TEXTS),
        ),
        _circular,
        draft=_draft,
        roles=(Role.FANG, Role.BIAOSONG, Role.KAI, Role.HEI),
    ),
    Entry(
        PaperInfo(
            "exam-comparison",
            "考试成绩核对表",
            "两遍录入不一致的和漏录的成绩，供对照试卷核对。",
            GROUP,
            (EXAM,),
        ),
        partial(_listed, exam_results.comparison),
    ),
    Entry(
        PaperInfo(
            "exam-corrections",
            "考试成绩更正记录",
            "更正过的成绩：原成绩、更正为、原因、经办人。",
            GROUP,
            (EXAM,),
        ),
        partial(_listed, exam_results.corrections),
    ),
)
