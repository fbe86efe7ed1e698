"""Fonts for tests of papers, and what readers get out of a PDF."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import closing
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pypdf
import pypdfium2
import pytest

import resources
from models.progress import Progress
from reports.inputs.certificate_forms import shipped_texts
from reports.kit.fonts import Fonts
from reports.kit.forms import Form, parse_form

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
POINTS = 72 / 25.4


@cache
def own_fonts() -> Fonts:
    """The program's own fonts, and no others: papers look the same on every computer."""
    folder = resources.path("fonts")
    if not any(folder.glob("*.ttf")):
        pytest.skip("no fonts in resources/fonts: run python3 dev.py setup")
    return Fonts(folder, system=False)


class Stopping(Progress):
    """Asks to stop after so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def report(self, done: int, total: int | None, label: str) -> None:
        self.left -= 1

    def cancelled(self) -> bool:
        return self.left < 0


def pypdf_text(pdf: Path) -> list[str]:
    """The text of each page as pypdf reads it, without ideographic blanks."""
    return [page.extract_text().replace("\u3000", "") for page in pypdf.PdfReader(pdf).pages]


def save_png(pdf: Path, page: int, out: Path, dpi: float) -> None:
    """Write a page (counted from 0) as a PNG file."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        document[page].render(scale=dpi / 72).to_pil().save(out)


def pdfium_text(pdf: Path) -> list[str]:
    """The text of each page as PDFium (Chrome, the preview) reads it."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [page.get_textpage().get_text_range() for page in document]


def poppler_text(pdf: Path) -> list[str]:
    """The text of each page as poppler (Evince, Okular) reads it."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not on this computer")
    done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


READERS = [pypdf_text, pdfium_text, poppler_text]


class Box(NamedTuple):
    """Where a text stands, in millimetres from the upper left corner of its page."""

    left: float
    top: float
    right: float
    bottom: float


def place_of(pdf: Path, text: str, page: int = 0) -> Box:
    """The ink box of the first occurrence of ``text``, as PDFium measures it."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        height = document[page].get_height()
        letters = document[page].get_textpage()
        start = letters.get_text_range().index(text)
        boxes = [letters.get_charbox(start + at) for at in range(len(text))]
    return Box(
        min(box[0] for box in boxes) / POINTS,
        (height - max(box[3] for box in boxes)) / POINTS,
        max(box[2] for box in boxes) / POINTS,
        (height - min(box[1] for box in boxes)) / POINTS,
    )


def font_descriptors(pdf: Path) -> list[dict]:
    """The descriptors of all fonts a file names; None for a font without one."""
    reader = pypdf.PdfReader(pdf)
    found = {}
    for page in reader.pages:
        for name, font in page["/Resources"]["/Font"].items():
            found[name] = font.get_object().get("/FontDescriptor")
    return list(found.values())


def shipped_form(name: str) -> Form:
    """A form as the program carries it."""
    return parse_form(shipped_texts()[name], name)


def squeezed(pdf: Path) -> str:
    """All the text of a file without blanks and line ends."""
    return "".join("".join(pypdf_text(pdf)).split())


def bookmarks(pdf: Path) -> list[str]:
    """The titles of a file's bookmarks, in order."""
    return [entry.title for entry in pypdf.PdfReader(pdf).outline]


def check_print(pdf: Path, edge: float = 8) -> int:
    """See that fonts are embedded and no page is empty or runs into its edges; gives the pages."""
    assert all("/FontFile2" in one.get_object() for one in font_descriptors(pdf))
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        for page in document:
            picture = page.render(scale=40 / 72, grayscale=True).to_pil()
            inset = round(edge / 25.4 * 40)
            inner = (inset, inset, picture.width - inset, picture.height - inset)
            assert picture.crop(inner).getextrema()[0] < 200
            picture.paste(255, inner)
            assert picture.getextrema()[0] > 250
        return len(document)
