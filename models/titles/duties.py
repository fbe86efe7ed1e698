"""What titled teachers did for their title: entered by hand, or found in the ledger."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.office.forms import form_values
from models.store.operations import Operation
from models.text.tidy import key as tidy_key
from models.titles.grants import Grant, grants_named
from models.titles.kinds import Duty, TitleKind, title_rules
from models.titles.records import DutyForm

_COLUMNS = (
    "id", "grant_id", "done_on", "kind", "what", "amount", "place", "evidence", "remark",
)  # fmt: skip
_DONE = """
SELECT d.id, d.grant_id, d.done_on, d.kind, d.what, COALESCE(d.amount, 1) AS amount,
    COALESCE(d.place, '') AS place, COALESCE(d.evidence, '') AS evidence,
    COALESCE(d.remark, '') AS remark
FROM json_each(:ids) AS wanted CROSS JOIN title_duty AS d ON d.grant_id = wanted.value
WHERE d.done_on BETWEEN :first AND :last ORDER BY d.done_on, d.id
"""
_ENTRIES = """
SELECT e.teacher_id, COALESCE(e.ground, '') AS ground, COALESCE(e.category, '') AS category,
    COALESCE(e.end_date, e.start_date, e.posted_on) AS day, e.course_title
FROM json_each(:ids) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value
WHERE e.year = :year AND e.kind <> 'reversal'
    AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
ORDER BY day, e.id
"""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """Something done for a title; ``id`` is "" for what the ledger brings."""

    id: str
    grant_id: str
    done_on: str
    kind: str
    what: str
    amount: int
    place: str = ""
    evidence: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DutyState:
    """One duty of one title in one year: how often it was done, how often it is owed."""

    key: str
    title: str
    done: int
    least: int
    rows: tuple[DutyRow, ...]

    @property
    def met(self) -> bool:
        """Whether it was done often enough."""
        return self.done >= self.least

    @property
    def text(self) -> str:
        """As a line."""
        return f"{self.title} {self.done}/{self.least} 次"


def record_duty(office: Office, grant_ids: Sequence[str], texts: Mapping[str, str]) -> Operation:
    """Enter something done for titles, as one undoable step.

    Args:
        office: the office.
        grant_ids: for which titles; the same was done by each.
        texts: of the form ``DutyForm``.

    Raises:
        UserError: none chosen; the form has errors; a duty the title does not have; a day to come.
    """
    found = grants_named(office, grant_ids)
    values = form_values(office, DutyForm, texts)
    if values["done_on"] > office.store.clock.today().isoformat():
        raise UserError("titles.day", f"{values['done_on']} 还没有到。", "请填今天或以前的日期。")
    rows: list[tuple[object, ...]] = []
    for one in found:
        duty = duty_meant(title_rules().kind(one.kind), values["kind"])
        row = {**values, "id": office.store.ids.new_id(), "grant_id": one.id, "kind": duty.key}
        rows.append(tuple(row.get(name) for name in _COLUMNS))
    with office.store.operation("titles.duty", f"登记履职 {len(rows)} 人") as operation:
        office.store.insert("title_duty", _COLUMNS, rows)
    return operation


def remove_duties(office: Office, ids: Sequence[str]) -> Operation:
    """Take entries of duties out that were written by mistake.

    Raises:
        UserError: none chosen.
    """
    if not any(ids):
        raise UserError("titles.none_chosen", "没有选中履职记录。", "台账带来的记录请在台账中改。")
    with office.store.operation("titles.duty_remove", f"删除履职记录 {len(ids)} 条") as operation:
        office.store.execute(
            "DELETE FROM title_duty WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    return operation


def duty_meant(kind: TitleKind, text: str) -> Duty:
    """The duty of a kind of title that a person means by its title or key.

    Raises:
        UserError: the title has no such duty.
    """
    wanted = tidy_key(text)
    for one in kind.duties:
        if wanted in (one.key, tidy_key(one.title)):
            return one
    offered = "、".join(one.title for one in kind.duties)
    raise UserError(
        "titles.duty",
        f"{kind.title}没有“{text}”这项职责。",
        f"可填：{offered}。" if offered else "这种称号没有规定职责。",
    )


def duty_states(
    office: Office, held: Sequence[Grant], year: int
) -> dict[str, tuple[DutyState, ...]]:
    """Grant to the state of each of its duties in a year."""
    given = {
        "ids": json.dumps([one.id for one in held]),
        "first": f"{year}-01-01",
        "last": f"{year}-12-31",
    }
    done: dict[str, list[DutyRow]] = defaultdict(list)
    for row in office.store.query(_DONE, given):
        done[row["grant_id"]].append(DutyRow(*row))
    entries: dict[str, list[dict[str, str]]] = defaultdict(list)
    people = json.dumps(sorted({one.teacher_id for one in held}))
    for row in office.store.query(_ENTRIES, {"ids": people, "year": year}):
        entries[row["teacher_id"]].append(dict(row))
    return {
        one.id: tuple(
            _state(one, duty, done[one.id], entries[one.teacher_id])
            for duty in title_rules().kind(one.kind).duties
        )
        for one in held
    }


def _state(
    grant: Grant, duty: Duty, done: Sequence[DutyRow], entries: Sequence[Mapping[str, str]]
) -> DutyState:
    rows = [one for one in done if one.kind == duty.key]
    rows += [
        DutyRow("", grant.id, one["day"], duty.key, f"台账：{one['course_title']}", 1)
        for one in entries
        if one["ground"] in duty.grounds or one["category"] in duty.modes
    ]
    count = sum(one.amount for one in rows)
    return DutyState(duty.key, duty.title, count, duty.least, tuple(rows))
