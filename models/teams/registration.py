"""Setting teams up, changing what is said of them, and ending them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from models.errors import UserError
from models.office.context import Office
from models.office.forms import form_values
from models.staff.directory import school_named
from models.store.operations import Operation
from models.teams.kinds import TeamKind, kind_meant, team_rules
from models.teams.records import Team
from models.text.tidy import key
from models.training.words import need_words

_STORED = (
    "kind", "name", "stage", "subject", "track", "host_id", "starts_on", "ends_on", "remark",
)  # fmt: skip
_NAMES = "SELECT id, name FROM team WHERE ended_on IS NULL"
_SETS = {
    "school": ("team_school", "school_id", "SELECT school_id FROM team_school WHERE team_id = ?"),
    "course": ("team_course", "course_id", "SELECT course_id FROM team_course WHERE team_id = ?"),
}


def enter_team(office: Office, texts: Mapping[str, str]) -> tuple[str, Operation]:
    """Set up a team from the texts of its form, as one undoable step; gives its identity.

    Raises:
        UserError: the form has errors; a kind, stage, track or host that do not go together; a
            name another team has.
    """
    values = _checked(office, texts)
    _refuse_known_name(office, values["name"], "")
    team_id = office.store.ids.new_id()
    with office.store.operation("teams.team", f"组建{values['name']}") as operation:
        row = (team_id, *(values.get(name) for name in _STORED))
        office.store.insert("team", ("id", *_STORED), [row])
    return team_id, operation


def change_team(office: Office, team_id: str, texts: Mapping[str, str]) -> Operation:
    """Change what is said of a team by the texts of its form.

    Raises:
        UserError: as ``enter_team``; there is no such team; another kind while it has members.
    """
    stored = read_team(office, team_id)
    values = _checked(office, texts)
    _refuse_known_name(office, values["name"], team_id)
    has_members = office.store.value("SELECT 1 FROM team_member WHERE team_id = ?", (team_id,))
    if values["kind"] != stored["kind"] and has_members:
        raise UserError(
            "teams.kind_in_use",
            f"“{stored['name']}”已有成员，不能改团队种类。",
            "请结束这个团队，另行组建。",
        )
    with office.store.operation("teams.change", f"修改{values['name']}") as operation:
        update(office, "team", [team_id], {name: values.get(name) for name in _STORED})
    return operation


def end_team(office: Office, team_id: str, day: str, reason: str) -> Operation:
    """End a team on a day, and with it the terms of its members.

    Raises:
        UserError: no such team, ended already, no reason, a day before it began or still to come.
    """
    team = open_team(office, team_id)
    words = need_words(reason, "结束的原因")
    if day > office.store.clock.today().isoformat():
        raise UserError(
            "teams.future", f"{day} 还没有到。", "请在结束以后登记；打算结束的日期写在“任期至”。"
        )
    if team["starts_on"] and day < team["starts_on"]:
        raise UserError(
            "teams.dates", f"{day} 早于组建日期 {team['starts_on']}。", "请核对结束的日期。"
        )
    rows = office.store.query(
        "SELECT id FROM team_member WHERE team_id = ? AND (ends_on IS NULL OR ends_on > ?)",
        (team_id, day),
    )
    with office.store.operation("teams.end", f"结束{team['name']}") as operation:
        update(office, "team", [team_id], {"ended_on": day, "ended_because": words})
        ended = {"ends_on": day, "ended_because": f"团队结束：{words}"}
        update(office, "team_member", [row["id"] for row in rows], ended)
    return operation


def set_served(office: Office, team_id: str, what: str, identities: Sequence[str]) -> Operation:
    """Say which schools (``school``) a team serves or which courses (``course``) it is for.

    Raises:
        UserError: no such team, or nothing changes.
    """
    team = open_team(office, team_id)
    table, column, select = _SETS[what]
    known = {row[0] for row in office.store.query(select, (team_id,))}
    wanted = dict.fromkeys(identities)
    gone, new = known - wanted.keys(), [one for one in wanted if one not in known]
    if not gone and not new:
        raise UserError("teams.unchanged", "没有变化。", "请先选择。")
    word = "服务学校" if what == "school" else "负责课程"
    with office.store.operation("teams.served", f"{team['name']}{word}") as operation:
        office.store.execute(
            f"DELETE FROM {table} WHERE team_id = ?"  # noqa: S608 - our own names
            f" AND {column} IN (SELECT value FROM json_each(?))",
            (team_id, json.dumps(sorted(gone))),
        )
        rows = [(office.store.ids.new_id(), team_id, one) for one in new]
        office.store.insert(table, ("id", "team_id", column), rows)
    return operation


def read_team(office: Office, team_id: str) -> dict[str, Any]:
    """The stored team.

    Raises:
        UserError: there is none.
    """
    row = office.store.one("SELECT * FROM team WHERE id = ?", (team_id,))
    if row is None:
        raise UserError("teams.no_such_team", "这个团队已不在库中。", "请刷新列表。")
    return dict(row)


def open_team(office: Office, team_id: str) -> dict[str, Any]:
    """The stored team, if it is still at work.

    Raises:
        UserError: there is none, or it has ended.
    """
    team = read_team(office, team_id)
    if team["ended_on"]:
        raise UserError(
            "teams.ended",
            f"“{team['name']}”已于 {team['ended_on']} 结束。",
            "请选其他团队，或先撤销结束团队的那一步。",
        )
    return team


def team_meant(office: Office, text: str) -> str:
    """The team a person names: its name, part of it that only one has, or its identity.

    Raises:
        UserError: none, or several.
    """
    wanted = key(text)
    rows = office.store.query("SELECT id, name FROM team ORDER BY ended_on IS NOT NULL, name")
    exact = [row for row in rows if text == row["id"] or wanted == key(row["name"])]
    found = exact[:1] or [row for row in rows if wanted and wanted in key(row["name"])]
    if len(found) == 1:
        return str(found[0]["id"])
    if found:
        listed = "、".join(row["name"] for row in found[:4])
        raise UserError(
            "teams.ambiguous", f"有 {len(found)} 个团队的名称含“{text}”：{listed}。", "请写全称。"
        )
    raise UserError("teams.no_such_team", f"没有名称为“{text}”的团队。", "请核对团队名称。")


def update(office: Office, table: str, ids: Sequence[str], values: Mapping[str, Any]) -> None:
    """Write the same values into some rows of one of the room's tables, within an operation."""
    assignments = ", ".join(f"{name} = ?" for name in values)
    office.store.execute(
        f"UPDATE {table} SET {assignments}"  # noqa: S608 - our own names
        " WHERE id IN (SELECT value FROM json_each(?))",
        (*values.values(), json.dumps(list(ids))),
    )


def _checked(office: Office, texts: Mapping[str, str]) -> dict[str, Any]:
    """The values of a team's form, if they go together."""
    values = form_values(office, Team, texts)
    kind = kind_meant(str(values["kind"]))
    host = values.pop("host", None)
    values |= {"kind": kind.key, "host_id": school_named(office, host).id if host else None}
    values["track"] = values.get("track") or kind.track or None
    if values["track"] and kind.track and values["track"] != kind.track:
        name = office.codes["track"].name_of(kind.track)
        raise UserError(
            "teams.track", f"{kind.title}只面向{name}。", f"培训方式请填{name}，或改选团队种类。"
        )
    _check_stage(office, kind, values)
    if kind.hosted and not values["host_id"]:
        raise UserError(
            "teams.no_host", f"{kind.title}要有所在校。", "请填写设管理团队、技术支持团队的学校。"
        )
    start, end = values.get("starts_on"), values.get("ends_on")
    if start and end and end <= start:
        raise UserError("teams.dates", f"任期至 {end} 不晚于组建日期 {start}。", "请核对日期。")
    return values


def _check_stage(office: Office, kind: TeamKind, values: Mapping[str, Any]) -> None:
    names = "、".join(office.codes["stage"].name_of(one) for one in kind.stages)
    if kind.stages and values.get("stage") not in kind.stages:
        raise UserError("teams.stage", f"{kind.title}的学段应为{names}。", "请改正学段。")
    if kind.covers and not values.get("stage"):
        raise UserError("teams.stage", f"{kind.title}要有学段。", "请填写学段。")
    if kind.covers and not kind.whole_stage and not values.get("subject"):
        raise UserError("teams.subject", f"{kind.title}要有学科。", "请填写学科。")


def _refuse_known_name(office: Office, name: str, own: str) -> None:
    for row in office.store.query(_NAMES):
        if row["id"] != own and key(row["name"]) == key(name):
            raise UserError(
                "teams.known_name",
                f"已有团队“{row['name']}”。",
                "请换一个名称；重新组建的请先结束原来的团队。",
            )


def kind_title(stored: str) -> str:
    """The title of a stored kind; one the rules no longer have is shown itself."""
    found = [one.title for one in team_rules().kinds if one.key == stored]
    return found[0] if found else stored
