"""What the fields of a training record say about each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from models.entities.cells import Raw
from models.entities.cleaning import Cleaned, Context, clean_row, tell
from models.entities.describe import columns
from models.entities.problems import Severity
from models.training.ledger import HOURS_A_DAY, days_between
from models.training.records import TrainingRecord

_COLUMNS = columns(TrainingRecord)


def clean_record(raw: Mapping[str, Raw], context: Context, cycle: tuple[int, int]) -> Cleaned:
    """The clean values of a training record and every problem of it.

    A year outside ``cycle`` (first and last year) is taken and told, for it does not count there.
    A year that has not come gives way to the year of the dates, or refuses the row where there are
    none. An end before its start is left out.
    """
    cleaned = clean_row(TrainingRecord, raw, context)
    _check_dates(raw, cleaned, context)
    _check_hours(raw, cleaned)
    if "year" in raw:
        _check_year(raw["year"], cleaned, context, cycle)
    order = {name: place for place, name in enumerate(_COLUMNS)}
    cleaned.problems.sort(key=lambda problem: order.get(problem.field or "", len(order)))
    return cleaned


def _check_year(raw: Raw, cleaned: Cleaned, context: Context, cycle: tuple[int, int]) -> None:
    year = cleaned.values.get("year")
    beyond = any(p.field == "year" and p.code == "number.too_large" for p in cleaned.problems)
    if beyond or (year is not None and year > context.today.year):
        _replace_future_year(raw, cleaned)
        return
    if year is None or cycle[0] <= year <= cycle[1]:
        return
    side = "早于" if year < cycle[0] else "晚于"
    sentence = f"{side}本周期（{cycle[0]}—{cycle[1]}），已收下，不计入本周期"
    cleaned.problems.append(
        tell("year", _COLUMNS["year"], raw, "year.outside_cycle", sentence, Severity.WARN)
    )


def _replace_future_year(raw: Raw, cleaned: Cleaned) -> None:
    """The year of the dates for one that has not come; without dates the row is refused."""
    cleaned.values.pop("year", None)
    cleaned.problems = [told for told in cleaned.problems if told.field != "year"]
    day = cleaned.values.get("start_date") or cleaned.values.get("end_date")
    column = _COLUMNS["year"]
    if day is None:
        told = tell("year", column, raw, "year.future", "还没有到，请核对")
    else:
        cleaned.values["year"] = int(day[:4])
        sentence = f"还没有到，已按培训日期记为 {day[:4]} 年，请核对"
        told = tell("year", column, raw, "year.future", sentence, Severity.WARN)
    cleaned.problems.append(told)


def _check_dates(raw: Mapping[str, Raw], cleaned: Cleaned, context: Context) -> None:
    for name in ("start_date", "end_date"):
        day: str | None = cleaned.values.get(name)
        if day is not None and date.fromisoformat(day).year > context.today.year:
            _leave_out(raw, cleaned, name, "date.future", "还没有到，请核对")
    start, end = cleaned.values.get("start_date"), cleaned.values.get("end_date")
    if start is not None and end is not None and end < start:
        _leave_out(raw, cleaned, "end_date", "date.end_before_start", "早于开始日期，请核对")


def _check_hours(raw: Mapping[str, Raw], cleaned: Cleaned) -> None:
    """More hours than its days have refuse the row."""
    hours: Decimal | None = cleaned.values.get("hours")
    days = days_between(cleaned.values.get("start_date"), cleaned.values.get("end_date"))
    if hours is not None and days is not None and hours > days * HOURS_A_DAY:
        del cleaned.values["hours"]
        sentence = f"太多，起止日期只有 {days} 天，请核对"
        told = tell("hours", _COLUMNS["hours"], raw.get("hours"), "hours.absurd", sentence)
        cleaned.problems.append(told)


def _leave_out(
    raw: Mapping[str, Raw], cleaned: Cleaned, name: str, code: str, message: str
) -> None:
    """Drop a date, telling of the cell it came from: its own or the period's."""
    del cleaned.values[name]
    cell = name if name in raw else "period"
    cleaned.problems.append(tell(cell, _COLUMNS[cell], raw.get(cell), code, message))
