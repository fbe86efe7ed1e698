"""Lines of a sheet about people of a course: who it is, and the texts of the columns asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.entities.cells import Raw
from models.entities.cleaning import Context, clean_row
from models.entities.written import as_text
from models.errors import UserError
from models.exchange.known_people import KnownPeople
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import preview_rows
from models.office.context import Office
from models.training.records import ScoreLine

_PERSON = frozenset({"teacher_no", "id_number"})
_TOLD = 5
Wanted = Callable[[Sequence[str]], Mapping[int, str]]
"""Given the header words, says which columns are asked for: index from 0 to key."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line: the row's number, the teacher's number, and text by key."""

    row: int
    teacher_no: str
    texts: Mapping[str, str]


def read_person_lines(office: Office, path: Path, wanted: Wanted, asked: str) -> list[PersonLine]:
    """The lines of every visible sheet that names people by number and has a column asked for.

    Args:
        office: the office.
        path: the workbook.
        wanted: picks the columns.
        asked: what the columns are called, for the sentence where there are none.

    Raises:
        UserError: no such table, or people whom the register does not know. The sentence names
            the rows.
        WorldError: the file cannot be read.
    """
    source = open_source(path)
    lines = [line for sheet in source.sheets if not sheet.hidden for line in _lines(sheet, wanted)]
    if not lines:
        raise UserError(
            "scores.no_table",
            f"“{path.name}”里没有找到可用的表（要有{asked}和“教师编号”或“身份证号”两列）。",
            "请核对文件，或把表头改成这些列名。",
        )
    context = Context(codes=office.codes, today=office.store.clock.today())
    people = KnownPeople(office)
    cleaned = [
        (number, clean_row(ScoreLine, {name: raw[name] for name in _PERSON & raw.keys()}, context))
        for number, raw in lines
    ]
    people.load([one.values.get("id_number") for _, one in cleaned], [])
    troubles: list[str] = []
    found: list[PersonLine] = []
    for (number, one), (_, raw) in zip(cleaned, lines, strict=True):
        known = people.with_id_number(one.values.get("id_number"))
        teacher_no = one.values.get("teacher_no") or (known["teacher_no"] if known else None)
        if teacher_no is None:
            told = one.problems[0].message if one.problems else "名册中没有这个人"
            troubles.append(f"第 {number} 行：{told}")
            continue
        texts = {key: as_text(cell).strip() for key, cell in raw.items() if key not in _PERSON}
        found.append(PersonLine(number, str(teacher_no), texts))
    refuse_lines(path, "scores.unknown_people", troubles)
    return found


def refuse_lines(path: Path, code: str, troubles: Sequence[str]) -> None:
    """Refuse a sheet for the troubles of its lines; the sentence lists the first few.

    Raises:
        UserError: there are troubles.
    """
    if troubles:
        more = f"；等 {len(troubles)} 处" if len(troubles) > _TOLD else ""
        raise UserError(
            code,
            f"“{path.name}”有误：{'；'.join(troubles[:_TOLD])}{more}。",
            "请改正后重新录入，本次没有写入任何内容。",
        )


def _lines(sheet: Sheet, wanted: Wanted) -> Iterator[tuple[int, Mapping[str, Raw]]]:
    """Row number and raw cells of the lines below the sheet's first fitting header."""
    for number, cells in preview_rows(sheet):
        texts = header_texts([cells])
        named = match_columns(texts, ScoreLine).fields.items()
        persons = {at: name for at, name in named if name in _PERSON}
        columns = wanted(texts)
        if persons and columns:
            yield from DataRows(sheet, (number,), {**columns, **persons}, texts)
            return
