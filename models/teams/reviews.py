"""The yearly evaluation of teams and of their members: points and the grade they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.teams.kinds import team_rules
from models.teams.registration import read_team, update

_FULL = 100
_EARLIEST = 1990
_SAME = """
SELECT id FROM team_review WHERE team_id = ? AND COALESCE(member_id, '') = ? AND year = ?
"""
_LIST = """
SELECT r.*, t.name AS team, p.name, m.role FROM team_review AS r
JOIN team AS t ON t.id = r.team_id
LEFT JOIN team_member AS m ON m.id = r.member_id LEFT JOIN teacher AS p ON p.id = m.teacher_id
WHERE (:team = '' OR r.team_id = :team) AND (:year = 0 OR r.year = :year)
ORDER BY r.year DESC, t.name, r.member_id IS NOT NULL, r.score DESC
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """What an evaluation says: points, or a word of the rules; a remark."""

    score: Decimal | None = None
    grade: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An evaluation as lists show it; ``name`` and ``role`` are "" for that of the whole team."""

    id: str
    team: str
    member_id: str
    name: str
    role: str
    year: int
    score: Decimal | None
    grade: str
    remark: str
    decided_by: str
    decided_on: str


def review(
    office: Office, team_id: str, year: int, judged: Judged, member_ids: Sequence[str] = ()
) -> Operation:
    """Evaluate a team for a year, or some of its members; said before, it is said anew.

    Raises:
        UserError: no such team or member, a year to come, points outside 0 to 100, a grade the
            rules do not have, or neither points nor grade.
    """
    team = read_team(office, team_id)
    values = {**_values(office, year, judged), **_decided(office)}
    for member in member_ids:
        known = office.store.value("SELECT team_id FROM team_member WHERE id = ?", (member,))
        if known != team_id:
            raise UserError("teams.no_such_member", "有成员不在这个团队中。", "请刷新列表。")
    with office.store.operation("teams.review", f"{team['name']}{year} 年考核") as operation:
        for member in member_ids or ("",):
            same = office.store.value(_SAME, (team_id, member, year))
            if same is not None:
                update(office, "team_review", [same], values)
                continue
            row = {"id": office.store.ids.new_id(), "team_id": team_id, "year": year, **values}
            row["member_id"] = member or None
            office.store.insert("team_review", list(row), [tuple(row.values())])
    return operation


def reviews(office: Office, team_id: str = "", year: int = 0) -> list[ReviewRow]:
    """The evaluations of a team ("" for all) in a year (0 for all), teams before members."""
    found = office.store.query(_LIST, {"team": team_id, "year": year})
    return [_row(dict(one)) for one in found]


def _values(office: Office, year: int, judged: Judged) -> dict[str, Any]:
    rules = team_rules()
    if year > office.store.clock.today().year:
        raise UserError("teams.review_year", f"{year} 年还没有到。", "请核对年度。")
    if year < _EARLIEST:
        raise UserError("teams.review_year", f"没有 {year} 年的考核。", "请核对年度。")
    score, grade = judged.score, judged.grade.strip()
    if score is not None and not (
        score.is_finite() and 0 <= score <= _FULL and score == round(score, 2)
    ):
        raise UserError("teams.review_score", f"{score} 分不对。", "请填 0 到 100 的分数。")
    if grade and grade not in {one.title for one in rules.grades}:
        offered = "、".join(one.title for one in rules.grades)
        raise UserError("teams.review_grade", f"没有“{grade}”这个等次。", f"可填：{offered}。")
    if score is None and not grade:
        raise UserError("teams.review_empty", "没有填分数或等次。", "请填其中一项。")
    return {
        "score": None if score is None else to_hundredths(score),
        "grade": grade or rules.grade(score or Decimal(0)),
        "remark": judged.remark.strip() or None,
    }


def _decided(office: Office) -> dict[str, str]:
    return {
        "decided_by": office.store.person,
        "decided_on": office.store.clock.today().isoformat(),
    }


def _row(row: dict[str, Any]) -> ReviewRow:
    return ReviewRow(
        id=row["id"],
        team=row["team"],
        member_id=row["member_id"] or "",
        name=row["name"] or "",
        role=team_rules().roles[row["role"]].title if row["role"] else "",
        year=row["year"],
        score=from_hundredths(row["score"]),
        grade=row["grade"] or "",
        remark=row["remark"] or "",
        decided_by=row["decided_by"],
        decided_on=row["decided_on"],
    )
