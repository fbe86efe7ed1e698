"""What the receiver would send back, told beforehand cell by cell."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from models.text.numbers import plain
from models.uploads.forms import CellKind, FormColumn
from models.uploads.rounding import is_whole
from models.uploads.translating import Cell


def complaint(column: FormColumn, cell: Cell) -> str:
    """What is wrong with a cell and what to do, as half a sentence; "" for nothing."""
    if cell is None or cell == "":
        return f"缺“{column.title}”，这一栏必填，请补上" if column.required else ""
    if column.kind in (CellKind.INTEGER, CellKind.DECIMAL):
        return _number(column, cell)
    text = str(cell)
    if column.choices and not _taken(column, text):
        known = "、".join(f"{code} {name}" for code, name in column.choices.items())
        return f"“{column.title}”是“{text}”，只能是 {known}"
    if column.longest and len(text) > column.longest:
        return f"“{column.title}”有 {len(text)} 个字，最多 {column.longest} 个字，请改短"
    if column.kind is CellKind.DATE and not _is_date(column.date_format, text):
        return f"“{column.title}”是“{text}”，应写全年月日"
    return ""


def _taken(column: FormColumn, text: str) -> bool:
    whole = {text, *text.split("、")} if column.several and "、" in text else {text}
    whole.discard(text if len(whole) > 1 else "")
    spelt = {*column.choices, *column.choices.values()}
    spelt |= {f"{code}-{name}" for code, name in column.choices.items()}
    return whole <= spelt


def _number(column: FormColumn, cell: Cell) -> str:
    if not isinstance(cell, int | Decimal):
        return f"“{column.title}”是“{cell}”，应为数字"
    amount = Decimal(cell)
    if column.kind is CellKind.INTEGER and not is_whole(amount):
        return f"“{column.title}”是 {plain(amount)}，上报表只收整数，请选定取整办法"
    if column.low is not None and amount < column.low:
        return f"“{column.title}”是 {plain(amount)}，不能小于 {column.low}"
    if column.high is not None and amount > column.high:
        return f"“{column.title}”是 {plain(amount)}，不能大于 {column.high}"
    return ""


@lru_cache(maxsize=4096)
def _is_date(date_format: str, text: str) -> bool:
    try:
        datetime.strptime(text, date_format)  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return False
    return True
