"""Building an upload: checked, written into the authority's workbook, read back, kept as sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from models.entities.cells import Raw
from models.errors import UserError, WorldError
from models.exchange.filling.filling import Filling, fill_book
from models.exchange.reading.source import open_source
from models.office.context import Office
from models.progress import Progress
from models.staff.institutions import institution_names
from models.store.copying import part_of
from models.store.trouble import told
from models.text.file_names import file_name_of
from models.text.numbers import read_decimal
from models.uploads.catalogue import book_of
from models.uploads.cells import packed
from models.uploads.drafting import Draft, UploadRefusedError, draft
from models.uploads.form_text import form_text
from models.uploads.forms import Form
from models.uploads.rows import DraftRow, FactRow, Wish
from models.uploads.tables import OUTCOME, ROW, UPLOAD
from models.uploads.translating import Cell

WORKBOOK = ".xlsx"


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file of an upload: where it is, its hash, its rows, and by what it is kept."""

    path: Path
    sha256: str
    rows: int
    upload_id: str


@dataclass(frozen=True, slots=True)
class Built:
    """A finished upload: what was checked, and the files."""

    draft: Draft
    files: tuple[BuiltFile, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One file to be: its number from 1 of how many, its rows and where it goes."""

    number: int
    count: int
    rows: Sequence[DraftRow]
    path: Path
    upload_id: str


def build(
    office: Office,
    form: Form,
    wish: Wish,
    out: Path,
    progress: Progress | None = None,
    rows: Sequence[FactRow] | None = None,
) -> Built:
    """Write the upload and keep what was sent as one undoable operation.

    Every file is read back and held against what was meant before any of them takes its name; an
    existing file of that name is replaced. The same data give the same bytes.

    Args:
        office: the office.
        form: by which form.
        wish: which rows, and how fractions are settled.
        out: the file, or the folder that the files go to under the names of the form's rule.
        progress: told of the rows; may cancel.
        rows: the facts, where they are not the office's own (a city's counties).

    Raises:
        UploadRefusedError: nothing can be sent, or something cannot and ``wish.strict`` is set.
        UserError: there is nothing to send.
        WorldError: a file cannot be written, or reads back otherwise.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    steps = progress or Progress()
    made = draft(office, form, wish, steps, rows)
    if made.problems and (wish.strict or not made.rows):
        raise UploadRefusedError(made.problems)
    if not made.rows:
        raise UserError("upload.nothing", *_nothing(made))
    parts = _parts(office, made, out)
    title = f"生成上报“{form.title}” {wish.year} 年，{len(made.rows)} 条"
    # The files take their names before the operation is sealed: both happen or neither.
    with office.store.operation("uploads.build", title), ExitStack() as stack:
        files = [stack.enter_context(_written(office, made, part, steps)) for part in parts]
        for part, file in zip(parts, files, strict=True):
            _keep(office, made, part, file)
    return Built(made, tuple(files))


def file_name(office: Office, form: Form, wish: Wish, part: int = 1, parts: int = 1) -> str:
    """The name of a file by the form's rule.

    Raises:
        UserError: the rule names what there is not.
    """
    school = institution_names(office).get(wish.school_id, "")
    words = {
        "office": office.identity.name,
        "region": office.identity.region,
        "year": str(wish.year),
        "title": form.title,
        "school": school,
        "part": f"（{part}）" if parts > 1 else "",
        "date": office.store.clock.today().strftime("%Y%m%d"),
    }
    try:
        said = form.file_name.format(**words)
    except (KeyError, IndexError, ValueError) as error:
        raise UserError(
            "upload.file_name",
            f"“{form.title}”的文件名规则“{form.file_name}”看不懂。",
            f"可用：{'、'.join('{' + name + '}' for name in words)}。",
        ) from error
    return (file_name_of(said.removesuffix(WORKBOOK)) or form.name) + WORKBOOK


def filled(office: Office, form: Form, rows: Sequence[Sequence[Cell]], progress: Progress) -> bytes:
    """The form's workbook with those cells in it."""
    columns = [form.place(one.key) for one in form.columns]
    filling = Filling(form.sheet, form.begins, columns, rows, form.last_row)
    return fill_book(book_of(office, form), filling, progress)


def _nothing(made: Draft) -> tuple[str, str]:
    if made.unchanged:
        return (
            f"“{made.form.title}”没有新增或变动的内容，{made.unchanged} 条都已被接收。",
            "需要全部重报的，不要选“只报新增和变动”。",
        )
    return (
        f"“{made.form.title}” {made.wish.year} 年没有可报的内容。",
        "请核对年度、学校和范围。",
    )


def _parts(office: Office, made: Draft, out: Path) -> list[_Part]:
    """The files: as many as the receiver's limit makes, under their names."""
    rows, room = made.rows, made.form.room or len(made.rows)
    chunks = [rows[start : start + room] for start in range(0, len(rows), room)]
    folder = out.is_dir() or out.suffix.lower() != WORKBOOK
    if folder:
        with told(out):
            out.mkdir(parents=True, exist_ok=True)
    parts: list[_Part] = []
    for number, chunk in enumerate(chunks, 1):
        if folder:
            path = out / file_name(office, made.form, made.wish, number, len(chunks))
        elif len(chunks) > 1:
            path = out.with_name(f"{out.stem}-{number}{out.suffix}")
        else:
            path = out
        parts.append(_Part(number, len(chunks), chunk, path, office.store.ids.new_id()))
    return parts


@contextmanager
def _written(office: Office, made: Draft, part: _Part, progress: Progress) -> Generator[BuiltFile]:
    """Write a part beside its place and read it back; it takes its name when the block succeeds."""
    cells = [one.cells for one in part.rows]
    content = filled(office, made.form, cells, progress)
    with told(part.path), part_of(part.path) as place:
        place.write_bytes(content)
        compare(place, made.form, cells, progress)
        sha256 = hashlib.sha256(content).hexdigest()
        yield BuiltFile(part.path, sha256, len(part.rows), part.upload_id)


def compare(
    path: Path, form: Form, rows: Sequence[Sequence[Cell]], progress: Progress | None = None
) -> None:
    """Read a file back by the reader of imports and hold every cell against what was meant.

    Raises:
        WorldError: a cell is not what it should be, or rows are missing.
    """
    sheet = next(one for one in open_source(path, progress).sheets if one.name == form.sheet)
    places = [(one.key, form.place(one.key)) for one in form.columns]
    for number, cells in enumerate(rows, form.begins):
        read = sheet.row(number)
        for (key, place), cell in zip(places, cells, strict=True):
            if not _same(read[place] if place < len(read) else None, cell):
                raise WorldError(
                    "upload.changed",
                    f"上报文件写好后读回核对，{form.letter(key)}{number} 不一致，没有保存。",
                    "请重试；仍不行请检查磁盘。",
                )


def _same(raw: Raw, cell: Cell) -> bool:
    if cell is None or cell == "":
        return raw is None
    if isinstance(cell, str):
        return raw == cell
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return read_decimal(raw) == Decimal(cell)
    return False


def _keep(office: Office, made: Draft, part: _Part, file: BuiltFile) -> None:
    """Put down what was sent: the file, the form as it was, every row."""
    store, wish, form = office.store, made.wish, made.form
    scope = {"school": wish.school_id, "kinds": list(wish.kinds), "only_new": wish.only_new}
    upload = (
        part.upload_id, form.name, form.title, wish.year, json.dumps(scope, ensure_ascii=False),
        store.clock.now().isoformat(), store.person, file.path.name, file.sha256, file.rows,
        part.number, part.count, form_text(form), form.book or None,
    )  # fmt: skip
    store.insert("upload", ("id", *UPLOAD), [upload])
    store.insert("upload_row", ("id", *ROW, *OUTCOME), _rows(office, part))


def _rows(office: Office, part: _Part) -> Iterator[tuple[object, ...]]:
    for place, one in enumerate(part.rows, 1):
        yield (
            office.store.ids.new_id(), part.upload_id, place, one.fact.id, one.fact.teacher_id,
            one.fact.caption, one.key, packed(one.cells), json.dumps(dict(one.held)),
            "waiting", None, None, None,
        )  # fmt: skip
