"""What the ledger brings of each requirement, for everybody at once or for some.

The sums over years are one grouped scan of the covering index ``ledger_sums``: first by teacher and
year, then by teacher. Amounts are hundredths.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.office.context import Office
from models.verdicts.questions import Question

_BY_YEAR = """SELECT e.teacher_id, e.year{sums} FROM {source}
WHERE e.year BETWEEN :first AND :last{allowed}{cut} GROUP BY e.teacher_id, e.year"""
_BY_TEACHER = "SELECT {sums}, y.teacher_id FROM ({by_year}) AS y GROUP BY y.teacher_id"
_ALL = "ledger_entry AS e INDEXED BY ledger_sums"
_SOME = "json_each(:ids) AS wanted CROSS JOIN ledger_entry AS e ON e.teacher_id = wanted.value"
_CUT = """ AND (e.year < :cut_year OR COALESCE(e.end_date, e.start_date,
    CASE WHEN e.posted_on <= :cut OR :cut LIKE '%-12-31' THEN :cut ELSE '9999' END) <= :cut)"""
_BY_TERM = """SELECT e.teacher_id, {term} AS term, SUM({amount}) FROM {source}
WHERE abs(e.year - CAST(substr(e.start_date, 1, 4) AS INTEGER)) <= 1{counts}
    AND e.start_date BETWEEN :first || '-01-01' AND :last || '-12-31'{cut}
GROUP BY e.teacher_id, term"""
_WITHIN = """SELECT json_extract(w.value, '$[0]'), SUM({amount}) FROM json_each(:windows) AS w
CROSS JOIN ledger_entry AS e ON e.teacher_id = json_extract(w.value, '$[0]')
WHERE CASE WHEN e.start_date IS NULL
    THEN e.year BETWEEN json_extract(w.value, '$[3]') AND json_extract(w.value, '$[4]')
    ELSE e.start_date >= json_extract(w.value, '$[1]')
        AND e.start_date < json_extract(w.value, '$[2]') END{cut}
GROUP BY 1"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose entries, and up to which day.

    Attributes:
        ids: some teachers only; None for everybody.
        cut: entries of trainings that ended later are left out; None for no such day.
    """

    ids: Sequence[str] | None = None
    cut: date | None = None

    @property
    def source(self) -> str:
        """Where the entries come from, in SQL."""
        return _ALL if self.ids is None else _SOME

    @property
    def cut_sql(self) -> str:
        """The condition that leaves later entries out."""
        return "" if self.cut is None else _CUT

    def given(self, years: tuple[int, int]) -> dict[str, object]:
        """The parameters of a statement over those years."""
        found: dict[str, object] = {"first": years[0], "last": years[1]}
        if self.ids is not None:
            found["ids"] = json.dumps(sorted(set(self.ids)))
        if self.cut is not None:
            found |= {"cut": self.cut.isoformat(), "cut_year": self.cut.year}
        return found


@dataclass(frozen=True, slots=True)
class Window:
    """Days that belong to one teacher: from the first until before the last."""

    teacher_id: str
    first_day: str
    end_day: str


def over_years(
    office: Office, asked: Sequence[Question], scope: Scope
) -> dict[str, tuple[Any, ...]]:
    """Teacher to what each question's amounts come to over its years; who has none is left out.

    The amounts stand in the order of the questions; the teacher comes last.

    All questions look at the same years. For one that is judged year by year the number is a mask:
    bit n is set if the amount of the n-th year reaches what is owed in full.
    """
    columns, by_year = _yearly(asked, scope)
    sums = ", ".join(
        f"SUM((y.{column} >= {one.least}) << (y.year - :first))"
        if one.by_parts
        else f"SUM(y.{column})"
        for one, column in zip(asked, columns, strict=True)
    )
    sql = _BY_TEACHER.format(sums=sums, by_year=by_year)
    rows = office.store.tuples(sql, scope.given((asked[0].first, asked[0].last)))
    return {row[-1]: row for row in rows}


def year_by_year(
    office: Office, asked: Sequence[Question], scope: Scope
) -> dict[str, dict[int, tuple[int, ...]]]:
    """Teacher to year to each question's amount in it."""
    columns, by_year = _yearly(asked, scope)
    names = ", ".join(f"y.{column}" for column in columns)
    sql = f"SELECT y.teacher_id, y.year, {names} FROM ({by_year}) AS y"  # noqa: S608
    found: dict[str, dict[int, tuple[int, ...]]] = {}
    for row in office.store.query(sql, scope.given((asked[0].first, asked[0].last))):
        found.setdefault(row[0], {})[row[1]] = tuple(row)[2:]
    return found


def term_by_term(
    office: Office, one: Question, first_months: Sequence[int], scope: Scope
) -> dict[str, dict[int, int]]:
    """Teacher to term to the question's amount; terms are numbered through the period from 0."""
    sql = _BY_TERM.format(
        term=_term(first_months),
        amount=one.amount_sql(),
        counts=_and(one.counts_sql()),
        source=scope.source if scope.ids is not None else "ledger_entry AS e",
        cut=scope.cut_sql,
    )
    found: dict[str, dict[int, int]] = {}
    for teacher_id, term, amount in office.store.query(sql, scope.given((one.first, one.last))):
        found.setdefault(teacher_id, {})[term] = amount
    return found


def within_windows(
    office: Office, one: Question, windows: Iterable[Window], scope: Scope
) -> dict[str, int]:
    """Teacher to the question's amount within the days that belong to them.

    An entry without a day is placed by its year.
    """
    told = [(each.teacher_id, each.first_day, each.end_day, *years_of(each)) for each in windows]
    sql = _WITHIN.format(amount=one.amount_sql(), cut=scope.cut_sql)
    given = {**scope.given((one.first, one.last)), "windows": json.dumps(told)}
    for unused in ("first", "last", "ids"):
        given.pop(unused, None)
    return {row[0]: row[1] for row in office.store.query(sql, given)}


def term_of(day: str, first: int, first_months: Sequence[int]) -> int:
    """The number of the term a day lies in, counted from the first of the year ``first``."""
    month = int(day[5:7])
    within = sum(1 for start in first_months if start <= month) - 1
    return (int(day[:4]) - first) * len(first_months) + within


def _yearly(asked: Sequence[Question], scope: Scope) -> tuple[list[str], str]:
    """The column of each question, and the statement by teacher and year that has them."""
    allowed = {one.allowed_sql() for one in asked}
    alike = len(allowed) == 1
    amounts = [one.amount_sql(allowed=alike) for one in asked]
    names = {amount: f"a{number}" for number, amount in enumerate(dict.fromkeys(amounts))}
    by_year = _BY_YEAR.format(
        sums="".join(f", SUM({amount}) AS {name}" for amount, name in names.items()),
        source=scope.source,
        allowed=_and(allowed.pop()) if alike else "",
        cut=scope.cut_sql,
    )
    return [names[amount] for amount in amounts], by_year


def _and(condition: str) -> str:
    return f" AND ({condition})" if condition else ""


def _term(first_months: Sequence[int]) -> str:
    starts = " + ".join(
        f"(CAST(substr(e.start_date, 6, 2) AS INTEGER) >= {month})" for month in first_months[1:]
    )
    year = f"(CAST(substr(e.start_date, 1, 4) AS INTEGER) - :first) * {len(first_months)}"
    return f"{year} + {starts or '0'}"


def years_of(window: Window) -> tuple[int, int]:
    """First and last year that the window touches; a window that ends on 1 January does not."""
    end = int(window.end_day[:4])
    return int(window.first_day[:4]), end - window.end_day.endswith("-01-01")
