"""Batches (期) of titles: opened with a quota, each school's quota, and what has come of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.office.forms import form_values
from models.store.operations import Operation
from models.text.numerals import number_in_chinese
from models.titles.kinds import kind_meant, level_meant, title_rules
from models.titles.records import Batch
from models.training.quotas import check_quotas

_STORED = ("kind", "level", "number", "name", "year", "quota", "document", "remark")
_ROWS = """
SELECT b.*,
    (SELECT COUNT(*) FROM nomination AS n WHERE n.batch_id = b.id) AS nominated,
    (SELECT COUNT(*) FROM nomination AS n WHERE n.batch_id = b.id AND n.findings IS NOT NULL)
        AS checked,
    (SELECT COUNT(*) FROM nomination AS n WHERE n.batch_id = b.id
        AND n.state IN ('listed', 'granted')) AS listed,
    (SELECT COUNT(*) FROM nomination AS n WHERE n.batch_id = b.id AND n.state = 'granted')
        AS granted,
    (SELECT COUNT(*) FROM title_objection AS o JOIN nomination AS n ON n.id = o.nomination_id
        WHERE n.batch_id = b.id AND o.upheld IS NULL AND n.state <> 'dropped') AS open_objections
FROM title_batch AS b WHERE (? IS NULL OR b.id = ?)
ORDER BY b.year DESC, b.opened_on DESC, b.name, b.id
"""
_TEACHERS = """
SELECT t.school_id, COUNT(*) AS people FROM teacher AS t
WHERE t.school_id IS NOT NULL AND COALESCE(t.status, '01') NOT IN (SELECT value FROM json_each(?))
GROUP BY t.school_id
"""
_QUOTAS = """
SELECT i.id, i.name, q.quota,
    (SELECT COUNT(*) FROM nomination AS n WHERE n.batch_id = :batch AND n.school_id = i.id
        AND n.state <> 'dropped') AS nominated
FROM institution AS i LEFT JOIN title_quota AS q ON q.school_id = i.id AND q.batch_id = :batch
WHERE q.id IS NOT NULL OR EXISTS (
    SELECT 1 FROM nomination AS n WHERE n.batch_id = :batch AND n.school_id = i.id)
ORDER BY i.name
"""
STAGES = {
    "nominating": "推荐",
    "listed": "公示",
    "granted": "已认定",
    "closed": "已结束",
}


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch as lists show it.

    Attributes:
        id, kind, level, number, name, year, quota, document, remark: as stored; "" and None where
            nothing is.
        title: the title it is about.
        opened_on, listed_from, listed_until, granted_on, closed_on: ISO; "" where not yet.
        nominated, checked, listed, granted: how many.
        open_objections: how many wait, of those to people who have not dropped out.
    """

    id: str
    kind: str
    level: str
    number: int | None
    name: str
    year: int
    quota: int | None
    document: str
    remark: str
    title: str
    opened_on: str
    listed_from: str
    listed_until: str
    granted_on: str
    closed_on: str
    nominated: int
    checked: int
    listed: int
    granted: int
    open_objections: int

    @property
    def stage(self) -> str:
        """How far it has come: a key of ``STAGES``."""
        if self.closed_on:
            return "closed"
        if self.granted_on:
            return "granted"
        return "listed" if self.listed_from else "nominating"


@dataclass(frozen=True, slots=True)
class SchoolQuota:
    """What a school may recommend (None: no limit) and has recommended."""

    school_id: str
    school: str
    quota: int | None
    nominated: int


def open_batch(office: Office, texts: Mapping[str, str]) -> tuple[str, Operation]:
    """Open a batch from the texts of the form ``Batch`` as one undoable step; its identity.

    Raises:
        UserError: an unknown kind or level; a name or number of the title that is there already.
    """
    values = _checked(office, texts)
    _refuse_repeated(office, values, "")
    batch_id = office.store.ids.new_id()
    today = office.store.clock.today().isoformat()
    with office.store.operation("titles.batch", f"开始{values['name']}") as operation:
        row = (batch_id, *(values.get(name) for name in _STORED), today)
        office.store.insert("title_batch", ("id", *_STORED, "opened_on"), [row])
    return batch_id, operation


def change_batch(office: Office, batch_id: str, texts: Mapping[str, str]) -> Operation:
    """Change what is said of a batch.

    Raises:
        UserError: as ``open_batch``; another title while somebody is nominated.
    """
    old = batch(office, batch_id)
    values = _checked(office, texts)
    if old.nominated and (values["kind"], values["level"]) != (old.kind, old.level):
        raise UserError(
            "titles.batch_in_use", f"“{old.name}”已有推荐人选，不能改称号。", "请另开一批。"
        )
    _refuse_repeated(office, values, batch_id)
    with office.store.operation("titles.batch_change", f"修改{values['name']}") as operation:
        marks = ", ".join(f"{name} = ?" for name in _STORED)
        given = (*(values.get(name) for name in _STORED), batch_id)
        office.store.execute(f"UPDATE title_batch SET {marks} WHERE id = ?", given)  # noqa: S608
    return operation


def close_batch(office: Office, batch_id: str) -> Operation:
    """Close a batch: nothing of it changes any more.

    Raises:
        UserError: no such batch, closed already, objections that nobody has decided.
    """
    found = open_for_change(office, batch_id)
    if found.open_objections:
        raise UserError(
            "titles.objections",
            f"“{found.name}”还有 {found.open_objections} 条异议没有处理。",
            "请先写明处理意见。",
        )
    with office.store.operation("titles.batch_close", f"结束{found.name}") as operation:
        today = office.store.clock.today().isoformat()
        office.store.execute("UPDATE title_batch SET closed_on = ? WHERE id = ?", (today, batch_id))
    return operation


def batches(office: Office) -> list[BatchRow]:
    """Every batch, the latest first."""
    return [_row(dict(row)) for row in office.store.query(_ROWS, (None, None))]


def batch(office: Office, batch_id: str) -> BatchRow:
    """One batch.

    Raises:
        UserError: it is not there.
    """
    row = office.store.one(_ROWS, (batch_id, batch_id))
    if row is None:
        raise UserError("titles.no_batch", "这一批已不在登记中。", "请刷新后重新选择。")
    return _row(dict(row))


def batch_meant(office: Office, text: str) -> BatchRow:
    """The batch a person means by its name, identity, or the only one whose name holds the text.

    Raises:
        UserError: none or several.
    """
    every = batches(office)
    exact = [one for one in every if text.strip() in (one.id, one.name)]
    found = exact or [one for one in every if text.strip() and text.strip() in one.name]
    if len(found) != 1:
        told = "没有" if not found else f"有 {len(found)} 个"
        names = "、".join(one.name for one in (found or every)[:8]) or "还没有"
        raise UserError("titles.no_batch", f"{told}叫“{text}”的批次。", f"现有：{names}。")
    return found[0]


def open_for_change(office: Office, batch_id: str) -> BatchRow:
    """A batch that is not closed.

    Raises:
        UserError: no such batch, or it is closed.
    """
    found = batch(office, batch_id)
    if found.closed_on:
        raise UserError(
            "titles.batch_closed",
            f"“{found.name}”已于 {found.closed_on} 结束，不能再改。",
            "确需更正的，请在操作记录中撤销“结束”。",
        )
    return found


def set_quotas(office: Office, batch_id: str, quotas: Mapping[str, int | None]) -> Operation:
    """Set what single schools may recommend; None takes a school's limit away.

    Raises:
        UserError: no such batch or it is closed; a number below 0; a school not in the list.
    """
    found = open_for_change(office, batch_id)
    schools = check_quotas(office, quotas)
    with office.store.operation("titles.quota", f"{found.name}分配名额") as operation:
        office.store.execute(
            "DELETE FROM title_quota WHERE batch_id = ?"
            " AND school_id IN (SELECT value FROM json_each(?))",
            (batch_id, schools),
        )
        rows = [
            (office.store.ids.new_id(), batch_id, school_id, quota)
            for school_id, quota in quotas.items()
            if quota is not None
        ]
        office.store.insert("title_quota", ("id", "batch_id", "school_id", "quota"), rows)
    return operation


def school_quotas(office: Office, batch_id: str) -> list[SchoolQuota]:
    """The schools that have a quota or have recommended somebody."""
    rows = office.store.query(_QUOTAS, {"batch": batch_id})
    return [SchoolQuota(*row) for row in rows]


def proposed_quotas(office: Office, total: int) -> dict[str, int]:
    """A total shared among the schools by their teachers in post, to the largest remainders."""
    not_teaching = json.dumps(title_rules().not_teaching)
    rows = office.store.tuples(_TEACHERS, (not_teaching,))
    return shared(total, dict(rows))


def shared(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A total in whole parts by weights; what is left goes to the largest remainders.

    Equal remainders go by weight, then by name, so that the result does not depend on the order.
    """
    whole = sum(weights.values())
    if not whole:
        return {}
    exact = {one: Decimal(total * weight) / whole for one, weight in weights.items()}
    found = {one: int(part) for one, part in exact.items()}
    order = sorted(weights, key=lambda one: (found[one] - exact[one], -weights[one], one))
    for one in order[: total - sum(found.values())]:
        found[one] += 1
    return found


def people_for(percent: Decimal, people: int) -> int:
    """So many people are a percentage of others at least."""
    return int((percent * people / 100).to_integral_value(ROUND_CEILING))


def _checked(office: Office, texts: Mapping[str, str]) -> dict[str, Any]:
    from_form = form_values(office, Batch, texts)
    kind = kind_meant(from_form["kind"])
    level = level_meant(kind, from_form.get("level") or "")
    number = from_form.get("number")
    name = from_form.get("name")
    title = title_rules().title_of(kind.key, level)
    year = from_form.get("year") or office.store.clock.today().year
    if not name:
        name = f"{_ordinal(number)}{title}" if number else f"{year} 年{title}"
    return {**from_form, "kind": kind.key, "level": level, "name": name, "year": year}


def _ordinal(number: int) -> str:
    return f"第{number_in_chinese(number) if number <= 99 else number}期"


def _refuse_repeated(office: Office, values: Mapping[str, Any], own: str) -> None:
    row = office.store.one(
        "SELECT name FROM title_batch WHERE id <> :own AND (name = :name"
        " OR (kind = :kind AND level = :level AND number = :number))",
        {"own": own, "number": None, **values},
    )
    if row is not None:
        raise UserError(
            "titles.batch_repeated", f"已有“{row['name']}”。", "请改期次或名称，或打开那一批。"
        )


def _row(row: Mapping[str, Any]) -> BatchRow:
    texts = ("document", "remark", "opened_on", "listed_from", "listed_until", "granted_on")
    values: dict[str, Any] = {**row, **{name: row[name] or "" for name in (*texts, "closed_on")}}
    return BatchRow(title=title_rules().title_of(row["kind"], row["level"]), **values)
