"""What the steps after the matching show, read beside the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.mentoring.keeping import term_of, unkept
from models.mentoring.meetings import DueMeeting, due_meetings
from models.mentoring.pairs import STANDING, PairRow, pair_rows, shown_hours
from models.mentoring.people import Troubled, troubled
from models.mentoring.programmes import Programme, programme
from models.mentoring.ranking import Ranking, rank
from models.mentoring.sanctions import DECISION_NAMES, Proposal, proposals_of
from models.mentoring.steps import DECISION_NAMES as STEP_DECISIONS
from models.mentoring.steps import next_step, steps_of
from models.mentoring.visits import VisitRow, visit_rows
from models.office.context import Office
from models.progress import Progress
from ui.desktop.pages.mentoring.shown import Short, Shown, shortened
from ui.desktop.widgets.detail_card import Details, Fact, Meter
from ui.desktop.widgets.table.source import TableRow

_TONES = {
    "proposed": "info",
    "applied": "info",
    "recommended": "info",
    "filed": "ok",
    "refused": "error",
    "dissolved": "warn",
    "ended": "muted",
}
_LIVE = ("filed", "ended")


def approval(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """All pairs with the step each waits for."""
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id)
    bad = {one.pair.id: one for one in troubled(office, found, _standing(pairs))}
    short = short_for(pairs)
    order = sorted(pairs, key=lambda one: (one.id not in bad, next_step(found, one) is None))
    rows = [_approval_row(found, one, bad.get(one.id), short) for one in order]
    cards = {one.id: _approval_card(office, found, one, bad.get(one.id)) for one in pairs}
    waiting = sum(1 for one in pairs if next_step(found, one))
    filed = sum(1 for one in pairs if one.state == "filed")
    note = f"待办 {waiting:,} 对，已备案 {filed:,} 对"
    note += f"；{len(bad):,} 对的人员情况有变，须处理" if bad else ""
    way = " → ".join(f"{one.name}（{one.by}）" for one in found.kind.steps)
    return Shown(
        programme_id,
        rows,
        f"{note}。手续：{way}。",
        "warn" if bad else "muted",
        cards=cards,
        things={one.id: one for one in pairs} | {"programme": found},
    )


def _standing(pairs: Sequence[PairRow]) -> list[PairRow]:
    return [one for one in pairs if one.state in ("proposed", *STANDING)]


def short_for(pairs: Sequence[PairRow]) -> Short:
    """How the schools of pairs are called in a list of them."""
    return shortened(name for one in pairs for name in (one.mentor_school, one.mentee_school))


def people_texts(one: PairRow, short: Short) -> dict[str, str]:
    """The texts that lists of pairs share."""
    return {
        "mentor": one.mentor,
        "mentor_school": short(one.mentor_school),
        "mentee": one.mentee,
        "mentee_school": short(one.mentee_school),
        "subject": one.subject_name,
    }


def _approval_row(found: Programme, one: PairRow, bad: Troubled | None, short: Short) -> TableRow:
    step = next_step(found, one)
    state = "须处理" if bad else one.state_name
    texts = {**people_texts(one, short), "state": state, "next": step.name if step else ""}
    texts["why"] = bad.why if bad else one.state_reason or one.reason
    return TableRow(one.id, texts, {"state": "warn" if bad else _TONES[one.state]})


def _approval_card(office: Office, found: Programme, one: PairRow, bad: Troubled | None) -> Details:
    facts = [*pair_facts(one)]
    if bad:
        facts += [Fact("", "须处理"), Fact("原因", f"{bad.why}。"), Fact("怎么办", bad.hint)]
    taken = steps_of(office, found, one.id)
    facts += [Fact("", "办理经过")] if taken else []
    for step in taken:
        words = "，".join(
            text for text in (STEP_DECISIONS[step.decision], step.person, step.opinion) if text
        )
        facts.append(Fact(step.decided_on, f"{step.name}：{words}"))
    tone = "warn" if bad else _TONES[one.state]
    return Details(f"{one.mentor} 带 {one.mentee}", "", one.state_name, tone, facts)


def pair_facts(one: PairRow) -> list[Fact]:
    """What every card says of a pair."""
    told = [
        ("师傅", f"{one.mentor}（{one.mentor_no}）{one.mentor_school}"),
        ("徒弟", f"{one.mentee}（{one.mentee_no}）{one.mentee_school}"),
        ("学科学段", f"{one.subject_name} {one.stage_name}".strip()),
        ("期限", f"{one.starts_on} 至 {one.ends_on}" if one.starts_on else ""),
        ("协议", one.agreement_no),
        ("更换原因", one.reason),
        ("情况", one.state_reason),
    ]
    return [Fact(title, text) for title, text in told if text]


def agreements(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """Filed pairs with their agreements."""
    pairs = pair_rows(office, programme_id, _LIVE)
    short = short_for(pairs)
    rows = [
        TableRow(
            one.id,
            {
                **people_texts(one, short),
                "number": one.agreement_no,
                "signed": one.signed_on,
                "state": _agreed(one),
            },
            {"state": "ok" if one.signed_on else "info" if one.agreement_no else "warn"},
        )
        for one in pairs
    ]
    numbered = sum(1 for one in pairs if one.agreement_no)
    signed = sum(1 for one in pairs if one.signed_on)
    note = f"已备案 {len(pairs):,} 对，已编号 {numbered:,} 份，已签订 {signed:,} 份。"
    cards = {one.id: _agreement_card(one) for one in pairs}
    return Shown(programme_id, rows, note, cards=cards, things={one.id: one for one in pairs})


def _agreed(one: PairRow) -> str:
    return "已签订" if one.signed_on else "已编号" if one.agreement_no else "未编号"


def _agreement_card(one: PairRow) -> Details:
    facts = [*pair_facts(one), Fact("目标", one.goals), Fact("任务", one.tasks)]
    facts += [Fact("签订日期", one.signed_on)] if one.signed_on else []
    return Details(f"{one.mentor} 带 {one.mentee}", "", _agreed(one), "info", facts)


def visits(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """The log of what pairs did, the latest first."""
    found = visit_rows(office, programme_id)
    rows = [_visit_row(one) for one in found]
    posted = sum(1 for one in found if one.posted_on)
    due = sum(1 for one in found if one.hours and one.evidence and not one.posted_on)
    bare = sum(1 for one in found if one.hours and not one.evidence)
    note = f"活动 {len(found):,} 次，已登记学时 {posted:,} 次，可登记 {due:,} 次"
    note += f"，{bare:,} 次没有佐证，补上才能登记学时" if bare else ""
    cards = {one.id: _visit_card(one) for one in found}
    values = {one.id: {"hours": float(one.hours)} for one in found}
    pairs = pair_rows(office, programme_id, _LIVE)
    things: dict[str, object] = {one.id: one for one in found}
    things["pairs"] = pairs
    return Shown(programme_id, rows, f"{note}。", cards=cards, values=values, things=things)


def _visit_row(one: VisitRow) -> TableRow:
    state = "已登记" if one.posted_on else "可登记" if one.hours and one.evidence else "没有佐证"
    if not one.hours and not one.posted_on:
        state = "不计学时"
    texts = {
        "held_on": one.held_on,
        "kind": one.kind_name,
        "topic": one.topic,
        "mentor": one.mentor,
        "mentee": one.mentee,
        "place": one.place,
        "hours": shown_hours(one.hours) if one.hours else "",
        "evidence": one.evidence,
        "state": state,
    }
    tones = {"已登记": "ok", "可登记": "info", "没有佐证": "warn"}
    return TableRow(one.id, texts, {"state": tones.get(state, "muted")})


def _visit_card(one: VisitRow) -> Details:
    told = [
        ("师徒", f"{one.mentor} 带 {one.mentee}"),
        ("日期", one.held_on),
        ("地点", one.place),
        ("学时", shown_hours(one.hours)),
        ("佐证", one.evidence or "没有"),
        ("登记学时", one.posted_on or "还没有"),
        ("备注", one.remark),
    ]
    facts = [Fact(title, text) for title, text in told if text]
    return Details(one.topic, "", one.kind_name, "info", facts)


def stage(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """How pairs keep their agreements, the meetings, and who is proposed to lose a title."""
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id, _LIVE)
    short = {one.pair.id: one for one in unkept(office, programme_id)}
    proposals = proposals_of(office, programme_id)
    of_pair = {one.pair_id: one for one in reversed(proposals)}
    today = office.store.clock.today().isoformat()
    now = term_of(today)
    counts: dict[str, int] = {}
    for one in visit_rows(office, programme_id):
        if term_of(one.held_on) == now:
            counts[one.pair_id] = counts.get(one.pair_id, 0) + 1
    names = short_for(pairs)
    rows: list[TableRow] = []
    cards: dict[str, Details] = {}
    for one in pairs:
        few, sanction = short.get(one.id), of_pair.get(one.id)
        state, tone = _kept(few is not None, sanction)
        texts = {
            **people_texts(one, names),
            "now": str(counts.get(one.id, 0)),
            "all": str(one.visits),
            "state": state,
            "why": few.reason.removeprefix(f"{one.called}：") if few else "",
        }
        rows.append(TableRow(one.id, texts, {"state": tone}))
        told = [Fact("", "没有履行协议"), Fact("情况", few.reason)] if few else []
        cards[one.id] = Details(
            f"{one.mentor} 带 {one.mentee}",
            "",
            state,
            tone,
            [*pair_facts(one), *told, *_sanction_facts(sanction)],
        )
    rows.sort(key=lambda row: row.tones["state"] == "ok")
    note = f"每学期不少于 {found.kind.kept.visits} 次活动；{len(short):,} 对没有做到"
    open_ = sum(1 for one in proposals if not one.decision)
    note += f"，{open_:,} 条取消称号的建议待决定" if open_ else ""
    return Shown(
        programme_id,
        rows,
        f"{note}。",
        "warn" if short else "muted",
        cards=cards,
        general=_meetings_card(office, found),
        things={one.id: one for one in pairs}
        | {"programme": found, "short": short, "proposals": of_pair},
    )


def _kept(falls_short: bool, sanction: Proposal | None) -> tuple[str, str]:  # noqa: FBT001 - a fact
    if sanction is not None and not sanction.decision:
        return "待决定", "warn"
    if sanction is not None:
        return DECISION_NAMES[
            sanction.decision
        ], "error" if sanction.decision == "withdraw" else "ok"
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
    ranking = rank(office, programme_id)
    found = programme(office, programme_id)
    short = short_for([one.pair for one in ranking.pairs])
    rows: list[TableRow] = []
    cards: dict[str, Details] = {}
    for one in ranking.pairs:
        pair = one.pair
        honour = ranking.terms.pair_honour if one.honoured else ""
        texts = {
            **people_texts(pair, short),
            "place": str(one.place) if pair.result else "",
            "result": pair.result_name or "未认定",
            "visits": str(pair.visits),
            "honour": honour,
        }
        tone = {"reached": "ok", "not_reached": "warn"}.get(pair.result, "muted")
        rows.append(TableRow(pair.id, texts, {"result": tone}))
        facts = [
            *pair_facts(pair),
            Fact("活动", f"{pair.visits} 次，{shown_hours(pair.hours)} 学时"),
        ]
        facts += (
            [Fact("认定日期", pair.result_on), Fact("依据", pair.result_note)]
            if pair.result
            else []
        )
        facts += [Fact("荣誉", honour)] if honour else []
        state = pair.result_name or "未认定"
        cards[pair.id] = Details(f"{pair.mentor} 带 {pair.mentee}", "", state, tone, facts)
    reached = sum(1 for one in ranking.pairs if one.pair.result == "reached")
    note = (
        f"已认定 {ranking.judged:,} 对，达成“{found.kind.goal}” {reached:,} 对，"
        f"共 {len(ranking.pairs):,} 对。"
    )
    values: Mapping[str, Mapping[str, float]] = {
        one.pair.id: {"place": float(one.place), "visits": float(one.pair.visits)}
        for one in ranking.pairs
    }
    return Shown(
        programme_id,
        rows,
        note,
        values=values,
        cards=cards,
        general=_ranking_card(ranking),
        things={one.pair.id: one.pair for one in ranking.pairs} | {"ranking": ranking},
    )


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
