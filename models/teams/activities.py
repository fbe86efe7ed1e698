"""What teams do: activities with their kind, day, place, and who was there in which part."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.entities.display import from_hundredths, to_hundredths
from models.errors import UserError
from models.office.context import Office
from models.office.forms import form_values
from models.store.operations import Operation
from models.teams.crediting import credited
from models.teams.kinds import PART_NAMES, Part, activity_meant, team_rules
from models.teams.records import Activity
from models.teams.registration import open_team, read_team, update
from models.training.courses import find
from models.training.ledger import HOURS_A_DAY, MAX_HOURS, days_between

_STORED = (
    "team_id", "held_on", "until", "kind", "topic", "place", "course_id", "hours", "amount",
    "evidence", "remark",
)  # fmt: skip
_LIST = """
SELECT a.*, t.name AS team, c.title AS course, c.code AS course_code,
    (SELECT COUNT(*) FROM activity_person AS p WHERE p.activity_id = a.id AND p.part = 'trainer')
        AS trainers,
    (SELECT COUNT(*) FROM activity_person AS p
        WHERE p.activity_id = a.id AND p.part = 'participant') AS participants
FROM team_activity AS a JOIN team AS t ON t.id = a.team_id
LEFT JOIN course AS c ON c.id = a.course_id
WHERE (:team = '' OR a.team_id = :team) AND (:first = '' OR a.held_on >= :first)
    AND (:last = '' OR a.held_on <= :last) AND (:id = '' OR a.id = :id)
ORDER BY a.held_on DESC, a.rowid DESC
"""
_PEOPLE = """
SELECT p.*, t.teacher_no, t.name, COALESCE(i.name, t.school_reported, '') AS school
FROM activity_person AS p JOIN teacher AS t ON t.id = p.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
WHERE p.activity_id = ? ORDER BY p.part DESC, school, t.name_pinyin, t.id
"""
_UNKNOWN = """
SELECT COUNT(*) FROM json_each(?) AS wanted
WHERE NOT EXISTS (SELECT 1 FROM teacher AS t WHERE t.id = wanted.value)
"""


@dataclass(frozen=True, slots=True)
class There:
    """In which part somebody was at an activity; ``hours`` where others than the usual count."""

    part: Part
    hours: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """An activity as lists show it.

    Attributes:
        id, team_id, team: what it is.
        kind: key of its kind; ``kind_title`` in the office's words.
        topic, held_on, until, place, course, evidence, remark: as noted, "" where nothing was.
        course_id, course_code: the course it belongs to, "" for none.
        hours, amount: its measure.
        trainers, participants: how many people.
        posted_on: when hours were last posted, "" where they were not.
    """

    id: str
    team_id: str
    team: str
    kind: str
    kind_title: str
    topic: str
    held_on: str
    until: str
    place: str
    course_id: str
    course_code: str
    course: str
    hours: Decimal | None
    amount: int | None
    trainers: int
    participants: int
    evidence: str
    remark: str
    posted_on: str

    def hours_for(self, part: Part, own: Decimal | None = None) -> Decimal:
        """The hours it brings somebody; participants of a course get theirs from the course."""
        if part == "participant" and self.course_id:
            return Decimal(0)
        kind = team_rules().activity(self.kind)
        return credited(kind, part, (self.hours, self.amount), own)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody at an activity, with the hours it brings."""

    teacher_id: str
    teacher_no: str
    name: str
    school: str
    part: Part
    own: Decimal | None
    hours: Decimal


def log_activity(
    office: Office,
    team_id: str,
    texts: Mapping[str, str],
    people: Mapping[str, There] | None = None,
) -> tuple[str, Operation]:
    """Note an activity from the texts of its form, with who was there; gives its identity.

    Raises:
        UserError: no such team or it has ended; the form has errors; an unknown kind or course;
            no measure; more hours than its days hold; a day to come or before the team began.
    """
    team = open_team(office, team_id)
    values = _checked(office, team, texts)
    activity_id = office.store.ids.new_id()
    title = f"{team['name']}{values['held_on']}活动：{values['topic']}"
    with office.store.operation("teams.activity", title) as operation:
        row = (activity_id, *({**values, "team_id": team_id}.get(name) for name in _STORED))
        office.store.insert("team_activity", ("id", *_STORED), [row])
        if people:
            set_people(office, activity_id, people)
    return activity_id, operation


def change_activity(office: Office, activity_id: str, texts: Mapping[str, str]) -> Operation:
    """Change what was noted of an activity whose hours are not posted.

    Raises:
        UserError: as ``log_activity``; no such activity, or its hours are posted.
    """
    found = _unposted(office, activity_id)
    values = _checked(office, read_team(office, found.team_id), texts)
    with office.store.operation("teams.activity", f"修改活动：{values['topic']}") as operation:
        said = {name: values.get(name) for name in _STORED if name != "team_id"}
        update(office, "team_activity", [activity_id], said)
    return operation


def remove_activity(office: Office, activity_id: str) -> Operation:
    """Take an activity out again; undo brings it back.

    Raises:
        UserError: no such activity, or its hours are posted.
    """
    found = _unposted(office, activity_id)
    with office.store.operation("teams.activity_gone", f"删除活动：{found.topic}") as operation:
        office.store.execute("DELETE FROM activity_person WHERE activity_id = ?", (activity_id,))
        office.store.execute("DELETE FROM team_activity WHERE id = ?", (activity_id,))
    return operation


def set_people(office: Office, activity_id: str, people: Mapping[str, There]) -> Operation:
    """Note who was at an activity; who is noted already gets the new part and hours.

    Raises:
        UserError: no such activity, nobody, somebody not in the register, hours that cannot be,
            or somebody whose hours are posted gets others.
    """
    found = activity(office, activity_id)
    _check_people(office, found, people)
    known = {one.teacher_id: one for one in people_at(office, activity_id)}
    changed = {
        teacher: there
        for teacher, there in people.items()
        if teacher in known
        and (known[teacher].part, known[teacher].own) != (there.part, there.hours)
    }
    if changed and found.posted_on:
        raise _is_posted(found)
    new = {teacher: there for teacher, there in people.items() if teacher not in known}
    title = f"{found.team}{found.held_on}活动人员 {len(people)} 人"
    with office.store.operation("teams.people", title) as operation:
        for teacher, there in changed.items():
            office.store.execute(
                "UPDATE activity_person SET part = ?, hours = ?"
                " WHERE activity_id = ? AND teacher_id = ?",
                (there.part, _stored(there.hours), activity_id, teacher),
            )
        rows = [
            (office.store.ids.new_id(), activity_id, teacher, there.part, _stored(there.hours))
            for teacher, there in new.items()
        ]
        columns = ("id", "activity_id", "teacher_id", "part", "hours")
        office.store.insert("activity_person", columns, rows)
    return operation


def remove_people(office: Office, activity_id: str, teacher_ids: Sequence[str]) -> Operation:
    """Take people off an activity whose hours are not posted.

    Raises:
        UserError: no such activity, its hours are posted, or nobody of them was there.
    """
    found = _unposted(office, activity_id)
    known = {one.teacher_id for one in people_at(office, activity_id)}
    if not known & set(teacher_ids):
        raise UserError("teams.nobody", "没有选中人员。", "请先选择。")
    with office.store.operation("teams.people", f"{found.topic}移除人员") as operation:
        office.store.execute(
            "DELETE FROM activity_person WHERE activity_id = ?"
            " AND teacher_id IN (SELECT value FROM json_each(?))",
            (activity_id, json.dumps(list(teacher_ids))),
        )
    return operation


def activities(
    office: Office, team_id: str = "", first: str = "", last: str = ""
) -> list[ActivityRow]:
    """The activities of a team ("" for all) between two days, the latest first."""
    asked = {"team": team_id, "first": first, "last": last, "id": ""}
    return [_shown(dict(row)) for row in office.store.query(_LIST, asked)]


def activity(office: Office, activity_id: str) -> ActivityRow:
    """One activity.

    Raises:
        UserError: there is none.
    """
    asked = {"team": "", "first": "", "last": "", "id": activity_id}
    row = office.store.one(_LIST, asked) if activity_id else None
    if row is None:
        raise UserError("teams.no_such_activity", "这次活动已不在库中。", "请刷新列表。")
    return _shown(dict(row))


def people_at(office: Office, activity_id: str) -> list[Present]:
    """Who was at an activity, trainers first."""
    found = activity(office, activity_id)
    return [
        Present(
            row["teacher_id"],
            row["teacher_no"] or "",
            row["name"],
            row["school"],
            row["part"],
            own := from_hundredths(row["hours"]),
            found.hours_for(row["part"], own),
        )
        for row in office.store.query(_PEOPLE, (activity_id,))
    ]


def _checked(office: Office, team: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    values = form_values(office, Activity, texts)
    kind = activity_meant(str(values["kind"]))
    course = values.pop("course", None)
    hours, amount = values.get("hours"), values.get("amount")
    measured = hours if kind.counts == "hours" else amount
    if not measured:
        what = "学时" if kind.counts == "hours" else f"数量（{kind.unit}）"
        raise UserError("teams.measure", f"{kind.title}没有填{what}。", f"请填写{what}。")
    _check_days(office, team, values)
    return {
        **values,
        "kind": kind.key,
        "course_id": find(office, course) if course else None,
        "hours": None if hours is None else to_hundredths(hours),
    }


def _check_days(office: Office, team: dict[str, Any], values: Mapping[str, Any]) -> None:
    day, until = values["held_on"], values.get("until")
    if day > office.store.clock.today().isoformat():
        raise UserError("teams.future", f"{day} 还没有到。", "活动办过以后再登记；打算写在计划中。")
    if team["starts_on"] and day < team["starts_on"]:
        raise UserError(
            "teams.dates", f"{day} 早于团队组建日期 {team['starts_on']}。", "请核对日期。"
        )
    if until and until < day:
        raise UserError("teams.dates", f"结束日期 {until} 早于 {day}。", "请核对日期。")
    days = days_between(day, until or day) or 1
    if (values.get("hours") or 0) > days * HOURS_A_DAY:
        raise UserError(
            "teams.hours", f"{days} 天的活动不会有 {values['hours']} 学时。", "请核对学时和日期。"
        )


def _check_people(office: Office, found: ActivityRow, people: Mapping[str, There]) -> None:
    if not people:
        raise UserError("teams.nobody", "没有选中人员。", "请先选择主讲或参加的教师。")
    if office.store.value(_UNKNOWN, (json.dumps(list(people)),)):
        raise UserError("staff.no_such_teacher", "有教师已不在名册中。", "请刷新后重新选择。")
    for there in people.values():
        own = there.hours
        if own is not None and (not 0 <= own <= MAX_HOURS or own != round(own, 2)):
            raise UserError(
                "teams.hours",
                f"{PART_NAMES[there.part]}的学时 {own} 不对（{found.topic}）。",
                f"请填 0 到 {MAX_HOURS}，最多两位小数。",
            )


def _unposted(office: Office, activity_id: str) -> ActivityRow:
    found = activity(office, activity_id)
    if found.posted_on:
        raise _is_posted(found)
    return found


def _is_posted(found: ActivityRow) -> UserError:
    return UserError(
        "teams.posted",
        f"“{found.topic}”的学时已于 {found.posted_on} 入账，不能这样改。",
        "请先“撤回学时”，改好后再登记。",
    )


def _stored(hours: Decimal | None) -> int | None:
    return None if hours is None else to_hundredths(hours)


def _shown(row: dict[str, Any]) -> ActivityRow:
    texts = {
        name: row[name] or ""
        for name in (
            "id", "team_id", "team", "kind", "topic", "held_on", "until", "place", "course_id",
            "course_code", "course", "evidence", "remark", "posted_on",
        )
    }  # fmt: skip
    return ActivityRow(
        **texts,
        kind_title=team_rules().activity(row["kind"]).title,
        hours=from_hundredths(row["hours"]),
        amount=row["amount"],
        trainers=row["trainers"],
        participants=row["participants"],
    )
