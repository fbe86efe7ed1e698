"""The stage report of a programme: what was done in some days, where, and who falls short."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from models.entities.display import HUNDREDTHS, plain_decimal
from models.errors import UserError
from models.mentoring.keeping import term_at
from models.mentoring.kinds import read_kinds
from models.mentoring.meetings import meeting_kind, meetings_of
from models.mentoring.pairs import WORKED, PairRow, pair_rows
from models.mentoring.programmes import Programme, programme
from models.mentoring.visits import VisitRow, visit_rows
from models.text.quotes import quoted
from models.training.school_terms import term_days, terms_between
from reports.documents.pair_stage import StageReport
from reports.kit.charts import Bar, Share
from reports.kit.figures import FigureColumn, FigureKind, Part
from reports.kit.wording import plain_date, share

if TYPE_CHECKING:
    from models.office.context import Office

_MONTHS = 12
_SHORT = 20
_TEXT = FigureKind.TEXT


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some days of a programme, both inclusive, as ISO text."""

    first: str
    last: str

    @property
    def name(self) -> str:
        """As papers say it."""
        return f"{plain_date(self.first)}至{plain_date(self.last)}"

    def holds(self, day: str) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Stage:
    """What was done in a stretch: who was paired through some of it, and their visits."""

    found: Programme
    stretch: Stretch
    pairs: tuple[PairRow, ...]
    visits: tuple[VisitRow, ...]
    counts: Counter[str]

    def wanted(self, pair: PairRow) -> int:
        """How many visits a pair's agreement asks for in the stretch."""
        return self.found.kind.kept.visits * len(self.terms(pair))

    def terms(self, pair: PairRow) -> list[str]:
        """The terms a pair stood in within the stretch, those only begun among them."""
        first, last = max(pair.starts_on, self.stretch.first), min(pair.ends_on, self.stretch.last)
        return list(terms_between(first, last))

    def standing(self, pair: PairRow) -> int:
        """0 for a pair that did enough, 1 for one that fell short, 2 for one that did nothing."""
        count = self.counts[pair.id]
        if count >= self.wanted(pair):
            return 0
        return 1 if count else 2

    def words(self, pair: PairRow) -> str:
        """How a pair stands, in a sentence."""
        count, wanted = self.counts[pair.id], self.wanted(pair)
        verdict = ("已达到", "还不够", "没有活动")[self.standing(pair)]
        runs = any(term_days(one)[1] > self.stretch.last for one in self.terms(pair)[-1:])
        time = "（学期还没有结束）" if runs and self.standing(pair) else ""
        return f"活动 {count} 次，协议要求不少于 {wanted} 次，{verdict}{time}。"


def stretch_of(office: Office, found: Programme, first: str, last: str) -> Stretch:
    """The days that were asked for; the term of the last day where no first is given.

    Raises:
        UserError: the last day lies before the first, or none of them is of the programme.
    """
    end = last or min(office.store.clock.today().isoformat(), found.ends_on)
    begin = first or max(term_days(term_at(end))[0], min(found.starts_on, end))
    if end < begin:
        raise UserError(
            "mentoring.days", f"结束日期 {end} 早于开始日期 {begin}。", "请核对两个日期。"
        )
    if end < found.starts_on or begin > found.ends_on:
        raise UserError(
            "mentoring.outside",
            f"{begin} 至 {end} 不在{quoted(found.name)}的周期里。",
            f"它的周期是 {found.starts_on} 至 {found.ends_on}，请另选日期。",
        )
    return Stretch(begin, end)


def stage_of(office: Office, programme_id: str, first: str = "", last: str = "") -> Stage:
    """What was done in a stretch of a programme.

    Raises:
        UserError: no such programme, or days that cannot be.
    """
    found = programme(office, programme_id)
    stretch = stretch_of(office, found, first, last)
    pairs = tuple(
        one
        for one in pair_rows(office, programme_id, WORKED)
        if one.starts_on and one.starts_on <= stretch.last and one.ends_on >= stretch.first
    )
    visits = tuple(one for one in visit_rows(office, programme_id) if stretch.holds(one.held_on))
    return Stage(found, stretch, pairs, visits, Counter(one.pair_id for one in visits))


def stage_report(office: Office, programme_id: str, first: str = "", last: str = "") -> StageReport:
    """The report of a stretch of a programme.

    Raises:
        UserError: no such programme, days that cannot be, or no pair was filed in them.
    """
    stage = stage_of(office, programme_id, first, last)
    if not stage.pairs:
        raise UserError(
            "pair.nothing",
            f"{stage.stretch.name}没有已备案的师徒。",
            "请先备案，或另选日期。",
        )
    return StageReport(
        title=f"{stage.found.name}阶段报告",
        scope=stage.stretch.name,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        facts=_facts(stage),
        words=tuple(_words(office, stage)),
        parts=tuple(_parts(stage)),
    )


def _facts(stage: Stage) -> tuple[tuple[str, str], ...]:
    hours = Decimal(sum(one.hours for one in stage.visits)) / HUNDREDTHS
    people = {one.mentor_id for one in stage.pairs}
    kept = sum(1 for one in stage.pairs if stage.standing(one) == 0)
    return (
        ("师徒", f"{len(stage.pairs)} 对，师傅 {len(people)} 人"),
        ("活动", f"{len(stage.visits)} 次，{plain_decimal(hours)} 学时"),
        ("达到要求", f"{kept} 对"),
        ("没有活动", f"{sum(1 for one in stage.pairs if stage.standing(one) == 2)} 对"),
    )


def _words(office: Office, stage: Stage) -> Iterator[str]:
    for one in meetings_of(office, stage.found.id):
        if stage.stretch.holds(one.held_on):
            kind = meeting_kind(stage.found, one.kind).name
            place = f"在{one.place}" if one.place else ""
            yield f"{plain_date(one.held_on)}{place}举行{kind}：{one.topic}。{one.report}"


def _parts(stage: Stage) -> Iterator[Part]:
    yield _by_kind(stage)
    yield _by_month(stage)
    yield _by_school(stage)
    short = _falling_short(stage)
    if short is not None:
        yield short


def _by_kind(stage: Stage) -> Part:
    counts = Counter(one.kind for one in stage.visits)
    hours = Counter[str]()
    for one in stage.visits:
        hours[one.kind] += one.hours
    kinds = [one for one in read_kinds().visits if counts[one.id]]
    rows = tuple(
        (
            one.name,
            counts[one.id],
            Decimal(hours[one.id]) / HUNDREDTHS,
            share(counts[one.id], len(stage.visits)),
        )
        for one in kinds
    )
    return Part(
        "各类活动",
        (
            FigureColumn("活动", _TEXT, 10),
            FigureColumn("次数"),
            FigureColumn("学时", FigureKind.AMOUNT),
            FigureColumn("占次数", FigureKind.SHARE),
        ),
        rows,
        total=(
            "合计", len(stage.visits), Decimal(hours.total()) / HUNDREDTHS, None,
        ) if rows else (),
        bars=tuple(Bar(one.name, counts[one.id], f"{counts[one.id]} 次") for one in kinds),
        note="" if rows else "这段时间没有登记活动。",
    )  # fmt: skip


def _by_month(stage: Stage) -> Part:
    counts = Counter(one.held_on[:7] for one in stage.visits)
    months = list(_months(stage.stretch))
    several = months[0][:4] != months[-1][:4]
    bars = tuple(
        Bar(
            f"{one[2:4]}.{one[5:]}" if several else f"{int(one[5:])} 月",
            counts[one],
            str(counts[one]),
        )
        for one in months
    )
    columns = (FigureColumn("月份", _TEXT, 8), FigureColumn("活动次数"))
    rows = tuple((plain_date(one), counts[one]) for one in months)
    return Part("逐月活动", columns, rows, bars=bars, upright=True)


def _by_school(stage: Stage) -> Part:
    """The schools of the mentees: how many of their pairs did enough."""
    groups: dict[str, list[PairRow]] = defaultdict(list)
    for one in stage.pairs:
        groups[one.mentee_school].append(one)
    rows: list[tuple[str, int, int, int, int, int, Decimal | None]] = []
    for school, members in groups.items():
        standing = Counter(stage.standing(one) for one in members)
        visits = sum(stage.counts[one.id] for one in members)
        rows.append(
            (school, len(members), visits, standing[0], standing[1], standing[2],
             share(standing[0], len(members)))
        )  # fmt: skip
    rows.sort(key=lambda one: (-(one[6] or 0), -one[1], one[0]))
    sums = tuple(sum(column) for column in zip(*(one[1:6] for one in rows), strict=True))
    return Part(
        "各受助学校履行协议情况",
        (
            FigureColumn("学校", _TEXT, 16),
            FigureColumn("对子"),
            FigureColumn("活动次数"),
            FigureColumn("已达到"),
            FigureColumn("还不够"),
            FigureColumn("没有活动"),
            FigureColumn("达到占比", FigureKind.SHARE),
        ),
        tuple(rows),
        total=("合计", *sums, share(sums[2], sums[0])),
        shares=tuple(Share(one[0], one[3:6], f"{one[1]} 对") for one in rows),
    )


def _falling_short(stage: Stage) -> Part | None:
    short = [one for one in stage.pairs if stage.standing(one)]
    if not short:
        return None
    short.sort(key=lambda one: (stage.counts[one.id], one.mentee_school, one.mentor))
    rows = tuple(
        (one.mentor, one.mentor_school, one.mentee, one.mentee_school, stage.counts[one.id],
         stage.wanted(one))
        for one in short
    )  # fmt: skip
    return Part(
        f"还没有达到要求的对子（{len(short)} 对）",
        (
            FigureColumn("师傅", _TEXT, 6),
            FigureColumn("师傅单位", _TEXT, 14),
            FigureColumn("徒弟", _TEXT, 6),
            FigureColumn("徒弟单位", _TEXT, 14),
            FigureColumn("活动次数"),
            FigureColumn("要求"),
        ),
        rows,
    )


def _months(stretch: Stretch) -> Iterator[str]:
    year, month = int(stretch.first[:4]), int(stretch.first[5:7])
    while f"{year}-{month:02d}" <= stretch.last[:7]:
        yield f"{year}-{month:02d}"
        year, month = (year + 1, 1) if month == _MONTHS else (year, month + 1)


def named(pairs: Sequence[PairRow], school_id: str) -> list[PairRow]:
    """The pairs that have one of their two at a school; all where none is named."""
    return [
        one
        for one in pairs
        if not school_id or school_id in (one.mentor_school_id, one.mentee_school_id)
    ]
