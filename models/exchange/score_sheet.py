"""The score sheet of a course: who got what, read from the workbook that the teacher sends back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from models.entities.cells import Raw
from models.entities.cleaning import Context, clean_row
from models.errors import UserError
from models.exchange.known_people import KnownPeople
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import preview_rows
from models.office.context import Office
from models.training.records import ScoreLine

_PERSON = {"teacher_no", "id_number"}


def read_score_sheet(office: Office, path: Path) -> list[tuple[str, str]]:
    """Teacher number and text of the score of every line.

    Raises:
        UserError: no workbook, no header with a score and a number, or somebody whose ID number
            nobody in the register bears. The sentence names the rows.
        WorldError: the file cannot be read.
    """
    source = open_source(path)
    lines = [line for sheet in source.sheets if not sheet.hidden for line in _lines(sheet)]
    if not lines:
        raise UserError(
            "scores.no_table",
            f"“{path.name}”里没有找到成绩表（要有“成绩”和“教师编号”或“身份证号”两列）。",
            "请核对文件，或把表头改成这些列名。",
        )
    context = Context(codes=office.codes, today=office.store.clock.today())
    people = KnownPeople(office)
    cleaned = [(number, clean_row(ScoreLine, raw, context)) for number, raw in lines]
    people.load([one.values.get("id_number") for _, one in cleaned], [])
    troubles: list[str] = []
    scores: list[tuple[str, str]] = []
    for number, one in cleaned:
        known = people.with_id_number(one.values.get("id_number"))
        teacher_no = one.values.get("teacher_no") or (known["teacher_no"] if known else None)
        if teacher_no is None:
            told = one.problems[0].message if one.problems else "名册中没有这个人"
            troubles.append(f"第 {number} 行：{told}")
        else:
            scores.append((str(teacher_no), str(one.values.get("score") or "")))
    if troubles:
        more = f"；等 {len(troubles)} 处" if len(troubles) > 5 else ""
        raise UserError(
            "scores.unknown_people",
            f"“{path.name}”有误：{'；'.join(troubles[:5])}{more}。",
            "请改正后重新录入，本次没有写入任何成绩。",
        )
    return scores


def _lines(sheet: Sheet) -> Iterator[tuple[int, Mapping[str, Raw]]]:
    """Row number and raw cells of the lines below the sheet's first header with a score."""
    for number, cells in preview_rows(sheet):
        texts = header_texts([cells])
        fields = match_columns(texts, ScoreLine).fields
        if "score" in fields.values() and _PERSON & set(fields.values()):
            yield from DataRows(sheet, (number,), fields, texts)
            return
