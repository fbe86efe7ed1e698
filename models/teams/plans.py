"""A team's plan for a term: written, handed in, approved or sent back; what of it was done.

桦甸 2009: 「制定并发布培训计划」. What a plan lists are lines ``种类 次数 内容``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.teams.kinds import activity_meant, team_rules
from models.teams.records import PLAN_STATES
from models.teams.registration import open_team, update
from models.training.events import note
from models.training.school_terms import read_term, term_days, term_name
from models.training.words import need_words

_OF_TERM = "SELECT * FROM team_plan WHERE team_id = ? AND term = ?"
_CHOSEN = """
SELECT p.*, t.name FROM json_each(?) AS wanted CROSS JOIN team_plan AS p ON p.id = wanted.value
JOIN team AS t ON t.id = p.team_id ORDER BY wanted.key
"""
_LIST = """
SELECT p.*, t.name FROM team_plan AS p JOIN team AS t ON t.id = p.team_id
WHERE (:team = '' OR p.team_id = :team) AND (:state = '' OR p.state = :state)
ORDER BY p.term DESC, t.name
"""
_DONE = """
SELECT kind, COUNT(*), SUM(COALESCE(amount, 0)) FROM team_activity
WHERE team_id = ? AND held_on >= ? AND held_on < ? GROUP BY kind
"""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of a plan: a kind of activity, how often, and what about."""

    kind: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a kind of activity is: times, or pieces where it is measured by an amount."""

    title: str
    planned: int
    done: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as lists show it.

    Attributes:
        id, team_id, team, term: what it is.
        goals: in words.
        items: its lines.
        state: draft, submitted, approved or returned.
        opinion, decided_by, decided_on: the last decision, "" where there is none.
        progress: what of it was done in the term, and what was done besides.
    """

    id: str
    team_id: str
    team: str
    term: str
    goals: str
    items: tuple[PlanItem, ...]
    state: str
    opinion: str
    decided_by: str
    decided_on: str
    progress: tuple[Progress, ...]

    @property
    def state_name(self) -> str:
        """The state in the office's words."""
        return PLAN_STATES[self.state]

    @property
    def term_name(self) -> str:
        """The term in the office's words."""
        return term_name(self.term)


def read_items(text: str) -> tuple[PlanItem, ...]:
    """The lines of a plan as a person types them: ``讲座 2 新课标解读``, one a line.

    Raises:
        UserError: a line that does not begin with a kind of activity, or with a count that is
            none.
    """
    items: list[PlanItem] = []
    for number, line in enumerate(text.replace("；", "\n").splitlines(), start=1):
        parts = line.split(maxsplit=2)
        if not parts:
            continue
        try:
            kind = activity_meant(parts[0])
        except UserError as error:
            raise UserError(
                error.code, f"计划第 {number} 行：{error.message}", error.hint
            ) from error
        count = parts[1].rstrip("次份") if len(parts) > 1 else ""
        if not count.isdecimal() or int(count) < 1:
            raise UserError(
                "teams.plan_count",
                f"计划第 {number} 行“{line.strip()}”没有写次数。",
                "请写成“专题讲座 2 新课标解读”。",
            )
        items.append(PlanItem(kind.key, int(count), parts[2] if len(parts) > 2 else ""))
    return tuple(items)


def write_items(items: Sequence[PlanItem]) -> str:
    """The lines of a plan as a person types them."""
    rules = team_rules()
    return "\n".join(
        f"{rules.activity(one.kind).title} {one.count} {one.words}".rstrip() for one in items
    )


def save_plan(office: Office, team_id: str, term: str, goals: str, items: str) -> Operation:
    """Write the plan of a team for a term, or change it while it is not approved.

    Raises:
        UserError: no such team or it has ended, no such term, no goals, lines that cannot be
            read, or a plan that waits or is approved.
    """
    team = open_team(office, team_id)
    known_term, words = read_term(term), need_words(goals, "计划的目标")
    lines = [[one.kind, one.count, one.words] for one in read_items(items)]
    stored = json.dumps(lines, ensure_ascii=False)
    title = f"{team['name']}{term_name(known_term)}工作计划"
    plan = office.store.one(_OF_TERM, (team_id, known_term))
    if plan is not None and plan["state"] not in ("draft", "returned"):
        raise UserError(
            "teams.plan_fixed",
            f"“{title}”{PLAN_STATES[plan['state']]}，不能修改。",
            "需要修改的请先退回。",
        )
    with office.store.operation("teams.plan", title) as operation:
        if plan is None:
            row = (office.store.ids.new_id(), team_id, known_term, words, stored, "draft")
            columns = ("id", "team_id", "term", "goals", "items", "state")
            office.store.insert("team_plan", columns, [row])
        else:
            update(office, "team_plan", [plan["id"]], {"goals": words, "items": stored})
    return operation


def submit_plans(office: Office, plan_ids: Sequence[str]) -> Operation:
    """Hand plans in.

    Raises:
        UserError: none chosen, or one that is neither a draft nor sent back.
    """
    return _decide(office, plan_ids, "submitted", "")


def approve_plans(office: Office, plan_ids: Sequence[str], opinion: str = "同意") -> Operation:
    """Approve plans that were handed in.

    Raises:
        UserError: none chosen, or one that was not handed in.
    """
    return _decide(office, plan_ids, "approved", opinion)


def send_plans_back(office: Office, plan_ids: Sequence[str], reason: str) -> Operation:
    """Send plans back with a reason, approved ones too.

    Raises:
        UserError: none chosen, no reason, or a draft.
    """
    return _decide(office, plan_ids, "returned", need_words(reason, "退回的原因"))


def plans(office: Office, team_id: str = "", state: str = "") -> list[Plan]:
    """The plans of a team ("" for all) in a state ("" for any), the latest term first."""
    return [
        _plan(office, dict(row))
        for row in office.store.query(_LIST, {"team": team_id, "state": state})
    ]


def has_approved_plan(office: Office, team_id: str, term: str) -> bool:
    """Whether the team's plan for the term is approved."""
    row = office.store.one(_OF_TERM, (team_id, term))
    return row is not None and row["state"] == "approved"


_STEPS = {
    "submitted": ("提交", "filed", ("draft", "returned")),
    "approved": ("批准", "approved", ("submitted",)),
    "returned": ("退回", "returned", ("submitted", "approved")),
}


def _decide(office: Office, plan_ids: Sequence[str], state: str, opinion: str) -> Operation:
    word, event, allowed = _STEPS[state]
    found = office.store.query(_CHOSEN, (json.dumps(list(dict.fromkeys(plan_ids))),))
    if not found or len(found) < len(set(plan_ids)):
        raise UserError("teams.no_such_plan", "没有选中计划，或已不在库中。", "请刷新列表。")
    for row in found:
        if row["state"] not in allowed:
            raise UserError(
                "teams.plan_state",
                f"“{row['name']}”{term_name(row['term'])}的计划{PLAN_STATES[row['state']]}，"
                f"不能{word}。",
                "请刷新列表后再选。",
            )
    ids = [row["id"] for row in found]
    decided = state != "submitted"
    values = {
        "state": state,
        "opinion": opinion.strip() or None,
        "decided_by": office.store.person if decided else None,
        "decided_on": office.store.clock.today().isoformat() if decided else None,
    }
    with office.store.operation("teams.plan_step", f"{word}工作计划 {len(ids)} 份") as operation:
        update(office, "team_plan", ids, values)
        note(office.store, "team_plan", ids, event, opinion.strip())
    return operation


def _plan(office: Office, row: dict[str, Any]) -> Plan:
    items = tuple(PlanItem(*one) for one in json.loads(row["items"] or "[]"))
    return Plan(
        id=row["id"],
        team_id=row["team_id"],
        team=row["name"],
        term=row["term"],
        goals=row["goals"],
        items=items,
        state=row["state"],
        opinion=row["opinion"] or "",
        decided_by=row["decided_by"] or "",
        decided_on=row["decided_on"] or "",
        progress=_progress(office, row["team_id"], row["term"], items),
    )


def _progress(
    office: Office, team_id: str, term: str, items: Sequence[PlanItem]
) -> tuple[Progress, ...]:
    """Planned and held, kind by kind, in the order of the rules."""
    held = {
        row[0]: row[2] if team_rules().activity(row[0]).counts == "amount" else row[1]
        for row in office.store.tuples(_DONE, (team_id, *term_days(term)))
    }
    planned = {
        kind.key: sum(one.count for one in items if one.kind == kind.key)
        for kind in team_rules().activities
    }
    return tuple(
        Progress(kind.title, planned[kind.key], held.get(kind.key, 0))
        for kind in team_rules().activities
        if planned[kind.key] or held.get(kind.key)
    )
