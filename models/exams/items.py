"""The items (试题) of an exam's parts: their names and what each is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.entities.display import HUNDREDTHS, plain_decimal, to_hundredths
from models.errors import UserError
from models.exams.records import Exam, Part
from models.exams.tables import ITEM
from models.office.context import Office
from models.store.operations import Operation

_LIST = """
SELECT i.id, i.part_id, i.name, i.full_marks
FROM exam_item AS i JOIN exam_part AS p ON p.id = i.part_id
WHERE p.exam_id = ? ORDER BY p.place, i.place
"""
_USED = "SELECT COUNT(*) FROM exam_mark WHERE part_id = ? AND items IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a part, or a group of them (一、选择题); ``id`` is "" before it is stored."""

    name: str
    full_marks: Decimal
    id: str = ""


def items_of(office: Office, exam: Exam) -> dict[str, list[Item]]:
    """Part to its items in order; a part that is one figure is left out."""
    found: dict[str, list[Item]] = {}
    for row in office.store.query(_LIST, (exam.id,)):
        worth = Decimal(row["full_marks"]) / HUNDREDTHS
        found.setdefault(row["part_id"], []).append(Item(row["name"], worth, row["id"]))
    return found


def set_items(office: Office, exam: Exam, part: Part, items: Sequence[Item]) -> Operation:
    """Say what items a part is made of, as one undoable step; none makes it one figure again.

    Raises:
        UserError: a name twice or empty, worth nothing, items that do not sum up to the part's
            full marks, or points by other items that were entered already.
    """
    names = [one.name.strip() for one in items]
    if "" in names or len(set(names)) < len(names):
        raise UserError(
            "exam.item_name", f"“{part.name}”有一道试题没有名称或名称重复。", "请改正名称。"
        )
    total = sum((one.full_marks for one in items), Decimal(0))
    if items and (total != part.full_marks or any(one.full_marks <= 0 for one in items)):
        raise UserError(
            "exam.item_marks",
            f"“{part.name}”各题满分合计 {plain_decimal(total)}，"
            f"应为 {plain_decimal(part.full_marks)}，每题都应大于 0。",
            "请改正各题满分。",
        )
    if office.store.value(_USED, (part.id,)):
        raise UserError(
            "exam.items_in_use",
            f"“{part.name}”已按原来的试题录了得分，不能再改试题。",
            "请先撤销成绩录入。",
        )
    with office.store.operation("exams.items", f"{exam.name}“{part.name}”试题") as operation:
        office.store.execute("DELETE FROM exam_item WHERE part_id = ?", (part.id,))
        rows = [
            (office.store.ids.new_id(), part.id, place, name, to_hundredths(one.full_marks))
            for place, (name, one) in enumerate(zip(names, items, strict=True), start=1)
        ]
        office.store.insert("exam_item", ("id", *ITEM), rows)
    return operation
