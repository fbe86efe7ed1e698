"""What the import wizard has done on the lanes; loaded when it is first needed."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.entities.describe import columns
from models.errors import OfficeError
from models.exchange.batches import Batch
from models.exchange.error_workbook import write_error_workbook
from models.exchange.importing import (
    KINDS,
    ImportWish,
    apply_plan,
    find_in_source,
    plan_source,
)
from models.exchange.layouts import remember_layout
from models.exchange.plans import ImportKind, ImportPlan
from models.exchange.reading.headers import header_texts, match_columns
from models.exchange.reading.source import Source, open_source
from models.exchange.reading.tables import ENTITIES, FoundTable, Layout, preview_rows
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.text.tidy import key
from reports.workbooks.template import write_template

PASTED = "粘贴的内容.csv"
HEADER_LINES = 12


@dataclass(frozen=True, slots=True)
class Checked:
    """One file as it was read and what importing it would do.

    Attributes:
        path: the file.
        source: what was read; None where it could not be.
        tables: its tables with raw cells, in the order of the plan's.
        plan: row by row what would happen; None where it could not be read.
        fixed: sheet to the layout a person pointed out.
        error: why it could not be read, "" where it could.
    """

    path: Path
    source: Source | None = None
    tables: tuple[FoundTable, ...] = ()
    plan: ImportPlan | None = None
    fixed: Mapping[str | None, Layout] | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """One file that was taken in, or why it was not."""

    path: Path
    batch: Batch | None
    message: str = ""


def check_files(office: Office, progress: Progress, paths: Sequence[Path]) -> list[Checked]:
    """Read the files and plan each; a file that cannot be read carries its sentence."""
    found: list[Checked] = []
    for place, path in enumerate(paths):
        progress.step(place, len(paths), f"读取 {path.name}")
        try:
            source = open_source(path, progress)
        except OfficeError as error:
            found.append(Checked(path, error=error.sentence))
        else:
            found.append(check_again(office, progress, Checked(path, source)))
    return sorted(found, key=_rank)


def check_again(office: Office, progress: Progress, checked: Checked) -> Checked:
    """Plan a file anew, with the layouts a person pointed out."""
    if checked.source is None:
        return checked
    wish = ImportWish(fixed=checked.fixed or {})
    found = find_in_source(office, checked.source, wish)
    tables = tuple(sorted(found.tables, key=lambda table: KINDS.index(table.kind)))
    plan = plan_source(office, checked.source, wish, progress)
    return replace(checked, tables=tables, plan=plan)


def fix_layout(
    office: Office, progress: Progress, checked: Checked, sheet: str | None, layout: Layout
) -> Checked:
    """Plan a file anew with one sheet read as the person says."""
    fixed = {**(checked.fixed or {}), sheet: layout}
    return check_again(office, progress, replace(checked, fixed=fixed))


def apply_files(office: Office, progress: Progress, files: Sequence[Checked]) -> list[Applied]:
    """Take the files in, one step each; schools first, so that later files find them."""
    done: list[Applied] = []
    for place, one in enumerate(files):
        progress.step(place, len(files), f"导入 {one.path.name}")
        plan = one.plan
        if plan is None or one.source is None:
            done.append(Applied(one.path, None, one.error))
            continue
        if any(earlier.batch for earlier in done):
            plan = plan_source(office, one.source, ImportWish(fixed=one.fixed or {}), progress)
        if not plan.writes:
            done.append(Applied(one.path, None, "没有需要写入的行。"))
            continue
        _remember(office, one)
        done.append(Applied(one.path, apply_plan(office, plan)))
    return done


def export_errors(_office: Office, _progress: Progress, checked: Checked, out: Path) -> Path:
    """Write the rows with problems in the sender's own layout."""
    if checked.source is not None and checked.plan is not None:
        write_error_workbook(checked.source, checked.plan, out)
    return out


def export_template(office: Office, progress: Progress, kind: str, out: Path) -> Path:
    """Write an empty workbook for schools to fill in."""
    names = [row.shown["name"] for row in institution_rows(office)]
    return write_template(
        out, ENTITIES[ImportKind(kind)], office.codes, progress, institutions=names, overwrite=True
    )


def save_pasted(cells: Sequence[Sequence[str]], titles: Sequence[str]) -> Path:
    """A pasted block as a file like any other; headed by ``titles`` where it has no header."""
    folder = Path(tempfile.mkdtemp(prefix="shixuntong-"))
    file = folder / PASTED
    rows = list(cells) if _has_header(cells) else [list(titles), *cells]
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return file


def lines_of(checked: Checked, sheet: str | None) -> list[tuple[int, list[str]]]:
    """The first lines of a sheet as text, for pointing at the header."""
    if checked.source is None:
        return []
    for one in checked.source.sheets:
        if one.name == sheet:
            return [
                (number, ["" if cell is None else str(cell) for cell in cells])
                for number, cells in preview_rows(one, HEADER_LINES)
            ]
    return []


def layout_of(kind: str, fields: Mapping[int, str], header_row: int) -> Layout:
    """A layout as the person matched it."""
    return Layout(ImportKind(kind), dict(fields), header_row)


def guess_layout(checked: Checked, sheet: str | None, kind: str, header_row: int) -> Layout:
    """The layout of a table whose header stands in that row, matched by its words."""
    entity = ENTITIES[ImportKind(kind)]
    found: Mapping[int, str] = {}
    for one in checked.source.sheets if checked.source else ():
        if one.name == sheet:
            found = match_columns(header_texts([one.row(header_row)]), entity).fields
    return Layout(ImportKind(kind), found, header_row)


def fields_of(kind: str) -> dict[str, str]:
    """The fields a kind of table can have: name to title."""
    return {name: column.title for name, column in columns(ENTITIES[ImportKind(kind)]).items()}


def _has_header(cells: Sequence[Sequence[str]]) -> bool:
    words = {
        key(word)
        for entity in ENTITIES.values()
        for column in columns(entity).values()
        for word in (column.title, *column.synonyms)
    }
    first = [key(cell) for cell in (cells[0] if cells else ()) if cell.strip()]
    return sum(cell in words for cell in first) >= max(1, len(first) // 2)


def _remember(office: Office, one: Checked) -> None:
    """Keep what a person pointed out, so that the next file of that layout maps itself."""
    fixed = one.fixed or {}
    for table in one.tables:
        if table.sheet in fixed:
            remember_layout(office, table.signature, Layout(table.kind, table.columns))


def _rank(one: Checked) -> int:
    return KINDS.index(one.tables[0].kind) if one.tables else len(KINDS)
