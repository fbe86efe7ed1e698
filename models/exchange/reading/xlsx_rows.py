"""The rows of an .xlsx sheet, read at the speed of a search where the sheet is plainly written.

Excel, WPS, LibreOffice and the usual libraries write every cell as ``<c r=… s=… t=…><v>…</v></c>``
in the default namespace. In a well-formed part without comments and CDATA ``<c`` can begin nothing
but a cell, so a block in which every ``<c`` is matched has been read completely. Any other part
is left to the XML parser of ``xlsx_odd_rows``, which gives the same rows at half the speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.entities.cells import Raw
from models.exchange.reading.limits import MEGABYTE
from models.exchange.reading.number_formats import Shown
from models.exchange.reading.sheets import SheetBuilder, column_index
from models.exchange.reading.xlsx_strings import OddPart, plain_head
from models.exchange.reading.xlsx_values import CellType, CellValues
from models.exchange.reading.xml_events import unescape

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"([^<>]*?)(?:/>|>'
    rb"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    rb"(?:<v(?: [^<>]*)?(?:/>|>([^<]*)</v>)|<is><t(?: [^<>]*)?>([^<]*)</t></is>)?</c>)"
)
_ATTRIBUTE = re.compile(rb' ([a-z]+)="([^"]*)"')
_HIDDEN = re.compile(rb'<row(?=[^<>]* hidden="(?:1|true)")[^<>]*? r="([0-9]{1,7})"')
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_UNSAVED = re.compile(
    rb'<c (?![^<>]* t="str")[^<>]*><f(?: [^<>]*)?(?:/>|>[^<]*</f>)(?:<v></v>|<v ?/>)?</c>'
)
_ODD = (b"<c\n", b"<c\r", b"<c\t", b":c r=", b":c>")
_HEAD = 4 * MEGABYTE
_BLOCK = 16 * MEGABYTE
_ATTRIBUTES_KEPT = 5_000

_Cell = tuple[bytes, bytes, bytes, bytes, bytes]


def read_plain_rows(pieces: Iterable[bytes], values: CellValues, sheet: SheetBuilder) -> None:
    """Add the rows, merges and hidden rows of a plainly written sheet part.

    Raises:
        OddPart: the part is written another way; what was added so far is to be thrown away.
        Refusal: the part is damaged, hostile or too big.
    """
    reader = _PlainRows(values, sheet)
    for block in _blocks(pieces):
        reader.read(block)
    reader.end()


class _PlainRows:
    """Collects cells into rows."""

    def __init__(self, values: CellValues, sheet: SheetBuilder) -> None:
        self._values, self._sheet = values, sheet
        self._row = b""
        self._cells: list[Raw] = []
        self._columns: dict[bytes, int] = {}
        self._kinds: dict[bytes, tuple[CellType, Shown]] = {}
        self._unsaved = 0

    def read(self, block: bytes) -> None:
        """Take a block that begins and ends between rows."""
        found = _CELL.findall(block)
        if b"<!" in block or len(found) != block.count(b"<c ") + block.count(b"<c>"):
            raise OddPart
        if any(sign in block for sign in _ODD):
            raise OddPart
        try:
            self._take(found)
        except (ValueError, IndexError) as error:
            raise OddPart from error
        if b'hidden="1"' in block or b'hidden="true"' in block:
            self._sheet.hide(map(int, _HIDDEN.findall(block)))
        if b"<mergeCell " in block:
            self._merge(block)
        if b"<f" in block:
            self._unsaved += len(_UNSAVED.findall(block))

    def end(self) -> None:
        """Take note that the part has ended."""
        self._flush()
        if self._unsaved:
            self._sheet.notes.append(unsaved_formulas(self._unsaved))

    def _take(self, found: list[_Cell]) -> None:
        """Put cells into their rows; written out in one loop, as it runs for every cell."""
        kinds, columns, strings = self._kinds, self._columns, self._values.strings
        shared, cells = CellType.SHARED, self._cells
        for letters, row, attributes, stored, inline in found:
            if not stored and not inline:
                continue
            if row != self._row:
                cells = self._next_row(row)
            index = columns.get(letters)
            if index is None:
                index = columns[letters] = column_index(letters.decode())
            kind = kinds.get(attributes) or self._kind(attributes)
            value = strings[int(stored)] if kind[0] is shared else self._value(kind, stored, inline)
            gap = index - len(cells)
            if gap < 0:
                cells[index] = value
            else:
                cells.extend([None] * gap)
                cells.append(value)

    def _value(self, kind: tuple[CellType, Shown], stored: bytes, inline: bytes) -> Raw:
        if kind[0] is CellType.NUMBER:
            return self._values.number(stored.decode(), kind[1])
        return self._values.value(*kind, unescape((stored or inline).decode()))

    def _next_row(self, row: bytes) -> list[Raw]:
        self._flush()
        self._row = row
        return self._cells

    def _flush(self) -> None:
        if self._cells:
            self._sheet.add_row(int(self._row), self._cells)
            self._cells = []

    def _kind(self, attributes: bytes) -> tuple[CellType, Shown]:
        found = dict(_ATTRIBUTE.findall(attributes))
        style = found.get(b"s", b"").decode()
        kind = CellType(found.get(b"t", b"n").decode()), self._values.shown(style)
        if len(self._kinds) < _ATTRIBUTES_KEPT:
            self._kinds[attributes] = kind
        return kind

    def _merge(self, block: bytes) -> None:
        found = _MERGE.findall(block)
        if len(found) != block.count(b"<mergeCell "):
            raise OddPart
        for left, top, right, bottom in found:
            self._sheet.merge(
                int(top), column_index(left.decode()), int(bottom), column_index(right.decode())
            )


def unsaved_formulas(count: int) -> str:
    """The note on formulas whose result the sending program did not save."""
    return (
        f"有 {count} 个公式单元格没有保存计算结果，按空白处理；"
        "请用 WPS 或 Excel 打开并保存后再导入。"
    )


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks of whole rows: the head and the first rows, more rows, and what stands behind."""
    rest = b""
    first = True
    for piece in pieces:
        rest += piece
        if first:
            if b"<sheetData" not in rest and len(rest) < _HEAD:
                continue
            _check_head(rest)
            first = False
        cut = rest.rfind(b"<row")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _BLOCK:
            raise OddPart
    if first:
        _check_head(rest)
    if b"</worksheet>" not in rest:
        raise OddPart
    yield rest


def _check_head(head: bytes) -> None:
    if not plain_head(head, b"<worksheet"):
        raise OddPart
