"""What the import page has done on the lanes; imports the workbook libraries."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from models.entities.written import as_text
from models.errors import OfficeError, UserError
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
from models.exchange.plans import ImportKind
from models.exchange.reading.formats import Format
from models.exchange.reading.headers import header_texts, match_columns, signature
from models.exchange.reading.limits import Budget
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.source import Source, open_source
from models.exchange.reading.tables import FoundTable, Layout, preview_rows
from models.exchange.reading.text_tables import read_csv
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_rows
from models.staff.questions import MoveQuestion, answer_move
from models.store.backup import backup_on_leaving
from models.store.history import history
from models.store.operations import Operation
from reports.workbooks.template import write_template
from ui.desktop.pages.imports.readings import (
    ENTITIES,
    NO_HEADER,
    Applied,
    Checked,
    CheckedFile,
    FileReading,
    SheetReading,
)

CHANGED_MEANWHILE = "import.changed_meanwhile"
_WIDEST = 60
_LONGEST = 200
_NAMED = 3


def read_files(office: Office, progress: Progress, paths: Sequence[Path]) -> list[FileReading]:
    """Read files and find their tables; one that cannot be read says why."""
    found: list[FileReading] = []
    for place, path in enumerate(paths):
        progress.step(place, len(paths), path.name)
        try:
            found.append(_reading(office, open_source(path, progress)))
        except OfficeError as error:
            found.append(FileReading(path, message=error.sentence))
    return found


def read_pasted(
    office: Office, _progress: Progress, text: str, path: Path, titles: Sequence[str]
) -> list[FileReading]:
    """Read rows that were copied in a spreadsheet.

    Args:
        office: for the layouts confirmed before.
        text: the rows, tab-separated.
        path: names them; no such file is made.
        titles: what their columns are if they have no header: the columns of the list in sight.
    """
    found = _reading(office, _pasted(text, path))
    if not found.brings and titles:
        found = _reading(office, _pasted("\t".join(titles) + "\n" + text, path))
    return [found]


def read_sheet_as(
    office: Office, source: Source, old: SheetReading, kind: ImportKind, header_row: int | None
) -> SheetReading:
    """A sheet as a person points it out.

    Args:
        office: for the layouts confirmed before.
        source: its file.
        old: how it was read so far.
        kind: what it brings.
        header_row: the number of its header row; None to look for one.
    """
    sheet = next(one for one in source.sheets if one.name == old.name)
    if header_row is None:
        wish = ImportWish((kind,), old.name)
        shown = replace(source, sheets=(replace(sheet, hidden=False),))
        tables = find_in_source(office, shown, wish).tables
        header_row = tables[0].header_rows[-1] if tables else _first_row(sheet)
    texts = header_texts([sheet.row(header_row)])
    fields = match_columns(texts, ENTITIES[kind]).fields
    return replace(old, kind=kind, header_row=header_row, columns=fields, rows=None, corrected=True)


def check_files(
    office: Office,
    progress: Progress,
    readings: Sequence[FileReading],
    *,
    again: bool,
    rehearsed: bool,
) -> Checked:
    """What importing the files would do; nothing of it is kept.

    Where there are several files each is planned as if those before it were in already: teachers
    need the schools, records need the teachers, and a person listed twice must come in once.

    Args:
        office: the office.
        progress: may cancel.
        readings: the files; they are taken by what they bring.
        again: take files anew that were imported before.
        rehearsed: take each file in before the next is planned, and take everything back at the
            end; only on the lane that writes.
    """
    ordered = sorted(readings, key=_rank)
    if not rehearsed:
        files = [_checked(office, progress, one, again=again) for one in ordered]
        return Checked(tuple(files), _stamp(office))
    files: list[CheckedFile] = []
    try:
        with office.store.operation("exchange.rehearse", "检查要导入的文件"):
            for one in ordered:
                files.append(_checked(office, progress, one, again=again))
                if files[-1].plan.writes:
                    apply_plan(office, files[-1].plan)
            _take_back()
    except _RehearsalOver:
        pass
    return Checked(tuple(files), _stamp(office))


def apply_files(office: Office, progress: Progress, checked: Checked) -> Applied:
    """Import what was checked, all files in one step, and remember the columns pointed out.

    Raises:
        UserError: the office was changed since the check.
        CancelledByUser: nothing was imported.
    """
    if _stamp(office) != checked.stamp:
        raise UserError(
            CHANGED_MEANWHILE, "检查之后数据又有改动，已经重新检查。", "请再核对一遍后导入。"
        )
    progress.step(0, None, "正在备份")
    backup_on_leaving(office.store, progress)
    writing = [one for one in checked.files if one.plan.writes]
    with office.store.operation("exchange.import", _title(writing)) as operation:
        batches: list[Batch] = []
        for place, one in enumerate(writing):
            progress.step(place, len(writing), f"写入 {one.plan.path.name}")
            _remember(office, one.reading)
            batches.append(apply_plan(office, one.plan))
        progress.step(len(writing), len(writing), "保存")
    return Applied(tuple(batches), operation)


def give_back(
    _office: Office, progress: Progress, files: Sequence[tuple[CheckedFile, Path]]
) -> tuple[int, list[Path]]:
    """Write the rows with problems of each file; how many rows, and into which workbooks."""
    count = 0
    for place, (one, out) in enumerate(files):
        progress.step(place, len(files), out.name)
        assert one.reading.source is not None  # a file that was checked was read
        count += write_error_workbook(one.reading.source, one.plan, out)
    return count, [out for _, out in files]


def make_template(office: Office, progress: Progress, kind: ImportKind, out: Path) -> Path:
    """Write an empty workbook to fill in; the person agreed to replace one of that name."""
    names = [row.shown["name"] for row in institution_rows(office)]
    return write_template(
        out, ENTITIES[kind], office.codes, progress, institutions=names, overwrite=True
    )


def answer_moves(
    office: Office, progress: Progress, questions: Sequence[MoveQuestion], *, moved: bool, on: str
) -> Operation:
    """Answer several questions the same way, as one step."""
    verb = "确认调动" if moved else "不调动"
    with office.store.operation("staff.answer", f"{verb} {_names(questions)}") as operation:
        for place, question in enumerate(questions):
            progress.step(place, len(questions), question.name)
            answer_move(office, question, moved=moved, on=on)
    return operation


class _RehearsalOver(Exception):  # noqa: N818 - takes the rehearsal back; nothing went wrong
    """Ends the rehearsal's transaction without keeping it."""


def _take_back() -> None:
    raise _RehearsalOver


def _pasted(text: str, path: Path) -> Source:
    data = text.encode()
    digest = hashlib.sha256(data).hexdigest()
    return Source(path, digest, Format.CSV, (read_csv(data, Budget()),))


def _reading(office: Office, source: Source) -> FileReading:
    found = find_in_source(office, source)
    by_sheet: dict[str | None, list[FoundTable]] = {}
    for table in found.tables:
        by_sheet.setdefault(table.sheet, []).append(table)
    sheets = [_sheet_reading(sheet, by_sheet.get(sheet.name, ())) for sheet in source.sheets]
    return FileReading(source.path, source, tuple(sheets), found.message)


def _sheet_reading(sheet: Sheet, tables: Sequence[FoundTable]) -> SheetReading:
    bare = SheetReading(sheet.name, _preview(sheet), hidden=sheet.hidden)
    if not tables:
        return bare
    merged: dict[int, str] = {}
    for table in tables:
        merged |= table.columns
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    return replace(
        bare,
        kind=tables[0].kind,
        header_row=tables[0].header_rows[-1],
        columns=dict(sorted(merged.items())),
        rows=sum(len(table.rows) for table in tables),
        notes="".join(notes),
    )


def _preview(sheet: Sheet) -> tuple[tuple[int, tuple[str, ...]], ...]:
    return tuple(
        (number, tuple(as_text(cell)[:_LONGEST] for cell in cells[:_WIDEST]))
        for number, cells in preview_rows(sheet)
    )


def _first_row(sheet: Sheet) -> int:
    return next(iter(sheet.numbers), NO_HEADER)


def _rank(reading: FileReading) -> int:
    """The place of the kind a file brings first: institutions before teachers before records."""
    return min((KINDS.index(one.kind) for one in reading.sheets if one.kind), default=len(KINDS))


def _checked(
    office: Office, progress: Progress, reading: FileReading, *, again: bool
) -> CheckedFile:
    """Plan one file the way a person wants its sheets read."""
    assert reading.source is not None  # files that were not read are not checked
    wanted = {one.name: one for one in reading.brings}
    sheets = tuple(
        replace(sheet, hidden=False) for sheet in reading.source.sheets if sheet.name in wanted
    )
    wish = ImportWish(fixed=_layouts(wanted), again=again)
    plan = plan_source(office, replace(reading.source, sheets=sheets), wish, progress)
    return CheckedFile(reading, plan)


def _layouts(wanted: Mapping[str | None, SheetReading]) -> dict[str | None, Layout]:
    return {
        name: Layout(one.kind, one.columns, one.header_row)
        for name, one in wanted.items()
        if one.corrected and one.kind is not None
    }


def _remember(office: Office, reading: FileReading) -> None:
    """The next file with such a header is read the way a person corrected this one."""
    assert reading.source is not None  # a file that was checked was read
    sheets = {sheet.name: sheet for sheet in reading.source.sheets}
    for one in reading.brings:
        if one.corrected and one.header_row != NO_HEADER and one.kind is not None:
            texts = header_texts([sheets[one.name].row(one.header_row)])
            remember_layout(office, signature(texts), Layout(one.kind, one.columns))


def _stamp(office: Office) -> str:
    latest = history(office.store, 1)
    return latest[0].id if latest else ""


def _title(writing: Sequence[CheckedFile]) -> str:
    inserted = sum(one.plan.counts.inserted for one in writing)
    updated = sum(one.plan.counts.updated for one in writing)
    what = writing[0].plan.path.name if len(writing) == 1 else f"{len(writing)} 个文件"
    return f"导入 {what}（新增 {inserted}，更新 {updated}）"


def _names(questions: Sequence[MoveQuestion]) -> str:
    first = "、".join(one.name for one in questions[:_NAMED])
    return first if len(questions) <= _NAMED else f"{first}等 {len(questions)} 人"
