"""Opening what a school sends: any of its formats, and every hostile file ends in a sentence."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from models.errors import OfficeError, UserError, WorldError
from models.exchange.reading.calamine_sheets import AnyMarks, read_sheets
from models.exchange.reading.formats import HEAD, Format, tell_archive, tell_format
from models.exchange.reading.limits import (
    ARCHIVE_FILE,
    TEXT_FILE,
    WEB_FILE,
    Budget,
    Refusal,
    oversized,
)
from models.exchange.reading.ods_marks import read_ods_marks
from models.exchange.reading.parcels import Parcel
from models.exchange.reading.sheets import Sheet
from models.exchange.reading.text_tables import read_csv, read_html
from models.exchange.reading.xlsx_marks import read_marks
from models.progress import Progress

_IN_USE = {errno.EACCES, errno.EPERM, errno.EBUSY, 32, 33}
"""32 and 33: Windows' sharing and lock violations."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read.

    Attributes:
        path: where it lies.
        sha256: of its bytes.
        format: what it really is.
        sheets: its sheets, hidden ones too.
    """

    path: Path
    sha256: str
    format: Format
    sheets: tuple[Sheet, ...]


def open_source(path: Path, progress: Progress | None = None) -> Source:
    """Read a workbook, CSV file or web table whole, within bounds of memory and time.

    Raises:
        UserError: it is no workbook, damaged, encrypted, hostile, or too big.
        WorldError: it is missing, in use by another program, or without permission.
        CancelledByUser: the person cancelled.
    """
    try:
        return _read(path, progress or Progress())
    except Refusal as refusal:
        raise UserError(refusal.code, f"“{path.name}”{refusal.reason}", refusal.hint) from refusal
    except MemoryError as error:
        raise UserError(
            "import.too_big", f"“{path.name}”太大，内存不够。", "请拆成几个文件后再导入。"
        ) from error
    except OSError as error:
        raise _world(path, error) from error


def _read(path: Path, progress: Progress) -> Source:
    if path.is_dir():
        raise Refusal("import.folder", "是文件夹，不是文件。", "请选择其中的表格文件。")
    size = path.stat().st_size
    if size > ARCHIVE_FILE:
        raise oversized()
    with path.open("rb") as handle:
        head = handle.read(HEAD)
        form = tell_format(head) if head else tell_format(b"")
        handle.seek(0)
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        budget = Budget()
        marks: Mapping[str, AnyMarks] = {}
        if form is None:
            parcel = Parcel(handle, budget)
            form = tell_archive(parcel)
            if form is Format.XLSX:
                marks = read_marks(parcel, budget)
            elif form is Format.ODS:
                marks = read_ods_marks(parcel)
        elif size > (WEB_FILE if form is Format.HTML else TEXT_FILE):
            raise oversized()
    if form in (Format.CSV, Format.HTML):
        data = path.read_bytes()
        sheets = (read_csv(data, budget),) if form is Format.CSV else read_html(data, budget)
    else:
        sheets = read_sheets(path, marks, budget, progress)
    return Source(path, digest, form, tuple(sheets))


def _world(path: Path, error: OSError) -> OfficeError:
    if isinstance(error, FileNotFoundError):
        return WorldError("import.no_file", f"没有找到文件 {path}。", "请核对文件名和位置。")
    if error.errno in _IN_USE or getattr(error, "winerror", None) in _IN_USE:
        return WorldError(
            "import.file_in_use",
            f"“{path.name}”打不开，可能正被别的程序占用或没有权限。",
            "请先在 WPS 或 Excel 中关闭这个文件。",
        )
    return WorldError(
        "import.unreadable_medium",
        f"读取“{path.name}”时出错：{error.strerror or '介质错误'}。",
        "如果在U盘上，请重新插好，或先拷贝到本机再导入。",
    )
