"""Letters as page operators of one document: each is looked up in its font once.

ReportLab's text objects ask the font for every letter of every text again; on pages that are
mostly text this is half the work of a batch.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from reports.kit.fonts import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.pdfbase.pdfdoc import PDFDocument

    from reports.kit.fonts import Fonts

_MARKS = b"\\()"


class _Letter(NamedTuple):
    """What the document calls a letter's font, and its place there, written in a string."""

    font: str
    code: str


_NOTHING = _Letter("", "")


class Letters:
    """The letters used in one document."""

    def __init__(self, fonts: Fonts, document: PDFDocument) -> None:
        """Begin with none."""
        self._fonts = fonts
        self._document = document
        self._known: dict[Role, dict[str, _Letter]] = {role: {} for role in Role}

    def operators(self, text: str, role: Role, size: float) -> str:
        """The operators (ISO 32000-1, 9.4) that show ``text`` where the pen stands.

        Raises:
            UserError: a character that no font has.
        """
        known = self._known[role]
        try:
            letters = [known[char] for char in text]
        except KeyError:
            self._learn(text, role)
            letters = [known[char] for char in text]
        return " ".join(
            f"{font} {size:g} Tf ({''.join([letter.code for letter in group])}) Tj"
            for font, group in groupby(letters, key=itemgetter(0))
            if font
        )

    def _learn(self, text: str, role: Role) -> None:
        known = self._known[role]
        for char, letter in self._found(text, role):
            known[char] = letter
        for char in text:
            known.setdefault(char, _NOTHING)

    def _found(self, text: str, role: Role) -> Iterator[tuple[str, _Letter]]:
        for run in self._fonts.runs(text, role):
            for char in run.text:
                ((subset, code),) = run.font.splitString(char, self._document)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - stub untyped
                name: str = run.font.getSubsetInternalName(subset, self._document)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
                yield char, _Letter(name, _written(code[0]))


def _written(code: int) -> str:
    """A byte within a string of a PDF (ISO 32000-1, 7.3.4.2)."""
    if code in _MARKS:
        return f"\\{code:c}"
    return f"{code:c}" if 32 <= code < 127 else f"\\{code:03o}"
