"""The workbook for the level above: its fields as data, checked before, compared after."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from python_calamine import CalamineWorkbook

from models.errors import UserError, WorldError
from reports.kit.saving import fresh_file
from reports.workbooks.book import ColumnKind, SheetColumn
from reports.workbooks.table import TableSheet, Written, write_table
from resources import path as resource

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from models.progress import Progress
    from reports.workbooks.streaming import Value

LAYOUT = "uploads/national_training.toml"
SHOWN = 5  # problems told in the message of a refusal; all are in ``problems``

UploadRow = dict[str, "Value"]
"""One record by the keys of the layout; codes as codes, dates as ISO text."""


class UploadColumn(BaseModel):
    """A column of the workbook.

    Attributes:
        key: the name of its value.
        title: its header.
        kind: what it holds; a whole number is never made by rounding.
        required: whether it may not be empty.
        width: in full-width characters.
        longest: how many characters a text may have.
        low, high: inclusive bounds of a number.
        choices: code to name, if only these codes are taken.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    width: float = 8
    longest: Annotated[int, Field(gt=0)] | None = None
    low: int | None = None
    high: int | None = None
    choices: dict[str, str] = {}


class UploadLayout(BaseModel):
    """What the level above wants: the title, the sheet's name, the columns in their order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    sheet: str
    columns: tuple[UploadColumn, ...]


@dataclass(frozen=True, slots=True)
class UploadProblem:
    """Why a record cannot be sent as it is.

    Attributes:
        row: place of the record in the list, from 1.
        who: the person's name.
        column: title of the column.
        value: what stands there.
        message: one sentence: what is wrong and what to do.
    """

    row: int
    who: str
    column: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Upload:
    """The records to send up, by whom, and the moment that stands in the file."""

    rows: Sequence[Mapping[str, Value]]
    author: str
    made_at: datetime
    layout: UploadLayout


class UploadRefusedError(UserError):
    """Records that the level above would not take; nothing was written.

    Attributes:
        problems: all of them.
    """

    def __init__(self, problems: Sequence[UploadProblem]) -> None:
        """List the first problems in the message."""
        told = "；".join(f"第 {one.row} 条（{one.who}）{one.message}" for one in problems[:SHOWN])
        more = f" 等 {len(problems)} 处" if len(problems) > SHOWN else ""
        super().__init__(
            "upload.refused",
            f"有 {len(problems)} 处不合上报要求，没有生成上报文件：{told}{more}。",
            "请逐条改正后重新生成；学时、学分的小数如何取整，请先问清上级再改。",
        )
        self.problems = tuple(problems)


def read_layout(path: Path | None = None) -> UploadLayout:
    """A layout from its TOML file, by default the program's own.

    Raises:
        UserError: the file is not a layout.
    """
    path = path or resource(LAYOUT)
    try:
        return UploadLayout.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
        raise UserError(
            "upload.layout",
            f"上报格式文件“{path.name}”有误：{error}。",
            "请改正后重试，或恢复原来的文件。",
        ) from error


def problems(upload: Upload) -> list[UploadProblem]:
    """Everything the level above would send back, in the order of the records."""
    return [
        UploadProblem(number, str(row.get("name") or ""), column.title, _text(value), message)
        for number, row in enumerate(upload.rows, start=1)
        for column in upload.layout.columns
        for value in [row.get(column.key)]
        for message in [_complaint(column, value)]
        if message
    ]


def write_upload(
    path: Path, upload: Upload, progress: Progress, *, overwrite: bool = False
) -> Written:
    """Write the records as the level above wants them, and read them back before it counts.

    Raises:
        UploadRefusedError: records that would be sent back; nothing is written.
        UserError: the file is already there.
        WorldError: the file cannot be written, or what was read back is not what was written.
        CancelledByUser: the person asked to stop; nothing is left behind.
    """
    found = problems(upload)
    if found:
        raise UploadRefusedError(found)
    layout = upload.layout
    rows = [tuple(_cell(column, row) for column in layout.columns) for row in upload.rows]
    columns = tuple(SheetColumn(one.title, one.width, one.kind) for one in layout.columns)
    sheet = TableSheet(layout.sheet, columns, rows, upload.author, upload.made_at, len(rows))
    with fresh_file(path, overwrite=overwrite) as draft:
        written = write_table(draft, sheet, progress, overwrite=True)
        _compare(draft, [one.title for one in layout.columns], rows)
    return Written(path, written.rows)


def _complaint(column: UploadColumn, value: Value) -> str:
    """What is wrong with a value, "" if nothing."""
    if value is None or value == "":
        return f"缺“{column.title}”，这一栏必填" if column.required else ""
    if column.kind in (ColumnKind.INTEGER, ColumnKind.DECIMAL):
        return _number_complaint(column, value)
    text = _text(value)
    if column.choices and text not in column.choices:
        known = "、".join(f"{code} {name}" for code, name in column.choices.items())
        return f"“{column.title}”是“{text}”，只能是 {known}"
    if column.longest and len(text) > column.longest:
        return f"“{column.title}”有 {len(text)} 个字，最多 {column.longest} 个字"
    if column.kind is ColumnKind.DATE and not _is_date(text):
        return f"“{column.title}”是“{text}”，应写成 2026-07-01"
    return ""


def _number_complaint(column: UploadColumn, value: Value) -> str:
    if not isinstance(value, int | Decimal):
        return f"“{column.title}”是“{value}”，应为数字"
    if column.kind is ColumnKind.INTEGER and value != int(value):
        return f"“{column.title}”是 {_text(value)}，上报表只收整数"
    if column.low is not None and value < column.low:
        return f"“{column.title}”是 {_text(value)}，不能小于 {column.low}"
    if column.high is not None and value > column.high:
        return f"“{column.title}”是 {_text(value)}，不能大于 {column.high}"
    return ""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _text(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _cell(column: UploadColumn, row: Mapping[str, Value]) -> Value:
    """The value as the column writes it: whole numbers without a fraction, all else as text."""
    value = row.get(column.key)
    if value is None or value == "":
        return None
    if column.kind is ColumnKind.INTEGER and isinstance(value, int | Decimal):
        return int(value)
    return value if column.kind is ColumnKind.DECIMAL else _text(value)


def _compare(draft: Path, titles: list[str], rows: list[tuple[Value, ...]]) -> None:
    """Read the file back by another library and hold every cell against what was meant."""
    with draft.open("rb") as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0)
        read = sheet.to_python(skip_empty_area=False)
    meant = [titles, *([_as_read(value) for value in row] for row in rows)]
    for number, (got, wanted) in enumerate(zip(read, meant, strict=False), start=1):
        if got != wanted:
            raise _changed(f"第 {number} 行")
    if len(read) != len(meant):
        raise _changed(f"行数（应为 {len(meant)}，读回 {len(read)}）")


def _as_read(value: Value) -> object:
    """A value as the reader gives it: numbers as floats, empty cells as empty text."""
    if value is None:
        return ""
    return value if isinstance(value, str) else float(value)


def _changed(what: str) -> WorldError:
    return WorldError(
        "upload.changed",
        f"上报文件写好后读回核对，{what}不一致，没有保存。",
        "请重试；仍不行请检查磁盘。",
    )
