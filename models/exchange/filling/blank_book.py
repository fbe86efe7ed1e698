"""An empty workbook with a header and lists, for a form whose authority sends none."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's properties bear no time zone
_INLINE = 255
_LISTED_ROWS = 20_000
_FONT = {"font_name": "宋体", "font_size": 11}
_HEAD = {"bold": True, "bg_color": "#E3EBF6", "border": 1, "text_wrap": True, "align": "center"}


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """A column of the empty workbook.

    Attributes:
        index: its index from 0.
        title: its header.
        width: in full-width characters.
        number_format: of its cells: ``@`` for text.
        choices: what may be chosen; () for anything.
        required: whether its header is marked.
    """

    index: int
    title: str
    width: float
    number_format: str = "@"
    choices: tuple[str, ...] = ()
    required: bool = False


def blank_book(sheet: str, header_row: int, columns: Sequence[BlankColumn]) -> bytes:
    """The bytes of an empty workbook; the same columns always give the same bytes."""
    out = io.BytesIO()
    book: Any = Workbook(out, {"in_memory": True, "default_format_properties": {**_FONT}})
    book.set_properties({"created": MADE, "title": sheet})
    page: Any = book.add_worksheet(sheet[:31])
    for one in columns:
        head = book.add_format(
            {**_FONT, **_HEAD, **({"font_color": "#C00000"} if one.required else {})}
        )
        body = book.add_format({**_FONT, "num_format": one.number_format, "border": 1})
        page.set_column(one.index, one.index, one.width * 2 + 1.5)
        page.write_string(header_row - 1, one.index, one.title, head)
        page.write_blank(header_row, one.index, None, body)
        if one.choices and len(",".join(one.choices)) <= _INLINE:
            page.data_validation(
                header_row, one.index, header_row + _LISTED_ROWS, one.index,
                {"validate": "list", "source": list(one.choices), "error_type": "warning"},
            )  # fmt: skip
    page.freeze_panes(header_row, 0)
    book.close()
    return out.getvalue()
