"""A county's workbook as a city reads it: of which county and year, and what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from models.entities.cells import Raw
from models.entities.written import as_text, is_blank
from models.errors import UserError
from models.exchange.reading.source import open_source
from models.office.context import Office
from models.progress import Progress
from models.text.numbers import read_decimal
from models.text.tidy import key
from models.text.unreadable import UnreadableError
from models.uploads.catalogue import form_named
from models.uploads.checking import complaint
from models.uploads.comparing import year_of
from models.uploads.forms import CellKind, Form, FormColumn
from models.uploads.reading import ReadForm, ReadRow, read_by_form, recognise
from models.uploads.their_values import Meaning
from models.uploads.translating import Cell, date_text, normal

_ABOVE = ("city", "province")
_OFFICE = ("office.region", "office.region_name", "office.name")
_TOLD = 200


@dataclass(frozen=True, slots=True)
class CountyFile:
    """One county's workbook as it was read, before it is taken.

    Attributes:
        path, sha256: the file.
        form: by which form it was read.
        year: its training year; 0 where it cannot be told.
        region, county: code and name of the county; "" where it cannot be told.
        rows: how many rows.
        problems: what the level above would send back, as sentences with their place.
        trouble: why it cannot be taken; "" where it can.
        replaces: the day a workbook of this county was taken before (ISO); "" for never.
        cells: key and cells of each row.
    """

    path: Path
    sha256: str
    form: Form
    year: int
    region: str
    county: str
    rows: int
    problems: tuple[str, ...]
    trouble: str = ""
    replaces: str = ""
    cells: tuple[tuple[str, tuple[Cell, ...]], ...] = ()


def read_county(
    office: Office,
    path: Path,
    form: str = "",
    region: str = "",
    year: int | None = None,
    progress: Progress | None = None,
) -> CountyFile:
    """What a county's workbook holds; nothing is written.

    Args:
        office: the city's (or province's) office.
        path: the workbook.
        form: the form's name; "" to tell it by the header.
        region: code of the county; "" to tell it by the rows or the file's name.
        year: the training year, where no column says it.
        progress: told while the file is read; may cancel.

    Raises:
        UserError: the office has no counties below it, no workbook, not a form of ours.
        WorldError: the file cannot be read.
    """
    refuse_counties(office)
    source = open_source(path, progress)
    chosen = form_named(office, form) if form else recognise(office, source)
    read = read_by_form(source, chosen)
    years = {said for one in read.rows if (said := year_of(read, one))} or {year or 0}
    found, trouble = _region(office, read, region, path)
    if len(years) > 1:
        trouble = trouble or f"表里有几个年度（{'、'.join(map(str, sorted(years)))}），请分开报"
    elif not all(years):
        trouble = trouble or "表里没有年度，请写明是哪一年的"
    if not read.rows:
        trouble = trouble or "表里没有一行内容"
    rows = tuple((one.key, _cells(chosen, one)) for one in read.rows)
    said = min(years)
    return CountyFile(
        path=path,
        sha256=source.sha256,
        form=chosen,
        year=said,
        region=found,
        county=office.codes["region"].name_of(found) if found else "",
        rows=len(rows),
        problems=tuple(_problems(office, chosen, read, rows))[:_TOLD],
        trouble=trouble,
        replaces=_before(office, chosen, said, found),
        cells=rows,
    )


def _before(office: Office, form: Form, year: int, region: str) -> str:
    """The day a workbook of this county was taken before; "" for never."""
    day = office.store.value(
        "SELECT substr(taken_at, 1, 10) FROM county_upload"
        " WHERE form = ? AND year = ? AND region = ?",
        (form.name, year, region),
    )
    return str(day or "")


def refuse_counties(office: Office) -> None:
    """Refuse what only an office with counties below it does.

    Raises:
        UserError: it is a county's or a school's.
    """
    if office.identity.level not in _ABOVE:
        raise UserError(
            "counties.level",
            "本单位不是市级或省级，下面没有报表来的县。",
            "级别有误的，请在“设置”中核对本单位的级别。",
        )


def counties_below(office: Office) -> dict[str, str]:
    """Code to name of what hands in to the office, as far as the table of regions knows it."""
    own = office.identity.region
    steps = 4 if office.identity.level == "city" else 2
    return {
        one.code: one.name
        for one in office.codes["region"]
        if one.code.startswith(own[:steps])
        and one.code != own
        and not one.hidden
        and _is_below(one.code, steps)
    }


def _is_below(code: str, steps: int) -> bool:
    return code[4:] != "00" if steps == 4 else code[4:] == "00" and code[2:] != "0000"


def _region(office: Office, read: ReadForm, region: str, path: Path) -> tuple[str, str]:
    """The county's code, and why it cannot be told."""
    if region:
        return region, ""
    table, below = office.codes["region"], counties_below(office)
    columns = {one.fact: one for one in read.form.columns if one.fact in _OFFICE}
    for fact in _OFFICE:
        column = columns.get(fact)
        said = {
            as_text(one.raw[column.key]).strip()
            for one in read.rows
            if column is not None and not is_blank(one.raw.get(column.key))
        }
        if len(said) > 1:
            return "", f"一份表里有几个单位（{'、'.join(sorted(said)[:5])}），请分开报"
        entry = table.find(next(iter(said))) if said else None
        found = entry.code if entry else next(iter(_named(below, "".join(said))), "")
        if found:
            return found, ""
    named = _named(below, path.stem)
    return (named[0], "") if len(named) == 1 else ("", "看不出是哪个县的，请写明")


def _named(below: Mapping[str, str], text: str) -> list[str]:
    """The counties whose name stands in a text."""
    return [code for code, name in below.items() if text and key(name) in key(text)]


def _cells(form: Form, row: ReadRow) -> tuple[Cell, ...]:
    return tuple(_cell(one, row.raw.get(one.key)) for one in form.columns)


def _cell(column: FormColumn, raw: Raw) -> Cell:
    """A cell of theirs as we would write it."""
    if is_blank(raw):
        return None
    text = as_text(raw).strip()
    if column.kind in (CellKind.INTEGER, CellKind.DECIMAL):
        try:
            return read_decimal(text)
        except UnreadableError:
            return text
    if column.kind is CellKind.DATE or isinstance(raw, date):
        return date_text(column, normal(column, raw))
    return text


def _problems(
    office: Office,
    form: Form,
    read: ReadForm,
    rows: tuple[tuple[str, tuple[Cell, ...]], ...],
) -> Iterator[str]:
    """What the receiver would send back, with its place; personal data masked."""
    meaning = Meaning.of(office, form)
    seen: dict[str, int] = {}
    yield from read.notes
    for row, (told, cells) in zip(read.rows, rows, strict=True):
        if row.trouble:
            yield f"第 {row.number} 行：{row.trouble}"
        elif told and told in seen:
            yield f"第 {row.number} 行与第 {seen[told]} 行重复"
        seen.setdefault(told, row.number)
        for column, cell in zip(form.columns, cells, strict=True):
            if message := complaint(column, cell):
                shown = "" if cell is None or isinstance(cell, Decimal) else str(cell)
                masked = meaning.shown(column, shown)
                said = message.replace(shown, masked) if shown else message
                yield f"第 {row.number} 行：{said}"
