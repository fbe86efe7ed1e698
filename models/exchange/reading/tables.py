"""The tables of a workbook: where each begins, what it brings, and which column is what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from models.entities.cells import Raw
from models.entities.describe import Entity
from models.exchange.plans import KIND_TITLES, ImportKind
from models.exchange.reading.headers import Matched, header_texts, match_columns, signature
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet, column_letter
from models.exchange.reading.source import Source
from models.exchange.reading.stacked import stacked_parts
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.text.tidy import key
from models.training.course import Course
from models.training.records import TrainingRecord

ENTITIES: dict[ImportKind, type[Entity]] = {
    ImportKind.INSTITUTIONS: Institution,
    ImportKind.TEACHERS: Teacher,
    ImportKind.RECORDS: TrainingRecord,
    ImportKind.COURSES: Course,
}
_HEADER_WITHIN = 40
_HEADER_ROWS = 3
_LISTED = 20
_STUDENTS = ("学号", "学籍号", "班级", "家长姓名", "监护人", "家长电话", "年级")
_NOTES_SHEETS = ("说明", "须知", "要求", "代码表", "样表", "样例", "字典", "选项")


@dataclass(frozen=True, slots=True)
class Layout:
    """A confirmed reading of a header: what the table brings and which column is which field."""

    kind: ImportKind
    columns: Mapping[int, str]
    header_row: int | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for.

    Attributes:
        kinds: what may be found.
        sheet: only this sheet; None for all.
        fixed: sheet name to the layout a person chose.
        remembered: header signature to the layout confirmed before.
    """

    kinds: Sequence[ImportKind] = tuple(ImportKind)
    sheet: str | None = None
    fixed: Mapping[str | None, Layout] = field(default_factory=dict[str | None, Layout])
    remembered: Mapping[str, Layout] = field(default_factory=dict[str, Layout])


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One table.

    Attributes:
        kind: what it brings.
        sheet: the sheet's name; None for CSV files and web tables.
        header_rows: the numbers of its header rows.
        columns: column index from 0 to field.
        rows: row number and raw cells by field of its data.
        school_hints: texts around it that may name the school, the most trusted first.
        notes: what a person should know, as Chinese sentences.
        signature: what tables with the same header share.
        top_row: number of the first row that belongs to it, its titles included.
    """

    kind: ImportKind
    sheet: str | None
    header_rows: tuple[int, ...]
    columns: Mapping[int, str]
    rows: DataRows
    school_hints: tuple[str, ...]
    notes: tuple[str, ...]
    signature: str
    top_row: int = 1

    @property
    def letters(self) -> dict[str, str]:
        """Field to column letter; a period stands for the start and the end it holds."""
        found = {name: column_letter(index) for index, name in self.columns.items()}
        if "period" in found:
            found = {"start_date": found["period"], "end_date": found["period"]} | found
        return found


@dataclass(frozen=True, slots=True)
class Found:
    """The tables of a file, and one sentence about what was passed over or why there is none."""

    tables: tuple[FoundTable, ...]
    message: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    kind: ImportKind
    header_rows: tuple[int, ...]
    texts: tuple[str, ...]
    matched: Matched

    @property
    def merit(self) -> tuple[int, int, int]:
        """More fields first, then fewer header rows, then the upper one."""
        return (len(self.matched.fields), -len(self.header_rows), -self.header_rows[0])


def find_tables(source: Source, search: Search | None = None) -> Found:
    """The tables of the visible sheets; none where the file is no roster, with the reason."""
    search = search or Search()
    tables: list[FoundTable] = []
    notes: list[str] = []
    for sheet in source.sheets:
        if search.sheet is not None and sheet.name != search.sheet:
            continue
        if sheet.hidden and search.sheet is None:
            notes.append(f"隐藏的工作表“{sheet.name}”没有读入。")
            continue
        found = list(_tables_of(sheet, search, source.path.stem))
        tables.extend(found)
        if not found and sheet.rows and len(source.sheets) > 1:
            notes.append(f"工作表“{sheet.name}”不是名册，没有读入。")
        notes.extend(note for table in found for note in table.notes)
    if not tables:
        return Found((), _reason(source, search))
    return Found(tuple(tables), "".join(notes))


def preview_rows(sheet: Sheet, count: int = 30) -> list[tuple[int, tuple[Raw, ...]]]:
    """The first rows of a sheet with their numbers, for a person to point at the header."""
    return [row for row, _ in zip(sheet.numbered(), range(count), strict=False)]


def holds_notes(sheet: Sheet) -> bool:
    """Whether a sheet's name says that it explains how to fill in another one."""
    return any(word in (sheet.name or "") for word in _NOTES_SHEETS)


def _tables_of(sheet: Sheet, search: Search, file_name: str) -> Iterator[FoundTable]:
    fixed = search.fixed.get(sheet.name)
    if fixed is not None and fixed.header_row is not None:
        texts = tuple(header_texts([sheet.row(fixed.header_row)]))
        matched = Matched(fixed.columns, ())
        chosen = _Candidate(fixed.kind, (fixed.header_row,), texts, matched)
        yield _table(sheet, chosen, file_name)
        return
    if holds_notes(sheet) and search.sheet is None:
        return
    best = _best(sheet, search)
    if best is None:
        return
    for part in stacked_parts(sheet, best.header_rows, best.texts):
        for candidate in _side_by_side(replace(best, header_rows=part.header_rows)):
            yield _table(part.sheet, candidate, file_name)


def _best(sheet: Sheet, search: Search) -> _Candidate | None:
    """The header that explains most columns; a remembered one wins at once."""
    found: list[_Candidate] = []
    rows = preview_rows(sheet, _HEADER_WITHIN)
    for start in range(len(rows)):
        for count in range(1, _HEADER_ROWS + 1):
            part = rows[start : start + count]
            if len(part) < count:
                continue
            texts = tuple(header_texts([cells for _, cells in part]))
            numbers = tuple(number for number, _ in part)
            known = search.remembered.get(signature(texts))
            if known is not None and known.kind in search.kinds:
                return _Candidate(known.kind, numbers, texts, Matched(known.columns, ()))
            found.extend(_candidates(numbers, texts, search.kinds))
    return max(found, key=lambda one: one.merit, default=None)


def _candidates(
    numbers: tuple[int, ...], texts: tuple[str, ...], kinds: Sequence[ImportKind]
) -> Iterator[_Candidate]:
    """What the header words could be the header of; records before teachers, by their columns."""
    valid = {
        kind: matched
        for kind, entity in ENTITIES.items()
        if _plausible(kind, texts, matched := match_columns(texts, entity))
    }
    if ImportKind.RECORDS in valid:
        valid.pop(ImportKind.TEACHERS, None)
    for kind, matched in valid.items():
        if kind in kinds:
            yield _Candidate(kind, numbers, texts, matched)


def _plausible(kind: ImportKind, texts: Sequence[str], matched: Matched) -> bool:
    fields = set(matched.fields.values())
    words = {key(text) for text in texts}
    if kind is ImportKind.INSTITUTIONS:
        telling = {"short_name", "type", "stages", "location", "parent", "district", "station",
                   "tutor", "track"}  # fmt: skip
        return "name" in fields and "姓名" not in words and len(fields & telling) >= 2
    if kind is ImportKind.COURSES:
        enough = bool(fields & {"year", "start_date"}) and bool(fields & {"hours", "days"})
        return "title" in fields and enough and not words & {"姓名", "身份证号", "教师编号"}
    if words & set(_STUDENTS):
        return False
    if kind is ImportKind.RECORDS:
        return bool(
            fields & {"name", "id_number", "teacher_no"}
            and "hours" in fields
            and fields & {"course", "year"}
        )
    told_apart = fields & {"id_number", "teacher_no"}
    typical = {"subject", "title", "school", "post", "education", "work_start", "stage"}
    return ("name" in fields and bool(told_apart) and len(fields) >= 3) or (
        "name" in fields and len(fields & typical) >= 3
    )


def _side_by_side(best: _Candidate) -> Iterator[_Candidate]:
    """Two tables next to each other under one header row are two tables."""
    first = min(best.matched.fields)
    head = key(best.texts[first])
    again = [
        column
        for column, text in enumerate(best.texts)
        if column > first and key(text) == head and head
    ]
    parts = [0, *again, len(best.texts)]
    halves: list[_Candidate] = []
    for left, right in pairwise(parts):
        texts = tuple(
            text if left <= column < right else "" for column, text in enumerate(best.texts)
        )
        matched = match_columns(texts, ENTITIES[best.kind])
        if _plausible(best.kind, texts, matched):
            halves.append(_Candidate(best.kind, best.header_rows, texts, matched))
    yield from halves if len(halves) > 1 else [best]


def _table(sheet: Sheet, chosen: _Candidate, file_name: str) -> FoundTable:
    fields = chosen.matched.fields
    rows = DataRows(sheet, chosen.header_rows, fields, chosen.texts)
    notes: list[str] = list(sheet.notes)
    if chosen.matched.unknown:
        unknown = chosen.matched.unknown
        more = f"等 {len(unknown)} 列" if len(unknown) > _LISTED else ""
        notes.append(f"未用到的列：{'、'.join(unknown[:_LISTED])}{more}。")
    hidden = [number for number in rows.numbers if number in sheet.hidden_rows]
    if hidden:
        shown = "、".join(str(number) for number in hidden[:20])
        notes.append(f"第 {shown} 行是隐藏的，已一并读入。")
    return FoundTable(
        kind=chosen.kind,
        sheet=sheet.name,
        header_rows=chosen.header_rows,
        columns=fields,
        rows=rows,
        school_hints=_hints(sheet, chosen.header_rows[0], file_name),
        notes=tuple(notes),
        signature=signature(chosen.texts),
        top_row=min([*sheet.numbers[:1], *chosen.header_rows]),
    )


def _hints(sheet: Sheet, header_row: int, file_name: str) -> tuple[str, ...]:
    """Texts that may name the school: 学校（公章）lines, titles, names of sheet and file."""
    above = [
        str(cell)
        for number, cells in sheet.numbered()
        if number < header_row
        for cell in cells
        if isinstance(cell, str) and cell.strip()
    ]
    named = [text for text in above if "学校" in text[:6] or "单位" in text[:6]]
    titles = [text for text in above if text not in named]
    return tuple(dict.fromkeys([*named, *titles, sheet.name or "", file_name]))


def _reason(source: Source, search: Search) -> str:
    visible = [sheet for sheet in source.sheets if not sheet.hidden]
    if search.sheet is not None and all(one.name != search.sheet for one in source.sheets):
        names = "、".join(str(one.name) for one in visible)
        return f"没有名为“{search.sheet}”的工作表；有：{names}。"
    if not any(sheet.rows for sheet in visible):
        return f"“{source.path.name}”里没有任何数据。"
    wanted = "、".join(KIND_TITLES[kind] for kind in search.kinds)
    return (
        f"“{source.path.name}”里没有找到{wanted}的表头，不能导入。"
        "请核对文件；确是名册的，请把表头改成模板中的列名，或在导入向导中指定表头。"
    )
