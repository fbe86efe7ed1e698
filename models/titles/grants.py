"""Grants as lists show them: who holds which title since when, in which state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.text.tidy import key
from models.titles.kinds import title_rules
from models.titles.terms import STATE_NAMES, state_on

_ROWS = """
SELECT g.*, t.teacher_no, t.name, t.sex, t.status, t.school_id,
    COALESCE(i.name, t.school_reported, '') AS school, COALESCE(b.name, '') AS batch,
    COALESCE(g.stage, t.stage) AS at_stage, COALESCE(g.subject, t.subject) AS of_subject,
    (SELECT r.year || char(31) || r.outcome FROM title_review AS r
        WHERE r.grant_id = g.id AND r.kind = 'registration'
        ORDER BY r.year DESC LIMIT 1) AS registered
FROM title_grant AS g JOIN teacher AS t ON t.id = g.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
LEFT JOIN title_batch AS b ON b.id = g.batch_id
WHERE (:ids IS NULL OR g.id IN (SELECT value FROM json_each(:ids)))
    AND (:teacher = '' OR g.teacher_id = :teacher) AND (:batch = '' OR g.batch_id = :batch)
ORDER BY school, t.name_pinyin, g.granted_on, g.id
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """A title given to a teacher.

    Attributes:
        id, teacher_id: what and whose.
        kind, level, title: as stored, and as lists call it.
        teacher_no, name, school, school_id, status: the teacher as the register has them.
        stage, subject: codes, as of the grant, else the teacher's.
        stage_name, subject_name: as words.
        batch_id, batch: the batch, "" for none.
        granted_on, ends_on: ISO; "" for unknown, and for no term.
        document, source, certificate_no, remark: "" for none.
        state: a key of ``STATE_NAMES``.
        ended_on, ended_because, ended_by, consequence: of the end; "" while it holds.
        registered_year, registered: the latest yearly registration; 0 and "" for none.
        doubts: what is to be looked at, as sentences.
    """

    id: str
    teacher_id: str
    kind: str
    level: str
    title: str
    teacher_no: str
    name: str
    school: str
    school_id: str
    status: str
    stage: str
    subject: str
    stage_name: str
    subject_name: str
    batch_id: str
    batch: str
    granted_on: str
    ends_on: str
    document: str
    source: str
    certificate_no: str
    remark: str
    state: str
    ended_on: str
    ended_because: str
    ended_by: str
    consequence: str
    registered_year: int
    registered: str
    doubts: tuple[str, ...]

    @property
    def state_name(self) -> str:
        """The state in the office's words."""
        return STATE_NAMES[self.state]

    @property
    def valid(self) -> bool:
        """Whether it holds."""
        return self.state == "valid"


@dataclass(frozen=True, slots=True)
class GrantFilter:
    """Which grants are wanted; "" and None for any.

    Attributes:
        kind, level, state: keys.
        stage, subject: codes.
        school_id, teacher_id, batch_id: identities.
        words: what the line holds: name, number, school, title, certificate.
        doubtful: only those with something to be looked at.
    """

    kind: str = ""
    level: str = ""
    state: str = ""
    stage: str = ""
    subject: str = ""
    school_id: str = ""
    teacher_id: str = ""
    batch_id: str = ""
    words: str = ""
    doubtful: bool = False


def grants(
    office: Office,
    wanted: GrantFilter | None = None,
    *,
    ids: Sequence[str] | None = None,
    day: str = "",
) -> list[Grant]:
    """The grants wanted, by school and name, in their states on a day (today where left out)."""
    asked = wanted or GrantFilter()
    given = {
        "ids": None if ids is None else json.dumps(list(ids)),
        "teacher": asked.teacher_id,
        "batch": asked.batch_id,
    }
    on = day or office.store.clock.today().isoformat()
    found = (_grant(office, dict(row), on) for row in office.store.query(_ROWS, given))
    return [one for one in found if _fits(one, asked)]


def grants_named(office: Office, ids: Sequence[str]) -> list[Grant]:
    """The grants of those identities.

    Raises:
        UserError: none is named, or one is not there any more.
    """
    if not ids:
        raise UserError("titles.none_chosen", "没有选中称号。", "请先在表中选择。")
    found = grants(office, ids=list(ids))
    if len(found) != len(set(ids)):
        raise UserError("titles.no_grant", "有称号已不在登记中。", "请刷新后重新选择。")
    return found


def teacher_grants(office: Office, teacher_id: str) -> list[Grant]:
    """The titles a teacher has or had, the highest that hold first."""
    found = grants(office, GrantFilter(teacher_id=teacher_id))
    rules = title_rules()
    return sorted(found, key=lambda one: (not one.valid, rules.place(one.kind, one.level)))


def _fits(one: Grant, asked: GrantFilter) -> bool:
    same = all(
        not value or getattr(one, name) == value
        for name, value in (
            ("kind", asked.kind), ("level", asked.level), ("state", asked.state),
            ("stage", asked.stage), ("school_id", asked.school_id),
        )
    )  # fmt: skip
    if not same or (asked.doubtful and not one.doubts):
        return False
    if asked.subject and asked.subject not in one.subject.split("、"):
        return False
    words = key(asked.words)
    text = f"{one.teacher_no} {one.name} {one.school} {one.title} {one.certificate_no}"
    return not words or words in key(f"{text} {one.subject_name} {one.batch}")


def _grant(office: Office, row: dict[str, Any], day: str) -> Grant:
    state = state_on(day, row["granted_on"], (row["ends_on"], row["ended_on"], row["ended_how"]))
    year, _, outcome = (row["registered"] or "0").partition("\x1f")
    kept = {
        name: row[name] or ""
        for name in (
            "id", "teacher_id", "kind", "level", "teacher_no", "name", "school", "school_id",
            "status", "batch_id", "batch", "granted_on", "ends_on", "document", "source",
            "certificate_no", "remark", "ended_on", "ended_because", "ended_by", "consequence",
        )
    }  # fmt: skip
    subject = row["of_subject"] or ""
    return Grant(
        **kept,
        title=title_rules().title_of(row["kind"], row["level"]),
        stage=row["at_stage"] or "",
        subject=subject,
        stage_name=office.codes["stage"].name_of(row["at_stage"]) if row["at_stage"] else "",
        subject_name="、".join(
            office.codes["subject"].name_of(s) for s in subject.split("、") if s
        ),
        state=state,
        registered_year=int(year),
        registered=outcome,
        doubts=tuple(_doubts(office, row, state, day)),
    )


def _doubts(office: Office, row: dict[str, Any], state: str, day: str) -> list[str]:
    rules = title_rules()
    found: list[str] = []
    if state in ("valid", "lapsed") and row["status"] in rules.kind(row["kind"]).not_for:
        found.append(f"本人已{office.codes['teacher_status'].name_of(row['status'])}")
    if state == "lapsed":
        again = "待复检" if rules.kind(row["kind"]).recheck else "未续"
        found.append(f"任期 {row['ends_on']} 已满，{again}")
    if state == "valid" and row["ends_on"]:
        soon = (date.fromisoformat(day) + timedelta(days=rules.warn_days)).isoformat()
        if row["ends_on"] <= soon:
            found.append(f"任期 {row['ends_on']} 将满")
    if state == "valid" and (row["registered"] or "").endswith("\x1ffailed"):
        found.append(f"{row['registered'][:4]} 年注册不合格")
    return found
