"""Rows as the clipboard carries them, so that Excel and WPS keep every digit."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Sequence

from PySide6.QtCore import QMimeData

TEXT_CELL = "mso-number-format:'\\@'"
"""Tells a spreadsheet that the cell is text: an ID number of 18 digits must not become a number."""


def as_mime(rows: Sequence[Sequence[str]]) -> QMimeData:
    """The cells as tab-separated text and as an HTML table of text cells."""
    mime = QMimeData()
    mime.setText(as_tsv(rows))
    mime.setHtml(as_html(rows))
    return mime


def as_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Tab-separated lines; quotes only where a cell holds a tab, a quote or a line break."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue().removesuffix("\n")


def as_html(rows: Sequence[Sequence[str]]) -> str:
    """An HTML table whose cells are declared as text."""
    lines = "".join(
        "<tr>"
        + "".join(f'<td style="{TEXT_CELL}">{html.escape(cell)}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    return f'<html><head><meta charset="utf-8"></head><body><table>{lines}</table></body></html>'


def from_tsv(text: str) -> list[list[str]]:
    """The cells of a block that Excel or WPS put on the clipboard; empty lines are left out.

    Line breaks and tabs inside quoted cells survive.
    """
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n"), newline=""), delimiter="\t")
    return [row for row in lines if any(cell.strip() for cell in row)]
