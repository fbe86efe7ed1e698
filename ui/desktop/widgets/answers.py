"""What a person types into a small window, as days and amounts."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from models.entities.cleaning import Context, clean_cell
from models.entities.describe import Column, Kind
from models.entities.problems import CellError
from models.errors import UserError
from models.office.context import Office

_DAY = Column(title="日期", kind=Kind.DATE, required=True)


def day_of(office: Office, text: str) -> str:
    """The ISO day that was typed.

    Raises:
        UserError: it is no day.
    """
    context = Context(codes=office.codes, today=office.store.clock.today())
    try:
        return str(clean_cell(_DAY, text, context))
    except CellError as error:
        raise UserError("date", f"{error.message.rstrip('。')}。") from error


def amount_of(text: str) -> Decimal | None:
    """The amount that was typed; None for nothing.

    Raises:
        UserError: it is no number.
    """
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UserError("number", f"“{text}”不是数。", "请填数字，如 4 或 1.5。") from error


def whole_of(text: str) -> int | None:
    """The whole number that was typed; None for nothing.

    Raises:
        UserError: it is no whole number.
    """
    if not text:
        return None
    if not text.isdecimal():
        raise UserError("number", f"“{text}”不是整数。", "请填整数。")
    return int(text)


def filled(texts: dict[str, str], *asked: str) -> dict[str, str]:
    """The texts, if the fields asked for are filled in.

    Raises:
        UserError: one of them is empty.
    """
    if any(not texts[name] for name in asked):
        raise UserError("answer.missing", "没有填全。", "请补填后再确定。")
    return texts
