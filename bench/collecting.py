"""Sixty schools' templates of a hundred rows: read, recognised, checked and planned."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from bench.timing import Goal, medians
from models.collecting.answers import read_answers
from models.collecting.rounds import TemplateWish
from models.collecting.templates import write_templates
from models.office.context import Office
from models.staff.institutions import institution_names
from models.staff.queries import teacher_ids

SCHOOLS, ROWS = 60, 100


def collecting_job(office: Office, folder: Path) -> Iterator[tuple[Goal, dict[str, float]]]:
    """The whole folder against openpyxl reading the same sheets cell by cell."""
    schools, people = sorted(institution_names(office))[:SCHOOLS], teacher_ids(office)
    with office.store.operation("bench.schools", "一校一百人"):
        for place, one in enumerate(people[: SCHOOLS * ROWS]):
            school = schools[place // ROWS % len(schools)]
            office.store.execute("UPDATE teacher SET school_id = ? WHERE id = ?", (school, one))
    files = write_templates(office, TemplateWish(2025), folder / "templates").files[:SCHOOLS]

    def read_by_openpyxl() -> None:
        for one in files:
            book = load_workbook(one.path, read_only=True)
            for page in book.worksheets:
                for _ in page.iter_rows(values_only=True):
                    pass
            book.close()

    found = medians(
        {
            "ours": lambda: read_answers(office, folder / "templates"),
            "openpyxl": read_by_openpyxl,
        }
    )
    yield Goal(f"{len(files)} schools", "ours", "openpyxl", 1.5), found
