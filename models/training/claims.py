"""Hours that somebody claims: 录入 → 审核 → 验证, as the office sets, then an entry of the ledger.

The setting ``ledger.steps`` says which steps follow the entering: none, approval, or approval and
verification. What is not through them is no entry, so that everything in the ledger counts. Work
that is accepted in place of a training (冲抵) is claimed the same way, with a ground and a reason.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from sqlite3 import Row
from typing import Any

from models.entities.display import from_hundredths, plain_decimal, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.office.settings import read_setting
from models.store.operations import Operation
from models.training.claim_list import SAID, STATE_NAMES, STEPS
from models.training.course_names import title_key
from models.training.credits import CreditRules
from models.training.entries import Entry, refuse_closed, write_entries
from models.training.events import note
from models.training.ledger import (
    RecordDraft,
    check_record,
    entry_of,
    existing_keys,
    key_of,
)
from models.training.words import need_words

STEPS_SETTING = "ledger.steps"
_COLUMNS = ("id", *SAID, "state")
_CHOSEN = """
SELECT c.*, t.name FROM json_each(?) AS wanted CROSS JOIN ledger_claim AS c ON c.id = wanted.value
JOIN teacher AS t ON t.id = c.teacher_id ORDER BY wanted.key
"""
_PENDING_SAME = """
SELECT t.name, c.course FROM json_each(:lines) AS line
JOIN ledger_claim AS c ON c.teacher_id = json_extract(line.value, '$[0]')
    AND c.year = json_extract(line.value, '$[1]')
    AND c.title_key = json_extract(line.value, '$[2]')
    AND COALESCE(c.start_date, '') = json_extract(line.value, '$[3]')
    AND c.hours = json_extract(line.value, '$[4]')
JOIN teacher AS t ON t.id = c.teacher_id
WHERE c.state <> 'posted' AND c.id <> :own
"""
_COURSES = """
SELECT title, start_date, end_date FROM course
WHERE year = ? AND title_key = ? AND start_date IS NOT NULL AND end_date IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed.

    Attributes:
        record: the training as a record would report it.
        ground: code of ``offset_ground`` where other work counts as hours (冲抵); None for a
            training.
        reason: why it counts; required with a ground.
        evidence: where the proof lies.
    """

    record: RecordDraft
    ground: str | None = None
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What became of claims.

    Attributes:
        claims: their identities.
        posted: how many became entries of the ledger at once or now.
        told: sentences a person should read.
        operation: the undoable step.
    """

    claims: tuple[str, ...]
    posted: int
    told: tuple[str, ...]
    operation: Operation


def steps_of(office: Office) -> tuple[str, ...]:
    """The steps a claim goes after it was entered, as the office sets them."""
    return STEPS.get(read_setting(office.store, STEPS_SETTING), ())


def claim(office: Office, wanted: Sequence[Claim], *, source: str = "手工登记") -> Claimed:
    """Enter claims as one undoable step; where the office asks for no step they are posted.

    Raises:
        UserError: hours below 0, above 1,000, more than 24 a day; an unknown ground or one
            without a reason; days outside the class of that name; a closed year; a training that
            the ledger or another claim has already. Nothing is entered then.
    """
    if not wanted:
        raise UserError("training.nothing_claimed", "没有要登记的学时。", "请先填写。")
    told: list[str] = []
    for one in wanted:
        told += _check(office, one)
    _refuse_known(office, wanted)
    today = office.store.clock.today().isoformat()
    title = f"登记学时 {len(wanted)} 条（{source}）"
    with office.store.operation("training.claim", title) as operation:
        refuse_closed(office.store, (one.record.year for one in wanted))
        rows = [
            (office.store.ids.new_id(), *_said(one, source, office.store.person, today), "entered")
            for one in wanted
        ]
        office.store.insert("ledger_claim", _COLUMNS, rows)
        ids = [str(row[0]) for row in rows]
        note(office.store, "ledger_claim", ids, "entered")
        posted = 0 if steps_of(office) else _post(office, ids)
    return Claimed(tuple(ids), posted, tuple(told), operation)


def approve(office: Office, claim_ids: Sequence[str], opinion: str = "") -> Claimed:
    """Approve claims (审核); where no verification follows they become entries.

    Raises:
        UserError: nothing chosen, a claim that does not wait for approval, or the person at the
            desk entered one of them.
    """
    found = _in_state(office, claim_ids, "entered")
    _refuse_own(office, found, "审核")
    return _step(office, found, ("approved", opinion), last="verify" not in steps_of(office))


def verify(office: Office, claim_ids: Sequence[str], opinion: str = "") -> Claimed:
    """Verify approved claims (验证); they become entries.

    Raises:
        UserError: as ``approve``; a claim that was not approved.
    """
    found = _in_state(office, claim_ids, "approved")
    _refuse_own(office, found, "验证")
    return _step(office, found, ("verified", opinion), last=True)


def send_back(office: Office, claim_ids: Sequence[str], reason: str) -> Operation:
    """Return claims that wait, with a reason; they can be put right and handed in again.

    Raises:
        UserError: nothing chosen, no reason, or a claim that does not wait.
    """
    words = need_words(reason, "退回的原因")
    found = _in_state(office, claim_ids, "entered", "approved")
    ids = [row["id"] for row in found]
    with office.store.operation("training.claim_returned", f"退回学时 {len(ids)} 条") as operation:
        office.store.execute(
            "UPDATE ledger_claim SET state = 'returned', opinion = ?, approved_by = NULL"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (words, json.dumps(ids)),
        )
        note(office.store, "ledger_claim", ids, "returned", words)
    return operation


def resubmit(office: Office, claim_id: str, changed: Claim | None = None) -> Claimed:
    """Hand a returned claim in again, put right or as it was.

    Raises:
        UserError: as ``claim``; a claim that was not returned.
    """
    (row,) = _in_state(office, [claim_id], "returned")
    one = changed or _claim_of(row)
    told = _check(office, one)
    _refuse_known(office, [one], own=claim_id)
    with office.store.operation(
        "training.claim_again", f"重新提交{row['name']}的学时"
    ) as operation:
        refuse_closed(office.store, [one.record.year])
        today = office.store.clock.today().isoformat()
        said = dict(zip(SAID, _said(one, row["source"], office.store.person, today), strict=True))
        assignments = ", ".join(f"{name} = ?" for name in said)
        office.store.execute(
            f"UPDATE ledger_claim SET {assignments}, state = 'entered', opinion = NULL"  # noqa: S608
            " WHERE id = ?",
            (*said.values(), claim_id),
        )
        note(office.store, "ledger_claim", [claim_id], "resubmitted")
        posted = 0 if steps_of(office) else _post(office, [claim_id])
    return Claimed((claim_id,), posted, tuple(told), operation)


def withdraw(office: Office, claim_ids: Sequence[str]) -> Operation:
    """Take claims back that are not in the ledger; undo brings them back.

    Raises:
        UserError: nothing chosen, or one of them is in the ledger.
    """
    found = _in_state(office, claim_ids, "entered", "approved", "returned")
    ids = json.dumps([row["id"] for row in found])
    with office.store.operation("training.claim_gone", f"撤回学时 {len(found)} 条") as operation:
        office.store.execute(
            "DELETE FROM ledger_claim WHERE id IN (SELECT value FROM json_each(?))", (ids,)
        )
    return operation


def _step(office: Office, found: Sequence[Row], said: tuple[str, str], *, last: bool) -> Claimed:
    """Take waiting claims one step on; after the last they become entries."""
    what, opinion = said
    ids = [row["id"] for row in found]
    word = "审核" if what == "approved" else "验证"
    column = "approved_by" if what == "approved" else "verified_by"
    with office.store.operation("training.claim_step", f"{word}学时 {len(ids)} 条") as operation:
        office.store.execute(
            f"UPDATE ledger_claim SET state = 'approved', {column} = ?, opinion = ?"  # noqa: S608
            " WHERE id IN (SELECT value FROM json_each(?))",
            (office.store.person, opinion.strip() or None, json.dumps(ids)),
        )
        note(office.store, "ledger_claim", ids, what, opinion.strip())
        posted = _post(office, ids) if last else 0
    return Claimed(tuple(ids), posted, (), operation)


def _post(office: Office, ids: Sequence[str]) -> int:
    """Make entries of claims whose steps are done; call it inside an operation.

    Raises:
        UserError: the same training came into the ledger while a claim waited.
    """
    found = office.store.query(_CHOSEN, (json.dumps(list(ids)),))
    wanted = [_claim_of(row) for row in found]
    _refuse_in_ledger(office, wanted)
    rules = CreditRules(office)
    entries = [_entry(one, row, rules) for one, row in zip(wanted, found, strict=True)]
    office.store.execute(
        "UPDATE ledger_claim SET state = 'posted' WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return write_entries(office.store, entries)


def _entry(one: Claim, row: Row, rules: CreditRules) -> Entry:
    made = entry_of(one.record, rules, row["source"])
    offset = one.ground is not None
    return replace(
        made,
        kind="offset" if offset else "record",
        ground=one.ground,
        remark=one.reason or None,
        evidence=one.evidence or None,
        entered_by=row["entered_by"],
        approved_by=row["approved_by"],
        verified_by=row["verified_by"],
    )


def _check(office: Office, one: Claim) -> list[str]:
    """See that a claim can be true; gives what a person should read."""
    record = one.record
    check_record(record)
    told = _same_title(office, record)
    if record.hours <= 0 and not record.credits:
        raise UserError("training.hours", f"“{record.course}”没有学时。", "请填大于 0 的学时。")
    if one.ground is not None:
        need_words(one.reason, "冲抵的理由")
        if office.codes["offset_ground"].get(one.ground) is None:
            raise UserError(
                "training.ground", f"没有“{one.ground}”这种冲抵事由。", "请从列表中选择。"
            )
    for row in office.store.query(_COURSES, (record.year, title_key(record.course))):
        start, end = record.start_date, record.end_date
        if (start and start < row["start_date"]) or (end and end > row["end_date"]):
            raise UserError(
                "training.outside_class",
                f"“{row['title']}”是 {row['start_date']} 至 {row['end_date']} 的，"
                f"所填 {start or '…'} 至 {end or '…'} 不在其内。",
                "请核对起止日期，或先修改课程。",
            )
    if record.year > office.store.clock.today().year:
        raise UserError(
            "training.future", f"“{record.course}”的年度 {record.year} 还没有到。", "请核对年度。"
        )
    year = str(record.year)
    days = (record.start_date, record.end_date)
    if any(days) and not any(day and day.startswith(year) for day in days):
        told.append(f"“{record.course}”的日期不在 {year} 年内，仍按 {year} 年度登记，请核对。")
    return told


def _same_title(office: Office, record: RecordDraft) -> list[str]:
    """What a person should look at: the same title of the same year under other days or hours."""
    years = (record.year, record.year)
    return [
        f"台账中已有同一年度的“{record.course}”"
        f"（{day or '没有日期'}，{plain_decimal(Decimal(hours) / 100)} 学时），请核对是否重复。"
        for _, _, key, day, hours in sorted(existing_keys(office, [record.teacher_id], years))
        if key == title_key(record.course)
    ]


def _refuse_known(office: Office, wanted: Sequence[Claim], own: str = "") -> None:
    _refuse_in_ledger(office, wanted)
    keys = [key_of(one.record) for one in wanted]
    if len(set(keys)) < len(keys):
        raise UserError("training.repeated", "同一人同一培训填了两次。", "请去掉重复的一条。")
    same = office.store.one(_PENDING_SAME, {"own": own, "lines": json.dumps(keys)})
    if same is not None:
        raise UserError(
            "training.claim_known",
            f"{same['name']}的“{same['course']}”已经登记，正在办理。",
            "请在“待审”中查看，不要重复登记。",
        )


def _refuse_in_ledger(office: Office, wanted: Sequence[Claim]) -> None:
    """The same training of one person is counted once, whatever source it came from."""
    years = [one.record.year for one in wanted]
    teachers = {one.record.teacher_id for one in wanted}
    known = existing_keys(office, teachers, (min(years), max(years)))
    for one in wanted:
        if key_of(one.record) in known:
            raise UserError(
                "training.in_ledger",
                f"台账中已有此人 {one.record.year} 年“{one.record.course}” "
                f"{plain_decimal(one.record.hours)} 学时，不重复计算。",
                "请在台账中查看；原来那一条有误的，请先冲销。",
            )


def _refuse_own(office: Office, found: Sequence[Row], word: str) -> None:
    person = office.store.person
    mine = [row for row in found if person in (row["entered_by"], row["approved_by"])]
    if mine:
        did = "录入" if mine[0]["entered_by"] == person else "审核"
        raise UserError(
            "training.own_claim",
            f"{mine[0]['name']}等 {len(mine)} 条是 {person} 自己{did}的，不能由本人{word}。",
            f"请换一人{word}（操作人在“设置”中）。",
        )


def _in_state(office: Office, claim_ids: Sequence[str], *states: str) -> list[Row]:
    found = office.store.query(_CHOSEN, (json.dumps(list(dict.fromkeys(claim_ids))),))
    if len(found) < len(set(claim_ids)) or not found:
        raise UserError("training.no_such_claim", "没有选中待办的学时，或已不在库中。", "请刷新。")
    for row in found:
        if row["state"] not in states:
            raise UserError(
                "training.claim_state",
                f"{row['name']}的“{row['course']}”{STATE_NAMES[row['state']]}，不能这样办理。",
                "请刷新列表后再选。",
            )
    return found


def _said(one: Claim, source: str, person: str, today: str) -> tuple[object, ...]:
    record = one.record
    known: dict[str, Any] = {
        "title_key": title_key(record.course),
        "hours": to_hundredths(record.hours),
        "credits": None if record.credits is None else to_hundredths(record.credits),
        "kind": "record" if one.ground is None else "offset",
        "ground": one.ground,
        "reason": one.reason.strip() or None,
        "evidence": one.evidence.strip() or None,
        "source": source,
        "entered_by": person,
        "entered_on": today,
    }
    return tuple(known[name] if name in known else getattr(record, name) for name in SAID)


def _claim_of(row: Row) -> Claim:
    amounts = {name: from_hundredths(row[name]) for name in ("hours", "credits")}
    record = RecordDraft(
        teacher_id=row["teacher_id"],
        year=row["year"],
        course=row["course"],
        category=row["category"],
        organizer=row["organizer"],
        start_date=row["start_date"],
        end_date=row["end_date"],
        hours=amounts["hours"] or Decimal(0),
        credits=amounts["credits"],
        level=row["level"],
        theme=row["theme"],
        nature=row["nature"],
    )
    return Claim(record, row["ground"], row["reason"] or "", row["evidence"] or "")
