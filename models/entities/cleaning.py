"""Raw cells become the clean values of an entity, with every problem told at once.

The outcome of a row follows from its problems: any REFUSE refuses it, any WARN takes it and tells.
A doubtful value is left out rather than kept damaged or guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from models.entities.cells import Raw
from models.entities.context import Context
from models.entities.converters import CONVERTERS
from models.entities.describe import Column, Entity, Kind, columns
from models.entities.problems import CellError, Problem, Severity
from models.entities.written import Doubtful, as_text, is_blank, means_nothing, spreadsheet_error
from models.text.unreadable import UnreadableError

__all__ = [
    "ABSENT",
    "Cleaned",
    "Context",
    "Outcome",
    "clean_cell",
    "clean_field",
    "clean_row",
    "tell",
]

Value: TypeAlias = Any
"""A clean value: text, int, bool, ``Decimal`` or None, as the kind of the field says."""

ABSENT: Value = object()
"""The value of a cell that says nothing the office may keep."""

_REPEATED = 30  # characters of a cell that a message may repeat
_KEPT = 200  # characters of a cell that a problem may hold
_REMEMBERED = 80  # longer texts hardly come twice
_NO_MEMORY = frozenset({Kind.TEXT, Kind.NAME, Kind.ID_NUMBER, Kind.PHONE, Kind.NUMBER_TEXT})
_WORDS = frozenset({Kind.TEXT, Kind.FLAG, Kind.CODE, Kind.CODES})
_START, _END = "start_date", "end_date"


class Outcome(NamedTuple):
    """What came of one cell: its value (or ``ABSENT``) and what to tell about it."""

    value: Value
    problem: Problem | None = None


_NOTHING = Outcome(None)
_Memory = dict[str | float, Outcome]
_Plan = dict[str, tuple[Column, _Memory | None]]


@dataclass
class Cleaned:
    """What came of one row.

    Attributes:
        values: field name to clean value; a blank cell is None, a cell that could not be taken
            is missing. Codes stand as codes, dates as ISO text, amounts as ``Decimal``.
        problems: all that is to be told, in the order of the cells.
    """

    values: dict[str, Value] = field(default_factory=dict[str, Value])
    problems: list[Problem] = field(default_factory=list[Problem])

    @property
    def severity(self) -> Severity | None:
        """The worst of the problems: REFUSE, WARN, or None for a good row."""
        found = {problem.severity for problem in self.problems}
        return next((worst for worst in Severity if worst in found), None)


def clean_row(entity: type[Entity], raw: Mapping[str, Raw], context: Context) -> Cleaned:
    """The clean values of one row and every problem of it.

    ``raw`` holds the fields the table has a column for. A period fills ``start_date`` and
    ``end_date`` where these have no cell of their own; running numbers are read past.
    """
    plan = _plan(entity, context)
    cleaned = Cleaned()
    for name, cell in raw.items():
        column, memory = plan[name]
        if column.kind is Kind.SEQUENCE:
            continue
        if memory is not None and (type(cell) is str or type(cell) is float):
            value, problem = _remembered(memory, name, column, cell, context)
        else:
            value, problem = clean_field(name, column, cell, context)
        if problem is not None:
            cleaned.problems.append(problem)
        if value is not ABSENT:
            cleaned.values[name] = value
    _unfold_periods(entity, cleaned)
    return cleaned


def _plan(entity: type[Entity], context: Context) -> _Plan:
    """Each field's column, and where its cells are remembered if they repeat at all."""
    known: _Plan | None = context.memory.get(entity)
    if known is not None:
        return known
    plan: _Plan = {
        name: (column, None if column.kind in _NO_MEMORY else {})
        for name, column in columns(entity).items()
    }
    context.memory[entity] = plan
    return plan


def _remembered(
    memory: _Memory, name: str, column: Column, cell: str | float, context: Context
) -> Outcome:
    known = memory.get(cell)
    if known is not None:
        return known
    outcome = clean_field(name, column, cell, context)
    if not isinstance(cell, str) or len(cell) <= _REMEMBERED:
        memory[cell] = outcome
    return outcome


def clean_cell(column: Column, raw: Raw, context: Context) -> Value:
    """The clean value of one cell by itself; None for a blank one.

    Raises:
        CellError: where the cell cannot be taken as it is.
    """
    outcome = clean_field("", column, raw, context)
    if outcome.value is ABSENT and outcome.problem is not None:
        told = outcome.problem
        raise CellError(told.code, told.message, told.severity)
    return outcome.value


def clean_field(name: str, column: Column, raw: Raw, context: Context) -> Outcome:
    """What comes of one cell of the field ``name``: its value and what is to be told."""
    if is_blank(raw) or (column.kind not in _WORDS and means_nothing(raw)):
        return _blank(name, column)
    error = spreadsheet_error(raw)
    if error:
        told = tell(name, column, raw, "cell.error", f"是错误值 {error}，请改正后重新填写")
        return Outcome(ABSENT, told)
    try:
        value = CONVERTERS[column.kind](raw, column, context)
    except UnreadableError as unreadable:
        if means_nothing(raw):
            return _blank(name, column)
        return Outcome(ABSENT, tell(name, column, raw, unreadable.code, unreadable.message))
    if isinstance(value, Doubtful):
        told = tell(name, column, raw, value.code, value.message, Severity.WARN)
        return Outcome(value.value, told)
    return _blank(name, column) if value is None else Outcome(value)


def _blank(name: str, column: Column) -> Outcome:
    if not column.required:
        return _NOTHING
    return Outcome(ABSENT, tell(name, column, None, "cell.missing", "没有填写"))


def tell(
    name: str,
    column: Column,
    raw: Raw,
    code: str,
    message: str,
    severity: Severity | None = None,
) -> Problem:
    """The problem of one cell, its sentence beginning with the field's title.

    Without ``severity`` it refuses the row where the field is required or an ID number, and warns
    that the cell is left out where it is not. Personal values are not repeated in the sentence.
    """
    sentence = message if message.startswith(column.title) else f"{_place(column, raw)}{message}"
    if severity is None:
        must = column.required or column.kind is Kind.ID_NUMBER
        severity = Severity.REFUSE if must else Severity.WARN
        sentence += "" if must else "；这一格没有采用"
    return Problem(name, as_text(raw)[:_KEPT], severity, code, sentence)


def _place(column: Column, raw: Raw) -> str:
    written = as_text(raw).strip()
    if column.personal or not written or len(written) > _REPEATED:
        return column.title
    return f"{column.title}“{written}”"


def _unfold_periods(entity: type[Entity], cleaned: Cleaned) -> None:
    """Replace each period by the start and end it stands for."""
    for name, column in columns(entity).items():
        if column.kind is not Kind.PERIOD or name not in cleaned.values:
            continue
        period = cleaned.values.pop(name)
        if period is not None:
            cleaned.values.setdefault(_START, period[0])
            cleaned.values.setdefault(_END, period[1])
