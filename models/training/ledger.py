"""The ledger of hours and credits: taking records in, finding them again, taking them back.

Entries are never changed or deleted. A correction is a reversal and a new entry, both visible.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.entities.display import plain_decimal, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.course_names import title_key
from models.training.credits import CreditRules
from models.training.entries import Entry, reverse_entries, write_entries

MAX_HOURS = Decimal(1000)
HOURS_A_DAY = 24
ALL_YEARS = (0, 9999)
EntryKey = tuple[str, int, str, str, int]
"""Teacher, year, title key, start date ("" for none), hundredths of hours."""

_STANDING = """
SELECT e.teacher_id, e.year, e.title_key, e.start_date, e.hours
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value
WHERE e.year BETWEEN ? AND ? AND e.kind <> 'reversal'
AND NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
"""
_SPELLINGS = """
SELECT c.id, c.title_key AS key FROM course AS c
WHERE EXISTS (SELECT 1 FROM course_alias AS a WHERE a.course_id = c.id)
UNION ALL SELECT course_id, alias_key FROM course_alias
"""


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """One training record as a school, platform or organiser reports it.

    Attributes:
        teacher_id: whose it is.
        year: training year.
        course: title.
        category: code of the table ``training_mode``.
        organizer: as reported.
        start_date, end_date: ISO days.
        hours: at most two decimal places.
        credits: as reported; None: by the rule of the year.
        score, remark: as reported.
        level: code of the table ``training_level``.
        theme, nature: codes of ``training_theme`` (项目类别) and ``course_nature`` (课程性质).
    """

    teacher_id: str
    year: int
    course: str
    category: str | None
    organizer: str | None
    start_date: str | None
    end_date: str | None
    hours: Decimal
    credits: Decimal | None = None
    score: str | None = None
    remark: str | None = None
    level: str | None = None
    theme: str | None = None
    nature: str | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of records to post.

    Attributes:
        posted: entries added.
        repeated: records left out because the ledger has the same training of the same person
            already, or because they came twice.
        operation: the undoable step; undoing it posts reversals.
    """

    posted: int
    repeated: int
    operation: Operation


def entry_key(values: Mapping[str, Any]) -> EntryKey:
    """What makes two records the same training of one person.

    Args:
        values: ``teacher_id``, ``year``, ``course``, ``start_date`` and ``hours`` (Decimal).
    """
    return (
        str(values["teacher_id"]),
        int(values["year"]),
        title_key(str(values["course"])),
        str(values.get("start_date") or ""),
        to_hundredths(values["hours"]),
    )


def existing_keys(
    office: Office, teacher_ids: Iterable[str], years: tuple[int, int] = ALL_YEARS
) -> set[EntryKey]:
    """The keys of what stands in the ledger for those teachers; reversed entries do not count.

    A title that a person has declared another spelling of a course is known under all of them.

    Args:
        office: the office.
        teacher_ids: whose entries.
        years: first and last year that matter.
    """
    spellings = _spellings(office)
    rows = office.store.query(_STANDING, (json.dumps(sorted(set(teacher_ids))), *years))
    return {
        (row[0], row[1], key, row[3] or "", row[4])
        for row in rows
        for key in spellings.get(row[2], (row[2],))
    }


def post_records(
    office: Office,
    records: Sequence[RecordDraft],
    *,
    source: str,
    title: str = "",
    allow_repeats: bool = False,
) -> Posted:
    """Enter many records at once as one undoable step.

    Args:
        office: the office.
        records: what to enter.
        source: where they come from: a file's name, a platform.
        title: the step's name in the history.
        allow_repeats: enter also what the ledger has already (a person has looked at it).

    Raises:
        UserError: hours below 0, above 1,000, more than its days can hold, or with more than two
            decimals; an empty title; a teacher who is not in the register; a closed year.
            Nothing is entered then.
    """
    for record in records:
        check_record(record)
    fresh = records if allow_repeats else _without_known(office, records)
    title = title or f"登记学时 {len(fresh)} 条（{source}）"
    with office.store.operation("training.post_records", title) as operation:
        rules = CreditRules(office)
        posted = write_entries(office.store, [entry_of(one, rules, source) for one in fresh])
    return Posted(posted, len(records) - len(fresh), operation)


def reverse(office: Office, entry_ids: Sequence[str], reason: str) -> Operation:
    """Take entries back by entries of the opposite amount, with a reason that stays visible.

    Raises:
        UserError: no reason, nothing selected, or everything selected was taken back before.
    """
    if not reason.strip():
        raise UserError("training.no_reason", "没有写冲销的原因。", "请写明原因。")
    with office.store.operation(
        "training.reverse", f"冲销学时 {len(entry_ids)} 条：{reason.strip()}"
    ) as operation:
        if not reverse_entries(office.store, entry_ids, reason.strip()):
            raise UserError(
                "training.nothing_to_reverse", "选中的学时记录都已经冲销过了。", "请刷新列表。"
            )
    return operation


def check_record(record: RecordDraft) -> None:
    """See that a record can be true.

    Raises:
        UserError: an empty title; hours below 0, above 1,000 or more than 24 a day; an end before
            the start; amounts with more than two decimals.
    """
    place = f"{record.year} 年“{record.course}”"
    if not record.course.strip():
        raise UserError("training.no_title", "课程名称是空的。", "请填写课程名称。")
    if not Decimal(0) <= record.hours <= MAX_HOURS:
        raise UserError(
            "training.hours",
            f"{place}的学时 {record.hours} 不在 0 到 {MAX_HOURS} 之间。",
            "请核对学时。",
        )
    _check_days(record, place)
    for amount in (record.hours, record.credits or Decimal(0)):
        if amount.as_tuple().exponent not in (0, -1, -2) and amount != amount.quantize(
            Decimal("0.01")
        ):
            raise UserError(
                "training.decimals", f"{place}的 {amount} 超过两位小数。", "请按两位小数填写。"
            )


def _without_known(office: Office, records: Sequence[RecordDraft]) -> list[RecordDraft]:
    if not records:
        return []
    years = [record.year for record in records]
    teachers = {record.teacher_id for record in records}
    known = existing_keys(office, teachers, (min(years), max(years)))
    fresh: list[RecordDraft] = []
    for record in records:
        key = key_of(record)
        if key not in known:
            known.add(key)
            fresh.append(record)
    return fresh


def key_of(record: RecordDraft) -> EntryKey:
    """What makes a record the same training as another of the person."""
    return (
        record.teacher_id,
        record.year,
        title_key(record.course),
        record.start_date or "",
        to_hundredths(record.hours),
    )


def days_between(start: str | None, end: str | None) -> int | None:
    """How many days from the first to the last, both counted; None where one is not known."""
    if not start or not end:
        return None
    return (date.fromisoformat(end) - date.fromisoformat(start)).days + 1


def _check_days(record: RecordDraft, place: str) -> None:
    days = days_between(record.start_date, record.end_date)
    if days is None:
        return
    if days < 1:
        raise UserError(
            "training.dates",
            f"{place}的结束日期 {record.end_date} 早于开始日期 {record.start_date}。",
            "请核对起止日期。",
        )
    if record.hours > days * HOURS_A_DAY:
        raise UserError(
            "training.hours",
            f"{place}只有 {days} 天，学时 {plain_decimal(record.hours)} 太多。",
            "请核对学时或起止日期。",
        )


def entry_of(record: RecordDraft, rules: CreditRules, source: str) -> Entry:
    """The entry a record becomes; credits nobody stated follow the rule of its year."""
    credits, rule = record.credits, None
    if credits is None:
        credits, rule = rules.of(record.year, record.hours, record.category, record.theme)
    return Entry(
        teacher_id=record.teacher_id,
        year=record.year,
        course_title=record.course,
        title_key=title_key(record.course),
        hours=to_hundredths(record.hours),
        credits=None if credits is None else to_hundredths(credits),
        credits_rule=rule,
        kind="record",
        source=source,
        category=record.category,
        level=record.level,
        theme=record.theme,
        nature=record.nature,
        organizer=record.organizer,
        start_date=record.start_date,
        end_date=record.end_date,
        score=record.score,
        remark=record.remark,
    )


def _spellings(office: Office) -> dict[str, tuple[str, ...]]:
    """Title key to all keys of the course it belongs to, for courses with aliases."""
    groups: dict[str, list[str]] = {}
    for row in office.store.query(_SPELLINGS):
        groups.setdefault(row[0], []).append(row[1])
    return {key: tuple(keys) for keys in groups.values() for key in keys}
