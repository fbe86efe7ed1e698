"""What the last two steps show: who keeps the agreement, and what became of pairs."""

from __future__ import annotations

from collections import Counter

from models.mentoring.keeping import Unkept, term_at, unkept
from models.mentoring.meetings import DueMeeting, due_meetings, meetings_of
from models.mentoring.pairs import COUNTED, PairRow, pair_rows, shown_hours
from models.mentoring.programmes import Programme, programme
from models.mentoring.ranking import PairRank, Ranking, rank
from models.mentoring.sanctions import DECISION_NAMES, Proposal, proposals_of
from models.mentoring.visits import visit_rows
from models.office.context import Office
from models.progress import Progress
from ui.desktop.pages.mentoring.later_loads import pair_facts, people_texts, short_for
from ui.desktop.pages.mentoring.shown import Short, Shown
from ui.desktop.widgets.detail_card import Details, Fact, Meter
from ui.desktop.widgets.table.source import TableRow


def stage(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """How pairs keep their agreements, the meetings, and who is proposed to lose a title."""
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id, COUNTED)
    few = {one.pair.id: one for one in unkept(office, programme_id)}
    proposals = proposals_of(office, programme_id)
    of_pair = {one.pair_id: one for one in reversed(proposals)}
    counts, short = _this_term(office, programme_id), short_for(pairs)
    rows = [
        _stage_row(one, counts[one.id], few.get(one.id), of_pair.get(one.id), short)
        for one in pairs
    ]
    rows.sort(key=lambda row: row.tones["state"] == "ok")
    note = f"每学期不少于 {found.kind.kept.visits} 次活动；{len(few):,} 对没有做到"
    open_ = sum(1 for one in proposals if not one.decision)
    note += f"，{open_:,} 条取消称号的建议待决定" if open_ else ""
    return Shown(
        programme_id,
        rows,
        f"{note}。",
        "warn" if few else "muted",
        cards={one.id: _stage_card(one, few.get(one.id), of_pair.get(one.id)) for one in pairs},
        general=_meetings_card(office, found),
        things={one.id: one for one in pairs}
        | {"programme": found, "short": few, "proposals": of_pair}
        | {"meetings": _held(office, found)},
    )


def _held(office: Office, found: Programme) -> dict[str, tuple[str, str, str]]:
    """The meetings that were put down, by key: kind, day, and what a person calls them."""
    names = {one.id: one.name for one in found.kind.meetings}
    return {
        f"{one.kind}/{one.held_on}": (
            one.kind,
            one.held_on,
            f"{one.held_on} {names.get(one.kind, one.kind)}：{one.topic}",
        )
        for one in meetings_of(office, found.id)
    }


def _this_term(office: Office, programme_id: str) -> Counter[str]:
    """Visits of each pair in the term that runs."""
    now = term_at(office.store.clock.today().isoformat())
    return Counter(
        one.pair_id for one in visit_rows(office, programme_id) if term_at(one.held_on) == now
    )


def _stage_row(
    one: PairRow, count: int, few: Unkept | None, sanction: Proposal | None, short: Short
) -> TableRow:
    state, tone = _kept(few is not None, sanction)
    texts = {
        **people_texts(one, short),
        "now": str(count),
        "all": str(one.visits),
        "state": state,
        "why": few.reason.removeprefix(f"{one.called}：") if few else "",
    }
    return TableRow(one.id, texts, {"state": tone})


def _stage_card(one: PairRow, few: Unkept | None, sanction: Proposal | None) -> Details:
    state, tone = _kept(few is not None, sanction)
    told = [Fact("", "没有履行协议"), Fact("情况", few.reason)] if few else []
    facts = [*pair_facts(one), *told, *_sanction_facts(sanction)]
    return Details(f"{one.mentor} 带 {one.mentee}", "", state, tone, facts)


def _kept(falls_short: bool, sanction: Proposal | None) -> tuple[str, str]:  # noqa: FBT001 - a fact
    if sanction is not None and not sanction.decision:
        return "待决定", "warn"
    if sanction is not None:
        tone = "error" if sanction.decision == "withdraw" else "ok"
        return DECISION_NAMES[sanction.decision], tone
    return ("未履行", "warn") if falls_short else ("正常", "ok")


def _sanction_facts(one: Proposal | None) -> list[Fact]:
    if one is None:
        return []
    facts = [
        Fact("", "取消称号的建议"),
        Fact("理由", one.reason),
        Fact("提出", f"{one.proposed_by}，{one.proposed_on}"),
    ]
    if one.decision:
        decided = f"{DECISION_NAMES[one.decision]}，{one.decided_by}，{one.decided_on}"
        facts += [Fact("决定", decided), Fact("依据", one.opinion)]
    return facts


def _meetings_card(office: Office, found: Programme) -> Details:
    facts = [
        Fact(f"{one.year} 年" + (f"{one.month} 月" if one.month else ""), _met(one))
        for one in due_meetings(office, found)
    ]
    return Details("会议", "这项工程每年的会议", facts=facts or [Fact("", "没有规定会议。")])


def _met(one: DueMeeting) -> str:
    if one.held is None:
        return f"{one.kind.name}：还没有开"
    place = f"，{one.held.place}" if one.held.place else ""
    return f"{one.kind.name}：{one.held.held_on} 已开{place}"


def results(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """What became of pairs, and the ranking of units and pairs."""
    found, ranking = programme(office, programme_id), rank(office, programme_id)
    pairs = [one.pair for one in ranking.pairs]
    short = short_for(pairs)
    honour = ranking.terms.pair_honour
    reached = sum(1 for one in pairs if one.result == "reached")
    return Shown(
        programme_id,
        [_result_row(one, honour if one.honoured else "", short) for one in ranking.pairs],
        f"已认定 {ranking.judged:,} 对，达成“{found.kind.goal}” {reached:,} 对，"
        f"共 {len(pairs):,} 对。",
        values={
            one.pair.id: {"place": float(one.place), "visits": float(one.pair.visits)}
            for one in ranking.pairs
        },
        cards={
            one.pair.id: _result_card(one.pair, honour if one.honoured else "")
            for one in ranking.pairs
        },
        general=_ranking_card(ranking),
        things={one.id: one for one in pairs},
    )


_RESULT_TONES = {"reached": "ok", "not_reached": "warn"}


def _result_row(one: PairRank, honour: str, short: Short) -> TableRow:
    pair = one.pair
    texts = {
        **people_texts(pair, short),
        "place": str(one.place) if pair.result else "",
        "result": pair.result_name or "未认定",
        "visits": str(pair.visits),
        "honour": honour,
    }
    return TableRow(pair.id, texts, {"result": _RESULT_TONES.get(pair.result, "muted")})


def _result_card(pair: PairRow, honour: str) -> Details:
    told = [
        ("活动", f"{pair.visits} 次，{shown_hours(pair.hours)} 学时"),
        ("认定日期", pair.result_on),
        ("依据", pair.result_note),
        ("荣誉", honour),
    ]
    facts = [*pair_facts(pair), *(Fact(title, text) for title, text in told if text)]
    state, tone = pair.result_name or "未认定", _RESULT_TONES.get(pair.result, "muted")
    return Details(f"{pair.mentor} 带 {pair.mentee}", "", state, tone, facts)


def _ranking_card(ranking: Ranking) -> Details:
    meters = [
        Meter(
            (f"{one.place}. " if one.place else "") + one.school,
            f"{one.reached}/{one.pairs}" + (" ★" if one.honoured else ""),
            float(one.ratio),
        )
        for one in ranking.units
    ]
    terms = ranking.terms
    below = f"按达成比例；至少 {terms.least} 对才排名，取前 {terms.units} 名（★）"
    return Details("单位排名", below, measured="达成/对子", meters=meters)
