"""Titles are given: to those of a public list, or as they were given before or elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.office.forms import form_values
from models.store.operations import Operation
from models.titles.batches import BatchRow, open_for_change
from models.titles.holding import follow
from models.titles.kinds import TitleKind, title_meant, title_rules
from models.titles.nominations import NominationRow, nominations
from models.titles.records import GrantForm
from models.titles.terms import end_of_term

_TOLD = 5
_COLUMNS = (
    "id", "teacher_id", "kind", "level", "batch_id", "nomination_id", "subject", "stage",
    "granted_on", "ends_on", "document", "source", "certificate_no", "remark",
)  # fmt: skip
_STATUS = """
SELECT t.id, t.status FROM teacher AS t WHERE t.id IN (SELECT value FROM json_each(?))
"""
_SAME = """
SELECT t.name FROM title_grant AS g JOIN teacher AS t ON t.id = g.teacher_id
WHERE g.teacher_id = :teacher AND g.kind = :kind AND g.level = :level AND g.id <> :own
    AND COALESCE(g.ended_how, '') <> 'mistaken'
    AND COALESCE(g.granted_on, '') <= COALESCE(:last, '9999')
    AND COALESCE(g.ended_on, g.ends_on, '9999') >= COALESCE(:first, '')
"""


def grant_batch(office: Office, batch_id: str, on: str = "", document: str = "") -> Operation:
    """Give the title to everybody on the public list of a batch, as one undoable step.

    Grants are written with their term, and the register's 骨干级别 follows.

    Args:
        office: the office.
        batch_id: the batch.
        on: from which day, ISO; today where left out.
        document: the document that says so; the batch's where left out.

    Raises:
        UserError: no such batch, closed, granted already, not published, the list still hangs on
            that day, objections nobody has decided, somebody who has left since or got the
            title otherwise.
    """
    found = open_for_change(office, batch_id)
    day = on or office.store.clock.today().isoformat()
    listed = [one for one in nominations(office, batch_id) if one.state == "listed"]
    _refuse_early(found, listed, day)
    kind = title_rules().kind(found.kind)
    _refuse_gone(office, kind, listed)
    papers = document.strip() or found.document
    rows = list(_rows(office, found, listed, (day, papers)))
    for row in rows:
        _refuse_same(office, dict(zip(_COLUMNS, row, strict=True)))
    with office.store.operation("titles.grant", f"认定{found.name} {len(listed)} 人") as operation:
        office.store.insert("title_grant", _COLUMNS, rows)
        office.store.execute(
            "UPDATE title_batch SET granted_on = ?, document = ? WHERE id = ?",
            (day, papers or None, batch_id),
        )
        office.store.execute(
            "UPDATE nomination SET state = 'granted' WHERE batch_id = ? AND state = 'listed'",
            (batch_id,),
        )
        follow(office, [one.teacher_id for one in listed])
    return operation


def enter_grant(office: Office, teacher_ids: Sequence[str], texts: Mapping[str, str]) -> Operation:
    """Enter a title that these teachers have, given before or by another office.

    Args:
        office: the office.
        teacher_ids: whose.
        texts: of the form ``GrantForm``.

    Raises:
        UserError: the form has errors; nobody; somebody who has the same title in that time.
    """
    values = form_values(office, GrantForm, texts)
    kind, level = title_meant(values["title"])
    values = {**values, "kind": kind.key, "level": level}
    return enter_grants(office, [(one, values) for one in teacher_ids])


def enter_grants(office: Office, wanted: Sequence[tuple[str, Mapping[str, Any]]]) -> Operation:
    """Enter titles of several teachers at once, each with values of its own.

    Args:
        office: the office.
        wanted: teacher and values: ``kind`` and ``level`` and the fields of ``GrantForm``.

    Raises:
        UserError: as ``enter_grant``.
    """
    if not wanted:
        raise UserError("titles.nobody", "没有选中教师。", "请先选择教师。")
    rows = [_entered(office, teacher_id, values) for teacher_id, values in wanted]
    with office.store.operation("titles.enter", f"登记称号 {len(rows)} 个") as operation:
        for row in rows:
            _refuse_same(office, row)
            office.store.insert("title_grant", _COLUMNS, [tuple(row[name] for name in _COLUMNS)])
        follow(office, [str(row["teacher_id"]) for row in rows])
    return operation


def change_grant(office: Office, grant_id: str, texts: Mapping[str, str]) -> Operation:
    """Change what is said of a title: days, subject, document, certificate number.

    Raises:
        UserError: the form has errors; the title is not there any more.
    """
    row = office.store.one("SELECT * FROM title_grant WHERE id = ?", (grant_id,))
    if row is None:
        raise UserError("titles.no_grant", "这个称号已不在登记中。", "请刷新列表。")
    values = form_values(office, GrantForm, texts)
    kind, level = title_meant(values["title"])
    new = _entered(office, row["teacher_id"], {**values, "kind": kind.key, "level": level})
    new |= {"id": grant_id, "batch_id": row["batch_id"], "nomination_id": row["nomination_id"]}
    with office.store.operation("titles.grant_change", "修改称号") as operation:
        _refuse_same(office, new)
        marks = ", ".join(f"{name} = ?" for name in _COLUMNS)
        office.store.execute(
            f"UPDATE title_grant SET {marks} WHERE id = ?",  # noqa: S608 - names above
            (*(new[name] for name in _COLUMNS), grant_id),
        )
        follow(office, [row["teacher_id"]])
    return operation


def note_certificates(office: Office, numbers: Mapping[str, str]) -> None:
    """Write certificate numbers beside the grants they are for; call it inside an operation."""
    for grant_id, number in numbers.items():
        office.store.execute(
            "UPDATE title_grant SET certificate_no = ? WHERE id = ?", (number or None, grant_id)
        )


def _rows(
    office: Office, batch: BatchRow, listed: Sequence[NominationRow], said: tuple[str, str]
) -> Iterator[tuple[object, ...]]:
    day, document = said
    ends = end_of_term(day, title_rules().kind(batch.kind).years)
    for one in listed:
        yield (
            office.store.ids.new_id(), one.teacher_id, batch.kind, batch.level, batch.id, one.id,
            one.subject or None, one.stage or None, day, ends, document or None,
            office.identity.name, None, None,
        )  # fmt: skip


def _entered(office: Office, teacher_id: str, values: Mapping[str, Any]) -> dict[str, Any]:
    known = office.store.one("SELECT stage, subject FROM teacher WHERE id = ?", (teacher_id,))
    if known is None:
        raise UserError("staff.no_such_teacher", "有教师已不在名册中。", "请刷新后重新选择。")
    granted, ends = values.get("granted_on"), values.get("ends_on")
    if granted and ends and ends < granted:
        raise UserError("titles.days", f"任期至 {ends} 早于授予日期 {granted}。", "请核对日期。")
    if granted and not ends:
        ends = end_of_term(granted, title_rules().kind(values["kind"]).years)
    row = dict.fromkeys(_COLUMNS) | {name: values[name] for name in _COLUMNS if name in values}
    return row | {
        "id": office.store.ids.new_id(),
        "teacher_id": teacher_id,
        "subject": values.get("subject") or known["subject"],
        "stage": values.get("stage") or known["stage"],
        "ends_on": ends,
    }


def _refuse_same(office: Office, row: Mapping[str, Any]) -> None:
    given = {
        "teacher": row["teacher_id"],
        "kind": row["kind"],
        "level": row["level"],
        "own": row["id"],
        "first": row["granted_on"],
        "last": row["ends_on"],
    }
    name = office.store.value(_SAME, given)
    if name is not None:
        title = title_rules().title_of(row["kind"], row["level"])
        raise UserError(
            "titles.same",
            f"{name}这段时间已有{title}。",
            "请核对日期，或修改原来的登记；批次中的人选也可以退出本批。",
        )


def _refuse_early(batch: BatchRow, listed: Sequence[NominationRow], day: str) -> None:
    if batch.granted_on:
        raise UserError(
            "titles.granted", f"“{batch.name}”已于 {batch.granted_on} 认定。", "不必再次认定。"
        )
    if not listed:
        raise UserError("titles.not_listed", f"“{batch.name}”还没有公示名单。", "请先公示。")
    if day <= batch.listed_until:
        raise UserError(
            "titles.still_listed",
            f"公示到 {batch.listed_until} 才结束，不能在 {day} 认定。",
            "请在公示结束后认定。",
        )
    if batch.open_objections:
        raise UserError(
            "titles.objections",
            f"还有 {batch.open_objections} 条异议没有处理。",
            "请先写明处理意见。",
        )


def _refuse_gone(office: Office, kind: TitleKind, listed: Sequence[NominationRow]) -> None:
    ids = json.dumps([one.teacher_id for one in listed])
    status = {row["id"]: row["status"] for row in office.store.query(_STATUS, (ids,))}
    gone = [one for one in listed if status.get(one.teacher_id) in kind.not_for]
    if gone:
        states = office.codes["teacher_status"]
        told = "、".join(
            f"{one.name}已{states.name_of(status[one.teacher_id])}" for one in gone[:_TOLD]
        )
        raise UserError(
            "titles.gone", f"公示名单中{told}，不能认定。", "请让他们退出本批，再认定。"
        )
