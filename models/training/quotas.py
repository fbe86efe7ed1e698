"""How many people a school may send to a course, and who goes beyond it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.training.courses import read

_TAKEN = """
WITH taken AS (
    SELECT school_id, COUNT(*) AS people FROM enrolment
    WHERE course_id = :course AND school_id IS NOT NULL
        AND COALESCE(state, 'approved') IN ('chosen', 'supported', 'approved')
    GROUP BY school_id
), own AS (SELECT school_id, quota FROM course_quota WHERE course_id = :course),
concerned AS (SELECT school_id FROM taken UNION SELECT school_id FROM own)
SELECT i.id, i.name, COALESCE(own.quota, :usual) AS quota, COALESCE(taken.people, 0) AS taken
FROM concerned JOIN institution AS i ON i.id = concerned.school_id
LEFT JOIN own ON own.school_id = i.id LEFT JOIN taken ON taken.school_id = i.id
ORDER BY i.name
"""


@dataclass(frozen=True, slots=True)
class SchoolQuota:
    """What one school may send and has sent; ``quota`` is None where nothing limits it."""

    school_id: str
    school: str
    quota: int | None
    taken: int


def check_quotas(office: Office, quotas: Mapping[str, int | None]) -> str:
    """The schools of quotas as a JSON array, for whatever quotas are of.

    Raises:
        UserError: a number below 0, or a school not in the list.
    """
    if any(quota is not None and quota < 0 for quota in quotas.values()):
        raise UserError("training.quota", "名额不能是负数。", "请填 0 或正整数。")
    schools = json.dumps(sorted(quotas))
    known = office.store.value(
        "SELECT COUNT(*) FROM institution WHERE id IN (SELECT value FROM json_each(?))", (schools,)
    )
    if known != len(quotas):
        raise UserError("training.no_such_school", "有学校不在机构名录中。", "请刷新后重新选择。")
    return schools


def set_quotas(office: Office, course_id: str, quotas: Mapping[str, int | None]) -> Operation:
    """Set the quotas of single schools as one undoable step; None takes a school's own away.

    Raises:
        UserError: no such course, a number below 0, or a school not in the list.
    """
    course = read(office, course_id)
    schools = check_quotas(office, quotas)
    with office.store.operation("training.quota", f"{course['title']}定名额") as operation:
        office.store.execute(
            "DELETE FROM course_quota WHERE course_id = ?"
            " AND school_id IN (SELECT value FROM json_each(?))",
            (course_id, schools),
        )
        rows = [
            (office.store.ids.new_id(), course_id, school_id, quota)
            for school_id, quota in quotas.items()
            if quota is not None
        ]
        office.store.insert("course_quota", ("id", "course_id", "school_id", "quota"), rows)
    return operation


def school_quotas(office: Office, course_id: str) -> list[SchoolQuota]:
    """The schools that have a quota of their own or people in the course."""
    usual = read(office, course_id)["quota"]
    rows = office.store.query(_TAKEN, {"usual": usual, "course": course_id})
    return [SchoolQuota(row["id"], row["name"], row["quota"], row["taken"]) for row in rows]


def refuse_beyond_quota(office: Office, course: Mapping[str, Any]) -> None:
    """Refuse what was just enrolled if it takes a school beyond its quota; names the first few.

    Raises:
        UserError: a school has more people in the course than its quota.
    """
    rows = office.store.query(_TAKEN, {"usual": course["quota"], "course": course["id"]})
    over = [row for row in rows if row["quota"] is not None and row["taken"] > row["quota"]]
    if not over:
        return
    told = "；".join(
        f"{row['name']}名额 {row['quota']} 人，报名将达 {row['taken']} 人" for row in over[:3]
    )
    more = f"；等 {len(over)} 所学校" if len(over) > 3 else ""
    raise UserError(
        "training.beyond_quota",
        f"超过名额：{told}{more}。本次没有报名。",
        "请减少人数，或先调整名额。",
    )
