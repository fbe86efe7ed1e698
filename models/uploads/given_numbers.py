"""Numbers that a higher system gave to our teachers, kept with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.uploads.tables import NUMBER

_LATEST = """
SELECT n.teacher_id, n.receiver, n.number, n.given_on, n.source FROM given_number AS n
WHERE (:teacher IS NULL OR n.teacher_id = :teacher)
    AND (:receiver IS NULL OR n.receiver = :receiver)
ORDER BY n.given_on, n.rowid
"""


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """One number: whose, by which system, when, and which file brought it."""

    teacher_id: str
    receiver: str
    number: str
    given_on: str
    source: str


def numbers_of(office: Office, receiver: str) -> Mapping[str, str]:
    """Teacher to the number of a receiver, the latest where there are several."""
    rows = office.store.query(_LATEST, {"teacher": None, "receiver": receiver})
    return {row["teacher_id"]: row["number"] for row in rows}


def numbers_of_teacher(office: Office, teacher_id: str) -> list[GivenNumber]:
    """The numbers of a teacher, one for each receiver."""
    rows = office.store.query(_LATEST, {"teacher": teacher_id, "receiver": None})
    return list({row["receiver"]: GivenNumber(*row) for row in rows}.values())


def give_number(office: Office, teacher_id: str, receiver: str, number: str) -> Operation:
    """Put a number down by hand.

    Raises:
        UserError: no number, no receiver, or another teacher bears it.
    """
    if not number.strip() or not receiver.strip():
        raise UserError("upload.no_number", "没有写编号或上级系统的名称。", "请写全。")
    with office.store.operation("uploads.number", f"登记上级编号 {number}") as operation:
        write_numbers(office, receiver.strip(), {teacher_id: number.strip()}, "手工登记")
    return operation


def write_numbers(
    office: Office, receiver: str, numbers: Mapping[str, str], source: str
) -> tuple[str, ...]:
    """Keep the numbers that are new; call it inside an operation.

    Returns:
        Sentences about numbers that two teachers would bear; those are not kept.
    """
    known = numbers_of(office, receiver)
    owners = {number: teacher for teacher, number in known.items()}
    told: list[str] = []
    fresh: list[tuple[str, str]] = []
    for teacher, number in numbers.items():
        if known.get(teacher) == number:
            continue
        if owners.setdefault(number, teacher) != teacher:
            told.append(f"编号 {number} 已是另一名教师的，没有登记，请与上级核对")
            continue
        fresh.append((teacher, number))
    _insert(office, receiver, fresh, source)
    return tuple(told)


def _insert(office: Office, receiver: str, fresh: Iterable[tuple[str, str]], source: str) -> None:
    today = office.store.clock.today().isoformat()
    rows = [
        (office.store.ids.new_id(), teacher, receiver, number, today, source)
        for teacher, number in fresh
    ]
    office.store.insert("given_number", ("id", *NUMBER), rows)
