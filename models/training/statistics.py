"""The trainings and hours of a year, counted: by month, kind, form, stage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from models.office.context import Office

Axis = Literal["kind", "category", "theme", "level", "nature", "stage", "month", "all"]
_COLUMNS: dict[Axis, str] = {
    "kind": "CASE e.kind WHEN 'reversal' THEN o.kind ELSE e.kind END",
    "category": "e.category",
    "theme": "e.theme",
    "level": "e.level",
    "nature": "e.nature",
    "stage": "e.stage",
    "month": "substr(e.start_date, 6, 2)",
    "all": "''",
}
# A reversal counts against what it takes back, so that both vanish from every sum.
_HOURS = """
SELECT side, COUNT(CASE WHEN hours > 0 THEN 1 END), SUM(entries), SUM(hours), SUM(credits) FROM (
    SELECT COALESCE({column}, '') AS side, e.teacher_id, SUM(e.hours) AS hours,
        SUM(COALESCE(e.credits, 0)) AS credits,
        SUM(CASE e.kind WHEN 'reversal' THEN -1 ELSE 1 END) AS entries
    FROM ledger_entry AS e LEFT JOIN ledger_entry AS o ON o.id = e.reverses
    WHERE e.year = ? GROUP BY 1, 2
) GROUP BY side HAVING SUM(entries) <> 0 ORDER BY side
"""
_COURSES = """
SELECT COUNT(*), COALESCE(SUM(c.hours), 0),
    COALESCE(SUM((SELECT COUNT(*) FROM enrolment AS e WHERE e.course_id = c.id
        AND COALESCE(e.state, 'approved') = 'approved')), 0),
    COALESCE(SUM((SELECT COUNT(*) FROM enrolment AS e WHERE e.course_id = c.id
        AND e.result = 'passed')), 0)
FROM course AS c WHERE c.year = ? AND COALESCE(c.approval, 'approved') = 'approved'
    AND NOT EXISTS (SELECT 1 FROM course AS k WHERE k.project_id = c.id)
"""


@dataclass(frozen=True, slots=True)
class HourSum:
    """What one side of an axis comes to.

    Attributes:
        key: the code, the month (``03``), or "" where it is not recorded.
        people: teachers with hours on it.
        entries: entries that stand.
        hours, credits: their sums.
    """

    key: str
    people: int = 0
    entries: int = 0
    hours: Decimal = Decimal(0)
    credits: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class CourseSum:
    """The approved courses of a year (a project counts by its classes), and who was in them."""

    courses: int
    hours: Decimal
    people: int
    passed: int


def hour_sums(office: Office, year: int, axis: Axis) -> list[HourSum]:
    """The hours of a year by an axis, in the order of its codes.

    School, stage and so on are those that stood when the entry was made.
    """
    sql = _HOURS.format(column=_COLUMNS[axis])
    return [
        HourSum(key, people, entries, Decimal(hours) / 100, Decimal(credits) / 100)
        for key, people, entries, hours, credits in office.store.query(sql, (year,))
    ]


def hour_total(office: Office, year: int) -> HourSum:
    """All hours of a year as one sum."""
    return next(iter(hour_sums(office, year, "all")), HourSum(""))


def course_sum(office: Office, year: int) -> CourseSum:
    """How many courses a year had, and how many people were in them and passed."""
    row = office.store.one(_COURSES, (year,))
    courses, hours, people, passed = tuple(row) if row is not None else (0, 0, 0, 0)
    return CourseSum(courses, Decimal(hours) / 100, people, passed)
