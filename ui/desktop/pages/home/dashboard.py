"""What the first page shows of the cycle and of what waits; read on the lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.collecting.waiting import collecting_waiting
from models.errors import UserError
from models.exams.waiting import Lack, waiting_exams
from models.mentoring.waiting import pairs_waiting
from models.office.context import Office
from models.progress import Progress
from models.stamping.listing import find_run
from models.teams.waiting import teams_waiting
from models.titles.waiting import titles_waiting
from models.training.waiting import Ending, ending_courses, waiting
from models.uploads.waiting import uploads_waiting
from models.verdicts.board import Board
from models.verdicts.exemptions import count_waiting
from models.verdicts.overview import Standing, standings
from models.verdicts.pace import pace, paced_column
from ui.desktop.tasks.boards import Kept
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.plots import Bar, Pace
from ui.desktop.widgets.shortening import shared_letters

EXAMS_LACK: dict[Lack, str] = {
    "frame": "等着冻结抽签名单",
    "draw": "等着抽签",
    "seats": "等着编排考场座位",
    "marks": "等着登记成绩",
    "publishing": "等着公布成绩",
    "posting": "等着登记到台账",
}
exchange_items = Lazy("ui.desktop.pages.home.exchange", "exchange_items")
SCHOOLS = 10
FEW = 5
"""Schools with fewer teachers are left out where there are enough others."""
YEAR_END = 3
"""Up to this month the stamp of the year before is the one that matters."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that waits: a sentence, what the button says, and where it leads."""

    text: str
    action: str
    page: str
    argument: object = None


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The cycle as it stands, and what waits.

    Attributes:
        problem: why there is no cycle to show; "" where there is one.
        period: its years.
        people, met: how many are judged, and how many have met everything.
        requirements: each with the share that has met it.
        paced, unit, years: what the line shows: a requirement, its unit, year by year.
        schools: those furthest behind.
        items: what waits for a decision.
        endings: courses that end soon or are overdue.
        stamp: how the year's stamp stands, and of which year.
    """

    problem: str
    period: str
    people: int
    met: int
    requirements: Sequence[Bar]
    paced: str
    unit: str
    years: Sequence[Pace]
    schools: Sequence[Bar]
    items: Sequence[Item]
    endings: Sequence[Ending]
    stamp: tuple[str, int]


def read_dashboard(office: Office, progress: Progress, look: OfficeWork) -> Dashboard:
    """Look at the board and at what waits."""
    problem, board, people, met = "", None, 0, 0
    try:
        kept: Kept = look(office, progress)
        board, (people, met) = kept.board, kept.counts
    except UserError as error:
        problem = error.sentence
    paced, unit, years = _pace(office, board)
    period = board.questions.period if board else None
    return Dashboard(
        problem=problem,
        period=f"{period.first}—{period.last}" if period else "",
        people=people,
        met=met,
        requirements=_requirements(board),
        paced=paced,
        unit=unit,
        years=years,
        schools=_behind(office, board),
        items=_items(office),
        endings=ending_courses(office),
        stamp=_stamp(office),
    )


def _requirements(board: Board | None) -> list[Bar]:
    found: list[Bar] = []
    for column in board.columns if board else ():
        applying, met = column.counts()
        if applying:
            title = column.question.demand.title
            words = f"{title}：要求 {applying:,} 人，达到 {met:,} 人"
            figures = f"{met:,} / {applying:,}"
            found.append(Bar(column.id, title, met / applying, figures, words))
    return found


def _pace(office: Office, board: Board | None) -> tuple[str, str, list[Pace]]:
    column = paced_column(board) if board else None
    if board is None or column is None:
        return "", "", []
    years = [
        Pace(
            str(one.year),
            None if one.reached is None else float(one.reached),
            float(one.expected),
        )
        for one in pace(office, board, column)
    ]
    return column.question.demand.title, column.question.unit, years


def _behind(office: Office, board: Board | None) -> list[Bar]:
    found: list[Standing] = standings(office, board, "school") if board else []
    behind = [one for one in found if one.behind and one.key]
    big = [one for one in behind if one.people >= FEW]
    shown = big if len(big) >= SCHOOLS else behind
    left_out = shared_letters([one.name for one in found if one.key])
    return [
        Bar(
            one.key,
            one.name[left_out:],
            one.met / one.people,
            f"{one.met:,} / {one.people:,}",
            f"{one.name}：{one.people:,} 人中 {one.met:,} 人达标",
        )
        for one in shown[:SCHOOLS]
    ]


def _items(office: Office) -> list[Item]:
    waits, pairs = waiting(office), pairs_waiting(office)
    titles, teams = titles_waiting(office), teams_waiting(office)
    up, below = uploads_waiting(office), collecting_waiting(office)
    lines = (
        (count_waiting(office), "条减免申报待批", "去审批", "verdicts", "leaves"),
        (waits.claims, "条学时申报待审核", "去审核", "ledger", "claims"),
        (waits.plans, "份培训计划待批准", "去批准", "courses", None),
        (waits.choices, "人次选课报名待审核", "去审核", "courses", None),
        (teams.plans, "份团队工作计划待审批", "去审批", "teams", None),
        (teams.activities, "次团队活动还没有记学时", "去登记", "teams", None),
        (titles.objections, "条称号公示异议待处理", "去处理", "titles", "batches"),
        (titles.lists, "批称号公示期满待认定", "去认定", "titles", "batches"),
        (titles.rechecks, "个称号任期将满或已满待复检", "去复检", "titles", "reviews"),
        (pairs.steps, "对师徒待办结对手续", "去办理", "mentoring", "approval"),
        (pairs.decisions, "条取消骨干称号的建议待决定", "去决定", "mentoring", "stage"),
        (up.due, "张上报表一个月内到期或已过期", "去上报", "uploads", "due"),
        (up.unsent, "份上报文件还没有登记送出", "去登记", "uploads", "sent"),
        (up.refused, "条上报被退回", "去改正", "uploads", "sent"),
        (below.late, "所学校的表逾期未交", "去催收", "uploads", "collect"),
        (below.questions, "条收表问题待处理", "去处理", "uploads", "questions"),
    )
    found = [
        Item(f"{count:,} {words}", action, page, argument)
        for count, words, action, page, argument in lines
        if count
    ]
    return [*found, *exchange_items.load()(office), *_exams(office)]


def _exams(office: Office) -> list[Item]:
    """The exams on their way; one alone is opened, several lead to the list."""
    return [
        Item(
            f"{len(one.exam_ids):,} 场考试{EXAMS_LACK[one.lack]}",
            "去办理",
            "exams",
            one.exam_ids[0] if len(one.exam_ids) == 1 else None,
        )
        for one in waiting_exams(office)
    ]


def _stamp(office: Office) -> tuple[str, int]:
    today = office.store.clock.today()
    year = today.year - 1 if today.month <= YEAR_END else today.year
    run = find_run(office, year)
    if run is None:
        return "未开始", year
    return f"{run.stamped:,} 人", year


def reached_words(dashboard: Dashboard) -> str:
    """One sentence on the pace: where everybody together is, and where they should be."""
    known = [one for one in dashboard.years if one.reached is not None]
    if not known:
        return ""
    last = known[-1]
    reached, expected = _words(last.reached or 0), _words(last.expected)
    return f"人均 {reached} {dashboard.unit}，到 {last.label} 年底应到 {expected}（虚线）"


def _words(amount: float) -> str:
    """A number with at most one decimal place."""
    return f"{amount:.1f}".removesuffix(".0")
