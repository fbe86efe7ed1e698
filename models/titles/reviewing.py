"""Yearly registration (年度注册), tied to the duties done, and re-check (复检) at a term's end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.titles.duties import DutyState, duty_states
from models.titles.grants import Grant, GrantFilter, grants, grants_named
from models.titles.holding import follow
from models.titles.kinds import title_rules
from models.titles.terms import end_of_term
from models.titles.withdrawing import withdraw
from models.training.words import need_words
from models.verdicts.vetoes import standing_vetoes

Outcome = Literal["passed", "failed", "deferred"]
OUTCOMES: dict[str, str] = {"passed": "合格", "failed": "不合格", "deferred": "缓办"}
REVIEW_NAMES = {"registration": "年度注册", "recheck": "复检"}
_COLUMNS = (
    "id", "grant_id", "kind", "year", "outcome", "duties", "reason", "decided_by", "decided_on",
)  # fmt: skip
_REVIEWS = """
SELECT r.id, r.grant_id, r.kind, r.year, r.outcome, COALESCE(r.duties, '') AS duties,
    COALESCE(r.reason, '') AS reason, r.decided_by, r.decided_on
FROM json_each(?) AS wanted CROSS JOIN title_review AS r ON r.grant_id = wanted.value
ORDER BY r.year DESC, r.decided_on DESC, r.id
"""


@dataclass(frozen=True, slots=True)
class Review:
    """One registration or re-check as it was decided; ``duties`` as lines of that day."""

    id: str
    grant_id: str
    kind: str
    year: int
    outcome: str
    duties: tuple[str, ...]
    reason: str
    decided_by: str
    decided_on: str

    @property
    def text(self) -> str:
        """As a line."""
        told = f"{self.year} 年{REVIEW_NAMES[self.kind]}{OUTCOMES[self.outcome]}"
        return f"{told}（{self.reason}）" if self.reason else told


@dataclass(frozen=True, slots=True)
class Due:
    """A title that is to be registered or checked again.

    Attributes:
        grant: the title.
        duties: the state of its duties in the year.
        done: what was decided already; None where nothing was.
        proposed: what the rules propose; "" while the year still has time for the duties.
        why: the reasons of the proposal, in words; "" where everything is in order.
        failures: how many registrations failed in a row before.
    """

    grant: Grant
    duties: tuple[DutyState, ...]
    done: Review | None
    proposed: Outcome | Literal[""]
    why: str
    failures: int

    @property
    def proposed_name(self) -> str:
        """What is proposed in the office's words."""
        return OUTCOMES[self.proposed] if self.proposed else "暂不建议"

    @property
    def withdrawal(self) -> bool:
        """Whether so many registrations failed that a withdrawal is proposed."""
        failed = self.failures + (self.done is not None and self.done.outcome == "failed")
        return failed >= title_rules().failed_years


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided on a title; a reason is needed unless it passes as proposed."""

    grant_id: str
    outcome: Outcome
    reason: str = ""


def due_for_registration(office: Office, year: int, wanted: GrantFilter | None = None) -> list[Due]:
    """The titles to be registered in a year, with their duties and what the rules propose."""
    rules = title_rules()
    day = min(f"{year}-12-31", office.store.clock.today().isoformat())
    held = [
        one
        for one in grants(office, wanted, day=day)
        if rules.kind(one.kind).registered and one.state == "valid"
    ]
    return _dues(office, held, ("registration", year))


def due_for_recheck(office: Office, wanted: GrantFilter | None = None) -> list[Due]:
    """The titles whose term ends soon or has ended, and which are checked again."""
    rules = title_rules()
    today = office.store.clock.today()
    soon = (today + timedelta(days=rules.warn_days)).isoformat()
    held = [
        one
        for one in grants(office, wanted)
        if rules.kind(one.kind).recheck
        and one.state in ("valid", "lapsed")
        and one.ends_on
        and one.ends_on <= soon
    ]
    return _dues(office, held, ("recheck", today.year))


def register_year(office: Office, year: int, decisions: Sequence[Decision]) -> Operation:
    """Write the yearly registrations as one undoable step; what was decided before is replaced.

    The state of the duties is kept with each as it was that day.

    Raises:
        UserError: none; a year to come; a title that is not registered; a failed or deferred one
            without a reason, or one that passes though duties are lacking without one.
    """
    today = office.store.clock.today()
    if year > today.year:
        raise UserError("titles.year", f"{year} 年还没有到。", "请核对年度。")
    dues = {one.grant.id: one for one in due_for_registration(office, year)}
    _check_decisions(office, dues, decisions, f"{year} 年注册")
    title = f"{year} 年度注册 {len(decisions)} 人"
    with office.store.operation("titles.register", title) as operation:
        _write(office, dues, decisions, ("registration", year))
    return operation


def recheck(office: Office, decisions: Sequence[Decision], on: str = "") -> Operation:
    """Write re-checks as one undoable step: who passes holds the title for another term.

    Who fails loses it from that day; deferred leaves it as it is.

    Raises:
        UserError: as ``register_year``, for titles whose term does not end soon; a day to come.
    """
    today = office.store.clock.today().isoformat()
    day = on or today
    if day > today:
        raise UserError("titles.day", f"{day} 还没有到。", "请填今天或以前的日期。")
    dues = {one.grant.id: one for one in due_for_recheck(office)}
    _check_decisions(office, dues, decisions, "复检")
    with office.store.operation("titles.recheck", f"复检 {len(decisions)} 人") as operation:
        _write(office, dues, decisions, ("recheck", int(day[:4])))
        for one in decisions:
            _after_recheck(office, dues[one.grant_id].grant, one, day)
        follow(office, [dues[one.grant_id].grant.teacher_id for one in decisions])
    return operation


def reviews(office: Office, grant_ids: Sequence[str]) -> list[Review]:
    """The registrations and re-checks of titles, the latest first."""
    rows = office.store.query(_REVIEWS, (json.dumps(list(grant_ids)),))
    return [_review(dict(row)) for row in rows]


def outcome_meant(text: str) -> Outcome:
    """The outcome a person means by its name or key.

    Raises:
        UserError: there is none.
    """
    for key, name in OUTCOMES.items():
        if text.strip() in (key, name):
            return key  # pyright: ignore[reportReturnType] - the keys are the outcomes
    raise UserError(
        "titles.outcome", f"没有“{text}”这种结论。", f"可填：{'、'.join(OUTCOMES.values())}。"
    )


def _dues(office: Office, held: Sequence[Grant], about: tuple[str, int]) -> list[Due]:
    kind, year = about
    states = duty_states(office, held, year)
    known: dict[str, list[Review]] = {}
    for one in reviews(office, [one.id for one in held]):
        known.setdefault(one.grant_id, []).append(one)
    vetoes = standing_vetoes(office, year)
    found: list[Due] = []
    for one in held:
        own = known.get(one.id, [])
        lacking = [each.text for each in states[one.id] if not each.met]
        told = [each.words for each in vetoes.get(one.teacher_id, ())]
        failures = _failures(own, year)
        proposed: Outcome | Literal[""] = "failed" if told else "passed"
        told += [f"未完成：{'、'.join(lacking)}"] if lacking else []
        if kind == "recheck":
            told += [f"连续 {failures} 年注册不合格"] if failures else []
            proposed = "failed" if failures >= title_rules().failed_years else proposed
        elif lacking and proposed == "passed":
            proposed, why = _for_lacking(one, year, office.store.clock.today().isoformat())
            told += [why] if why else []
        done = next((each for each in own if (each.kind, each.year) == about), None)
        found.append(Due(one, states[one.id], done, proposed, "；".join(told), failures))
    return found


def _for_lacking(one: Grant, year: int, today: str) -> tuple[Outcome | Literal[""], str]:
    """What is proposed in a year for who has not done all duties, and why not to fail."""
    if one.granted_on[:4] == str(year):
        return "passed", "当年授予，不按职责判不合格"
    begin = f"{year}-{title_rules().registered_from}"
    return ("", f"{begin} 起注册") if today < begin else ("failed", "")


def _failures(own: Sequence[Review], year: int) -> int:
    """How many registrations failed in a row up to the year before."""
    count = 0
    for one in own:
        if one.kind != "registration" or one.year >= year:
            continue
        if one.outcome != "failed":
            break
        count += 1
    return count


def _check_decisions(
    office: Office, dues: dict[str, Due], decisions: Sequence[Decision], what: str
) -> None:
    grants_named(office, [one.grant_id for one in decisions])
    for one in decisions:
        due = dues.get(one.grant_id)
        if due is None:
            (grant,) = grants_named(office, [one.grant_id])
            raise UserError(
                "titles.not_due", f"{grant.name}的{grant.title}不需要{what}。", "请从选择中去掉。"
            )
        if one.outcome != "passed" or due.proposed != "passed":
            need_words(one.reason, f"{due.grant.name}{what}{OUTCOMES[one.outcome]}的理由")


def _write(
    office: Office, dues: dict[str, Due], decisions: Sequence[Decision], about: tuple[str, int]
) -> None:
    kind, year = about
    today = office.store.clock.today().isoformat()
    ids = json.dumps([one.grant_id for one in decisions])
    office.store.execute(
        "DELETE FROM title_review WHERE kind = ? AND year = ?"
        " AND grant_id IN (SELECT value FROM json_each(?))",
        (kind, year, ids),
    )
    rows = [
        (
            office.store.ids.new_id(), one.grant_id, kind, year, one.outcome,
            json.dumps([each.text for each in dues[one.grant_id].duties], ensure_ascii=False),
            one.reason.strip() or None, office.store.person, today,
        )
        for one in decisions
    ]  # fmt: skip
    office.store.insert("title_review", _COLUMNS, rows)


def _after_recheck(office: Office, grant: Grant, one: Decision, day: str) -> None:
    if one.outcome == "failed":
        withdraw(office, [grant.id], f"复检不合格：{one.reason.strip()}", on=day)
    elif one.outcome == "passed":
        following = date.fromisoformat(max(grant.ends_on, "0001-01-01")) + timedelta(days=1)
        start = (
            max(following.isoformat(), day) if grant.state == "lapsed" else following.isoformat()
        )
        ends = end_of_term(start, title_rules().kind(grant.kind).years)
        office.store.execute("UPDATE title_grant SET ends_on = ? WHERE id = ?", (ends, grant.id))


def _review(row: dict[str, Any]) -> Review:
    row["duties"] = tuple(json.loads(row["duties"])) if row["duties"] else ()
    return Review(**row)
