"""A list of people who are to get a certificate, read from the workbook that names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from models.certificates.kinds import PERSON_FIELDS, Kind, list_entity
from models.certificates.matching import Gathered, holders_from_rows
from models.entities.cells import Raw
from models.errors import UserError
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.limits import Budget, Refusal
from models.exchange.reading.rows import DataRows
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import open_source
from models.exchange.reading.tables import holds_notes, preview_rows
from models.exchange.reading.text_tables import read_csv
from models.office.context import Office


def read_holder_list(office: Office, path: Path, kind: Kind) -> Gathered:
    """The holders that the visible sheets of a workbook name, with what their certificates say.

    Raises:
        UserError: no workbook, or no table in it that names people.
        WorldError: the file cannot be read.
    """
    return _gathered(office, open_source(path).sheets, kind, f"“{path.name}”")


def read_pasted_holders(office: Office, text: str, kind: Kind) -> Gathered:
    """The holders that pasted cells name: a line of headings, then one line each.

    Raises:
        UserError: no headings that name people, or far too much.
    """
    try:
        sheet = read_csv(text.encode(), Budget())
    except Refusal as refusal:
        raise UserError(refusal.code, f"粘贴的内容{refusal.reason}", refusal.hint) from refusal
    return _gathered(office, [sheet], kind, "粘贴的内容")


def _gathered(office: Office, sheets: Iterable[Sheet], kind: Kind, place: str) -> Gathered:
    shown = [one for one in sheets if not one.hidden and not holds_notes(one)]
    lines = [line for sheet in shown for line in _lines(sheet, kind)]
    if not lines:
        raise UserError(
            "certificate.no_table",
            f"{place}里没有找到名单（要有“教师编号”“身份证号”或“姓名”一列）。",
            "请核对内容，或用模板填写。",
        )
    return holders_from_rows(office, kind.key, lines)


def _lines(sheet: Sheet, kind: Kind) -> Iterator[tuple[int, Mapping[str, Raw]]]:
    """Row number and raw cells below the sheet's header: the row that names most columns."""
    best: tuple[int, tuple[Raw, ...]] | None = None
    most = 0
    for number, cells in preview_rows(sheet):
        fields = match_columns(header_texts([cells]), list_entity(kind.key)).fields
        if PERSON_FIELDS & set(fields.values()) and len(fields) > most:
            best, most = (number, cells), len(fields)
    if best is not None:
        texts = header_texts([best[1]])
        columns = match_columns(texts, list_entity(kind.key)).fields
        yield from DataRows(sheet, (best[0],), columns, texts)
