"""CSV files and the web tables that online platforms hand out under the name .xls."""

from __future__ import annotations

import csv
import html
import io
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser

from models.entities.cells import Raw
from models.exchange.reading.limits import (
    COLUMN,
    RECORD,
    ROW,
    SAVE_AGAIN,
    Budget,
    Refusal,
    damaged,
    oversized,
)
from models.exchange.reading.sheets import Sheet, SheetBuilder

_DELIMITERS = ",\t;|"
_LOOKED_AT = 64 * 1024
_PIECE = 32 * 1024
_UNCLOSED = 128 * 1024
_PATIENCE = 5.0
"""Seconds for a web table; an honest one of ten thousand rows takes a fraction of one."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030"}
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, GB18030 or UTF-16, with or without a mark at its head.

    Raises:
        Refusal: it is text in none of them.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _decoded(data, (encoding,))
    zeros = data[:_LOOKED_AT].count(0)
    if zeros:
        even = data[0:_LOOKED_AT:2].count(0)
        likely = "utf-16-be" if even * 2 > zeros else "utf-16-le"
        return _decoded(data, (likely,))
    named = _CHARSET.search(data[:4096])
    encoding = named[1].decode("ascii").lower() if named else "utf-8"
    return _decoded(data, (_CHINESE.get(encoding, encoding), "utf-8", "gb18030"))


def read_csv(data: bytes, budget: Budget) -> Sheet:
    """The one table of a CSV file; the row number is the number of the record.

    Raises:
        Refusal: it is no text, or too big.
    """
    if data.count(b"\n") > 2 * ROW:
        raise oversized()
    text = decode(data)
    if "\x00" in text:
        raise Refusal("import.not_a_workbook", "不是电子表格。", SAVE_AGAIN)
    if max(map(len, text[: 4 * RECORD].split("\n")), default=0) > RECORD:
        raise oversized("有一行长得不正常，没有读取。")
    builder = SheetBuilder(None, budget)
    quoting = csv.QUOTE_MINIMAL
    if _ends_inside_quotes(text):
        quoting = csv.QUOTE_NONE
        builder.notes.append("文件里的引号不成对，已当作普通文字逐行读取，请核对。")
    try:
        lines = io.StringIO(text, newline="")
        reader = csv.reader(lines, delimiter=_delimiter(text), quoting=quoting)
        for number, record in enumerate(reader, 1):
            if number > ROW:
                raise oversized()
            builder.add_row(number, [_cell(_unwrapped(cell), budget) for cell in record])
    except csv.Error as error:
        raise damaged("引号或分隔符不完整，无法读取。") from error
    return builder.finish()


def _ends_inside_quotes(text: str) -> bool:
    """Whether a quoted field is never closed: it would swallow all the rows after it."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _unwrapped(cell: str) -> str:
    """The text that a platform wrote as ="…" to keep a spreadsheet from making a number of it."""
    return cell[2:-1] if len(cell) > 3 and cell.startswith('="') and cell.endswith('"') else cell


def read_html(data: bytes, budget: Budget) -> Iterator[Sheet]:
    """The tables of a web page; the row number counts the rows of its table.

    Raises:
        Refusal: it is no text, or too big.
    """
    reader = _Tables(budget)
    text = decode(data)
    latest = time.monotonic() + _PATIENCE
    for start in range(0, len(text), _PIECE):
        reader.feed(text[start : start + _PIECE])
        # An unclosed tag is kept and looked at again with each piece.
        if time.monotonic() > latest or len(reader.rawdata) > _UNCLOSED:
            raise damaged("的网页格式不完整，无法读取。")
    reader.close()
    return iter(reader.finish())


class _Tables(HTMLParser):
    """Collects the rows of every outermost table of a page."""

    def __init__(self, budget: Budget) -> None:
        super().__init__(convert_charrefs=False)
        self._budget = budget
        self._builders: list[SheetBuilder] = []
        self._depth = self._number = 0
        self._row: list[Raw] | None = None
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._pending: list[tuple[int, int, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._builders.append(SheetBuilder(None, self._budget))
                self._number = 0
        elif tag == "tr" and self._depth:
            self._end_row()
            self._number += 1
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._depth:
            self._end_row()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self.handle_data(html.unescape(f"&#{name};"))

    def finish(self) -> list[Sheet]:
        """The tables found, in order."""
        self._end_row()
        return [builder.finish() for builder in self._builders]

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        down, across = self._span
        left = len(self._row)
        self._row.append(_cell("".join(self._cell).strip(), self._budget))
        self._row.extend([None] * (across - 1))
        if len(self._row) > COLUMN:
            raise oversized()
        if down > 1 or across > 1:
            self._builders[-1].merge(self._number, left, self._number + down - 1, left + across - 1)
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._builders[-1].add_row(self._number, self._row)
        self._row = None


def _cell(text: str, budget: Budget) -> str | None:
    if not text:
        return None
    budget.take_text(len(text))
    return text


def _span(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdigit() and len(text) < 5 and int(text) else 1


def _delimiter(text: str) -> str:
    """The character that parts most fields in the first lines."""
    lines = text[:_LOOKED_AT].splitlines()[:20]
    counts = {mark: sum(line.count(mark) for line in lines) for mark in _DELIMITERS}
    return max(counts, key=lambda mark: counts[mark])


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in dict.fromkeys(encodings):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise Refusal("import.not_a_workbook", "不是电子表格，也不是能识别的文字文件。", SAVE_AGAIN)
