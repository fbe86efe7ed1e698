"""From a fact of ours to the cell of a form, and from a cell back to what we may mean."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from models.codes.library import CodeTables
from models.entities.cells import Raw
from models.entities.describe import Kind
from models.entities.written import as_text
from models.text.dates import read_date
from models.text.numbers import plain, read_decimal
from models.text.tidy import key
from models.text.unreadable import UnreadableError
from models.uploads.facts import Fact
from models.uploads.forms import CellKind, FormColumn, Written

Cell = str | int | Decimal | None
"""What a cell of a form holds; dates are text as the form writes them."""
JOINER = "、"
ANYTHING_ELSE = "*"
"""The key in ``translate`` for every code that is not named there; "" is for no code at all."""


class NoCodeError(ValueError):
    """A code of ours that the form has no code for.

    Attributes:
        shown: our name for it.
    """

    def __init__(self, shown: str) -> None:
        super().__init__(shown)
        self.shown = shown


def cell_of(column: FormColumn, fact: Fact, value: object, codes: CodeTables) -> Cell:
    """The value as the form writes it; amounts stay exact, rounding is decided elsewhere.

    Raises:
        NoCodeError: the form takes certain codes only, and none of them is ours.
    """
    if fact.table and (value is not None or "" in column.translate):
        return _coded(column, fact, value, codes)
    if value is None or value == "":
        return _constant(column)
    match fact.kind:
        case Kind.FLAG:
            return column.yes if value else column.no
        case Kind.DATE | Kind.MONTH:
            return date_text(column, str(value))
        case Kind.INTEGER | Kind.YEAR:
            return int(str(value))
        case Kind.DECIMAL:
            return Decimal(str(value))
        case _:
            return str(value)


def normal(column: FormColumn, raw: Raw | Cell) -> str:
    """What two writings of one value share, for comparing: 15.0 and 15, 2025/9/1 and 2025-09-01."""
    if raw is None:
        return ""
    if isinstance(raw, Decimal):
        return plain(raw)
    text = as_text(raw).strip()
    if not text:
        return ""
    try:
        if column.kind in (CellKind.INTEGER, CellKind.DECIMAL):
            return plain(read_decimal(text))
        if column.kind is CellKind.DATE:
            return read_date(raw if isinstance(raw, date) else text).text
    except UnreadableError:
        return text
    if column.kind is CellKind.ID:
        return key(text).upper()
    return key(text)


def meanings(column: FormColumn, fact: Fact, raw: Raw, codes: CodeTables) -> tuple[str, ...]:
    """Our codes that the form would write as this cell: none, one, or several.

    Only for facts of a code table and a column of single values.
    """
    if fact.table is None:
        return ()
    found: list[str] = []
    wanted = normal(column, raw)
    if not wanted:
        return ()
    for entry in codes[fact.table]:
        try:
            cell = _one(column, fact.table, entry.code, codes)
        except NoCodeError:
            continue
        if normal(column, cell) == wanted:
            found.append(entry.code)
    return tuple(found)


def date_text(column: FormColumn, iso: str) -> str:
    """An ISO day as the form writes days; a month or a year alone stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    # strftime pads the year differently from system to system
    said = column.date_format.replace("%Y", f"{day.year:04d}").replace("%m", f"{day.month:02d}")
    return said.replace("%d", f"{day.day:02d}")


def _constant(column: FormColumn) -> Cell:
    if column.constant and column.kind is CellKind.INTEGER and column.constant.isdecimal():
        return int(column.constant)
    return column.constant or None


def _coded(column: FormColumn, fact: Fact, value: object, codes: CodeTables) -> Cell:
    assert fact.table is not None
    if value is None:
        return _spelt(column, column.translate[""])
    if fact.kind is not Kind.CODES:
        return _one(column, fact.table, str(value), codes)
    parts = [part for part in str(value).split(JOINER) if part]
    chosen = parts if column.several else parts[:1]
    return JOINER.join(str(_one(column, fact.table, part, codes)) for part in chosen) or None


def _one(column: FormColumn, table: str, code: str, codes: CodeTables) -> Cell:
    """One code of ours as the form writes it."""
    entry = codes[table].get(code)
    shown = codes[table].name_of(code)
    theirs = column.translate.get(code) or column.translate.get(ANYTHING_ELSE)
    if theirs is None and column.choices:
        theirs = _among(column, (entry.external if entry else "", code), shown)
    if theirs is None:
        theirs = (entry.external if entry else "") or code
        return theirs if column.written is Written.CODE else _pair(column, theirs, shown)
    return _spelt(column, theirs, shown)


def _among(column: FormColumn, offered: tuple[str, ...], shown: str) -> str:
    """Which of their codes is ours: by code, else by name."""
    for code in offered:
        if code and code in column.choices:
            return code
    for code, name in column.choices.items():
        if key(name) == key(shown):
            return code
    raise NoCodeError(shown)


def _spelt(column: FormColumn, theirs: str, shown: str = "") -> str:
    """One of their codes as the column writes codes."""
    if column.choices and theirs not in column.choices:
        raise NoCodeError(shown or theirs)
    if column.written is Written.CODE:
        return theirs
    return _pair(column, theirs, column.choices.get(theirs, theirs))


def _pair(column: FormColumn, code: str, name: str) -> str:
    return f"{code}-{name}" if column.written is Written.PAIR else name
