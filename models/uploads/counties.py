"""As a city's office: counties' upload workbooks taken in, seen together, sent on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.uploads.forms import Form
from models.uploads.rows import FactRow


@dataclass(frozen=True, slots=True)
class CountyFile:
    """One county's workbook as it was read, before it is taken.

    Attributes:
        path, sha256: the file.
        form: by which form it was read.
        year: its training year.
        region, county: code and name of the county; "" where it cannot be told.
        rows: how many rows.
        problems: what the level above would send back, as sentences with their place.
        trouble: why it cannot be taken; "" where it can.
        replaces: the day a workbook of this county was taken before (ISO); "" for never.
    """

    path: Path
    sha256: str
    form: Form | None
    year: int
    region: str
    county: str
    rows: int
    problems: tuple[str, ...]
    trouble: str = ""
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county in the comparison.

    Attributes:
        region, county: which.
        received_on: the day its workbook was taken (ISO); "" where it has not sent one.
        rows: how many rows.
        people: how many different ID numbers; 0 where the form has none.
        sums: key of a column of numbers to its sum, or to the share reckoned anew.
    """

    region: str
    county: str
    received_on: str
    rows: int
    people: int
    sums: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class CountyTable:
    """Counties side by side.

    Attributes:
        form, year: of what.
        columns: key and title of the columns of numbers.
        lines: county by county, by code; those that have not sent one too.
        total: all together.
        before: the line of each county in the year before, by code.
    """

    form: Form
    year: int
    columns: tuple[tuple[str, str], ...]
    lines: tuple[CountyLine, ...]
    total: CountyLine
    before: dict[str, CountyLine]


def read_county(
    office: Office, path: Path, form: str = "", region: str = "", progress: Progress | None = None
) -> CountyFile:
    """What a county's workbook holds; nothing is written."""
    raise NotImplementedError


def take_counties(office: Office, files: list[CountyFile]) -> Operation:
    """Keep the workbooks' rows, each in the place of the county's earlier one; one operation."""
    raise NotImplementedError


def county_table(office: Office, form: Form, year: int) -> CountyTable:
    """Counties side by side, with totals and the year before."""
    raise NotImplementedError


def county_rows(office: Office, form: Form, year: int) -> list[FactRow]:
    """The counties' rows as facts, to be handed to ``building.build`` for the province."""
    raise NotImplementedError
