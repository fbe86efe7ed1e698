"""A TrueType font as ReportLab embeds it, with text that can be searched and copied."""

from __future__ import annotations

import re
import zlib
from threading import Lock
from typing import TYPE_CHECKING, Any, cast

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BytesIO

    from reportlab.pdfbase.pdfdoc import PDFDocument

    from reports.kit.sfnt import Face

_loading = Lock()

SUPPLEMENTARY = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")
"""A line of ReportLab's ToUnicode table for a character above U+FFFF."""


class EmbeddedFont(TTFont):
    """A face ready to draw with.

    ReportLab writes the target of a character above U+FFFF as five bare hex digits; the PDF
    standard (ISO 32000-1, 9.10.3) wants UTF-16BE, and readers drop or misread what they find.
    Overriding the step that makes the tables mends it without touching ReportLab itself.
    """

    def __init__(self, name: str, source: str | BytesIO, index: int = 0) -> None:
        """Load a font under the registered name ``name``.

        Args:
            name: by which ReportLab finds it.
            source: the path of its file, or what such a file holds.
            index: its place in a collection.

        Raises:
            reportlab.pdfbase.ttfonts.TTFError: ReportLab cannot use the font.
            OSError: the file cannot be read.
        """
        super().__init__(  # pyright: ignore[reportUnknownMemberType] - stub lacks the file's type
            name, source, subfontIndex=index, asciiReadable=False, shapable=False
        )
        self._saving = Lock()

    def register(self) -> None:
        """Make the font known to ReportLab under its name.

        Left to itself ReportLab gives all fonts with one PostScript name the first of them: an
        older version of the typeface, or characters drawn differently.
        """
        self._dynamicFont = 0  # what it looks at before it does so
        pdfmetrics.registerFont(self)  # pyright: ignore[reportUnknownMemberType] - stub untyped
        self._dynamicFont = 1

    def covers(self, char: str) -> bool:
        """Whether the font has a glyph for the character."""
        return self.face.charToGlyph.get(ord(char), 0) != 0

    def advance(self, char: str) -> float:
        """How far the character moves the pen, in thousandths of the size."""
        return self.face.charWidths.get(ord(char), self.face.defaultWidth)

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Write the subsets into ``doc``; one document at a time, for they share a read place."""
        with self._saving:
            known = set(doc.idToObject)
            super().addObjects(doc)  # pyright: ignore[reportUnknownMemberType] - stub untyped
            for key in doc.idToObject.keys() - known:
                if key.startswith("toUnicodeCMap:"):
                    table: Any = doc.idToObject[key]
                    table.content = as_utf16(table.content)


def as_utf16(table: str) -> str:
    """A ToUnicode table whose targets above U+FFFF are written as surrogate pairs.

    >>> as_utf16("<21> <20BB7>")
    '<21> <D842DFB7>'
    """

    def pair(match: re.Match[str]) -> str:
        units = chr(int(match[2], 16)).encode("utf-16-be").hex().upper()
        return f"<{match[1]}> <{units}>"

    return SUPPLEMENTARY.sub(pair, table)


def load(face: Face) -> EmbeddedFont:
    """The face ready to draw with.

    Raises:
        reportlab.pdfbase.ttfonts.TTFError: ReportLab cannot use the font.
        OSError: the file cannot be read.
    """
    stat = face.path.stat()
    place = f"{face.path}#{face.index}#{stat.st_size}#{stat.st_mtime_ns}"
    name = f"{face.postscript}-{zlib.crc32(place.encode()):08x}"
    return load_once(name, lambda: str(face.path), face.index)


def load_once(name: str, source: Callable[[], str | BytesIO], index: int = 0) -> EmbeddedFont:
    """The font ReportLab knows under ``name``; loaded from ``source`` when it is first asked for.

    ReportLab finds fonts by name in a table of its own, also in the middle of a document. A name
    therefore keeps its font: one loaded anew would know nothing of what was drawn with the first.
    """
    with _loading:
        if name not in pdfmetrics.getRegisteredFontNames():
            EmbeddedFont(name, source(), index).register()
        return cast("EmbeddedFont", pdfmetrics.getFont(name))
