"""Marks as cells to type into, and back: which columns there are, and what the cells mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.entities.display import plain_decimal
from models.errors import UserError
from models.exams.comparing import differences
from models.exams.items import Item
from models.exams.marks import Given, MarkBook, Points, read_given
from models.exams.records import STATE_NAMES, Examinee, Part
from ui.desktop.widgets.edit_grid import EditColumn, EditRow

Mode = Literal["first", "second", "both"]
Show = Literal["all", "missing", "differing"]
ENTRIES: Mapping[Mode, tuple[int, ...]] = {"first": (1,), "second": (2,), "both": (1, 2)}
WHO = (
    EditColumn("admission_no", "准考证号", 10, editable=False),
    EditColumn("name", "姓名", 5, editable=False),
    EditColumn("school", "学校", 10, editable=False, stretch=True),
)
_WORDED = ("absent", "excused", "cheated")
_TIMES = {1: "①", 2: "②"}
_PATH = ":"


@dataclass(frozen=True, slots=True)
class MarkCells:
    """A mark book as a grid.

    Attributes:
        book: what is marked.
        mode: which typing is shown.
    """

    book: MarkBook
    mode: Mode

    @property
    def entries(self) -> tuple[int, ...]:
        """The typings shown."""
        return ENTRIES[self.mode] if self.book.exam.entries > 1 else (1,)

    def columns(self) -> list[EditColumn]:
        """Who it is, then the parts, item by item where there are items."""
        found = list(WHO)
        for part in self.book.parts:
            items = self.book.items.get(part.id, ())
            for item in (*items, None):
                worth = part if item is None else item
                full = plain_decimal(worth.full_marks)
                for entry in self.entries:
                    which = _TIMES[entry] if len(self.entries) > 1 else ""
                    title = f"{worth.name}{which}（{full}）"
                    open_to = item is not None or not items
                    key = _key(entry, part, item)
                    found.append(EditColumn(key, title, 5, editable=open_to, numeric=True))
        return found

    def rows(self, show: Show = "all") -> list[EditRow]:
        """The examinees in the order of their seats, all or some of them."""
        differing = {(one.examinee.id, one.part.id): one for one in differences(self.book)}
        found: list[EditRow] = []
        for one in sorted(self.book.examinees, key=_order):
            apart = [part for part in self.book.parts if (one.id, part.id) in differing]
            apart = [p for p in apart if not differing[(one.id, p.id)].missing]
            if (show == "differing" and not apart) or (show == "missing" and not self._open(one)):
                continue
            found.append(EditRow(one.id, self._texts(one), self._notes(one, apart)))
        return found

    def problem(self, row: str, column: str, text: str) -> str:
        """Why the text of one cell cannot be taken; "" where it can."""
        _, part, item = self._meant(column)
        if not text:
            return ""
        try:
            if item is None or _is_word(text):
                read_given(row, part, text)
            else:
                read_given(row, part, "", [(item, text)])
        except UserError as error:
            return error.sentence
        return ""

    def given(self, changed: Mapping[str, Mapping[str, str]]) -> dict[int, list[Given]]:
        """What was typed, by entry.

        Raises:
            UserError: a cell that cannot be read, an item without points; with the person's name.
        """
        found: dict[int, list[Given]] = {}
        for row, cells in changed.items():
            one = self.book.people[row]
            touched = {self._meant(column)[:2] for column in cells}
            for entry, part in sorted(touched, key=lambda pair: (pair[0], pair[1].name)):
                try:
                    given = self._part(one, entry, part, {**self._texts(one), **cells})
                except UserError as error:
                    raise UserError(
                        error.code, f"{one.name}：{error.message}", error.hint
                    ) from error
                if given is not None:
                    found.setdefault(entry, []).append(given)
        return found

    def _part(
        self, one: Examinee, entry: int, part: Part, texts: Mapping[str, str]
    ) -> Given | None:
        items = self.book.items.get(part.id, ())
        if not items:
            given = read_given(one.id, part, texts.get(_key(entry, part), ""))
        else:
            cells = [(item, texts.get(_key(entry, part, item), "")) for item in items]
            word = next((text for _, text in cells if text and _is_word(text)), "")
            given = read_given(one.id, part, word, () if word else cells)
        if given is None and self.book.entered(one.id, part.id, entry) is not None:
            return Given(one.id, part.id)
        return given

    def _texts(self, one: Examinee) -> dict[str, str]:
        texts = {
            "admission_no": one.admission_no or one.teacher_no,
            "name": one.name,
            "school": one.school_name,
        }
        word = STATE_NAMES[one.state] if one.state in _WORDED else ""
        for part in self.book.parts:
            for entry in self.entries:
                points = self.book.entered(one.id, part.id, entry)
                texts |= self._points(entry, part, points, word)
        return texts

    def _points(self, entry: int, part: Part, points: Points | None, word: str) -> dict[str, str]:
        if points is None:
            return {_key(entry, part): word}
        items = {
            _key(entry, part, item): plain_decimal(points.items[item.id])
            for item in self.book.items.get(part.id, ())
            if item.id in points.items
        }
        return {**items, _key(entry, part): plain_decimal(points.points)}

    def _notes(self, one: Examinee, apart: Sequence[Part]) -> dict[str, str]:
        """The cells whose two typings differ, where both are shown."""
        if len(self.entries) == 1:
            return {}
        texts = self._texts(one)
        keys = [
            (_key(1, part, item), _key(2, part, item))
            for part in apart
            for item in (*self.book.items.get(part.id, ()), None)
        ]
        differing = [pair for pair in keys if texts.get(pair[0]) != texts.get(pair[1])]
        return {key: "两遍录入不同，请核对原卷" for pair in differing for key in pair}

    def _open(self, one: Examinee) -> bool:
        """Whether points of a shown typing are missing of somebody who sat."""
        return one.state == "expected" and any(
            self.book.entered(one.id, part.id, entry) is None
            for part in self.book.parts
            for entry in self.entries
        )

    def _meant(self, column: str) -> tuple[int, Part, Item | None]:
        entry, part_id, *rest = column.split(_PATH)
        part = next(one for one in self.book.parts if one.id == part_id)
        item = next((one for one in self._items(part) if rest and one.id == rest[0]), None)
        return int(entry), part, item

    def _items(self, part: Part) -> Iterator[Item]:
        yield from self.book.items.get(part.id, ())


def _key(entry: int, part: Part, item: Item | None = None) -> str:
    parts = (str(entry), part.id) if item is None else (str(entry), part.id, item.id)
    return _PATH.join(parts)


def _order(one: Examinee) -> tuple[bool, str, str, str]:
    return (not one.admission_no, one.admission_no, one.school_name, one.teacher_no)


def _is_word(text: str) -> bool:
    return not any(letter.isdigit() for letter in text)
