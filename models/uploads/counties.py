"""As a city's office: counties' upload workbooks taken in, seen together, sent on."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation
from models.uploads.cells import packed, unpacked
from models.uploads.county_files import (
    CountyFile,
    counties_below,
    read_county,
    refuse_counties,
)
from models.uploads.forms import CellKind, Form
from models.uploads.rows import FactRow
from models.uploads.tables import COUNTY, COUNTY_ROW
from models.uploads.their_values import Meaning
from models.uploads.translating import Cell

__all__ = [
    "CountyFile",
    "CountyLine",
    "CountyTable",
    "county_rows",
    "county_table",
    "read_county",
    "take_counties",
]

_YEARS = ("record.year", "asked.year")
_SHARES = {
    "count.trained_share": ("count.trained", ("count.teachers",), 100),
    "count.met_share": ("count.met", ("count.met", "count.behind"), 100),
    "count.mean_hours": ("sum.hours", ("count.teachers",), 1),
}
"""What is no sum: made of which part and which whole, times how much."""
_TENTH = Decimal("0.1")
_TAKEN = """
SELECT id, region, county, taken_at FROM county_upload WHERE form = ? AND year = ? ORDER BY region
"""


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county in the comparison.

    Attributes:
        region, county: which.
        received_on: the day its workbook was taken (ISO); "" where it has not sent one.
        rows: how many rows.
        people: how many different ID numbers; 0 where the form has none.
        sums: key of a column of numbers to its sum, or to the share reckoned anew.
    """

    region: str
    county: str
    received_on: str = ""
    rows: int = 0
    people: int = 0
    sums: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])


@dataclass(frozen=True, slots=True)
class CountyTable:
    """Counties side by side.

    Attributes:
        form, year: of what.
        columns: key and title of the columns of numbers.
        lines: county by county, by code; those that have not sent one too.
        total: all together.
        before: the line of each county in the year before, by code.
    """

    form: Form
    year: int
    columns: tuple[tuple[str, str], ...]
    lines: tuple[CountyLine, ...]
    total: CountyLine
    before: Mapping[str, CountyLine]


def take_counties(office: Office, files: Sequence[CountyFile]) -> Operation:
    """Keep the workbooks' rows, each in the place of the county's earlier one; one operation.

    Raises:
        UserError: one cannot be taken, or two are of one county; nothing is kept then.
    """
    refuse_counties(office)
    for one in files:
        if one.trouble:
            raise UserError("counties.trouble", f"“{one.path.name}”不能收：{one.trouble}。")
    places = [(one.form.name, one.year, one.region) for one in files]
    if not files or len(set(places)) < len(files):
        raise UserError(
            "counties.twice",
            "没有文件，或有两份是同一个县同一年的。",
            "请只留一份。",
        )
    store = office.store
    with store.operation("uploads.counties", f"收县里报来的表 {len(files)} 份") as operation:
        for one, place in zip(files, places, strict=True):
            store.execute(
                "DELETE FROM county_upload WHERE form = ? AND year = ? AND region = ?", place
            )
            identity = store.ids.new_id()
            row = (
                *place, one.county, one.path.name, one.sha256, store.clock.now().isoformat(),
                store.person,
            )  # fmt: skip
            store.insert("county_upload", ("id", *COUNTY), [(identity, *row)])
            rows = [
                (store.ids.new_id(), identity, number, told, packed(cells))
                for number, (told, cells) in enumerate(one.cells, 1)
            ]
            store.insert("county_row", ("id", *COUNTY_ROW), rows)
    return operation


def county_table(office: Office, form: Form, year: int) -> CountyTable:
    """Counties side by side, with totals and the year before."""
    taken, before = _lines(office, form, year), _lines(office, form, year - 1)
    names = {**counties_below(office), **{one.region: one.county for one, _ in taken.values()}}
    lines = [
        taken[code][0] if code in taken else CountyLine(code, name)
        for code, name in sorted(names.items())
    ]
    rows = [cells for _, several in taken.values() for cells in several]
    return CountyTable(
        form=form,
        year=year,
        columns=tuple((one.key, one.title) for one in form.columns if _counts(form, one.key)),
        lines=tuple(lines),
        total=_line(form, CountyLine("", "合计"), rows),
        before={code: line for code, (line, _) in before.items()},
    )


def county_rows(office: Office, form: Form, year: int) -> list[FactRow]:
    """The counties' rows as facts, to be handed to ``building.build`` for the level above.

    Raises:
        UserError: no county has handed in.
    """
    refuse_counties(office)
    meaning = Meaning.of(office, form)
    found: list[FactRow] = []
    for upload, region, county, _ in office.store.tuples(_TAKEN, (form.name, year)):
        common: dict[str, object] = {
            "office.region": region,
            "office.region_name": county,
            "office.name": county,
            "asked.year": year,
        }
        for place, told, cells in _rows(office, upload):
            facts = {
                column.fact: value
                for column, cell in zip(form.columns, cells, strict=True)
                if (value := meaning.stored(column, _raw(cell))) is not None
            }
            name = facts.get("teacher.name") or facts.get("group.name") or f"第 {place} 行"
            identity = hashlib.sha256((told or str(place)).encode()).hexdigest()[:16]
            found.append(FactRow(f"{region}:{identity}", f"{county} {name}", common | facts))
    if not found:
        raise UserError(
            "counties.none",
            f"还没有收到县里 {year} 年的“{form.title}”。",
            "请先读入各县报来的表（upload counties read）。",
        )
    return found


def _raw(cell: Cell) -> str | float | None:
    """A kept cell as a reader would have given it; amounts as exact text."""
    return None if cell is None else str(cell)


def _rows(office: Office, upload: str) -> Iterable[tuple[int, str, tuple[Cell, ...]]]:
    sql = "SELECT place, row_key, cells FROM county_row WHERE county_upload_id = ? ORDER BY place"
    for place, told, cells in office.store.tuples(sql, (upload,)):
        yield place, told, unpacked(cells)


_Taken = dict[str, tuple[CountyLine, list[tuple[Cell, ...]]]]


def _lines(office: Office, form: Form, year: int) -> _Taken:
    """Each county's line and rows; rows kept by an older form of other columns do not count."""
    found: _Taken = {}
    for upload, region, county, taken_at in office.store.tuples(_TAKEN, (form.name, year)):
        rows = [cells for _, _, cells in _rows(office, upload) if len(cells) == len(form.columns)]
        found[region] = (_line(form, CountyLine(region, county, taken_at[:10]), rows), rows)
    return found


def _line(form: Form, of: CountyLine, rows: Sequence[tuple[Cell, ...]]) -> CountyLine:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    numbers: set[Cell] = set()
    for cells in rows:
        for column, cell in zip(form.columns, cells, strict=True):
            if isinstance(cell, int | Decimal) and _counts(form, column.key):
                sums[column.key] += cell
            elif column.fact == "teacher.id_number" and cell:
                numbers.add(cell)
    for name, share in _shares(form, sums).items():
        if share is None:
            sums.pop(name, None)
        else:
            sums[name] = share
    return CountyLine(of.region, of.county, of.received_on, len(rows), len(numbers), dict(sums))


def _shares(form: Form, sums: Mapping[str, Decimal]) -> dict[str, Decimal | None]:
    """Shares and means of a line, from its sums; None where the form lacks what they are made of.

    Of several rows their own shares would be added up otherwise.
    """
    keys = {one.fact: one.key for one in form.columns if one.fact}
    found: dict[str, Decimal | None] = {}
    for fact, (part, wholes, times) in _SHARES.items():
        if fact not in keys:
            continue
        names = [keys.get(one) for one in (part, *wholes)]
        if fact == "count.met_share" and "count.behind" not in keys:
            names = [keys.get("count.met"), keys.get("count.teachers")]
        known = [sums.get(one) if one else None for one in names]
        whole = sum((one for one in known[1:] if one is not None), Decimal(0))
        share = None
        if known[0] is not None and None not in known and whole:
            share = (times * known[0] / whole).quantize(_TENTH)
        found[keys[fact]] = share
    return found


def _counts(form: Form, key: str) -> bool:
    """Whether a column holds amounts: numbers that are no year."""
    column = form.column(key)
    return column.kind in (CellKind.INTEGER, CellKind.DECIMAL) and column.fact not in _YEARS
