"""Marks put down as they are typed: checked as a whole, then written, all of them or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.marks import AWAY, Given, MarkBook, mark_book, write_marks, write_states
from models.exams.records import STATE_NAMES, Exam, Examinee, ExamineeState
from models.office.context import Office
from models.store.operations import Operation

_TOLD = 5
_FROM_SHEET = "成绩表注明"


@dataclass(frozen=True, slots=True)
class Entered:
    """What entering brought.

    Attributes:
        recorded: marks written now (or taken back).
        unchanged: marks that were there already.
        states: examinees who became absent, excused or cheated.
        operation: the undoable step.
    """

    recorded: int
    unchanged: int
    states: int
    operation: Operation


def enter_marks(
    office: Office, exam: Exam, given: Sequence[Given], entries: Sequence[int] = (1,)
) -> Entered:
    """Write marks as one undoable step.

    Args:
        office: the office.
        exam: the exam.
        given: what is put down; a mark without points and state takes back what was entered.
        entries: which typing it is: 1, 2, or both where no person typed it.

    Raises:
        UserError: nothing given, marks that were published or posted (these are corrected with a
            reason), an entry the exam does not have, or anything ``trouble`` tells. Nothing is
            written then.
    """
    refuse_closed(exam)
    if not given:
        raise UserError("exam.no_marks", "没有可录入的成绩。", "请检查成绩表。")
    if not entries or any(not 1 <= entry <= exam.entries for entry in entries):
        raise UserError(
            "exam.entry",
            f"“{exam.name}”的成绩只录 {exam.entries} 遍。",
            "需要录两遍核对的，请先在考试设置中改为两遍。",
        )
    book = mark_book(office, exam)
    _refuse_troubles(book, given)
    fresh = [
        (one, entry)
        for one in given
        for entry in entries
        if one.state in (None, *AWAY)
        and book.entered(one.examinee_id, one.part_id, entry) != one.points
    ]
    changed: dict[str, ExamineeState] = {
        one.examinee_id: one.state
        for one in given
        if one.state is not None and one.state != book.people[one.examinee_id].state
    }
    which = "" if exam.entries == 1 else f"（第{'、'.join(map(str, entries))}遍）"
    people = len({one.examinee_id for one in given})
    title = f"{exam.name}录入成绩 {people} 人{which}"
    with office.store.operation("exams.marks", title) as operation:
        write_marks(office, fresh)
        write_states(
            office,
            [(key, state, _FROM_SHEET + STATE_NAMES[state]) for key, state in changed.items()],
        )
        write_states(office, _sat_after_all(mark_book(office, exam), given))
    said = sum(len(entries) for one in given if one.state is None)
    recorded = sum(1 for one, _ in fresh if one.state is None)
    return Entered(recorded, said - recorded, len(changed), operation)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why one mark cannot be put down: whose, in what, and a sentence without full stop."""

    examinee_id: str
    part_id: str
    sentence: str


def troubles_of(book: MarkBook, given: Sequence[Given]) -> list[Trouble]:
    """Everything that keeps marks from being put down.

    Somebody absent or excused in one part may have points in another, but not in all of them.
    """
    found: list[Trouble] = []
    seen: set[tuple[str, str]] = set()
    for one in given:
        again = (one.examinee_id, one.part_id) in seen
        seen.add((one.examinee_id, one.part_id))
        if sentence := "的成绩出现两次" if again else _trouble(book, one):
            examinee = book.people.get(one.examinee_id)
            name = _who(examinee) if examinee else ""
            found.append(Trouble(one.examinee_id, one.part_id, name + sentence))
    return [*found, *_contradictions(book, given)]


def refuse_closed(exam: Exam) -> None:
    """Published and posted marks are not overwritten.

    Raises:
        UserError: they are published or posted.
    """
    if exam.published_on or exam.posted_on:
        word = "公布" if exam.published_on else "登记"
        raise UserError(
            "exam.marks_closed",
            f"“{exam.name}”的成绩已{word}，不能直接改。",
            "请用成绩更正，并写明原因。",
        )


def _refuse_troubles(book: MarkBook, given: Sequence[Given]) -> None:
    troubles = [one.sentence for one in troubles_of(book, given)]
    if troubles:
        more = f"等 {len(troubles)} 处" if len(troubles) > _TOLD else ""
        raise UserError(
            "exam.bad_marks",
            f"成绩有误：{'；'.join(troubles[:_TOLD])}{more}。",
            "请改正后重新录入，本次没有写入任何成绩。",
        )


def _who(examinee: Examinee) -> str:
    return f"{examinee.name}（{examinee.admission_no or examinee.teacher_no}）"


def _trouble(book: MarkBook, one: Given) -> str:
    """What is wrong with a mark by itself; "" for nothing."""
    part = next((each for each in book.parts if each.id == one.part_id), None)
    if one.examinee_id not in book.people or part is None:
        return "有一条成绩不属于本场考试的考生或科目"
    if one.points is None or 0 <= one.points.points <= part.full_marks:
        return ""
    return (
        f"“{part.name}”{plain_decimal(one.points.points)} 分"
        f"不在 0 到 {plain_decimal(part.full_marks)} 之间"
    )


def _contradictions(book: MarkBook, given: Sequence[Given]) -> Iterator[Trouble]:
    """Those absent or excused who would have points in every part."""
    states = {one.examinee_id: one.state for one in given if one.state is not None}
    points = {(one.examinee_id, one.part_id): one.points for one in given if one.state is None}
    for examinee_id in dict.fromkeys(one.examinee_id for one in given):
        examinee = book.people.get(examinee_id)
        state = states.get(examinee_id) or (examinee.state if examinee else None)
        if examinee is None or state not in AWAY or _typed(book, examinee):
            continue
        known = book.marks.get(examinee_id, {})
        full = all(points.get((examinee_id, part.id), known.get(part.id)) for part in book.parts)
        if full:
            place = next(one.part_id for one in given if one.examinee_id == examinee_id)
            sentence = f"{_who(examinee)}登记为{STATE_NAMES[state]}，不能又有得分"
            yield Trouble(examinee_id, place, sentence)


def _typed(book: MarkBook, examinee: Examinee) -> bool:
    """Whether a contradiction is one of two typings, which are compared afterwards."""
    return _from_sheet(book, examinee) or (book.exam.entries > 1 and examinee.state == "expected")


def _sat_after_all(
    book: MarkBook, given: Sequence[Given]
) -> list[tuple[str, ExamineeState, str | None]]:
    """Those a sheet had down as absent to whom every typing gives the same points now."""
    return [
        (examinee.id, "expected", None)
        for examinee in {one.examinee_id: book.people[one.examinee_id] for one in given}.values()
        if _from_sheet(book, examinee)
        and all(book.settled(examinee.id, part.id) for part in book.parts)
    ]


def _from_sheet(book: MarkBook, examinee: Examinee) -> bool:
    """Whether one of two typings said that somebody did not sit, and no note of the day."""
    away = examinee.state in AWAY and examinee.reason.startswith(_FROM_SHEET)
    return book.exam.entries > 1 and away
