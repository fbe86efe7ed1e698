"""Checking nominations against the conditions of a title: pure answers, then kept with the line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from models.entities.display import plain_decimal
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.titles.batches import open_for_change
from models.titles.facts import Facts, facts_of
from models.titles.findings import Finding, State, findings_text
from models.titles.kinds import Condition, title_rules
from models.titles.nominations import NominationRow, nominations
from models.verdicts.people import Person

_OPEN = ("nominated", "refused")
_Answer = tuple[State, str]


def check(office: Office, batch_id: str, ids: Sequence[str] | None = None) -> Operation:
    """Check those recommended in a batch against its conditions, as one undoable step.

    What was found is kept with each; what was set aside stays set aside. Who is published or
    granted already is not checked again.

    Raises:
        UserError: no such batch, closed, or nobody to check.
    """
    found = open_for_change(office, batch_id)
    asked = [one for one in nominations(office, batch_id, ids=ids) if one.state in _OPEN]
    if not asked:
        raise UserError("titles.nobody", f"“{found.name}”没有可审核的人选。", "请先推荐。")
    checked = findings_of(office, asked)
    title = f"审核{found.name} {len(asked)} 人"
    with office.store.operation("titles.check", title) as operation:
        for one in asked:
            office.store.execute(
                "UPDATE nomination SET findings = ?, state = 'nominated', reason = NULL"
                " WHERE id = ?",
                (findings_text(checked[one.id]), one.id),
            )
    return operation


def findings_of(office: Office, asked: Sequence[NominationRow]) -> dict[str, list[Finding]]:
    """What a check finds of each nomination as things stand today; nothing is written."""
    if not asked:
        return {}
    conditions = title_rules().kind(asked[0].kind).conditions
    facts = facts_of(office, [one.teacher_id for one in asked], conditions)
    names = _Names(office)
    return {one.id: [_finding(rule, one, facts, names) for rule in conditions] for one in asked}


class _Names:
    """Names of codes as sentences need them."""

    def __init__(self, office: Office) -> None:
        self._codes = office.codes

    def of(self, table: str, code: str | None) -> str:
        return self._codes[table].name_of(code) if code else ""


def _finding(rule: Condition, one: NominationRow, facts: Facts, names: _Names) -> Finding:
    person = facts.people.get(one.teacher_id)
    if person is None:
        return Finding(rule.key, rule.title, "unknown", "已不在名册中")
    state, found = _ANSWERS[rule.what](rule, one, person, (facts, names))
    return Finding(rule.key, rule.title, state, found)


_Given = tuple[Facts, _Names]


def _work_years(rule: Condition, _: NominationRow, person: Person, given: _Given) -> _Answer:
    if not person.work_start:
        return "unknown", "没有参加工作时间"
    served = full_years(person.work_start, given[0].day)
    return _state(served >= rule.least), f"{served} 年"


def _code(rule: Condition, table: str, code: str | None, given: _Given) -> _Answer:
    if not code:
        return "unknown", "名册中没有填"
    return _state(code in rule.codes), given[1].of(table, code)


def _rank(rule: Condition, _: NominationRow, person: Person, given: _Given) -> _Answer:
    return _code(rule, "title", person.title, given)


def _education(rule: Condition, _: NominationRow, person: Person, given: _Given) -> _Answer:
    return _code(rule, "education", person.education, given)


def _posts(rule: Condition, _: NominationRow, person: Person, given: _Given) -> _Answer:
    return _code(rule, "post", person.post, given)


def _subject(_: Condition, one: NominationRow, _person: Person, _given: _Given) -> _Answer:
    return ("met", one.subject_name) if one.subject else ("unmet", "没有学科")


def _holds(rule: Condition, one: NominationRow, _: Person, given: _Given) -> _Answer:
    held = given[0].titles.get(one.teacher_id, {})
    named = [held[kind] for kind in rule.kinds if kind in held]
    return ("met", "、".join(named)) if named else ("unmet", "没有这样的称号")


def _hours(rule: Condition, one: NominationRow, _: Person, given: _Given) -> _Answer:
    done = given[0].hours[rule.key].get(one.teacher_id, 0)
    return _state(done >= rule.least), f"台账 {plain_decimal(done)} 学时"  # pyright: ignore[reportArgumentType]


def _contest(_: Condition, one: NominationRow, _person: Person, _given: _Given) -> _Answer:
    return ("met", one.contest) if one.contest else ("unmet", "没有填写获奖")


def _lesson(rule: Condition, one: NominationRow, _: Person, _given: _Given) -> _Answer:
    if one.lesson_score is None:
        return "unknown", "没有实践课得分"
    return _state(one.lesson_score >= rule.least), f"{plain_decimal(one.lesson_score)} 分"


def _designation(rule: Condition, one: NominationRow, _: Person, given: _Given) -> _Answer:
    facts = given[0]
    if rule.designation in facts.troubles:
        return "unknown", facts.troubles[rule.designation]
    reasons = facts.entitled.get(rule.designation, {}).get(one.teacher_id)
    if reasons is None:
        return "unmet", "不属于认定范围"
    return ("met", "已达到") if not reasons else ("unmet", "、".join(reasons))


def _veto(_: Condition, one: NominationRow, _person: Person, given: _Given) -> _Answer:
    told = given[0].vetoes.get(one.teacher_id, ())
    return ("unmet", "、".join(told)) if told else ("met", "没有否决记录")


_ANSWERS: dict[str, Callable[[Condition, NominationRow, Person, _Given], _Answer]] = {
    "work_years": _work_years,
    "rank": _rank,
    "education": _education,
    "posts": _posts,
    "subject": _subject,
    "holds": _holds,
    "hours": _hours,
    "contest": _contest,
    "lesson": _lesson,
    "designation": _designation,
    "veto": _veto,
}


def full_years(month: str, day: date) -> int:
    """Full years from a month (YYYY-MM or YYYY) to a day."""
    start = int(month[:4]) * 12 + (int(month[5:7]) if len(month) > 5 else 1)
    return (day.year * 12 + day.month - start) // 12


def _state(met: bool) -> State:  # noqa: FBT001 - the answer itself
    return "met" if met else "unmet"
