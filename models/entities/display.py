"""How a stored value is shown to a person: names for codes, 是/否 for flags, masks for the rest."""

from __future__ import annotations

from decimal import Decimal

from models.codes.library import CodeTables
from models.entities.describe import Column, Kind
from models.text.masking import mask_id_number, mask_phone

HUNDREDTHS = 100


def show(column: Column, value: object, codes: CodeTables) -> str:
    """The value in full as the office writes it; "" for none.

    Args:
        column: what the field is.
        value: as stored (codes, 0/1 flags, ISO dates, Decimal amounts).
        codes: the office's code tables.
    """
    if value is None:
        return ""
    match column.kind:
        case Kind.CODE if column.table:
            return codes[column.table].name_of(str(value))
        case Kind.CODES if column.table:
            table = codes[column.table]
            return "、".join(table.name_of(code) for code in str(value).split("、"))
        case Kind.FLAG:
            return "是" if value else "否"
        case Kind.DECIMAL if isinstance(value, Decimal):
            return plain_decimal(value)
        case _:
            return str(value)


def mask(column: Column, shown: str) -> str:
    """The shown text with what is personal in it hidden; other fields pass unchanged."""
    if not column.personal or not shown:
        return shown
    match column.kind:
        case Kind.ID_NUMBER:
            return mask_id_number(shown)
        case Kind.PHONE:
            return mask_phone(shown)
        case Kind.DATE:
            return f"{shown[:4]}-**-**"
        case _:
            return shown


def from_hundredths(amount: int | None) -> Decimal | None:
    """An amount kept as hundredths, exactly."""
    return None if amount is None else Decimal(amount) / HUNDREDTHS


def to_hundredths(amount: Decimal) -> int:
    """An amount as hundredths.

    Raises:
        ValueError: it has more than two decimal places.
    """
    scaled = amount * HUNDREDTHS
    if scaled != scaled.to_integral_value():
        raise ValueError(amount)
    return int(scaled)


def plain_decimal(amount: Decimal) -> str:
    """The amount without superfluous zeros and never with an exponent: 15, 1.5."""
    text = format(amount, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
