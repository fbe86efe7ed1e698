"""Workbooks of Excel 2007 and later, as Excel, WPS and the usual libraries write them.

ECMA-376 part 1. Read here and not by python-calamine: that reader leaves out error values, which
a person must be told of, takes 280 MB for 100,000 rows where this one takes 110 in the same time,
and ends the whole program on a sheet with a cell in its last corner. No formula is run, no link
followed, no macro looked at.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from models.exchange.reading.limits import MEGABYTE, SHEETS, Budget, Refusal, damaged, oversized
from models.exchange.reading.number_formats import Shown, shown_by_code, shown_by_id
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import Sheet, SheetBuilder
from models.exchange.reading.xlsx_odd_rows import read_odd_rows
from models.exchange.reading.xlsx_rows import read_plain_rows
from models.exchange.reading.xlsx_strings import OddPart, read_odd_strings, read_plain_strings
from models.exchange.reading.xlsx_values import CellValues
from models.exchange.reading.xml_events import XmlReader
from models.progress import Progress

_SMALL_PART = 16 * MEGABYTE


@dataclass(slots=True)
class _Entry:
    """A sheet as the workbook part lists it."""

    name: str
    hidden: bool
    relation: str


@dataclass(slots=True)
class _Workbook:
    """Collects the sheets and the calendar of the workbook part."""

    sheets: list[_Entry] = field(default_factory=list)
    from_1904: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append(_Entry(attributes.get("name", ""), hidden, attributes.get("id", "")))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")


@dataclass(slots=True)
class _Relations:
    """Collects the parts that a part refers to, by the identity of the relation."""

    found: dict[str, tuple[str, str]] = field(default_factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = kind, attributes.get("Target", "")

    def target(self, kind: str) -> str | None:
        return next((target for one, target in self.found.values() if one == kind), None)


@dataclass(slots=True)
class _Styles:
    """Collects what each cell style shows."""

    shown: list[Shown] = field(default_factory=list)
    _codes: dict[str, Shown] = field(default_factory=dict)
    _inside: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            code = attributes.get("formatCode", "")
            self._codes[attributes.get("numFmtId", "")] = shown_by_code(code)
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            number = attributes.get("numFmtId", "0")
            by_id = shown_by_id(int(number)) if number.isdigit() else Shown.NUMBER
            self.shown.append(self._codes.get(number, by_id))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False


def read_xlsx(parcel: Parcel, budget: Budget, progress: Progress) -> Iterator[Sheet]:
    """The worksheets in the workbook's order; charts and macro sheets are none.

    Raises:
        Refusal: a part that is needed is missing, damaged, hostile or too big.
    """
    main = _main_part(parcel)
    workbook = _Workbook()
    _parse(parcel, main, workbook)
    relations = _relations(parcel, main)
    if len(workbook.sheets) > SHEETS:
        raise oversized()
    values = CellValues(
        strings=_strings(parcel, _part(main, relations.target("sharedStrings")), budget),
        styles=_styles(parcel, _part(main, relations.target("styles"))),
        budget=budget,
        from_1904=workbook.from_1904,
    )
    for place, entry in enumerate(workbook.sheets):
        progress.step(place, len(workbook.sheets), f"读取 {entry.name}")
        kind, target = relations.found.get(
            entry.relation, ("worksheet", f"worksheets/sheet{place + 1}.xml")
        )
        if kind == "worksheet":
            yield _sheet(parcel, _part(main, target) or "", entry, values)


def _sheet(parcel: Parcel, part: str, entry: _Entry, values: CellValues) -> Sheet:
    saved = replace(values.budget)
    try:
        try:
            sheet = SheetBuilder(entry.name, values.budget, entry.hidden)
            read_plain_rows(parcel.chunks(part), values, sheet)
        except OddPart:
            values.budget.restore(saved)
            sheet = SheetBuilder(entry.name, values.budget, entry.hidden)
            read_odd_rows(parcel.chunks(part), values, sheet)
    except Refusal as refusal:
        if entry.hidden and refusal.code == "import.damaged":
            return Sheet(entry.name, hidden=True, notes=("隐藏的工作表已损坏，没有读取。",))
        raise
    return sheet.finish()


def _strings(parcel: Parcel, part: str | None, budget: Budget) -> list[str | None]:
    if part is None or part not in parcel:
        return []
    saved = replace(budget)
    try:
        return read_plain_strings(parcel.chunks(part), budget)
    except OddPart:
        budget.restore(saved)
        return read_odd_strings(parcel.chunks(part), budget)


def _styles(parcel: Parcel, part: str | None) -> list[Shown]:
    """What the styles show; nothing where the part is missing or broken: dates stay numbers."""
    styles = _Styles()
    try:
        if part is not None and part in parcel:
            XmlReader(styles.start, styles.end).read([parcel.read(part, _SMALL_PART)])
    except Refusal as refusal:
        if refusal.code != "import.damaged":
            raise
    return styles.shown


def _main_part(parcel: Parcel) -> str:
    root = _Relations()
    if "_rels/.rels" in parcel:
        _parse(parcel, "_rels/.rels", root)
    target = root.target("officeDocument")
    return target.lstrip("/") if target else "xl/workbook.xml"


def _relations(parcel: Parcel, main: str) -> _Relations:
    folder, name = posixpath.split(main)
    relations = _Relations()
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    if part in parcel:
        _parse(parcel, part, relations)
    return relations


def _parse(parcel: Parcel, part: str, reader: _Workbook | _Relations) -> None:
    if part not in parcel:
        raise damaged("缺少必要的部分，可能没有拷贝完整。")
    XmlReader(reader.start, lambda _: None).read([parcel.read(part, _SMALL_PART)])


def _part(main: str, target: str | None) -> str | None:
    """The name of the part that a target of the workbook part means."""
    if target is None:
        return None
    target = target.replace("\\", "/")
    if target.startswith("/"):
        return target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(main), target))
