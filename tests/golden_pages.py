"""``python -m tests.golden_pages``: write down anew what stands where on the shipped forms.

Only after the pages were looked at: the tests hold them to what is written here.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from ctypes import create_string_buffer
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

import resources
from reports.kit.copies import Printing
from tests.form_copies import full_copy, printed
from tests.papers import POINTS, shipped_form

FOLDER = Path(__file__).with_name("golden") / "forms"
LINES = (1, 2, 5)
KINDS = {raw.FPDF_PAGEOBJ_TEXT: "text", raw.FPDF_PAGEOBJ_IMAGE: "picture"}
EXACT = 2


def samples(folder, names):
    """Each form filled in; name to file."""
    pages = {}
    for name in names:
        form = shipped_form(name)
        lines = [line for line in LINES if form.rows and line <= form.rows.count]
        copy = full_copy(form, lines=lines)
        pages[name] = printed(form, [copy], folder / f"{name}.pdf", Printing()).path
    return pages


def parts_of_page(pdf):
    """Texts and pictures of the first page: kind, words, x, y, width, height; drawn order.

    Lengths in millimetres from the upper left corner. Of lines and frames only their number and
    the rectangle around each tenth are told.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        page = document[0]
        letters = page.get_textpage()
        high = page.get_height()
        found = []
        paths = 0
        for part in page.get_objects():
            kind = KINDS.get(part.type)
            if part.type == raw.FPDF_PAGEOBJ_PATH:
                paths += 1
                kind = "path" if paths % 10 == 1 else None
            if kind is None:
                continue
            left, bottom, right, top = part.get_bounds()
            box = [left, high - top, right - left, top - bottom]
            words = words_of(part, letters) if kind == "text" else ""
            found.append([kind, words, *(round(edge / POINTS, EXACT) for edge in box)])
        return [*found, ["paths", "", paths, 0, 0, 0]]


def words_of(part, letters):
    """The words of a text object."""
    size = raw.FPDFTextObj_GetText(part, letters, None, 0)
    buffer = create_string_buffer(size)
    room = raw.FPDF_WCHAR.from_buffer(buffer)
    raw.FPDFTextObj_GetText(part, letters, room, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def main():
    """Write all pages down."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = [file.stem for file in resources.path("certificates").glob("*.toml")]
    with tempfile.TemporaryDirectory() as folder:
        pages = samples(Path(folder), [name for name in names if name != "kinds"])
        for name, pdf in pages.items():
            lines = [json.dumps(part, ensure_ascii=False) for part in parts_of_page(pdf)]
            text = "[\n" + ",\n".join(lines) + "\n]\n"
            (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
