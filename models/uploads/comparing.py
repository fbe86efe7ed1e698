"""Our rows and theirs, paired by the form's key; what is not the same on both sides."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from models.entities.cells import Raw
from models.entities.written import as_text
from models.office.context import Office
from models.progress import Progress
from models.text.numbers import plain
from models.uploads.cells import unpacked
from models.uploads.differences import Difference, Fate, ReconcileRow
from models.uploads.drafting import translated
from models.uploads.forms import CellKind, Form, FormColumn, Subject
from models.uploads.fractions import settle
from models.uploads.gathering import gather
from models.uploads.history import Earlier, earlier_rows
from models.uploads.reading import ReadForm, ReadRow
from models.uploads.rounding import is_whole
from models.uploads.rows import DraftRow, Wish, record_caption
from models.uploads.their_values import Meaning, NotOursError
from models.uploads.translating import Cell, normal

_BETWEEN = "\x1f"
_STEP = 1000
_Row = TypeVar("_Row")


@dataclass(slots=True)
class Pairing:
    """Rows of both sides.

    Attributes:
        same: how many are the same.
        rows: those that are not, theirs first.
        ours: our row by the identity of what it is about.
        lacking: theirs that we lack: row's id to the row.
    """

    same: int = 0
    rows: list[ReconcileRow] = field(default_factory=list[ReconcileRow])
    ours: dict[str, DraftRow] = field(default_factory=dict[str, DraftRow])
    lacking: dict[str, ReadRow] = field(default_factory=dict[str, ReadRow])


def our_rows(
    office: Office, form: Form, wishes: Sequence[Wish], progress: Progress
) -> list[DraftRow]:
    """What we would send, also what cannot go for now."""
    earlier = earlier_rows(office, form.name)
    found: list[DraftRow] = []
    for wish in wishes:
        drafts, _ = translated(office, form, gather(office, form, wish, progress), progress)
        found += settle(form, wish, drafts, earlier).rows
    return found


class Comparer:
    """Holds rows of both sides of one form against each other."""

    def __init__(self, office: Office, form: Form) -> None:
        """Read what was sent before."""
        self._form = form
        self._meaning = Meaning.of(office, form)
        self._earlier: Earlier = earlier_rows(office, form.name)

    def pair(
        self, ours: Sequence[DraftRow], theirs: Sequence[ReadRow], progress: Progress
    ) -> Pairing:
        """Every row of both sides once."""
        result = Pairing(ours={one.fact.id: one for one in ours})
        known: dict[str, list[DraftRow]] = defaultdict(list)
        for one in ours:
            known[one.key].append(one)
        seen: dict[str, int] = {}
        alone: list[ReadRow] = []
        for place, row in enumerate(theirs):
            if place % _STEP == 0:
                progress.step(place, len(theirs), "正在对账")
            if (unclear := self._unclear(row, seen)) is not None:
                result.rows.append(unclear)
            elif known.get(row.key):
                seen[row.key] = row.number
                self._compare(known[row.key].pop(0), row, result)
            else:
                seen[row.key] = row.number
                alone.append(row)
        rest = [one for several in known.values() for one in several]
        near = list(self._near(rest, alone))
        for here, row in near:
            self._compare(here, row, result, "其余栏目相同，按同一条看")
        paired = {id(one) for pair in near for one in pair}
        for row in (one for one in alone if id(one) not in paired):
            lacking = self._lacking(row)
            result.lacking[lacking.id] = row
            result.rows.append(lacking)
        result.rows.sort(key=lambda one: one.number)
        result.rows += [self._missing(one, seen) for one in rest if id(one) not in paired]
        return result

    def _unclear(self, row: ReadRow, seen: Mapping[str, int]) -> ReconcileRow | None:
        said = "、".join(self._form.column(name).title for name in self._form.key)
        if row.trouble or not row.key:
            message = row.trouble or f"{said}都空着，认不出是哪一条"
        elif row.key in seen:
            message = f"与第 {seen[row.key]} 行的{said}都相同，只按那一行对"
        else:
            return None
        caption = self._caption(row)
        return ReconcileRow(f"row-{row.number}", Fate.UNCLEAR, row.number, caption, message)

    def _compare(self, here: DraftRow, row: ReadRow, result: Pairing, message: str = "") -> None:
        sent = self._sent(here)
        found = [
            one
            for place, column in enumerate(self._form.columns)
            if column.key in row.raw
            and (one := self._difference(column, here, (here.cells[place], sent[place]), row))
        ]
        if not found:
            result.same += 1
            return
        result.rows.append(
            ReconcileRow(
                id=_identity(here.key),
                fate=Fate.DIFFERENT,
                number=row.number,
                caption=here.fact.caption,
                message=message,
                differences=tuple(found),
                takeable=any(one.takeable for one in found),
                subject_id=here.fact.id,
                teacher_id=here.fact.teacher_id,
                raw=row.raw,
            )
        )

    def _difference(
        self, column: FormColumn, here: DraftRow, cells: tuple[Cell, Cell], row: ReadRow
    ) -> Difference | None:
        """How a field differs.

        A fraction that the column cannot hold does not, where it stands there as it was sent, or
        not at all.
        """
        ours, sent = cells
        raw = row.raw[column.key]
        theirs = normal(column, raw)
        if not column.fact or normal(column, ours) == theirs:
            return None
        fraction = isinstance(ours, Decimal) and not is_whole(ours)
        if column.kind is CellKind.INTEGER and fraction and theirs in ("", normal(column, sent)):
            return None
        why = ""
        try:
            self._meaning.value(column, raw, here.fact)
        except NotOursError as error:
            why = str(error)
        return Difference(
            key=column.key,
            title=column.title,
            ours=self._meaning.shown(column, _text(ours)),
            theirs=self._meaning.shown(column, "" if raw is None else as_text(raw).strip()),
            takeable=not why,
            why=why,
        )

    def _sent(self, here: DraftRow) -> tuple[Cell, ...]:
        """The row as it was sent last; empty cells where it never was, or by another form."""
        known = self._earlier.latest.get(here.fact.id)
        cells = unpacked(known.cells) if known else ()
        return cells if len(cells) == len(self._form.columns) else (None,) * len(here.cells)

    def _near(
        self, ours: Sequence[DraftRow], theirs: Sequence[ReadRow]
    ) -> Iterator[tuple[DraftRow, ReadRow]]:
        """Records that differ in one part of the key alone, where that tells them for certain."""
        if self._form.subject is not Subject.RECORD or len(self._form.key) < 3:
            return
        taken: set[int] = set()
        for place, name in enumerate(self._form.key):
            if self._form.column(name).kind is CellKind.ID:
                continue
            mine = _alone((_without(one.key, place), one) for one in ours)
            others = _alone((_without(one.key, place), one) for one in theirs)
            for key in mine.keys() & others.keys():
                here, row = mine[key], others[key]
                if not {id(here), id(row)} & taken:
                    taken |= {id(here), id(row)}
                    yield here, row

    def _lacking(self, row: ReadRow) -> ReconcileRow:
        return ReconcileRow(
            id=_identity(row.key),
            fate=Fate.ONLY_THERE,
            number=row.number,
            caption=self._caption(row),
            raw=row.raw,
        )

    def _missing(self, here: DraftRow, seen: Mapping[str, int]) -> ReconcileRow:
        state = self._earlier.state(here.fact.id)
        message = {
            "": "没有报过",
            "accepted": "报过并已接收，上级却没有，请核对",
            "refused": f"报过，被退回：{self._earlier.message(here.fact.id)}",
        }.get(state, "报过，还没有结果")
        again = bool(here.key) and here.key in seen
        if again:
            message = f"与另一条上报的关键栏目都相同（表中第 {seen[here.key]} 行），{message}"
        return ReconcileRow(
            id=_identity(f"{here.key}{here.fact.id if again or not here.key else ''}"),
            fate=Fate.ONLY_HERE,
            number=0,
            caption=here.fact.caption,
            message=message,
            subject_id=here.fact.id,
            teacher_id=here.fact.teacher_id,
        )

    def _caption(self, row: ReadRow) -> str:
        """Whom and what their row is about."""
        said = {
            one.fact: as_text(row.raw[one.key]).strip()
            for one in self._form.columns
            if one.fact in ("teacher.name", "record.course", "school.name")
            and row.raw.get(one.key) is not None
        }
        course = said.get("record.course")
        name = said.get("teacher.name") or said.get("school.name") or f"第 {row.number} 行"
        return record_caption(name, course) if course else name


def year_of(read: ReadForm, row: ReadRow) -> int | None:
    """The training year a row names; None where the form has none or the cell is no year."""
    for column in read.form.columns:
        if column.fact in ("record.year", "asked.year") and column.key in row.raw:
            said = normal(column, row.raw[column.key])
            return int(said) if said.isdecimal() and len(said) == 4 else None
    return None


def _identity(key: str) -> str:
    """A word for a row that tells nobody's number."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _without(key: str, place: int) -> str:
    parts = key.split(_BETWEEN)
    return _BETWEEN.join(one for at, one in enumerate(parts) if at != place)


def _alone(pairs: Iterator[tuple[str, _Row]]) -> dict[str, _Row]:
    """What stands under a key that nothing else has."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return {key: several[0] for key, several in found.items() if len(several) == 1}


def _text(cell: Cell | Raw) -> str:
    if cell is None:
        return ""
    return plain(cell) if isinstance(cell, Decimal) else str(cell)
