"""Programmes: opening one of a kind, its own terms, ending it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from pydantic import ValidationError

from models.entities.cells import Raw
from models.entities.describe import columns
from models.errors import UserError
from models.mentoring.kinds import ProgrammeKind, kind_named
from models.mentoring.records import Programme as Described
from models.office.context import Office
from models.office.forms import form_values
from models.store.operations import Operation
from models.text.quotes import quoted

STORED = tuple(columns(Described))
_LIST = "SELECT * FROM programme ORDER BY starts_on DESC, code"
TERMS = ("weights", "capacity", "kept", "rank", "rules")
"""What a programme may set for itself, besides what its kind says."""
_LEAST = {("rank", "least"): 1}


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme as the rooms above see it.

    Attributes:
        id, code, name: which.
        kind: what it is, with the programme's own terms in the place of the usual ones.
        starts_on, ends_on: ISO days.
        goals, tasks: what its agreements say.
        document, remark: "" for none.
        ended_on, ended_because: when and why it was closed, "" while it runs.
    """

    id: str
    code: str
    name: str
    kind: ProgrammeKind
    starts_on: str
    ends_on: str
    goals: str
    tasks: str
    document: str = ""
    remark: str = ""
    ended_on: str = ""
    ended_because: str = ""


def enter_programme(office: Office, programme_id: str | None, raw: Mapping[str, Raw]) -> Programme:
    """Open a programme, or change a known one, from what a person typed.

    What is left empty follows from the kind: name, last day, goals and tasks.

    Raises:
        UserError: no such kind, an unreadable day, the end before the start, a code that another
            programme has; a known programme's kind cannot change once it has pairs.
    """
    values = form_values(office, Described, raw)
    if programme_id is not None:
        return _change(office, programme_id, values)
    kind = kind_named(str(values.get("kind") or ""))
    start = date.fromisoformat(values.get("starts_on") or office.store.clock.today().isoformat())
    end = values.get("ends_on") or _last_day(start, kind.years).isoformat()
    row = {
        **values,
        "kind": kind.id,
        "starts_on": start.isoformat(),
        "ends_on": end,
        "code": values.get("code") or _next_code(office, start.year),
        "name": values.get("name") or kind.name,
        "goals": values.get("goals") or kind.goals,
        "tasks": values.get("tasks") or kind.tasks,
        "document": values.get("document") or kind.document,
    }
    _check_days(row["starts_on"], row["ends_on"])
    _refuse_known_code(office, row["code"], "")
    identity = office.store.ids.new_id()
    with office.store.operation("mentoring.open", f"设立{row['name']}"):
        office.store.insert(
            "programme", ("id", *STORED), [(identity, *(row.get(name) for name in STORED))]
        )
    return programme(office, identity)


def set_terms(office: Office, programme_id: str, terms: Mapping[str, Any]) -> Operation:
    """Set a programme's own weights, capacity, rules and the like; what is left out is as usual.

    Raises:
        UserError: a term that no programme can set, or a value it cannot have.
    """
    found = programme(office, programme_id)
    _with_terms(kind_named(found.kind.id), terms)
    refuse_low(terms)
    text = json.dumps(terms, ensure_ascii=False, sort_keys=True) if terms else None
    with office.store.operation("mentoring.terms", f"{found.name}改定匹配和评选的条件") as step:
        office.store.execute("UPDATE programme SET terms = ? WHERE id = ?", (text, programme_id))
    return step


def refuse_low(terms: Mapping[str, Any]) -> None:
    """Refuse numbers of terms that are too low to mean anything.

    Raises:
        UserError: one is negative, or units would be ranked without a pair.
    """
    for group, inner in terms.items():
        numbers = cast("dict[str, Any]", inner) if isinstance(inner, dict) else {}
        for name, value in numbers.items():
            least = _LEAST.get((group, name), 0)
            if isinstance(value, int) and value < least:
                raise UserError(
                    "mentoring.terms",
                    f"{group}.{name} 为 {value}，不能用。",
                    f"请填 {least} 或更大的整数。",
                )


def terms_of(office: Office, programme_id: str) -> dict[str, Any]:
    """What a programme has set for itself."""
    text = office.store.value("SELECT terms FROM programme WHERE id = ?", (programme_id,))
    return json.loads(text) if text else {}


def end_programme(office: Office, programme_id: str, because: str) -> Operation:
    """Close a programme: its filed pairs have run their course, the others come to nothing.

    Raises:
        UserError: it is closed already.
    """
    found = running(office, programme_id)
    today = office.store.clock.today().isoformat()
    with office.store.operation("mentoring.end", f"{found.name}结束") as step:
        office.store.execute(
            "UPDATE programme SET ended_on = ?, ended_because = ? WHERE id = ?",
            (today, because.strip() or "周期已满", programme_id),
        )
        office.store.execute(
            "UPDATE pair SET state = 'ended', ends_on = COALESCE(ends_on, ?), state_reason = ?"
            " WHERE programme_id = ? AND state = 'filed'",
            (today, because.strip() or "周期已满", programme_id),
        )
        office.store.execute(
            "UPDATE pair SET state = 'refused', state_reason = ? WHERE programme_id = ?"
            " AND state IN ('applied', 'recommended')",
            (f"工程结束：{because.strip() or '周期已满'}", programme_id),
        )
        office.store.execute(
            "DELETE FROM pair WHERE programme_id = ? AND state = 'proposed'"
            " AND NOT EXISTS (SELECT 1 FROM pair AS n WHERE n.replaces = pair.id)"
            " AND NOT EXISTS (SELECT 1 FROM pair_step AS s WHERE s.pair_id = pair.id)",
            (programme_id,),
        )
    return step


def drop_programme(office: Office, programme_id: str) -> Operation:
    """Take a programme without pairs, answers and wishes out again.

    Raises:
        UserError: something belongs to it.
    """
    found = programme(office, programme_id)
    for table, what in (("pair", "师徒"), ("survey_answer", "调查表"), ("participant_wish", "意愿"),
                        ("school_pair", "结对学校"), ("programme_meeting", "会议")):  # fmt: skip
        sql = f"SELECT COUNT(*) FROM {table} WHERE programme_id = ?"  # noqa: S608 - our own tables
        count = office.store.value(sql, (programme_id,))
        if count:
            raise UserError(
                "mentoring.in_use",
                f"{quoted(found.name)}已有 {count} 条{what}，不能删除。",
                "要停办请用“结束工程”，记录都会保留。",
            )
    with office.store.operation("mentoring.drop", f"删除{found.name}") as step:
        office.store.execute("DELETE FROM programme WHERE id = ?", (programme_id,))
    return step


def programmes(office: Office) -> list[Programme]:
    """All programmes, the latest first."""
    return [_programme(dict(row)) for row in office.store.query(_LIST)]


def programme(office: Office, programme_id: str) -> Programme:
    """The programme of that identity.

    Raises:
        UserError: there is none.
    """
    row = office.store.one("SELECT * FROM programme WHERE id = ?", (programme_id,))
    if row is None:
        raise UserError("mentoring.no_programme", "这项结对工程已不在库中。", "请刷新列表。")
    return _programme(dict(row))


def running(office: Office, programme_id: str) -> Programme:
    """The programme of that identity, which is not closed.

    Raises:
        UserError: there is none, or it is closed.
    """
    found = programme(office, programme_id)
    if found.ended_on:
        raise UserError(
            "mentoring.ended",
            f"{quoted(found.name)}已于 {found.ended_on} 结束。",
            "请另设一项工程。",
        )
    return found


def find(office: Office, code: str) -> str:
    """The identity of the programme with that code.

    Raises:
        UserError: there is none.
    """
    wanted = code.strip().upper()
    found = office.store.value("SELECT id FROM programme WHERE code = ?", (wanted,))
    if found is None:
        known = "、".join(one.code for one in programmes(office))
        raise UserError(
            "mentoring.no_programme",
            f"没有编号为“{code}”的结对工程。",
            f"已有：{known}。" if known else "请先用 pair programme add 设立。",
        )
    return str(found)


def _change(office: Office, programme_id: str, values: Mapping[str, Any]) -> Programme:
    known = programme(office, programme_id)
    given: dict[str, Any] = {
        name: value for name, value in values.items() if value is not None or name == "remark"
    }
    if given.get("kind"):
        given["kind"] = kind_named(str(given["kind"])).id
        _refuse_other_kind(office, known, given["kind"])
    _check_days(given.get("starts_on", known.starts_on), given.get("ends_on", known.ends_on))
    if "code" in given:
        _refuse_known_code(office, given["code"], programme_id)
    with office.store.operation("mentoring.change", f"修改{known.name}"):
        for name, value in given.items():
            office.store.execute(
                f"UPDATE programme SET {name} = ? WHERE id = ?",  # noqa: S608 - our own columns
                (value, programme_id),
            )
    return programme(office, programme_id)


def _refuse_other_kind(office: Office, known: Programme, kind: str) -> None:
    count = office.store.value("SELECT COUNT(*) FROM pair WHERE programme_id = ?", (known.id,))
    if kind != known.kind.id and count:
        raise UserError(
            "mentoring.kind_in_use",
            f"{quoted(known.name)}已有 {count} 对师徒，不能改工程种类。",
            "请另设一项工程。",
        )


def _check_days(start: str, end: str) -> None:
    if end < start:
        raise UserError(
            "mentoring.days", f"结束日期 {end} 早于开始日期 {start}。", "请核对两个日期。"
        )


def _refuse_known_code(office: Office, code: str, own: str) -> None:
    known = office.store.one("SELECT id, name FROM programme WHERE code = ?", (code,))
    if known is not None and known["id"] != own:
        raise UserError(
            "mentoring.known_code", f"编号 {code} 已用于{quoted(known['name'])}。", "请换一个编号。"
        )


def _next_code(office: Office, year: int) -> str:
    codes = {row[0] for row in office.store.query("SELECT code FROM programme")}
    return next(
        code for n in range(1, len(codes) + 2) if (code := f"{year}-JD{n:02d}") not in codes
    )


def _last_day(start: date, years: int) -> date:
    """The day before the one so many years later."""
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return start.replace(year=start.year + years, day=day) - timedelta(days=1)


def _programme(row: Mapping[str, Any]) -> Programme:
    kind = kind_named(row["kind"])
    if row["terms"]:
        kind = _with_terms(kind, json.loads(row["terms"]))
    words = ("goals", "tasks", "document", "remark", "ended_on", "ended_because")
    return Programme(
        row["id"], row["code"], row["name"], kind, row["starts_on"], row["ends_on"],
        **{name: row[name] or "" for name in words},
    )  # fmt: skip


def _with_terms(kind: ProgrammeKind, terms: Mapping[str, Any]) -> ProgrammeKind:
    """A kind with a programme's own terms."""
    wrong = [name for name in terms if name not in TERMS]
    try:
        if not wrong:
            return ProgrammeKind.model_validate(_laid_over(kind.model_dump(), terms))
    except (ValidationError, ValueError, TypeError):
        pass
    told = "、".join(wrong) or "有一项数值不能用"
    raise UserError(
        "mentoring.terms",
        f"工程自定的条件不能用：{told}。",
        f"可以自定的有：{'、'.join(TERMS)}；数值都是整数。",
    )


def _laid_over(usual: dict[str, Any], terms: Mapping[str, Any]) -> dict[str, Any]:
    """What is usual with what is given in its place; groups of numbers one number at a time."""
    for name, value in terms.items():
        inner: Any = usual[name]
        usual[name] = {**inner, **value} if isinstance(inner, dict) else value
    return usual
