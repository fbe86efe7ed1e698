"""Who is recommended for a title: taken in, changed, dropped; with rules set aside by name."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.entities.display import to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.titles.batches import BatchRow, open_for_change, school_quotas
from models.titles.findings import Finding, waivers_text
from models.titles.kinds import title_rules
from models.titles.nominations import NominationRow, nominations
from models.titles.withdrawing import barred_until
from models.training.words import need_words

_TOLD = 5
_COLUMNS = (
    "id", "batch_id", "teacher_id", "school_id", "school_name", "subject", "stage",
    "nominated_by", "nominated_on", "lesson_score", "contest", "merits",
)  # fmt: skip
_PEOPLE = """
SELECT t.id, t.name, t.status, t.subject, t.stage, t.school_id,
    COALESCE(i.name, t.school_reported, '') AS school
FROM json_each(?) AS wanted CROSS JOIN teacher AS t ON t.id = wanted.value
LEFT JOIN institution AS i ON i.id = t.school_id ORDER BY wanted.key
"""
_HELD = """
SELECT g.teacher_id FROM title_grant AS g WHERE g.kind = ? AND g.level = ?
    AND (g.ends_on IS NULL OR g.ends_on >= ?) AND g.ended_on IS NULL
    AND g.teacher_id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who is recommended.

    Attributes:
        teacher_id: who.
        values: fields of the form ``Nomination`` as it cleans them; what is left out follows from
            the register.
        row: the row of the list, for sentences; 0 for none.
    """

    teacher_id: str
    values: Mapping[str, Any]
    row: int = 0


@dataclass(frozen=True, slots=True)
class Unfit:
    """One who cannot be recommended: row, name, and why."""

    row: int
    name: str
    reason: str

    @property
    def text(self) -> str:
        """As a sentence without its end."""
        return (
            f"第 {self.row} 行：{self.name}{self.reason}" if self.row else self.name + self.reason
        )


def nominate(office: Office, batch_id: str, nominees: Sequence[Nominee]) -> Operation:
    """Take recommendations into a batch as one undoable step: all of them or none.

    Raises:
        UserError: no such batch, closed or granted already; nobody; somebody who cannot be
            recommended; a school beyond its quota. The sentence names the first few.
    """
    found = _nominating(office, batch_id)
    if not nominees:
        raise UserError("titles.nobody", "没有推荐人选。", "请先选择教师。")
    unfit = unfit_for(office, found, nominees)
    if unfit:
        told = "；".join(one.text for one in unfit[:_TOLD])
        more = f"；等 {len(unfit)} 人" if len(unfit) > _TOLD else ""
        raise UserError(
            "titles.unfit", f"{told}{more}。", "请改正或从名单中去掉他们，本次没有写入。"
        )
    people = _people(office, [one.teacher_id for one in nominees])
    today = office.store.clock.today().isoformat()
    title = f"{found.name}推荐 {len(nominees)} 人"
    with office.store.operation("titles.nominate", title) as operation:
        rows = [_row(office, found, one, people[one.teacher_id], today) for one in nominees]
        office.store.insert("nomination", _COLUMNS, rows)
        _refuse_beyond_quota(office, found)
    return operation


def unfit_for(office: Office, batch: BatchRow, nominees: Sequence[Nominee]) -> list[Unfit]:
    """Who cannot be recommended in a batch, and why: left, holds it, barred, named twice."""
    ids = [one.teacher_id for one in nominees]
    people = _people(office, ids)
    held = {
        row[0]
        for row in office.store.tuples(
            _HELD,
            (batch.kind, batch.level, office.store.clock.today().isoformat(), json.dumps(ids)),
        )
    }
    there = {row.teacher_id for row in nominations(office, batch.id)}
    barred = barred_until(office, ids)
    states = office.codes["teacher_status"]
    times = Counter(ids)
    not_for = title_rules().kind(batch.kind).not_for
    found: list[Unfit] = []
    for one in nominees:
        person = people.get(one.teacher_id)
        if person is None:
            found.append(Unfit(one.row, "有教师", "已不在名册中"))
            continue
        reasons = [
            (person["status"] in not_for, f"已{states.name_of(person['status'] or '')}"),
            (one.teacher_id in held, f"已是{batch.title}"),
            (one.teacher_id in there, "已在本批推荐名单中"),
            (times[one.teacher_id] > 1, "在名单中重复"),
            (
                one.teacher_id in barred,
                f"曾被取消称号，{barred.get(one.teacher_id)} 前不得再次推荐",
            ),
        ]
        reason = next((words for applies, words in reasons if applies), "")
        if reason:
            found.append(Unfit(one.row, person["name"], reason))
    return found


def change_nomination(office: Office, nomination_id: str, values: Mapping[str, Any]) -> Operation:
    """Change subject, stage and merits of somebody recommended; what was checked is void then.

    Raises:
        UserError: not there, or not open to change any more.
    """
    one = open_nomination(office, nomination_id)
    stored = {
        "subject": values.get("subject") or one.subject,
        "stage": values.get("stage") or one.stage,
        "nominated_by": values.get("nominated_by"),
        "lesson_score": _score(values),
        "contest": values.get("contest"),
        "merits": values.get("merits"),
        "findings": None,
        "state": "nominated",
        "reason": None,
    }
    with office.store.operation("titles.nomination", f"修改{one.name}的推荐材料") as operation:
        marks = ", ".join(f"{name} = ?" for name in stored)
        office.store.execute(
            f"UPDATE nomination SET {marks} WHERE id = ?",  # noqa: S608 - names above
            (*stored.values(), nomination_id),
        )
    return operation


def drop_nominations(office: Office, ids: Sequence[str], reason: str) -> Operation:
    """Take people out of a batch (退出), with a reason; their lines stay to be seen.

    Raises:
        UserError: nobody chosen, no reason, one who has the title already.
    """
    words = need_words(reason, "退出的原因")
    found = [open_nomination(office, one) for one in ids]
    if not found:
        raise UserError("titles.nobody", "没有选中推荐人选。", "请先在表中选择。")
    with office.store.operation("titles.drop", f"{len(found)} 人退出推荐") as operation:
        for one in found:
            office.store.execute(
                "UPDATE nomination SET state = 'dropped', reason = ? WHERE id = ?", (words, one.id)
            )
    return operation


def waive(office: Office, nomination_id: str, condition: str, reason: str) -> Operation:
    """Set a condition aside for somebody (破格), with the reason and who did it.

    Raises:
        UserError: no reason, no such condition, one that cannot be set aside, one that is met.
    """
    words = need_words(reason, "破格的理由")
    one = open_nomination(office, nomination_id)
    finding = next((each for each in one.findings if each.key == condition), None)
    if finding is None:
        raise UserError("titles.no_finding", f"{one.name}还没有审核这一项。", "请先审核。")
    _refuse_waiver(one, finding)
    waived = {
        **one.waivers,
        condition: {
            "reason": words,
            "by": office.store.person,
            "on": office.store.clock.today().isoformat(),
        },
    }
    title = f"{one.name}破格：{finding.title}"
    with office.store.operation("titles.waive", title) as operation:
        office.store.execute(
            "UPDATE nomination SET waived = ? WHERE id = ?",
            (waivers_text(waived), nomination_id),
        )
    return operation


def open_nomination(
    office: Office, nomination_id: str, *, even_dropped: bool = False
) -> NominationRow:
    """A recommendation that can still be changed.

    Raises:
        UserError: not there any more, granted, dropped (unless they count), or of a closed batch.
    """
    row = office.store.one("SELECT batch_id FROM nomination WHERE id = ?", (nomination_id,))
    if row is None:
        raise UserError("titles.no_nomination", "这条推荐已不在名单中。", "请刷新列表。")
    open_for_change(office, row["batch_id"])
    one = nominations(office, row["batch_id"], ids=[nomination_id])[0]
    if one.state == "granted" or (one.state == "dropped" and not even_dropped):
        raise UserError(
            "titles.settled", f"{one.name}{one.state_name}，不能再改。", "请从选择中去掉。"
        )
    return one


def _refuse_waiver(one: NominationRow, finding: Finding) -> None:
    rule = next(
        (each for each in title_rules().kind(one.kind).conditions if each.key == finding.key), None
    )
    if finding.state == "met":
        raise UserError("titles.met", f"{one.name}已符合“{finding.title}”。", "不必破格。")
    if rule is None or not rule.waivable:
        raise UserError(
            "titles.not_waivable",
            f"“{finding.title}”不能破格。",
            "可以在 resources/titles/kinds.toml 中修改规定。",
        )


def _nominating(office: Office, batch_id: str) -> BatchRow:
    found = open_for_change(office, batch_id)
    if found.granted_on:
        raise UserError(
            "titles.granted", f"“{found.name}”已认定，不能再推荐。", "请另开一批，或撤销认定。"
        )
    return found


def _people(office: Office, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    rows = office.store.query(_PEOPLE, (json.dumps(list(ids)),))
    return {row["id"]: dict(row) for row in rows}


def _row(
    office: Office, batch: BatchRow, one: Nominee, person: Mapping[str, Any], today: str
) -> tuple[object, ...]:
    values = one.values
    return (
        office.store.ids.new_id(),
        batch.id,
        one.teacher_id,
        person["school_id"],
        person["school"],
        values.get("subject") or person["subject"],
        values.get("stage") or person["stage"],
        values.get("nominated_by") or person["school"] or None,
        today,
        _score(values),
        values.get("contest"),
        values.get("merits"),
    )


def _score(values: Mapping[str, Any]) -> int | None:
    score = values.get("lesson_score")
    return None if score is None else to_hundredths(score)


def _refuse_beyond_quota(office: Office, batch: BatchRow) -> None:
    over = [
        one
        for one in school_quotas(office, batch.id)
        if one.quota is not None and one.nominated > one.quota
    ]
    if over:
        told = "；".join(
            f"{one.school}名额 {one.quota} 人，推荐将达 {one.nominated} 人" for one in over[:3]
        )
        more = f"；等 {len(over)} 所学校" if len(over) > 3 else ""
        raise UserError(
            "titles.beyond_quota",
            f"超过名额：{told}{more}。本次没有写入。",
            "请减少人数，或先调整名额。",
        )
