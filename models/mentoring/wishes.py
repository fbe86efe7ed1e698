"""Who wants to lead or be led in a programme, with whom and with whom not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.errors import UserError
from models.mentoring.kinds import PART_NAMES, Part, read_kinds
from models.mentoring.programmes import programme, running
from models.office.context import Office
from models.store.operations import Operation

_COLUMNS = (
    "id", "programme_id", "teacher_id", "part", "school_id", "subject", "stage", "capacity",
    "wants", "avoids", "remark",
)  # fmt: skip
_LIST = """
SELECT w.*, t.teacher_no, t.name, COALESCE(i.name, t.school_reported, '') AS school_name
FROM participant_wish AS w JOIN teacher AS t ON t.id = w.teacher_id
LEFT JOIN institution AS i ON i.id = t.school_id
WHERE w.programme_id = ? ORDER BY w.part DESC, t.name_pinyin, t.teacher_no, w.id
"""
_PEOPLE = """
SELECT t.id, t.name, t.school_id FROM json_each(?) AS wanted
JOIN teacher AS t ON t.id = wanted.value
"""
_ANSWERED = """
SELECT a.teacher_id, a.survey, a.subject, a.stage, a.people, t.name, t.teacher_no
FROM survey_answer AS a JOIN teacher AS t ON t.id = a.teacher_id
WHERE a.programme_id = ? ORDER BY a.answered_on, a.rowid
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What one person wishes.

    Attributes:
        teacher_id, part: who, as what.
        subject, stage: codes, where other than in the register; "" as in the register.
        capacity: how many mentees at most; None as the title allows.
        wants, avoids: identities of teachers on the other side.
        remark: as told.
    """

    teacher_id: str
    part: Part
    subject: str = ""
    stage: str = ""
    capacity: int | None = None
    wants: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A wish with the name of whose it is; ``school_id`` is where they were when they made it."""

    id: str
    wish: Wish
    teacher_no: str
    name: str
    school: str
    school_id: str = ""


def take_part(office: Office, programme_id: str, wishes: Sequence[Wish]) -> Operation:
    """Put down wishes, in the place of what the same people wished before in the same part.

    Raises:
        UserError: nobody, somebody who is not in the register, somebody on both sides, a capacity
            below 0, or a wish that concerns oneself.
    """
    found = running(office, programme_id)
    if not wishes:
        raise UserError("mentoring.nobody", "没有选中教师。", "请先选择教师。")
    known = _known_people(office, wishes)
    for one in wishes:
        _check(one, known[one.teacher_id][0])
    _refuse_both_sides(office, programme_id, wishes, known)
    with office.store.operation(
        "mentoring.wish", f"{found.name}登记意愿 {len(wishes)} 人"
    ) as operation:
        for part in PART_NAMES:
            ids = json.dumps([one.teacher_id for one in wishes if one.part == part])
            office.store.execute(
                "DELETE FROM participant_wish WHERE programme_id = ? AND part = ?"
                " AND teacher_id IN (SELECT value FROM json_each(?))",
                (programme_id, part, ids),
            )
        last = {(one.teacher_id, one.part): one for one in wishes}
        rows = [_row(office, programme_id, one, known[one.teacher_id][1]) for one in last.values()]
        office.store.insert("participant_wish", _COLUMNS, rows)
    return operation


def leave(office: Office, programme_id: str, wish_ids: Sequence[str]) -> Operation:
    """Take people out of the list of who wants to take part; their pairs stay."""
    found = running(office, programme_id)
    with office.store.operation(
        "mentoring.leave", f"{found.name}取消意愿 {len(wish_ids)} 人"
    ) as operation:
        office.store.execute(
            "DELETE FROM participant_wish WHERE programme_id = ?"
            " AND id IN (SELECT value FROM json_each(?))",
            (programme_id, json.dumps(list(wish_ids))),
        )
    return operation


def from_surveys(office: Office, programme_id: str) -> Operation:
    """Put down as a wish what surveys say of people by name; who is down already stays so.

    Raises:
        UserError: no survey names anybody who is not down yet, or somebody is named on both sides.
    """
    programme(office, programme_id)
    down = {one.wish.teacher_id for one in participants(office, programme_id)}
    fresh: dict[str, Wish] = {}
    parts: dict[str, Part] = {one.id: one.part for one in read_kinds().surveys if one.part}
    for row in office.store.query(_ANSWERED, (programme_id,)):
        part = parts.get(row["survey"])
        if part and row["teacher_id"] not in down:
            _refuse_named_on_both(dict(row), fresh.get(row["teacher_id"]), part)
            fresh[row["teacher_id"]] = Wish(
                row["teacher_id"], part, row["subject"] or "", row["stage"] or "",
                row["people"] if part == "mentor" else None,
            )  # fmt: skip
    if not fresh:
        raise UserError(
            "mentoring.nobody_named",
            "收回的调查表里没有新的人可以列入。",
            "请先导入写有教师姓名或编号的调查表。",
        )
    return take_part(office, programme_id, list(fresh.values()))


def participants(office: Office, programme_id: str) -> list[Participant]:
    """Who wants to take part, mentors first."""
    return [
        Participant(
            row["id"],
            Wish(
                row["teacher_id"], row["part"], row["subject"] or "", row["stage"] or "",
                row["capacity"], tuple(json.loads(row["wants"] or "[]")),
                tuple(json.loads(row["avoids"] or "[]")), row["remark"] or "",
            ),
            row["teacher_no"] or "", row["name"], row["school_name"], row["school_id"] or "",
        )
        for row in office.store.query(_LIST, (programme_id,))
    ]  # fmt: skip


def _known_people(office: Office, wishes: Sequence[Wish]) -> dict[str, tuple[str, str | None]]:
    """Teacher to name and school; refuses who is not in the register."""
    meant = {one.teacher_id for one in wishes}
    meant |= {other for one in wishes for other in (*one.wants, *one.avoids)}
    rows = office.store.query(_PEOPLE, (json.dumps(sorted(meant)),))
    known = {row["id"]: (row["name"], row["school_id"]) for row in rows}
    if meant - known.keys():
        raise UserError(
            "mentoring.unknown_teacher",
            f"有 {len(meant - known.keys())} 人不在教师名册中。",
            "请刷新列表后重新选择。",
        )
    return known


def _check(one: Wish, name: str) -> None:
    if one.capacity is not None and one.capacity < 0:
        raise UserError(
            "mentoring.capacity",
            f"{name}可带人数 {one.capacity} 不能用。",
            "请填 0 或正整数，或不填按称号级别。",
        )
    if one.teacher_id in (*one.wants, *one.avoids):
        raise UserError("mentoring.self", f"{name}的意愿写了自己。", "请写希望或不愿结对的另一方。")
    if set(one.wants) & set(one.avoids):
        raise UserError(
            "mentoring.both_wishes",
            f"{name}对同一个人既希望又不愿结对。",
            "请只留一项。",
        )


def _refuse_both_sides(
    office: Office,
    programme_id: str,
    wishes: Sequence[Wish],
    known: dict[str, tuple[str, str | None]],
) -> None:
    parts: dict[str, set[str]] = {}
    for one in participants(office, programme_id):
        parts.setdefault(one.wish.teacher_id, set()).add(one.wish.part)
    for one in wishes:
        if parts.setdefault(one.teacher_id, set()) - {one.part}:
            other = PART_NAMES["mentee" if one.part == "mentor" else "mentor"]
            raise UserError(
                "mentoring.both_sides",
                f"{known[one.teacher_id][0]}在这项工程里已列为{other}，不能又作{PART_NAMES[one.part]}。",
                f"请先取消作为{other}的意愿。",
            )
        parts[one.teacher_id].add(one.part)


def _refuse_named_on_both(row: Mapping[str, Any], known: Wish | None, part: Part) -> None:
    if known is not None and known.part != part:
        raise UserError(
            "mentoring.both_sides",
            f"{row['name']}（{row['teacher_no']}）在调查表里既报作师傅又报作徒弟。",
            "请与学校核对，改正后重新导入那张调查表，或手工登记这个人的意愿。",
        )


def _row(office: Office, programme_id: str, one: Wish, school_id: str | None) -> tuple[object, ...]:
    return (
        office.store.ids.new_id(), programme_id, one.teacher_id, one.part, school_id,
        one.subject or None, one.stage or None, one.capacity,
        json.dumps(one.wants) if one.wants else None,
        json.dumps(one.avoids) if one.avoids else None, one.remark or None,
    )  # fmt: skip
