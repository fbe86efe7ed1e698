"""The table of shared texts of an .xlsx workbook (ECMA-376 part 1, 18.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from models.exchange.reading.limits import LONGEST_TEXT, Budget, oversized
from models.exchange.reading.xml_events import XmlReader, unescape

_PLAIN = re.compile(rb"<si>\s*<t(?: [^<>]*)?(?:/>|>([^<]*)</t>)\s*</si>")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ENCODING = re.compile(rb"encoding=[\"']([^\"']+)")
_CARRIED = 16 * LONGEST_TEXT


class OddPart(Exception):  # noqa: N818 - a way to say "read it the long way"
    """The part is not written the way most programs write it."""


def cell_text(text: str) -> str:
    """A cell's text with ``_x000D_`` and its like resolved and line ends as line feeds."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def plain_head(piece: bytes, root: bytes) -> bool:
    """Whether a part begins in UTF-8 with this root element in the default namespace."""
    found = _ENCODING.search(piece[:200])
    return (
        root in piece[:4096]
        and b"\x00" not in piece[:64]
        and (found is None or found[1].lower() in (b"utf-8", b"utf8"))
    )


def read_plain_strings(pieces: Iterable[bytes], budget: Budget) -> list[str | None]:
    """The shared texts, None for an empty one, read the short way.

    Raises:
        OddPart: some text has runs, phonetics, a prefix or another encoding.
    """
    strings: list[str | None] = []
    for block in _blocks(pieces):
        found = _PLAIN.findall(block)
        if len(found) != block.count(b"<si") or b"<!" in block:
            raise OddPart
        _keep(strings, found, budget)
    return strings


def _keep(strings: list[str | None], found: list[bytes], budget: Budget) -> None:
    for raw in found:
        try:
            text = raw.decode()
            if "&" in text or "_x" in text or "\r" in text:
                text = cell_text(unescape(text))
        except ValueError as error:
            raise OddPart from error
        budget.take_text(len(text))
        strings.append(text or None)


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks that end behind a whole text; the first one holds the head of the part."""
    carried: list[bytes] = []
    first = True
    for piece in pieces:
        if first and not plain_head(piece, b"<sst"):
            raise OddPart
        first = False
        cut = piece.rfind(b"</si>")
        if cut < 0:
            carried.append(piece)
            if sum(map(len, carried)) > _CARRIED:
                raise OddPart
            continue
        yield b"".join((*carried, piece[: cut + 5]))
        carried = [piece[cut + 5 :]]
    last = b"".join(carried)
    if b"<si" in last or (b"</sst>" not in last and b"<sst" not in last):
        raise OddPart


class _Strings:
    """Collects shared texts from XML events; phonetic readings are left out."""

    def __init__(self, budget: Budget) -> None:
        self.found: list[str | None] = []
        self._budget = budget
        self._parts: list[str] = []
        self._length = 0
        self._taking = False
        self._phonetic = False

    def start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._parts.clear()
            self._length = 0
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._taking = not self._phonetic

    def end(self, name: str) -> None:
        if name == "t":
            self._taking = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            text = cell_text("".join(self._parts))
            self._budget.take_text(len(text))
            self.found.append(text or None)

    def text(self, piece: str) -> None:
        if self._taking:
            self._length += len(piece)
            if self._length > LONGEST_TEXT:
                raise oversized()
            self._parts.append(piece)


def read_odd_strings(pieces: Iterable[bytes], budget: Budget) -> list[str | None]:
    """The shared texts, None for an empty one, read by an XML parser however they are written."""
    strings = _Strings(budget)
    XmlReader(strings.start, strings.end, strings.text).read(pieces)
    return strings.found
