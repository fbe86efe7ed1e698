"""A list of those whom schools recommend for a title, read from the workbook that names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.entities.cells import Raw
from models.entities.cleaning import Context, clean_row
from models.entities.problems import Severity
from models.errors import UserError
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import holds_notes, preview_rows
from models.office.context import Office
from models.staff.written_people import WrittenPeople
from models.titles.batches import open_for_change
from models.titles.nominating import Nominee, unfit_for
from models.titles.records import Nomination

_PERSON = frozenset({"teacher_no", "id_number", "name"})


@dataclass(frozen=True, slots=True)
class NominationList:
    """What a list brought.

    Attributes:
        nominees: who can be recommended, in the order of the lines.
        problems: the lines that cannot be taken, each a sentence with its row.
        told: what was taken with a doubt, each a sentence with its row.
    """

    nominees: tuple[Nominee, ...]
    problems: tuple[str, ...]
    told: tuple[str, ...] = ()


def read_nominations(office: Office, batch_id: str, path: Path) -> NominationList:
    """The recommendations that the visible sheets of a workbook name for a batch.

    Who is not understood or cannot be recommended is told; a cell that cannot be read is left out
    and told, the person is taken.

    Raises:
        UserError: no such batch or it is closed; no table that names people.
        WorldError: the file cannot be read.
    """
    batch = open_for_change(office, batch_id)
    sheets = [one for one in open_source(path).sheets if not one.hidden and not holds_notes(one)]
    lines = [line for sheet in sheets for line in _lines(sheet)]
    if not lines:
        raise UserError(
            "titles.no_table",
            f"“{path.name}”里没有找到推荐名单（要有“教师编号”“身份证号”或“姓名”一列）。",
            "请核对内容，或用模板填写。",
        )
    context = Context(codes=office.codes, today=office.store.clock.today())
    cleaned = [(row, clean_row(Nomination, raw, context)) for row, raw in lines]
    people = WrittenPeople(office, [one.values for _, one in cleaned])
    problems: list[str] = []
    told: list[str] = []
    nominees: list[Nominee] = []
    for row, one in cleaned:
        troubles: list[str] = []
        teacher = people.teacher(one.values, troubles)
        told += [
            f"第 {row} 行：{each.message.rstrip('。')}"
            for each in one.problems
            if each.severity is not Severity.SKIP
        ]
        problems += [f"第 {row} 行：{each}" for each in troubles]
        if teacher:
            nominees.append(Nominee(teacher, one.values, row))
    unfit = unfit_for(office, batch, nominees)
    rows = {one.row for one in unfit}
    problems += [one.text for one in unfit]
    fit = tuple(one for one in nominees if one.row not in rows)
    return NominationList(fit, tuple(problems), tuple(told))


def _lines(sheet: Sheet) -> Iterator[tuple[int, Mapping[str, Raw]]]:
    """Row number and raw cells below the sheet's header: the row that names most columns."""
    best: tuple[int, tuple[Raw, ...]] | None = None
    most = 0
    for number, cells in preview_rows(sheet):
        fields = set(match_columns(header_texts([cells]), Nomination).fields.values())
        if _PERSON & fields and len(fields) > most:
            best, most = (number, cells), len(fields)
    if best is not None:
        texts = header_texts([best[1]])
        yield from DataRows(sheet, (best[0],), match_columns(texts, Nomination).fields, texts)
