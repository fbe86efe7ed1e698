"""An upload of everybody: gathered, checked, filled in, read back, kept, against filling alone."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from bench.timing import Goal, medians
from models.office.context import Office
from models.uploads.building import build
from models.uploads.catalogue import book_of, form_named
from models.uploads.drafting import draft
from models.uploads.rows import Wish

FORM = "teacher_basics"
YEAR = 2025


def upload_job(office: Office, folder: Path) -> Iterator[tuple[Goal, dict[str, float]]]:
    """The whole way against openpyxl filling the same workbook and reading it back."""
    form, fresh = form_named(office, FORM), itertools.count()
    cells = [one.cells for one in draft(office, form, Wish(YEAR)).rows]
    book = book_of(office, form)

    def fill_by_openpyxl() -> None:
        path = folder / f"peer{next(fresh)}.xlsx"
        filled = load_workbook(io.BytesIO(book))
        page = filled.worksheets[0]
        for number, row in enumerate(cells, form.begins):
            for column, cell in enumerate(row, 1):
                page.cell(number, column, cell)
        filled.save(path)
        read = load_workbook(path, read_only=True).worksheets[0].iter_rows(2, values_only=True)
        assert list(read) == cells

    found = medians(
        {
            "ours": lambda: build(office, form, Wish(YEAR), folder / f"ours{next(fresh)}.xlsx"),
            "openpyxl": fill_by_openpyxl,
        }
    )
    yield Goal("upload", "ours", "openpyxl", 0.8), found
