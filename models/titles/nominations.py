"""Nominations as lists show them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths
from models.office.context import Office
from models.titles.findings import Finding, obstacles, read_findings, read_waivers
from models.titles.kinds import title_rules

STATE_NAMES = {
    "nominated": "已推荐",
    "refused": "不符合条件",
    "listed": "公示",
    "granted": "已认定",
    "dropped": "已退出",
}
_ROWS = """
SELECT n.*, t.teacher_no, t.name, t.sex, t.title AS rank, t.education, b.kind, b.level,
    (SELECT COUNT(*) FROM title_objection AS o WHERE o.nomination_id = n.id) AS objections
FROM nomination AS n JOIN teacher AS t ON t.id = n.teacher_id
JOIN title_batch AS b ON b.id = n.batch_id
WHERE (:batch = '' OR n.batch_id = :batch) AND (:teacher = '' OR n.teacher_id = :teacher)
    AND (:ids IS NULL OR n.id IN (SELECT value FROM json_each(:ids)))
ORDER BY n.school_name, t.name_pinyin, n.id
"""


@dataclass(frozen=True, slots=True)
class NominationRow:
    """Somebody recommended in a batch.

    Attributes:
        id, batch_id, teacher_id, kind, level: what and whom.
        teacher_no, name, sex, rank, education: of the register, as words.
        school: the school at the time.
        stage, subject: codes; ``stage_name`` and ``subject_name`` as words.
        nominated_by, nominated_on, lesson_score, contest, merits: as recommended.
        findings, waivers: what was checked, and what was set aside.
        state, reason: a key of ``STATE_NAMES`` with why.
        objections: how many were received.
    """

    id: str
    batch_id: str
    teacher_id: str
    kind: str
    level: str
    teacher_no: str
    name: str
    sex: str
    rank: str
    education: str
    school: str
    stage: str
    subject: str
    stage_name: str
    subject_name: str
    nominated_by: str
    nominated_on: str
    lesson_score: Decimal | None
    contest: str
    merits: str
    findings: tuple[Finding, ...]
    waivers: Mapping[str, Mapping[str, str]]
    state: str
    reason: str
    objections: int

    @property
    def state_name(self) -> str:
        """The state in the office's words."""
        return STATE_NAMES[self.state]

    @property
    def obstacles(self) -> tuple[Finding, ...]:
        """What is in the way of the title."""
        return obstacles(self.findings, self.waivers)

    @property
    def checked(self) -> bool:
        """Whether it was checked."""
        return bool(self.findings)

    @property
    def fit(self) -> bool:
        """Whether nothing is in the way: it was checked, unless nothing is asked of the title."""
        asks = bool(title_rules().kind(self.kind).conditions)
        return not self.obstacles and (self.checked or not asks)

    @property
    def why(self) -> str:
        """In words: what is in the way, what was set aside, the reason of the state."""
        told = [self.reason] if self.reason else [one.text for one in self.obstacles]
        told += [
            f"破格（{one.title}）：{self.waivers[one.key]['reason']}"
            for one in self.findings
            if one.key in self.waivers
        ]
        return "；".join(told)


def nominations(
    office: Office, batch_id: str = "", *, teacher_id: str = "", ids: Sequence[str] | None = None
) -> list[NominationRow]:
    """Those recommended in a batch, or the nominations of a teacher, by school and name."""
    given = {
        "batch": batch_id,
        "teacher": teacher_id,
        "ids": None if ids is None else json.dumps(list(ids)),
    }
    return [_row(office, dict(row)) for row in office.store.query(_ROWS, given)]


def _row(office: Office, row: Mapping[str, Any]) -> NominationRow:
    def word(table: str, code: str | None) -> str:
        return office.codes[table].name_of(code) if code else ""

    subjects = (row["subject"] or "").split("、") if row["subject"] else []
    texts = (
        "id", "batch_id", "teacher_id", "kind", "level", "teacher_no", "name", "stage", "subject",
        "nominated_by", "nominated_on", "contest", "merits", "state", "reason",
    )  # fmt: skip
    return NominationRow(
        **{name: row[name] or "" for name in texts},
        sex=word("sex", row["sex"]),
        rank=word("title", row["rank"]),
        education=word("education", row["education"]),
        school=row["school_name"],
        stage_name=word("stage", row["stage"]),
        subject_name="、".join(word("subject", one) for one in subjects),
        lesson_score=from_hundredths(row["lesson_score"]),
        findings=read_findings(row["findings"]),
        waivers=read_waivers(row["waived"]),
        objections=row["objections"],
    )
