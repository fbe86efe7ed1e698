"""What the tab of counties reads and writes: a city's office sees its counties together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.errors import OfficeError
from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training.listing import ledger_years
from models.uploads.building import Built, build, file_name
from models.uploads.catalogue import form_named
from models.uploads.counties import (
    CountyFile,
    CountyTable,
    county_rows,
    county_table,
    read_county,
    take_counties,
)
from models.uploads.form_list import forms
from models.uploads.rows import Wish

FIRST = "county_summary"
_YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Counties:
    """The counties of a form and a year side by side, and what else could be asked for.

    Attributes:
        forms: name to title.
        years: the years offered.
        table: the comparison.
        file_name: what a workbook for the level above is called.
    """

    forms: dict[str, str]
    years: tuple[int, ...]
    table: CountyTable
    file_name: str


@dataclass(frozen=True, slots=True)
class CountyFiles:
    """Workbooks as they were read, and those that could not be, with the reason."""

    files: tuple[CountyFile, ...]
    unread: tuple[tuple[str, str], ...]


def counties(office: Office, _progress: Progress, name: str, year: int) -> Counties:
    """The counties side by side; the summary of this year where nothing is asked for."""
    known = {one.name: one.form.title for one in forms(office) if one.form}
    this = office.store.clock.today().year
    chosen = name if name in known else FIRST if FIRST in known else next(iter(known))
    recent = range(this, this - _YEARS_BACK, -1)
    years = tuple(sorted({*recent, *ledger_years(office), year or this}, reverse=True))
    form = form_named(office, chosen)
    asked = year or this
    table = county_table(office, form, asked)
    return Counties(known, years, table, file_name(office, form, Wish(asked)))


def read_files(office: Office, progress: Progress, paths: Sequence[Path], year: int) -> CountyFiles:
    """Read counties' workbooks; the year counts where a workbook says none."""
    found: list[CountyFile] = []
    unread: list[tuple[str, str]] = []
    for place, path in enumerate(paths):
        progress.step(place, len(paths), path.name)
        try:
            one = read_county(office, path, progress=progress)
            if one.trouble and not one.year:
                one = read_county(office, path, year=year, progress=progress)
            found.append(one)
        except OfficeError as error:
            unread.append((path.name, error.sentence))
    return CountyFiles(tuple(found), tuple(unread))


def take_files(office: Office, _progress: Progress, files: Sequence[CountyFile]) -> Operation:
    """Keep the workbooks' rows."""
    return take_counties(office, files)


def build_above(office: Office, progress: Progress, name: str, year: int, out: Path) -> Built:
    """Write the workbook for the level above from what the counties handed in."""
    form = form_named(office, name)
    return build(office, form, Wish(year), out, progress, county_rows(office, form, year))
