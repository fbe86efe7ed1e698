"""The meetings of a programme: launch, July exchange, December stage meeting, their reports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from models.errors import UserError
from models.mentoring.kinds import MeetingKind
from models.mentoring.programmes import Programme, programme
from models.office.context import Office
from models.store.operations import Operation

_COLUMNS = ("id", "programme_id", "kind", "held_on", "place", "topic", "report", "people")


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting; ``people`` are the words of who was there."""

    kind: str
    held_on: str
    topic: str
    place: str = ""
    report: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueMeeting:
    """A meeting that belongs into a year of the programme; ``held`` is None while it was not."""

    kind: MeetingKind
    year: int
    month: int | None
    held: Meeting | None


def save_meeting(office: Office, programme_id: str, meeting: Meeting) -> Operation:
    """Put a meeting down, in the place of what is known of that kind of meeting on that day.

    So its report can be written afterwards; who was there stays where nobody is named anew.

    Raises:
        UserError: no such kind of meeting, an unreadable day, no topic.
    """
    found = programme(office, programme_id)
    kind = meeting_kind(found, meeting.kind)
    try:
        date.fromisoformat(meeting.held_on)
    except ValueError as error:
        raise UserError("date", f"“{meeting.held_on}”不是日期。", "请写成 2025-12-05。") from error
    topic = meeting.topic.strip() or kind.name
    said = (
        meeting.place.strip() or None, topic, meeting.report.strip() or None,
        json.dumps(meeting.people, ensure_ascii=False) if meeting.people else None,
    )  # fmt: skip
    known = _held(office, found, kind, meeting.held_on)
    with office.store.operation("mentoring.meeting", f"{found.name}{topic}") as operation:
        if known is not None:
            office.store.execute(
                "UPDATE programme_meeting SET place = ?, topic = ?, report = ?,"
                " people = COALESCE(?, people) WHERE id = ?",
                (*said, known),
            )
        else:
            row = (office.store.ids.new_id(), programme_id, kind.id, meeting.held_on, *said)
            office.store.insert("programme_meeting", _COLUMNS, [row])
    return operation


def strike_meeting(office: Office, programme_id: str, kind: str, held_on: str) -> Operation:
    """Take a meeting out again, such as one put down on a wrong day.

    Raises:
        UserError: no such kind of meeting, or none was held on that day.
    """
    found = programme(office, programme_id)
    meant = meeting_kind(found, kind)
    known = _held(office, found, meant, held_on)
    if known is None:
        raise UserError(
            "mentoring.no_meeting",
            f"没有登记 {held_on} 的{meant.name}。",
            "请用 pair meeting list 核对日期。",
        )
    title = f"删除 {held_on} 的{meant.name}"
    with office.store.operation("mentoring.strike_meeting", title) as operation:
        office.store.execute("DELETE FROM programme_meeting WHERE id = ?", (known,))
    return operation


def meetings_of(office: Office, programme_id: str) -> list[Meeting]:
    """The meetings of a programme, the earliest first."""
    rows = office.store.query(
        "SELECT * FROM programme_meeting WHERE programme_id = ? ORDER BY held_on, rowid",
        (programme_id,),
    )
    return [
        Meeting(
            row["kind"], row["held_on"], row["topic"], row["place"] or "", row["report"] or "",
            tuple(json.loads(row["people"] or "[]")),
        )
        for row in rows
    ]  # fmt: skip


def due_meetings(office: Office, found: Programme) -> list[DueMeeting]:
    """Which meetings belong into which year of a programme, and which of them were held."""
    held = meetings_of(office, found.id)
    first, last = int(found.starts_on[:4]), int(found.ends_on[:4])
    due: list[DueMeeting] = []
    for kind in found.kind.meetings:
        for year in range(first, last + 1) if kind.month else (first,):
            day = f"{year}-{kind.month or int(found.starts_on[5:7]):02d}"
            if not found.starts_on[:7] <= day <= found.ends_on[:7]:
                continue
            met = [one for one in held if one.kind == kind.id and one.held_on[:4] == str(year)]
            due.append(DueMeeting(kind, year, kind.month, met[0] if met else None))
    return sorted(due, key=lambda one: (one.year, one.month or 0))


def people_meant(text: str) -> tuple[str, ...]:
    """The words of who was there, as a person writes them: 、 or a comma between them."""
    words = text.replace("，", "、").replace(",", "、").split("、")
    return tuple(word.strip() for word in words if word.strip())


def meeting_kind(found: Programme, word: str) -> MeetingKind:
    """The kind of meeting of a programme with that id or name.

    Raises:
        UserError: there is none.
    """
    kind = next((one for one in found.kind.meetings if word in (one.id, one.name)), None)
    if kind is None:
        names = "、".join(f"{one.name}（{one.id}）" for one in found.kind.meetings)
        raise UserError("mentoring.no_meeting", f"没有“{word}”这种会议。", f"可以填：{names}。")
    return kind


def _held(office: Office, found: Programme, kind: MeetingKind, day: str) -> str | None:
    """The identity of the meeting of that kind on that day, if one was put down."""
    known: str | None = office.store.value(
        "SELECT id FROM programme_meeting WHERE programme_id = ? AND kind = ? AND held_on = ?",
        (found.id, kind.id, day),
    )
    return known
