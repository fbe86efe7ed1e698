"""Points as they are entered: by part and item, once or twice, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.entities.display import from_hundredths, plain_decimal, to_hundredths
from models.errors import UserError
from models.exams.examinees import examinees
from models.exams.items import Item, items_of
from models.exams.records import Exam, Examinee, ExamineeState, Part
from models.exams.registration import parts_of
from models.exams.tables import MARK
from models.office.context import Office
from models.training.marks import Result, read_mark

_MARKS = """
SELECT m.examinee_id, m.part_id, m.entry, m.points, m.items
FROM exam_part AS p JOIN exam_mark AS m ON m.part_id = p.id WHERE p.exam_id = ?
"""
_DROP = """
DELETE FROM exam_mark WHERE EXISTS (SELECT 1 FROM json_each(?) AS line
    WHERE json_extract(line.value, '$[0]') = exam_mark.examinee_id
    AND json_extract(line.value, '$[1]') = exam_mark.part_id
    AND json_extract(line.value, '$[2]') = exam_mark.entry)
"""
_CHANGE = """
UPDATE exam_mark SET points = json_extract(line.value, '$[3]'),
    items = json_extract(line.value, '$[4]'), entered_by = json_extract(line.value, '$[5]'),
    entered_on = json_extract(line.value, '$[6]')
FROM json_each(?) AS line WHERE exam_mark.examinee_id = json_extract(line.value, '$[0]')
    AND exam_mark.part_id = json_extract(line.value, '$[1]')
    AND exam_mark.entry = json_extract(line.value, '$[2]')
"""
_THERE = """
SELECT m.examinee_id, m.part_id, m.entry FROM json_each(?) AS line JOIN exam_mark AS m
    ON m.examinee_id = json_extract(line.value, '$[0]')
    AND m.part_id = json_extract(line.value, '$[1]')
    AND m.entry = json_extract(line.value, '$[2]')
"""
_STATES = """
UPDATE examinee SET state = json_extract(line.value, '$[1]'),
    reason = json_extract(line.value, '$[2]')
FROM json_each(?) AS line WHERE examinee.id = json_extract(line.value, '$[0]')
"""
_WORDS: Mapping[Result, ExamineeState] = {
    "absent": "absent",
    "excused": "excused",
    "cheated": "cheated",
}
AWAY = ("absent", "excused")
"""Who did not sit has no points."""


@dataclass(frozen=True, slots=True)
class Points:
    """What somebody got in a part; ``items`` is by item, empty where it was one figure."""

    points: Decimal
    items: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])


@dataclass(frozen=True, slots=True)
class Given:
    """What is to be put down for one examinee and part.

    Attributes:
        examinee_id, part_id: whose points, in what.
        points: None takes back what was entered, or goes with a state.
        state: absent, excused or cheated, where the sheet has that word instead of points.
    """

    examinee_id: str
    part_id: str
    points: Points | None = None
    state: ExamineeState | None = None


@dataclass(frozen=True, slots=True)
class MarkBook:
    """Everything entered for an exam.

    Attributes:
        exam, parts: what is marked.
        items: part to its items; a part without items is left out.
        people: all but the replaced by identity, in the order of school, stratum and number.
        marks: examinee to part to entry (1, 2) to points.
    """

    exam: Exam
    parts: tuple[Part, ...]
    items: Mapping[str, Sequence[Item]]
    people: Mapping[str, Examinee]
    marks: Mapping[str, Mapping[str, Mapping[int, Points]]]

    def entered(self, examinee_id: str, part_id: str, entry: int = 1) -> Points | None:
        """What was typed at that entry; None for nothing."""
        return self.marks.get(examinee_id, {}).get(part_id, {}).get(entry)

    def settled(self, examinee_id: str, part_id: str) -> Points | None:
        """What counts: the only entry, or two that agree; None as long as there is no such."""
        first = self.entered(examinee_id, part_id)
        if self.exam.entries == 1 or first is None:
            return first
        second = self.entered(examinee_id, part_id, 2)
        return first if second is not None and second.points == first.points else None

    def contradicted(self, examinee: Examinee) -> bool:
        """Whether one typing says that somebody did not sit whom another gives all points."""
        return examinee.state in AWAY and all(
            self.marks.get(examinee.id, {}).get(part.id) for part in self.parts
        )

    @property
    def examinees(self) -> tuple[Examinee, ...]:
        """All but the replaced."""
        return tuple(self.people.values())


def mark_book(office: Office, exam: Exam) -> MarkBook:
    """Parts, items, examinees and marks of an exam."""
    marks: dict[str, dict[str, dict[int, Points]]] = {}
    for row in office.store.query(_MARKS, (exam.id,)):
        items: dict[str, int] = json.loads(row["items"] or "{}")
        points = Points(
            from_hundredths(row["points"]) or Decimal(0),
            {key: Decimal(amount) / 100 for key, amount in items.items()},
        )
        by_part = marks.setdefault(row["examinee_id"], {})
        by_part.setdefault(row["part_id"], {})[row["entry"]] = points
    people = {one.id: one for one in examinees(office, exam) if one.state != "replaced"}
    return MarkBook(exam, tuple(parts_of(office, exam)), items_of(office, exam), people, marks)


def read_given(
    examinee_id: str,
    part: Part,
    text: str,
    items: Sequence[tuple[Item, str]] = (),
) -> Given | None:
    """What the cells of a sheet mean for one examinee and part; None for empty cells.

    Args:
        examinee_id: whose.
        part: in what.
        text: of the part's own cell: points, 缺考, 缓考, 作弊, or "".
        items: the items with the texts of their cells; given at all, they must all be filled.

    Raises:
        UserError: a cell that cannot be read, points out of range, an item without points, items
            that do not sum up to the part's points.
    """
    given = _read(examinee_id, part, text)
    filled = [(item, cell) for item, cell in items if cell.strip()]
    if not filled or (given is not None and given.state is not None):
        return given
    if len(filled) < len(items):
        empty = next(item for item, cell in items if not cell.strip())
        raise UserError(
            "exam.item_missing", f"“{part.name}”的“{empty.name}”没有得分。", "没有得分请填 0。"
        )
    by_item = {item.id: _points(f"{part.name} {item.name}", cell, item) for item, cell in filled}
    total = sum(by_item.values(), Decimal(0))
    if given is not None and given.points is not None and given.points.points != total:
        raise UserError(
            "exam.item_sum",
            f"“{part.name}”各题得分合计 {plain_decimal(total)}，"
            f"与所填的 {plain_decimal(given.points.points)} 不符。",
            "请核对各题得分。",
        )
    return Given(examinee_id, part.id, Points(total, by_item))


def write_marks(office: Office, given: Sequence[tuple[Given, int]]) -> None:
    """Store marks with their entry, inside the running operation.

    A mark that is there is changed in place: a second row of the same mark could not be undone.
    """
    today = office.store.clock.today().isoformat()
    gone = [(one.examinee_id, one.part_id, entry) for one, entry in given if one.points is None]
    rows = [
        (
            one.examinee_id,
            one.part_id,
            entry,
            to_hundredths(one.points.points),
            _items_text(one.points),
            office.store.person,
            today,
        )
        for one, entry in given
        if one.points is not None
    ]
    there = {tuple(row) for row in office.store.query(_THERE, (json.dumps(rows),))}
    office.store.execute(_DROP, (json.dumps(gone),))
    office.store.execute(_CHANGE, (json.dumps([row for row in rows if row[:3] in there]),))
    fresh = [(office.store.ids.new_id(), *row) for row in rows if row[:3] not in there]
    office.store.insert("exam_mark", ("id", *MARK), fresh)


def write_states(office: Office, states: Sequence[tuple[str, ExamineeState, str | None]]) -> None:
    """Store what became of examinees (identity, state, reason), inside the running operation."""
    if states:
        office.store.execute(_STATES, (json.dumps(states),))


def _read(examinee_id: str, part: Part, text: str) -> Given | None:
    if not text.strip():
        return None
    mark = read_mark(text, part.full_marks)
    if mark.score is not None:
        return Given(examinee_id, part.id, Points(mark.score))
    if mark.result is None or mark.result not in _WORDS:
        raise UserError(
            "exam.mark", f"“{part.name}”成绩“{text}”不是分数。", "请填分数或缺考、缓考、作弊。"
        )
    return Given(examinee_id, part.id, state=_WORDS[mark.result])


def _points(name: str, text: str, item: Item) -> Decimal:
    mark = read_mark(text, item.full_marks)
    if mark.score is None:
        raise UserError("exam.mark", f"“{name}”得分“{text}”不是分数。", "请填分数。")
    return mark.score


def _items_text(points: Points) -> str | None:
    if not points.items:
        return None
    return json.dumps({key: to_hundredths(value) for key, value in points.items.items()})
