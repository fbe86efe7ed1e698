"""Writing ledger entries: with the facts of the moment frozen in, and only ever adding."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from models.errors import UserError
from models.office.settings import read_setting
from models.store.database import Store

CLOSED_SETTING = "ledger.closed_until"
_FACTS = ("school_id", "school_name", "post", "title", "stage", "subject", "education")
_SAID = (
    "teacher_id",
    "course_id",
    "year",
    "course_title",
    "title_key",
    "category",
    "level",
    "organizer",
    "start_date",
    "end_date",
    "hours",
    "credits",
    "credits_rule",
    "score",
    "remark",
    "kind",
    "reverses",
    "source",
)
_MORE = ("theme", "nature", "ground", "evidence", "entered_by", "approved_by", "verified_by")
COLUMNS = (*_SAID, "posted_on", *_FACTS, *_MORE)
_READ_FACTS = """
SELECT t.id, t.school_id, COALESCE(i.name, t.school_reported), t.post, t.title, t.stage, t.subject,
    t.education
FROM json_each(?) AS wanted CROSS JOIN teacher AS t ON t.id = wanted.value
LEFT JOIN institution AS i ON i.id = t.school_id
"""
_TO_REVERSE = """
SELECT e.*, original.kind AS restored
FROM json_each(?) AS wanted CROSS JOIN ledger_entry AS e ON e.id = wanted.value
LEFT JOIN ledger_entry AS original ON original.id = e.reverses
WHERE NOT EXISTS (SELECT 1 FROM ledger_entry AS r WHERE r.reverses = e.id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a new ledger entry says; hours and credits in hundredths.

    Attributes:
        kind: ``record``, ``course``, ``offset`` (冲抵) or ``reversal``.
        source: a file's name, a platform, a course's code.
        category, level: codes of ``training_mode`` (培训形式) and ``training_level``.
        theme, nature: codes of ``training_theme`` (项目类别) and ``course_nature`` (必修、选修).
        ground: code of ``offset_ground``: why other work counts as hours; for ``offset`` only.
        evidence: where the proof lies: a certificate's number, a file, a sheet.
        entered_by, approved_by, verified_by: 录入、审核、验证, as far as the office asks for them.
    """

    teacher_id: str
    year: int
    course_title: str
    title_key: str
    hours: int
    credits: int | None
    kind: str
    source: str
    course_id: str | None = None
    category: str | None = None
    level: str | None = None
    organizer: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    credits_rule: str | None = None
    score: str | None = None
    remark: str | None = None
    reverses: str | None = None
    theme: str | None = None
    nature: str | None = None
    ground: str | None = None
    evidence: str | None = None
    entered_by: str | None = None
    approved_by: str | None = None
    verified_by: str | None = None


def write_entries(store: Store, entries: Sequence[Entry]) -> int:
    """Add entries with school, post, title, stage, subject and degree as they are now.

    Call it inside an operation.

    Returns:
        How many were added.

    Raises:
        UserError: one of the teachers is not in the register, or a year that is closed.
    """
    refuse_closed(store, (entry.year for entry in entries))
    teachers = {entry.teacher_id for entry in entries}
    facts = _facts(store, teachers)
    if missing := teachers - facts.keys():
        raise UserError(
            "training.no_such_teacher",
            f"有 {len(missing)} 名教师已不在名册中，学时无法登记。",
            "请刷新后重新选择。",
        )
    today = store.clock.today().isoformat()
    rows = (
        (
            store.ids.new_id(),
            *(getattr(entry, name) for name in _SAID),
            today,
            *facts[entry.teacher_id],
            *(getattr(entry, name) for name in _MORE),
        )
        for entry in entries
    )
    return store.insert("ledger_entry", ("id", *COLUMNS), rows)


def reverse_entries(store: Store, entry_ids: Sequence[str], reason: str = "撤销") -> int:
    """Answer each entry with one that takes its hours and credits back; both stay visible.

    An entry that was answered already is passed over. Answering a reversal restores what it took
    back: the new entry counts as the first one did. The frozen facts are those of the entry
    answered, so that sums of the past by school come out even.

    Returns:
        How many entries were added.

    Raises:
        UserError: an entry of a year that is closed.
    """
    today = store.clock.today().isoformat()
    found = store.query(_TO_REVERSE, (json.dumps(list(entry_ids)),))
    refuse_closed(store, (row["year"] for row in found))
    rows = [(store.ids.new_id(), *_answer(row, today, reason)) for row in found]
    return store.insert("ledger_entry", ("id", *COLUMNS), rows)


def closed_until(store: Store) -> int:
    """The last training year that is closed; 0 where none is."""
    text = read_setting(store, CLOSED_SETTING)
    return int(text) if text.isdecimal() else 0


def refuse_closed(store: Store, years: Iterable[int]) -> None:
    """Nothing is posted or reversed into a year that was closed.

    Raises:
        UserError: one of the years is closed.
    """
    closed = closed_until(store)
    shut = sorted({year for year in years if year <= closed})
    if shut:
        raise UserError(
            "training.closed_year",
            f"{'、'.join(map(str, shut[:5]))} 年度的台账已经封账（封至 {closed} 年），"
            "不能再登记或冲销。",
            "确需更正的，请先在“设置”中调整封账年度。",
        )


def _answer(row: Row, today: str, reason: str) -> Iterable[object]:
    """The columns of the entry that answers ``row``."""
    changed: Mapping[str, object] = {
        "hours": -row["hours"],
        "credits": None if row["credits"] is None else -row["credits"],
        "kind": row["restored"] if row["kind"] == "reversal" else "reversal",
        "reverses": row["id"],
        "remark": reason,
        "posted_on": today,
    }
    return (changed[name] if name in changed else row[name] for name in COLUMNS)


def _facts(store: Store, teacher_ids: Iterable[str]) -> dict[str, tuple[object, ...]]:
    found = store.query(_READ_FACTS, (json.dumps(sorted(teacher_ids)),))
    return {row[0]: tuple(row)[1:] for row in found}
