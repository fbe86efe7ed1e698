"""A TrueType font as ReportLab embeds it, with text that can be searched and copied."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument

    from reports.kit.sfnt import Face

SUPPLEMENTARY = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")
"""A line of ReportLab's ToUnicode table for a character above U+FFFF."""


class EmbeddedFont(TTFont):
    """A face ready to draw with.

    ReportLab writes the target of a character above U+FFFF as five bare hex digits; the PDF
    standard (ISO 32000-1, 9.10.3) wants UTF-16BE, and readers drop or misread what they find.
    Overriding the step that makes the tables mends it without touching ReportLab itself.
    """

    def __init__(self, name: str, face: Face) -> None:
        """Load ``face`` under the registered name ``name``.

        Raises:
            reportlab.pdfbase.ttfonts.TTFError: ReportLab cannot use the font.
            OSError: the file cannot be read.
        """
        super().__init__(  # pyright: ignore[reportUnknownMemberType] - stub lacks the file's type
            name, str(face.path), subfontIndex=face.index, asciiReadable=False, shapable=False
        )
        self._saving = Lock()

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


def load(name: str, face: Face) -> EmbeddedFont:
    """Load ``face`` and make it known to ReportLab under ``name``.

    ReportLab finds fonts by name in a table of its own; names are made from the file, so that
    two loads of one file are the same font and nothing else is replaced.
    """
    font = EmbeddedFont(name, face)
    pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType] - stub untyped
    return font
