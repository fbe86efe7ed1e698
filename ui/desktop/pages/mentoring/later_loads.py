"""What the steps after the matching show, read beside the window."""

from __future__ import annotations

from collections.abc import Sequence

from models.mentoring.pairs import COUNTED, STANDING, PairRow, pair_rows, shown_hours
from models.mentoring.people import Troubled, broken_rules, troubled
from models.mentoring.programmes import Programme, programme
from models.mentoring.steps import DECISION_NAMES as STEP_DECISIONS
from models.mentoring.steps import next_step, steps_of
from models.mentoring.visits import VisitRow, visit_rows
from models.office.context import Office
from models.progress import Progress
from ui.desktop.pages.mentoring.shown import Short, Shown, shortened
from ui.desktop.widgets.detail_card import Details, Fact
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


def approval(office: Office, _progress: Progress, programme_id: str) -> Shown:
    """All pairs with the step each waits for."""
    found = programme(office, programme_id)
    pairs = pair_rows(office, programme_id)
    bad = {one.pair.id: one for one in troubled(office, found, _standing(pairs))}
    short = short_for(pairs)
    order = sorted(pairs, key=lambda one: (one.id not in bad, next_step(found, one) is None))
    rows = [_approval_row(found, one, bad.get(one.id), short) for one in order]
    cards = {one.id: _approval_card(office, found, one, bad.get(one.id)) for one in pairs}
    waiting = [one for one in pairs if next_step(found, one)]
    broken = broken_rules(office, found, waiting)
    against = {
        one.id: f"{one.called}：{'、'.join(broken[one.id])}" for one in waiting if one.id in broken
    }
    filed = sum(1 for one in pairs if one.state == "filed")
    note = f"待办 {len(waiting):,} 对，已备案 {filed:,} 对"
    note += f"；{len(bad):,} 对的人员情况有变，须处理" if bad else ""
    way = " → ".join(f"{one.name}（{one.by}）" for one in found.kind.steps)
    return Shown(
        programme_id,
        rows,
        f"{note}。手续：{way}。",
        "warn" if bad else "muted",
        cards=cards,
        things={one.id: one for one in pairs} | {"programme": found, "broken": against},
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
    pairs = pair_rows(office, programme_id, COUNTED)
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
    pairs = pair_rows(office, programme_id, COUNTED)
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
