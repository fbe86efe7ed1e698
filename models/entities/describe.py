"""The one description of an entity: its fields with title, kind, code table and synonyms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict


class Kind(StrEnum):
    """What sort of value a field holds; each kind has one cleaner in ``cleaning``."""

    TEXT = "text"
    NAME = "name"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    NUMBER_TEXT = "number_text"  # an identifier that only looks like a number: 教师编号
    CODE = "code"
    CODES = "codes"  # several values of one code table, joined by 、
    FLAG = "flag"
    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    INTEGER = "integer"
    DECIMAL = "decimal"
    INSTITUTION = "institution"  # the name of an institution of the office
    COORDINATE = "coordinate"  # geographical degrees, as decimal text
    PERIOD = "period"  # start and end in one cell; fills ``start_date`` and ``end_date``
    SEQUENCE = "sequence"  # the running number of a list; read past


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What the office says of one field.

    Attributes:
        title: the Chinese title, used in forms, tables, templates and messages.
        kind: how a raw cell becomes a value.
        table: name of the code table, for CODE and CODES.
        synonyms: other header words that mean this field (spaces and width do not matter).
        unit: the merge unit (named column group of one row) the field is journalled and
            exchanged with; "" for a field that is not stored in the row.
        required: whether a row without it is refused.
        personal: whether it is masked by default on screens, papers and workbooks.
        width: usual width in full-width characters.
        note: how to fill it in, for templates and the form's hint.
        example: a value for the template's example row.
        listed: whether lists show it unless the person chooses otherwise.
        templated: whether templates and exports have a column for it.
        low, high: inclusive bounds of INTEGER, DECIMAL, YEAR and COORDINATE.
    """

    title: str
    kind: Kind = Kind.TEXT
    table: str | None = None
    synonyms: tuple[str, ...] = ()
    unit: str = "row"
    required: bool = False
    personal: bool = False
    width: int = 8
    note: str = ""
    example: str = ""
    listed: bool = False
    templated: bool = True
    low: int | None = None
    high: int | None = None


class Entity(BaseModel):
    """Base of the office's entities: frozen pydantic models whose fields carry a ``Column``.

    A field that is annotated without a ``Column`` is bookkeeping (id, foreign key) and appears in
    no form, list, template or import.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


@cache
def columns(entity: type[Entity]) -> dict[str, Column]:
    """The described fields of ``entity`` in their order: field name to ``Column``."""
    return {
        name: column
        for name, info in entity.model_fields.items()
        for column in info.metadata
        if isinstance(column, Column)
    }


def titles(entity: type[Entity]) -> dict[str, str]:
    """Field name to Chinese title."""
    return {name: column.title for name, column in columns(entity).items()}


def units(entity: type[Entity]) -> dict[str, tuple[str, ...]]:
    """The merge units of the entity's row: unit name to the fields that belong to it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, column in columns(entity).items():
        if column.unit:
            found[column.unit] = (*found.get(column.unit, ()), name)
    return found
