"""One converter per kind of field: from a filled raw cell to its clean value.

Each raises ``UnreadableError`` with a sentence that continues after the field's title, or returns
``Doubtful`` where the value is good enough to keep but a person should look at it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from models.entities import coded
from models.entities.cells import Raw
from models.entities.context import Context
from models.entities.describe import Column, Kind
from models.entities.written import Doubtful, as_text, number_as_text, or_date, or_number
from models.text import dates, id_numbers, names, numbers, phones
from models.text.coordinates import read_degrees
from models.text.numbers import plain
from models.text.numerals import to_digits
from models.text.periods import read_period
from models.text.tidy import tidy
from models.text.unreadable import UnreadableError
from models.text.width import identifier, to_half, without_blanks

CELL_LIMIT = 32_767
"""Characters in a cell of a workbook; more could not be given back in one."""
TEXT_LIMIT = 2000  # characters; longer texts are kept, and the person is told
NAME_LIMIT = 40
_HUNDREDTH = -2

_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "1"})
_NO = frozenset(
    {"否", "无", "非", "没有", "不是", "×", "✗", "✘", "☐", "x", "n", "no", "false", "0"}
)
_YEAR = re.compile(r"(\d{4})(?:学年|年度|年)?(?:度)?")


_Amount = TypeVar("_Amount", int, Decimal)
Converter = Callable[[Raw, Column, Context], Any]


def text(raw: Raw, _column: Column, _context: Context) -> str | Doubtful | None:
    """The words, whole up to the most that a spreadsheet's cell can hold."""
    words = tidy(as_text(raw))
    if len(words) > CELL_LIMIT:
        told = f"有 {len(words)} 个字，只收下一格所能容纳的前 {CELL_LIMIT} 个，请核对"
        return Doubtful(words[:CELL_LIMIT], "text.cut", told)
    if len(words) > TEXT_LIMIT:
        return Doubtful(words, "text.long", f"有 {len(words)} 个字，已照原样收下，请核对")
    return words or None


def name(raw: Raw, _column: Column, _context: Context) -> str | Doubtful | None:
    """A person's name as the register has it."""
    if not isinstance(raw, str):
        raise UnreadableError("name.unreadable", "不是姓名，请核对")
    cleaned = names.clean_name(raw)
    if names.has_private_characters(cleaned):
        return Doubtful(cleaned, "name.private", "里有别的电脑看不到的造字，请换成正式的字")
    odd = names.odd_characters(cleaned)
    if cleaned and len(odd) == len(set(cleaned)):
        raise UnreadableError("name.unreadable", "不是姓名，请核对")
    if odd:
        return Doubtful(cleaned, "name.odd", f"里有姓名中少见的“{odd}”，请核对")
    if len(cleaned) > NAME_LIMIT:
        return Doubtful(cleaned, "name.long", f"有 {len(cleaned)} 个字，请核对")
    return cleaned or None


def id_number(raw: Raw, _column: Column, context: Context) -> str | Doubtful:
    """18 characters of GB 11643-1999; 15 old digits are converted, to be looked at."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        if abs(raw) >= 1e15:
            raise UnreadableError(
                "id_number.as_number",
                "身份证号被 Excel 转成数字，后几位已丢失，请把该列设为文本后重新填写",
            )
        written = number_as_text(raw)
    else:
        written = as_text(raw)
    number = id_numbers.read_id_number(written, context.today)
    if len(id_numbers.tidy_id_number(written)) == id_numbers.OLD_LENGTH:
        return Doubtful(number, "id_number.old", "身份证号是 15 位旧号，已按规则换成 18 位，请核对")
    if not id_numbers.has_known_province(number):
        return Doubtful(number, "id_number.province", "身份证号前两位不是省级代码，请核对")
    return number


def phone(raw: Raw, _column: Column, _context: Context) -> str:
    """A telephone number, or several joined by 、."""
    return phones.read_phone(or_number(raw))


def number_text(raw: Raw, _column: Column, _context: Context) -> str | None:
    """An identifier such as HD000046: half width, capital letters, no blanks."""
    value = or_number(raw)
    if not isinstance(value, str):
        return numbers.digits_of(value)
    written = identifier(value).upper()
    if re.fullmatch(r"\d\.\d+E\+?\d+", written):
        raise UnreadableError("number.damaged", "变成了科学计数，请把该列设为文本后重新填写")
    return written or None


def flag(raw: Raw, _column: Column, _context: Context) -> bool:
    """Yes or no."""
    if isinstance(raw, bool):
        return raw
    word = without_blanks(to_half(as_text(raw))).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnreadableError("flag.unreadable", "看不出是与否，请填“是”或“否”")


def full_date(raw: Raw, _column: Column, _context: Context) -> str:
    """A whole day, as YYYY-MM-DD."""
    found = partial_date(raw)
    if not found.century_known:
        raise UnreadableError("date.century", "的年份只有两位，请写四位")
    if found.month is None:
        raise UnreadableError("date.partial", "只写到年，请补上月和日")
    if found.day is None:
        raise UnreadableError("date.partial", "只写到月，请补上日")
    return found.text


def month(raw: Raw, _column: Column, _context: Context) -> str:
    """A month, as YYYY-MM; a day given with it is dropped."""
    found = partial_date(raw)
    if not found.century_known:
        raise UnreadableError("date.century", "的年份只有两位，请写四位")
    if found.month is None:
        raise UnreadableError("date.partial", "只写到年，请写到月")
    return found.month_text


def partial_date(raw: Raw) -> dates.PartialDate:
    """The date of a filled cell, as far as it says one."""
    return dates.read_date(or_date(raw))


def year(raw: Raw, column: Column, _context: Context) -> int:
    """A year of four digits within the column's bounds."""
    value = or_date(raw)
    if isinstance(value, date):
        return _bounded(value.year, column)
    if not isinstance(value, str):
        value = number_as_text(value)
    found = _YEAR.fullmatch(to_digits(identifier(value)).removesuffix(".0"))
    if found is None:
        raise UnreadableError("year.unreadable", "看不出是哪一年，请写四位年份，如 2025")
    return _bounded(int(found[1]), column)


def integer(raw: Raw, column: Column, _context: Context) -> int:
    """A whole number within the column's bounds, its unit dropped."""
    amount = numbers.read_decimal(or_number(raw))
    if amount != int(amount):
        raise UnreadableError("number.not_whole", "应为整数，请核对")
    return _bounded(int(amount), column)


def decimal(raw: Raw, column: Column, _context: Context) -> Decimal:
    """An exact amount of at most two places within the column's bounds, its unit dropped."""
    amount = numbers.read_decimal(or_number(raw)).normalize()
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _HUNDREDTH:
        raise UnreadableError("number.too_fine", "小数超过两位，请核对")
    return _bounded(numbers.whole_or_fraction(amount), column)


def coordinate(raw: Raw, column: Column, _context: Context) -> str:
    """Geographical degrees as decimal text of at most six places; degrees and minutes too."""
    degrees = read_degrees(or_number(raw))
    _bounded(degrees, column)
    return plain(degrees)


def _bounded(value: _Amount, column: Column) -> _Amount:
    if column.low is not None and value < column.low:
        raise UnreadableError("number.too_small", f"小于 {column.low}，请核对")
    if column.high is not None and value > column.high:
        raise UnreadableError("number.too_large", f"大于 {column.high}，请核对")
    return value


def institution(raw: Raw, _column: Column, _context: Context) -> str | None:
    """The name of an institution without blanks; which one it is decides the register."""
    return names.without_blanks_beside_han(tidy(as_text(raw))) or None


def period(raw: Raw, _column: Column, _context: Context) -> tuple[str, str]:
    """First and last day, as YYYY-MM-DD."""
    start, end = read_period(or_date(raw))
    if not (start.is_full and end.is_full):
        raise UnreadableError("period.partial", "只写到月，请补上日")
    return start.text, end.text


CONVERTERS: dict[Kind, Converter] = {
    Kind.TEXT: text,
    Kind.NAME: name,
    Kind.ID_NUMBER: id_number,
    Kind.PHONE: phone,
    Kind.NUMBER_TEXT: number_text,
    Kind.CODE: coded.one,
    Kind.CODES: coded.several,
    Kind.FLAG: flag,
    Kind.DATE: full_date,
    Kind.MONTH: month,
    Kind.YEAR: year,
    Kind.INTEGER: integer,
    Kind.DECIMAL: decimal,
    Kind.INSTITUTION: institution,
    Kind.COORDINATE: coordinate,
    Kind.PERIOD: period,
}
