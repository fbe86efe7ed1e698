"""Who did best in a programme, as the list of honours says it and as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.mentoring.programmes import programme
from models.mentoring.ranking import PairRank, Ranking, UnitRank, rank
from reports.documents.pair_honours import BestPair, PairHonours, UnitLine
from reports.kit.sealing import Seal
from reports.kit.wording import percent, plain_date
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

if TYPE_CHECKING:
    from models.office.context import Office

UNITS = (
    SheetColumn("名次", 4, ColumnKind.INTEGER),
    SheetColumn("单位", 18),
    SheetColumn("对子数", 5, ColumnKind.INTEGER),
    SheetColumn("达成目标", 6, ColumnKind.INTEGER),
    SheetColumn("活动次数", 6, ColumnKind.INTEGER),
    SheetColumn("荣誉", 14),
)
PAIRS = (
    SheetColumn("名次", 4, ColumnKind.INTEGER),
    SheetColumn("师傅", 7),
    SheetColumn("师傅单位", 16),
    SheetColumn("徒弟", 7),
    SheetColumn("徒弟单位", 16),
    SheetColumn("学科", 6),
    SheetColumn("结果", 6),
    SheetColumn("活动次数", 6, ColumnKind.INTEGER),
    SheetColumn("荣誉", 14),
)


def pair_honours(office: Office, programme_id: str) -> PairHonours:
    """The units and pairs of a programme, the best first, with what they are honoured as.

    Raises:
        UserError: there is no such programme.
    """
    found = programme(office, programme_id)
    ranking = rank(office, programme_id)
    terms = ranking.terms
    today = plain_date(office.store.clock.today().isoformat())
    quoted = f"依据：“{found.kind.goal_quote}”" if found.kind.goal_quote else ""
    return PairHonours(
        title=f"{found.name}评选结果",
        scope=f"截至{today}，已认定结果 {ranking.judged} 对，共 {len(ranking.pairs)} 对",
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        rule=(
            f"单位按{found.kind.mentee}达成“{found.kind.goal}”的比例由高到低排名，"
            f"至少 {terms.least} 对的参加排名，取前 {terms.units} 名；"
            f"对子先看是否达成，再看活动次数和学时，取前 {terms.pairs} 名。{quoted}"
        ),
        units=tuple(_unit(ranking, one) for one in ranking.units) if ranking.judged else (),
        pairs=tuple(_pair(ranking, one) for one in ranking.pairs if one.honoured),
        seal=Seal(office.identity.name, "以上为评选结果。"),
    )


def honour_sheets(office: Office, programme_id: str) -> tuple[TableSheet, ...]:
    """The same as the sheets of a workbook, with every pair."""
    found = programme(office, programme_id)
    ranking = rank(office, programme_id)
    title = f"{found.name}评选结果"
    units = [
        (one.place, one.school, one.pairs, one.reached, one.visits, _unit(ranking, one).honour)
        for one in ranking.units
    ]
    pairs = [
        (
            one.place, one.pair.mentor, one.pair.mentor_school, one.pair.mentee,
            one.pair.mentee_school, one.pair.subject_name, one.pair.result_name, one.pair.visits,
            ranking.terms.pair_honour if one.honoured else "",
        )
        for one in ranking.pairs
    ]  # fmt: skip
    author, now = office.identity.name, office.store.clock.now()
    return (
        TableSheet("单位排名", UNITS, units, author, now, heading=title, book=title),
        TableSheet("对子", PAIRS, pairs, author, now, heading=title, book=title),
    )


def _unit(ranking: Ranking, one: UnitRank) -> UnitLine:
    small = f"不足 {ranking.terms.least} 对，不排名" if one.place is None else ""
    return UnitLine(
        "" if one.place is None else str(one.place),
        one.school,
        one.pairs,
        one.reached,
        percent(one.reached, one.pairs),
        one.visits,
        ranking.terms.unit_honour if one.honoured else small,
    )


def _pair(ranking: Ranking, one: PairRank) -> BestPair:
    pair = one.pair
    return BestPair(
        pair.mentor, pair.mentor_school, pair.mentee, pair.mentee_school, pair.subject_name,
        pair.visits, ranking.terms.pair_honour,
    )  # fmt: skip
