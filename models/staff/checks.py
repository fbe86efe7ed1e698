"""What the fields of a teacher or an institution say about each other.

The ID number is the best witness of sex and birth: it fills what is missing and wins where another
column contradicts it, and the person is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from models.entities.cells import Raw
from models.entities.cleaning import ABSENT, Cleaned, Context, clean_field, clean_row, tell
from models.entities.describe import Kind, columns
from models.entities.problems import Severity
from models.entities.written import is_blank, means_nothing, or_date, spreadsheet_error
from models.staff.institution_records import Institution
from models.staff.records import Teacher
from models.text import id_numbers
from models.text.dates import AmbiguousDateError, PartialDate, read_date
from models.text.unreadable import UnreadableError

RESIDENT_CARD = "1"  # 居民身份证 in the table id_type
RESIDENCE_PERMIT = "6"  # 港澳台居民居住证 bears a number of the same form
YOUNGEST_WORKER = 14  # years; below it a start of work is a slip of the pen
OLDEST_WORKER = 65
USUAL_AGES = range(15, 91)

_TEACHER = columns(Teacher)
_ALONE = ("id_number", "birth_date", "work_start")


def clean_teacher(raw: Mapping[str, Raw], context: Context) -> Cleaned:
    """The clean values of a teacher's row and every problem of it.

    Sex and birth follow from a valid ID number: silently where they are missing or only less
    exact, with a warning where they differ. Other documents are taken as they are.
    """
    plain = {name: cell for name, cell in raw.items() if name not in _ALONE}
    cleaned = clean_row(Teacher, plain, context)
    if "id_number" in raw:
        _take_document(raw["id_number"], cleaned, context)
    number = _resident_number(cleaned)
    if number is not None:
        _check_sex(number, raw.get("sex"), cleaned)
        _check_age(number, cleaned, context)
    if number is not None:
        _check_birth(number, raw.get("birth_date"), cleaned)
    elif "birth_date" in raw:
        _take_birth_alone(raw["birth_date"], cleaned)
    if "work_start" in raw:
        _check_work_start(raw["work_start"], cleaned, context)
    order = {name: place for place, name in enumerate(_TEACHER)}
    cleaned.problems.sort(key=lambda problem: order.get(problem.field or "", len(order)))
    return cleaned


def clean_institution(raw: Mapping[str, Raw], context: Context) -> Cleaned:
    """The clean values of an institution's row and every problem of it."""
    cleaned = clean_row(Institution, raw, context)
    values = cleaned.values
    if values.get("parent") is not None and values["parent"] == values.get("name"):
        column = columns(Institution)["parent"]
        told = tell("parent", column, raw["parent"], "parent.itself", "就是本校，不能作为上级")
        cleaned.problems.append(told)
        del values["parent"]
    return cleaned


def _take_document(raw: Raw, cleaned: Cleaned, context: Context) -> None:
    """The ID number, or the number of another document as it is written."""
    column = _TEACHER["id_number"]
    if not _has_resident_number(cleaned):
        column = replace(column, kind=Kind.NUMBER_TEXT)
    value, problem = clean_field("id_number", column, raw, context)
    if value is not ABSENT:
        cleaned.values["id_number"] = value
    if problem is not None:
        cleaned.problems.append(problem)


def _has_resident_number(cleaned: Cleaned) -> bool:
    return cleaned.values.get("id_type") in (None, RESIDENT_CARD, RESIDENCE_PERMIT)


def _resident_number(cleaned: Cleaned) -> str | None:
    return cleaned.values.get("id_number") if _has_resident_number(cleaned) else None


def _warn(cleaned: Cleaned, name: str, raw: Raw, code: str, message: str) -> None:
    cleaned.problems.append(tell(name, _TEACHER[name], raw, code, message, Severity.WARN))


def _check_sex(number: str, raw: Raw, cleaned: Cleaned) -> None:
    by_number = id_numbers.sex_code(number)
    given = cleaned.values.get("sex")
    cleaned.values["sex"] = by_number
    if given is not None and given != by_number:
        right = "男" if by_number == "1" else "女"
        _warn(
            cleaned,
            "sex",
            raw,
            "sex.conflict",
            f"与身份证号不符，已按身份证号记为“{right}”，请核对",
        )


def _check_age(number: str, cleaned: Cleaned, context: Context) -> None:
    born = id_numbers.birth_date(number)
    age = _age(born, context.today)
    if age not in USUAL_AGES:
        sentence = f"身份证号里的出生年是 {born.year}，现年 {age} 岁，请核对"
        _warn(cleaned, "id_number", number, "id_number.age", sentence)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _check_birth(number: str, raw: Raw, cleaned: Cleaned) -> None:
    born = id_numbers.birth_date(number)
    cleaned.values["birth_date"] = born.isoformat()
    try:
        meant = _meant(raw)
    except UnreadableError as unreadable:
        message = f"{unreadable.message}；已按身份证号填写"
        _warn(cleaned, "birth_date", raw, unreadable.code, message)
        return
    if meant and not any(choice.agrees_with(born) for choice in meant):
        message = "与身份证号不符，已按身份证号填写，请核对"
        _warn(cleaned, "birth_date", raw, "birth_date.conflict", message)


def _meant(raw: Raw) -> tuple[PartialDate, ...]:
    """All dates the cell may mean; none for a blank cell."""
    if is_blank(raw) or means_nothing(raw):
        return ()
    error = spreadsheet_error(raw)
    if error:
        raise UnreadableError("cell.error", f"是错误值 {error}")
    try:
        return (read_date(or_date(raw)),)
    except AmbiguousDateError as ambiguous:
        return ambiguous.choices


def _take_birth_alone(raw: Raw, cleaned: Cleaned) -> None:
    """A birth date no ID number vouches for: whole, or left out.

    Where the number is to be corrected first there is nothing more to say of a missing day.
    """
    try:
        meant = _meant(raw)
    except UnreadableError as unreadable:
        _leave_out(cleaned, "birth_date", raw, unreadable.code, unreadable.message)
        return
    if not meant:
        cleaned.values["birth_date"] = None
    elif len(meant) == 1 and meant[0].is_full:
        cleaned.values["birth_date"] = meant[0].text
    elif not any(problem.field == "id_number" for problem in cleaned.problems):
        _leave_out(cleaned, "birth_date", raw, "date.partial", "不是完整的年月日，请补全")


def _leave_out(cleaned: Cleaned, name: str, raw: Raw, code: str, message: str) -> None:
    cleaned.problems.append(tell(name, _TEACHER[name], raw, code, message))


def _check_work_start(raw: Raw, cleaned: Cleaned, context: Context) -> None:
    """The month work began, if it is one in which the person could work."""
    birth: str | None = cleaned.values.get("birth_date")
    born = date.fromisoformat(birth) if birth else None
    try:
        meant = _meant(raw)
        if len(meant) == 2:
            read_date(or_date(raw))  # says why two months are possible
        start = _in_working_age(meant[0], born, context.today) if meant else None
    except UnreadableError as unreadable:
        _leave_out(cleaned, "work_start", raw, unreadable.code, unreadable.message)
        return
    cleaned.values["work_start"] = start.month_text if start else None


def _in_working_age(meant: PartialDate, born: date | None, today: date) -> PartialDate:
    """``meant`` with its century, after checking that one could begin to work then."""
    if meant.month is None:
        raise UnreadableError("date.partial", "只写到年，请写到月")
    choices = (meant,) if meant.century_known else (meant.in_century(1900), meant.in_century(2000))
    past = [
        choice for choice in choices if (choice.year, choice.month) <= (today.year, today.month)
    ]
    if not past:
        raise UnreadableError("date.future", "还没有到，请核对")
    able = [choice for choice in past if _could_work(choice, born, choices)]
    if not able:
        raise UnreadableError(
            "work_start.too_young", f"按身份证号那时不满 {YOUNGEST_WORKER} 岁，请核对"
        )
    if len(able) > 1:
        raise UnreadableError("date.century", "的年份只有两位，请写四位")
    return able[0]


def _could_work(start: PartialDate, born: date | None, choices: tuple[PartialDate, ...]) -> bool:
    if born is None:
        return True
    age = start.year - born.year - ((start.month or 1) < born.month)
    return age >= YOUNGEST_WORKER and (len(choices) == 1 or age <= OLDEST_WORKER)
