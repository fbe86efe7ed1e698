"""Who is in a team, in which role, from when to when; exceptions to the rules are named."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.staff.periods import held_on, periods_of
from models.store.operations import Operation
from models.teams.fitness import Person, barred, objections
from models.teams.kinds import Role, team_rules
from models.teams.registration import open_team, update
from models.titles.holding import standing_codes
from models.training.words import need_words

_COLUMNS = ("id", "team_id", "teacher_id", "role", "starts_on", "exception")
_TEACHER = "SELECT id, name, backbone, status, school_id FROM teacher WHERE id = ?"
_OPEN = """
SELECT teacher_id, role FROM team_member
WHERE team_id = ? AND (ends_on IS NULL OR ends_on > ?)
"""
_CHOSEN = """
SELECT m.*, t.name FROM json_each(?) AS wanted CROSS JOIN team_member AS m ON m.id = wanted.value
JOIN teacher AS t ON t.id = m.teacher_id ORDER BY wanted.key
"""


@dataclass(frozen=True, slots=True)
class Joining:
    """Somebody who comes into a team.

    Attributes:
        teacher_id: who.
        role: key of the role.
        starts_on: from which day, ISO.
        exception: why somebody is taken who does not meet the rules; "" where nobody is asked.
    """

    teacher_id: str
    role: str
    starts_on: str
    exception: str = ""


def add_members(office: Office, team_id: str, joining: Sequence[Joining]) -> Operation:
    """Take people into a team as one undoable step.

    Raises:
        UserError: no such team or it has ended; nobody; somebody who is in it already, has
            retired or left; more than a role has places; somebody who does not meet the rules,
            without a named exception. Nobody is taken then.
    """
    team = open_team(office, team_id)
    if not joining:
        raise UserError("teams.nobody", "没有选中教师。", "请先选择成员。")
    rows = [_row(office, team, one) for one in joining]
    _refuse_full(office, team, joining)
    title = f"{team['name']}增加成员 {len(rows)} 人"
    with office.store.operation("teams.members", title) as operation:
        office.store.insert("team_member", _COLUMNS, rows)
    return operation


def end_members(office: Office, member_ids: Sequence[str], day: str, reason: str) -> Operation:
    """End the terms of members on a day, with a reason.

    Raises:
        UserError: nobody chosen, no reason, somebody whose term has ended, or a day before it
            began.
    """
    words = need_words(reason, "离任的原因")
    found = _chosen(office, member_ids)
    for row in found:
        if row["starts_on"] and day < row["starts_on"]:
            raise UserError(
                "teams.dates",
                f"{row['name']} {row['starts_on']} 才开始任职，不能在 {day} 离任。",
                "请核对离任的日期；登记错了的请撤销登记。",
            )
    with office.store.operation("teams.members_end", f"离任 {len(found)} 人") as operation:
        ids = [row["id"] for row in found]
        update(office, "team_member", ids, {"ends_on": day, "ended_because": words})
    return operation


def change_role(
    office: Office, member_id: str, role: str, day: str, exception: str = ""
) -> Operation:
    """Give a member another role from a day on; the former term ends on it.

    Raises:
        UserError: as ``end_members`` and ``add_members``; it is the same role.
    """
    (row,) = _chosen(office, [member_id])
    if row["role"] == role:
        raise UserError("teams.same_role", f"{row['name']}已经是这个身份。", "请选另一个身份。")
    team = open_team(office, row["team_id"])
    title = f"{team['name']}{row['name']}改任{team_rules().roles[role].title}"
    with office.store.operation("teams.role", title) as operation:
        end_members(office, [member_id], day, f"改任{team_rules().roles[role].title}")
        add_members(office, team["id"], [Joining(row["teacher_id"], role, day, exception)])
    return operation


def person_on(office: Office, teacher_id: str, day: str) -> Person:
    """What counts of a teacher, with 骨干级别, state and school as of a day where they are known.

    Raises:
        UserError: the teacher is not in the register.
    """
    row = office.store.one(_TEACHER, (teacher_id,))
    if row is None:
        raise UserError("staff.no_such_teacher", "有教师已不在名册中。", "请刷新后重新选择。")
    periods = periods_of(office, teacher_id)

    def known(aspect: str, now: str | None) -> str:
        recorded, value = held_on(periods, aspect, day)
        return (value if recorded else now) or ""

    return Person(
        row["name"],
        standing_codes(office, {teacher_id: known("backbone", row["backbone"])}, day)[teacher_id],
        known("status", row["status"]),
        known("school", row["school_id"]),
    )


def _row(office: Office, team: dict[str, Any], one: Joining) -> tuple[str | None, ...]:
    """The row of somebody who may come in."""
    rules = team_rules()
    role = rules.roles_of(team["kind"]).get(one.role)
    if role is None:
        titles = "、".join(each.title for each in rules.roles_of(team["kind"]).values())
        raise UserError("teams.role", f"“{team['name']}”没有这种身份。", f"可填：{titles}。")
    if team["starts_on"] and one.starts_on < team["starts_on"]:
        raise UserError(
            "teams.dates",
            f"任职日期 {one.starts_on} 早于团队组建日期 {team['starts_on']}。",
            "请核对日期。",
        )
    person = person_on(office, one.teacher_id, one.starts_on)
    if reason := barred(role, person, _states(office)):
        raise UserError("teams.barred", f"{reason}。", "请另选教师。")
    exception = one.exception.strip() or None
    found = objections(role, rules.standing_of(role), person, team["host_id"])
    if found and exception is None:
        raise UserError(
            "teams.not_fit",
            f"{'；'.join(found)}，不能担任“{team['name']}”的{role.title}。",
            "请另选教师；确需由此人担任的，写明特例的理由。",
        )
    noted = exception if found else None
    new_id = office.store.ids.new_id()
    return new_id, team["id"], one.teacher_id, one.role, one.starts_on, noted


def _refuse_full(office: Office, team: dict[str, Any], joining: Sequence[Joining]) -> None:
    """Nobody has a role twice, and no role has more people than places."""
    day = min(one.starts_on for one in joining)
    held = [
        (row["teacher_id"], row["role"]) for row in office.store.query(_OPEN, (team["id"], day))
    ]
    held += [(one.teacher_id, one.role) for one in joining]
    (pair, count), *_ = Counter(held).most_common(1)
    if count > 1:
        name = office.store.value("SELECT name FROM teacher WHERE id = ?", (pair[0],))
        title = team_rules().roles[pair[1]].title
        raise UserError("teams.member_twice", f"{name}已是{title}。", "请核对名单。")
    _refuse_lead_besides(office, team, held)
    for key, taken in Counter(role for _, role in held).items():
        role: Role = team_rules().roles[key]
        if role.most is not None and taken > role.most:
            raise UserError(
                "teams.role_full",
                f"“{team['name']}”的{role.title}最多 {role.most} 人，这样将有 {taken} 人。",
                "请先让原来的人离任，再登记。",
            )


def _refuse_lead_besides(
    office: Office, team: dict[str, Any], held: Sequence[tuple[str, str]]
) -> None:
    """Who answers for a team is one of it; only what people of the host school do comes besides."""
    roles = team_rules().roles_of(team["kind"])
    lead = next(iter(roles))
    leading = {teacher for teacher, role in held if role == lead}
    for teacher, role in held:
        if teacher in leading and role != lead and not roles[role].host:
            name = office.store.value("SELECT name FROM teacher WHERE id = ?", (teacher,))
            raise UserError(
                "teams.lead_besides",
                f"{name}在“{team['name']}”任{roles[lead].title}，不能同时又任{roles[role].title}。",
                f"{roles[lead].title}本来就在团队中；要改换身份请用“改任”。",
            )


def _chosen(office: Office, member_ids: Sequence[str]) -> list[Any]:
    found = office.store.query(_CHOSEN, (json.dumps(list(dict.fromkeys(member_ids))),))
    if not found or len(found) < len(set(member_ids)):
        raise UserError("teams.no_such_member", "没有选中成员，或已不在库中。", "请刷新列表。")
    for row in found:
        if row["ends_on"]:
            raise UserError(
                "teams.left", f"{row['name']}已于 {row['ends_on']} 离任。", "请刷新列表后再选。"
            )
    return found


def _states(office: Office) -> dict[str, str]:
    return {one.code: one.name for one in office.codes["teacher_status"]}
