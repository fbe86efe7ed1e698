"""An exam day as its papers need it: rooms, who sits where, what each admission ticket says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import overload

from models.errors import UserError
from models.exams.examinees import sitting
from models.exams.records import Exam, Examinee, Room
from models.exams.registration import parts_of, whole
from models.exams.rooms import rooms_of, seat_rules
from models.exams.seating import grid
from models.office.context import Office
from models.staff.photos import photo_of
from reports.documents.exam_day import ExamDay, ExamRoom, Sitter
from reports.inputs.certificate_forms import form_named
from reports.kit.copies import Copy
from reports.kit.value_names import VALUE_NAMES
from reports.kit.wording import plain_date
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet

FORM = "ticket"
TOLD_LATER = "另行通知"
_AT_ONCE = 200


def exam_day(office: Office, exam: Exam, rooms: Collection[int] = ()) -> ExamDay:
    """The day of an exam: everybody with a seat, in all rooms or in some.

    Args:
        office: the office.
        exam: the exam.
        rooms: numbers of rooms; none for all.

    Raises:
        UserError: nobody has a seat, or no such room.
    """
    known = rooms_of(office, exam)
    strange = set(rooms) - {one.number for one in known}
    if strange:
        raise UserError(
            "exam.no_such_room", f"“{exam.name}”没有第 {min(strange)} 考场。", "请核对考场号。"
        )
    people: dict[str, list[Examinee]] = {}
    for one in sitting(office, exam):
        people.setdefault(one.room_id or "", []).append(one)
    wanted = [one for one in known if one.id in people and (not rooms or one.number in rooms)]
    if not wanted:
        raise UserError(
            "exam.not_seated", f"“{exam.name}”还没有编排座位。", "请先安排考场、编排座位。"
        )
    shown = tuple(_room(one, people[one.id]) for one in wanted)
    when, place, subject = _when(exam), exam.session.places, _subject(office, exam)
    held = {one.id: room for one, room in zip(wanted, shown, strict=True)}
    seated = [one for room in wanted for one in people[room.id]]
    return ExamDay(
        title=exam.name,
        office=office.identity.name,
        printed_at=office.store.clock.now(),
        when=when,
        place=place,
        subject=subject,
        rooms=shown,
        form=form_named(office, FORM),
        tickets=Tickets(
            office,
            [
                (one, _values(exam, held[str(one.room_id)], one, (when, place, subject)))
                for one in sorted(seated, key=lambda one: _school_order(held, one))
            ],
        ),
    )


def seat_sheet(office: Office, exam: Exam, rooms: Collection[int] = ()) -> TableSheet:
    """Everybody with a seat as a list for a workbook, by room and seat."""
    day = exam_day(office, exam, rooms)
    return TableSheet(
        title="考生座位",
        columns=(
            SheetColumn("考场", 8),
            SheetColumn("座号", 4, ColumnKind.INTEGER),
            SheetColumn("准考证号", 9, ColumnKind.ID),
            SheetColumn("姓名", 6),
            SheetColumn("教师编号", 8, ColumnKind.ID),
            SheetColumn("学校", 16),
            SheetColumn("任教学科", 8),
        ),
        rows=[
            (
                room.whole_title, one.seat, one.admission_no, one.name, one.teacher_no,
                one.school, one.subject,
            )
            for room in day.rooms
            for one in room.people
        ],
        author=day.office,
        made_at=day.printed_at,
        total=day.people,
        heading=f"{day.title}考生座位",
    )  # fmt: skip


class Tickets(Sequence[Copy]):
    """Copies of admission tickets, made as they are asked for: photos of thousands are large."""

    def __init__(self, office: Office, people: Sequence[tuple[Examinee, dict[str, str]]]) -> None:
        """Make tickets of these people with what they say."""
        self._office, self._people = office, people

    def __len__(self) -> int:
        return len(self._people)

    @overload
    def __getitem__(self, at: int) -> Copy: ...
    @overload
    def __getitem__(self, at: slice) -> list[Copy]: ...
    def __getitem__(self, at: int | slice) -> Copy | list[Copy]:
        if isinstance(at, slice):
            return self._made(self._people[at])
        return self._made([self._people[at]])[0]

    def __iter__(self) -> Iterator[Copy]:
        for start in range(0, len(self._people), _AT_ONCE):
            yield from self._made(self._people[start : start + _AT_ONCE])

    def _made(self, part: Sequence[tuple[Examinee, dict[str, str]]]) -> list[Copy]:
        photos = photo_of(self._office, [one.teacher_id for one, _ in part])
        return [
            Copy(
                f"{one.name}（{one.admission_no}）",
                values,
                photo=photos.get(one.teacher_id),
                code=one.admission_no,
            )
            for one, values in part
        ]


def _room(room: Room, people: Sequence[Examinee]) -> ExamRoom:
    return ExamRoom(
        number=room.number,
        name=room.name,
        place=room.place,
        grid=grid(room.lanes, seat_rules().path),
        given=room.seats,
        people=tuple(
            Sitter(
                seat=one.seat or 0,
                admission_no=one.admission_no,
                name=one.name,
                teacher_no=one.teacher_no,
                school=one.school_name,
                subject=one.subject,
            )
            for one in sorted(people, key=lambda one: one.seat or 0)
        ),
    )


def _values(
    exam: Exam, room: ExamRoom, one: Examinee, told: tuple[str, str, str]
) -> dict[str, str]:
    """What a ticket says, by the names that forms of tickets use."""
    when, place, subject = told
    return {
        **dict.fromkeys(VALUE_NAMES, ""),
        "number": one.admission_no,
        "name": one.name,
        "school": one.school_name,
        "stage": one.stage,
        "subject": one.subject,
        "exam": exam.name,
        "exam_subject": subject or f"{one.stage}{one.subject}",
        "exam_day": when or TOLD_LATER,
        "exam_place": room.place or place or TOLD_LATER,
        "room": room.whole_title,
        "seat": str(one.seat),
        "year": str(exam.year),
    }


def _school_order(rooms: dict[str, ExamRoom], one: Examinee) -> tuple[str, int, int]:
    return one.school_name, rooms[str(one.room_id)].number, one.seat or 0


def _subject(office: Office, exam: Exam) -> str:
    """The names of the parts; "" where the exam is one figure."""
    names = [one.name for one in parts_of(office, exam)]
    return "" if names == [whole(None).name] else "、".join(names)


def _when(exam: Exam) -> str:
    """``2025年12月20日 9:00—11:00`` as far as it is known."""
    held = exam.session
    times = [_time(one) for one in (held.starts_at, held.ends_at) if one]
    return " ".join(part for part in (plain_date(held.held_on or ""), "—".join(times)) if part)


def _time(text: str) -> str:
    """``09:00`` as papers write it."""
    return text.removeprefix("0") if len(text) == len("09:00") else text
