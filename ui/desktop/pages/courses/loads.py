"""What the tabs of a course's desk read, on the reader lane."""

from __future__ import annotations

from models.entities.display import plain_decimal
from models.office.context import Office
from models.progress import Progress
from models.training.components import ROUNDING, component_marks, components_of
from models.training.courses import pass_mark, read
from models.training.enrolments import Participant, participants
from models.training.gate import ITEMS, UNITS, GatePerson, gate, needs_of
from models.training.nominations import PLACE_NAMES
from models.training.quotas import school_quotas
from models.training.sessions import (
    PRESENCE_NAMES,
    CourseSession,
    attendance_of,
    sessions_of,
)
from ui.desktop.pages.courses.tab import Loaded
from ui.desktop.widgets.table.source import TableRow

_PLACE_TONES = {"chosen": "info", "supported": "info", "refused": "error", "replaced": "muted"}
_RESULT_TONES = {
    "合格": "ok",
    "不合格": "error",
    "作弊": "error",
    "缺考": "warn",
    "缓考": "warn",
}
_PRESENCE_TONES = {"到": "ok", "迟到": "warn", "请假": "info", "缺勤": "error"}
_FULL_QUOTAS = 4


def people(office: Office, _progress: Progress, course_id: str) -> Loaded:
    """Who is in the course or wants to be, and how far that is."""
    found = participants(office, course_id)
    rows = [
        TableRow(
            one.id,
            {
                **_who(one),
                "state": PLACE_NAMES[one.state],
                "result": one.result,
                "reason": one.reason,
            },
            {"state": _PLACE_TONES.get(one.state, "ok")},
        )
        for one in found
    ]
    limited = [one for one in school_quotas(office, course_id) if one.quota is not None]
    told = "；".join(f"{one.school} {one.taken}/{one.quota}" for one in limited[:_FULL_QUOTAS])
    more = f" 等 {len(limited)} 所学校" if len(limited) > _FULL_QUOTAS else ""
    return _loaded(office, course_id, rows, found, f"名额：{told}{more}" if told else "")


def attendance(
    office: Office, _progress: Progress, course_id: str, session_id: str
) -> tuple[Loaded, list[CourseSession], str]:
    """The class with who was at a session, all sessions, and the session shown."""
    sessions = sessions_of(office, course_id)
    shown = session_id if any(one.id == session_id for one in sessions) else ""
    if not shown and sessions:
        shown = sessions[-1].id
    known = attendance_of(office, course_id)
    found = [one for one in participants(office, course_id) if one.in_class]
    there = {
        one.id: sum(said.get(one.id) in ("present", "late") for said in known.values())
        for one in found
    }
    rows: list[TableRow] = []
    for one in found:
        state = known.get(shown, {}).get(one.id)
        word = PRESENCE_NAMES[state] if state else ""
        texts = {**_who(one), "presence": word, "there": f"{there[one.id]}/{len(sessions)}"}
        rows.append(TableRow(one.id, texts, {"presence": _PRESENCE_TONES.get(word, "muted")}))
    return _loaded(office, course_id, rows, found), sessions, shown


def work(office: Office, _progress: Progress, course_id: str) -> Loaded:
    """What each person has done for the exam and what is missing."""
    course = read(office, course_id)
    found = participants(office, course_id)
    rows = [_gate_row(one, gated=bool(course["gated"])) for one in gate(office, course_id)]
    asked = "、".join(f"{ITEMS[key]} {n}{UNITS[key]}" for key, n in needs_of(course).items())
    held = "没有具备资格的不能录成绩。" if course["gated"] else "本课程没有要求考前审核资格。"
    return _loaded(office, course_id, rows, found, f"考试资格：{asked}。{held}")


def scores(office: Office, _progress: Progress, course_id: str) -> Loaded:
    """Marks by part, totals and results."""
    parts = components_of(office, course_id)
    known = component_marks(office, course_id)
    found = [one for one in participants(office, course_id) if one.in_class]
    rows: list[TableRow] = []
    for one in found:
        said = known.get(one.id, {})
        marks = "；".join(f"{part.name} {said[part.id].text}" for part in parts if part.id in said)
        texts = {
            **_who(one),
            "parts": marks,
            "score": "" if one.score is None else plain_decimal(one.score),
            "result": one.result,
            "first": one.first,
        }
        rows.append(TableRow(one.id, texts, {"result": _RESULT_TONES.get(one.result, "muted")}))
    mark = plain_decimal(pass_mark(office, read(office, course_id)))
    made = "＋".join(f"{one.name} {plain_decimal(one.weight)}%" for one in parts)
    note = f"成绩组成：{made}；{ROUNDING}；{mark} 分及格。" if parts else f"{mark} 分及格。"
    return _loaded(office, course_id, rows, found, note)


def hours(office: Office, _progress: Progress, course_id: str) -> Loaded:
    """Whose hours stand in the ledger."""
    course = read(office, course_id)
    found = [one for one in participants(office, course_id) if one.in_class]
    amount = plain_decimal(course["hours"])
    rows = [
        TableRow(
            one.id,
            {
                **_who(one),
                "result": one.result,
                "hours": amount if one.posted else "",
                "posted": _posted(one),
            },
            {
                "result": _RESULT_TONES.get(one.result, "muted"),
                "posted": "ok" if one.posted else "muted",
            },
        )
        for one in found
    ]
    posted = sum(one.posted for one in found)
    due = sum(one.result == "合格" and not one.posted for one in found)
    note = f"每人 {amount} 学时；已入账 {posted:,} 人，合格而未入账 {due:,} 人。"
    return _loaded(office, course_id, rows, found, note)


def _posted(one: Participant) -> str:
    if one.posted:
        return "已入账"
    return "待入账" if one.result == "合格" else "不入账"


def _gate_row(one: GatePerson, *, gated: bool) -> TableRow:
    done = {item.key: item for item in one.items}
    texts = {
        "teacher_no": one.teacher_no,
        "name": one.name,
        "school": one.school,
        "missing": "；".join(one.missing),
        "gate": "具备" if one.may_sit else "不具备",
        "lifted": one.lifted,
    }
    for key in ITEMS:
        item = done.get(key)
        texts[key] = "" if item is None else plain_decimal(round(item.done, 1))
        if item is not None and item.evidence:
            texts[key] = f"{texts[key]}（佐证）"
    tone = "ok" if one.may_sit else ("error" if gated else "warn")
    return TableRow(one.id, texts, {"gate": tone})


def _who(one: Participant) -> dict[str, str]:
    return {"teacher_no": one.teacher_no, "name": one.name, "school": one.school}


def _loaded(
    office: Office,
    course_id: str,
    rows: list[TableRow],
    found: list[Participant],
    note: str = "",
) -> Loaded:
    title = str(read(office, course_id)["title"])
    return Loaded(course_id, title, rows, {one.id: one for one in found}, note)
