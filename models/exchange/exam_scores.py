"""Score workbooks of an exam: read by number or seat, checked row by row, all or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from models.entities.cells import Raw
from models.entities.problems import Severity
from models.entities.written import as_text
from models.errors import UserError
from models.exams.entering import Entered, enter_marks, refuse_closed, troubles_of
from models.exams.finding import Finder, finder
from models.exams.marks import Given, MarkBook, mark_book, read_given
from models.exams.records import Exam, Examinee, Part
from models.exchange.reading.headers import header_texts, header_word
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet, column_letter
from models.exchange.reading.source import Source, open_source
from models.exchange.reading.tables import holds_notes, preview_rows
from models.exchange.row_problems import RowProblem
from models.office.context import Office
from models.text.tidy import key

KEYS: Mapping[str, tuple[str, ...]] = {
    "admission": ("准考证号", "准考号", "考号", "准考证编号"),
    "teacher": ("教师编号", "继续教育编号"),
    "room": ("考场", "考场号", "试室"),
    "seat": ("座位", "座号", "座位号"),
    "name": ("姓名", "考生姓名", "教师姓名"),
}
"""What says who it is, and the headers it may have."""
WHOLE = ("成绩", "分数", "得分", "总分", "总成绩", "考试成绩", "笔试成绩", "机考成绩")
"""Headers of the points where an exam has one part only."""
_NUMBER_NAMES = {"admission": "准考证号", "teacher": "教师编号", "seat": "考场、座位"}
_DIGITS = re.compile(r"\d+")
_TOLD = 5


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """Where a table of scores stands: sheet, first row, header, field to column index from 0."""

    sheet: str | None
    top_row: int
    header_row: int
    columns: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ScorePlan:
    """What taking a score workbook would do.

    Attributes:
        source: the file as it was read.
        exam, entries: whose marks they are, at which typing.
        tables: the tables found in it.
        given: the marks, if there are no problems.
        people: how many examinees the rows are about.
        refused: everything that is wrong, with its place.
    """

    source: Source
    exam: Exam
    entries: tuple[int, ...]
    tables: tuple[ScoreTable, ...]
    given: tuple[Given, ...]
    people: int
    refused: tuple[RowProblem, ...]

    def problems(self) -> list[RowProblem]:
        """Everything that is wrong, in the order of sheets and rows."""
        return list(self.refused)


def plan_scores(office: Office, exam: Exam, path: Path, entries: Sequence[int] = (1,)) -> ScorePlan:
    """What taking the workbook would do; nothing is written. Empty cells leave what is known.

    Raises:
        UserError: no workbook, no table with a number and points in it, or the marks are closed.
        WorldError: the file cannot be read.
    """
    refuse_closed(exam)
    source = open_source(path)
    book = mark_book(office, exam)
    fields = _fields(book)
    shown = [one for one in source.sheets if not one.hidden and not holds_notes(one)]
    tables = [(sheet, table) for sheet in shown for table in _tables(sheet, fields)]
    if not tables:
        parts = "、".join(f"“{part.name}”" for part in book.parts)
        raise UserError(
            "exam.no_score_table",
            f"“{path.name}”里没有找到成绩表（要有“准考证号”、“教师编号”或“考场”“座位”，"
            f"和{parts}）。",
            "请核对文件，或用导出的成绩登记表填写。",
        )
    reader = _Reader(book, finder(office, book))
    for sheet, table in tables:
        reader.read(sheet, table)
    reader.check()
    return ScorePlan(
        source=source,
        exam=exam,
        entries=tuple(entries),
        tables=tuple(table for _, table in tables),
        given=tuple(reader.given),
        people=len(reader.places),
        refused=tuple(reader.refused),
    )


def take_scores(office: Office, plan: ScorePlan) -> Entered:
    """Write what the workbook says, as one undoable step: all of it or nothing.

    Raises:
        UserError: a row has problems, or nothing was filled in.
    """
    if plan.refused:
        rows = len({(one.sheet, one.row) for one in plan.refused})
        told = "；".join(
            f"第 {one.row} 行：{one.message.rstrip('。')}" for one in plan.refused[:_TOLD]
        )
        more = f"；等 {len(plan.refused)} 处" if len(plan.refused) > _TOLD else ""
        raise UserError(
            "exam.bad_scores",
            f"“{plan.source.path.name}”有 {rows} 行有误：{told}{more}。",
            "请改正后重新录入，本次没有写入任何成绩。",
        )
    return enter_marks(office, plan.exam, plan.given, plan.entries)


def _fields(book: MarkBook) -> dict[str, str]:
    """Header word to field: who it is, ``part:`` or ``item:`` and an identity."""
    found: dict[str, str] = {}
    items = [(part, item) for part in book.parts for item in book.items.get(part.id, ())]
    names = [header_word(item.name) for _, item in items]
    for (part, item), name in zip(items, names, strict=True):
        if names.count(name) == 1:
            found[name] = f"item:{item.id}"
        found[header_word(part.name + item.name)] = f"item:{item.id}"
    if len(book.parts) == 1:
        found |= {key(word): f"part:{book.parts[0].id}" for word in WHOLE}
    found |= {header_word(part.name): f"part:{part.id}" for part in book.parts}
    return found | {key(word): name for name, words in KEYS.items() for word in words}


def _tables(sheet: Sheet, fields: Mapping[str, str]) -> Iterator[ScoreTable]:
    """The table of a sheet: below the first row that names a number and points."""
    for number, cells in preview_rows(sheet):
        columns: dict[str, int] = {}
        for at, text in enumerate(header_texts([cells])):
            if name := fields.get(header_word(text)):
                columns.setdefault(name, at)
        who = {"admission", "teacher"} & columns.keys() or {"room", "seat"} <= columns.keys()
        if who and any(":" in name for name in columns):
            yield ScoreTable(sheet.name, 1, number, columns)
            return


@dataclass(slots=True)
class _Row:
    """One row being read: its place and the texts of its cells by field."""

    table: ScoreTable
    number: int
    texts: Mapping[str, str]

    def problem(self, name: str, code: str, message: str) -> RowProblem:
        """A problem of the cell of that field, or of the whole row."""
        at = self.table.columns.get(name)
        letter = None if at is None else column_letter(at)
        value = self.texts.get(name, "")
        return RowProblem(
            self.table.sheet, self.number, letter, value, Severity.REFUSE, code, message
        )


@dataclass(slots=True)
class _Reader:
    """Reads the rows of the tables of one file and gathers marks and problems."""

    book: MarkBook
    finder: Finder
    given: list[Given] = field(default_factory=list[Given])
    places: dict[str, _Row] = field(default_factory=dict[str, _Row])
    refused: list[RowProblem] = field(default_factory=list[RowProblem])

    def read(self, sheet: Sheet, table: ScoreTable) -> None:
        """Take the rows of one table; rows without any points are left out."""
        texts = header_texts([sheet.row(table.header_row)])
        named = {at: name for name, at in table.columns.items()}
        for number, raw in DataRows(sheet, (table.header_row,), named, texts):
            row = _Row(table, number, {name: _text(cell) for name, cell in raw.items()})
            if any(text for name, text in row.texts.items() if ":" in name):
                self._take(row)

    def check(self) -> None:
        """Tell what is wrong with the marks as a whole."""
        for one in troubles_of(self.book, self.given):
            row = self.places[one.examinee_id]
            message = f"{one.sentence}。"
            self.refused.append(row.problem(f"part:{one.part_id}", "exam.bad_marks", message))
        order = {(one.table.sheet, one.number): at for at, one in enumerate(self.places.values())}
        self.refused.sort(key=lambda one: order.get((one.sheet, one.row), -1))

    def _take(self, row: _Row) -> None:
        examinee = self._whose(row)
        if examinee is None:
            return
        before = self.places.get(examinee.id)
        if before is not None:
            where = f"第 {before.number} 行"
            if before.table.sheet != row.table.sheet:
                where = f"工作表“{before.table.sheet}”{where}"
            message = f"与{where}是同一名考生（{examinee.name}），成绩只能有一行。"
            self.refused.append(row.problem(_first(row, _NUMBER_NAMES), "exam.twice", message))
            return
        self.places[examinee.id] = row
        for part in self.book.parts:
            self._take_part(row, examinee, part)

    def _take_part(self, row: _Row, examinee: Examinee, part: Part) -> None:
        own = self.book.items.get(part.id, ())
        items = [
            (item, row.texts.get(f"item:{item.id}", ""))
            for item in own
            if f"item:{item.id}" in row.table.columns
        ]
        try:
            given = read_given(examinee.id, part, row.texts.get(f"part:{part.id}", ""), items)
        except UserError as error:
            names = [f"part:{part.id}", *(f"item:{item.id}" for item in own)]
            self.refused.append(row.problem(_first(row, names), error.code, _sentence(error)))
            return
        if given is not None:
            self.given.append(given)

    def _whose(self, row: _Row) -> Examinee | None:
        """The examinee whom every number of the row means; None after telling what is wrong."""
        said = {name: row.texts.get(name, "") for name in ("admission", "teacher")}
        room, seat = (_DIGITS.search(row.texts.get(name, "")) for name in ("room", "seat"))
        if room and seat:
            said["seat"] = f"{room[0]}-{seat[0]}"
        filled = {name: text for name, text in said.items() if text}
        if not filled:
            message = "没有准考证号、教师编号或座位，不知道是谁的成绩。"
            self.refused.append(row.problem("admission", "exam.nobody", message))
            return None
        found = {name: self.finder.named(text) for name, text in filled.items()}
        for name, examinee in found.items():
            if examinee is None:
                message = f"{_NUMBER_NAMES[name]}“{filled[name]}”不是本场考试的考生。"
                self.refused.append(row.problem(name, "exam.unknown_number", message))
                return None
        first, *others = [one for one in found.values() if one is not None]
        if any(other.id != first.id for other in others):
            names = "、".join(one.name for one in (first, *others))
            message = f"几个号码不是同一名考生的：{names}。"
            self.refused.append(row.problem(next(iter(found)), "exam.numbers_differ", message))
            return None
        name = row.texts.get("name", "")
        if name and key(name) != key(first.name):
            message = f"姓名“{name}”与号码不符，这个号码是{first.name}的。"
            self.refused.append(row.problem("name", "exam.name_differs", message))
            return None
        return first


def _first(row: _Row, names: Sequence[str] | Mapping[str, str]) -> str:
    """The first of the fields that the table has, filled ones before empty ones."""
    there = [name for name in names if name in row.table.columns]
    filled = [name for name in there if row.texts.get(name)]
    return next(chain(filled, there), "")


def _sentence(error: UserError) -> str:
    return f"{error.message}{error.hint}"


def _text(raw: Raw) -> str:
    return as_text(raw).strip()
