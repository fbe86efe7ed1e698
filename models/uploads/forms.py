"""A form of the level above as data: its sheet, its columns, and what of ours goes into each.

The forms the program ships lie in ``resources/uploads``; an office makes its own from an empty
workbook (``own_forms``). Nothing in code knows a form by its name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from models.exchange.reading.sheets import column_index, column_letter


class Subject(StrEnum):
    """What one row of a form is about."""

    RECORD = "record"  # a training record of the ledger
    TEACHER = "teacher"
    INSTITUTION = "institution"
    GROUP = "group"  # the figures of a year for one group of teachers, by ``group_by``
    COUNTY = "county"  # the figures of a year for the whole office, or rows handed in by it


class CellKind(StrEnum):
    """What a column of a form takes."""

    TEXT = "text"
    ID = "id"  # text that looks like a number
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"


class Written(StrEnum):
    """How a code of ours is written."""

    CODE = "code"  # their code
    NAME = "name"  # their name for it
    PAIR = "pair"  # both: 10-国家级


class Fraction(StrEnum):
    """What to do with an amount that a whole-number column cannot hold; never silently."""

    ASK = "ask"  # name it as a problem until a person has decided
    COLLECT = "collect"  # gather one person's fractions until they make a whole, keep the rest
    EMPTY = "empty"  # leave the cell empty and say so
    NEAREST = "nearest"  # to the nearest whole, halves up, each one named


FRACTION_NAMES = {
    Fraction.ASK: "逐条列出，先不报",
    Fraction.COLLECT: "按人累积，够一个整数再报，余数记着",
    Fraction.EMPTY: "这一栏不报（如只报学时）",
    Fraction.NEAREST: "四舍五入，逐条列明",
}


class FormColumn(BaseModel):
    """A column of the authority's sheet.

    Attributes:
        key: a stable name.
        title: its header, as it stands in their workbook.
        at: its letter; "" for the place in the list.
        fact: what of ours goes in (``facts.fact_named``); "" for nothing of ours.
        constant: what goes in where ``fact`` is "" or knows nothing.
        kind: what it takes; a whole number is never made by rounding unless ``fraction`` says how.
        required, longest, low, high: as they check it.
        choices: their code to their name, if only these are taken.
        translate: our code to their code, where it is not the table's external code.
        written: how a code is written.
        several: whether several values of ours (任教学科) are joined by 、 or only the first goes.
        yes, no: how they write a flag.
        date_format: ``%Y-%m-%d`` and the like.
        fraction: what to do where rounding would lose something.
        width: in full-width characters, for a workbook we make ourselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str
    at: Annotated[str, Field(pattern="^[A-Z]{0,3}$")] = ""
    fact: str = ""
    constant: str = ""
    kind: CellKind = CellKind.TEXT
    required: bool = False
    longest: Annotated[int, Field(gt=0)] | None = None
    low: int | None = None
    high: int | None = None
    choices: dict[str, str] = {}
    translate: dict[str, str] = {}
    written: Written = Written.NAME
    several: bool = True
    yes: str = "是"
    no: str = "否"
    date_format: str = "%Y-%m-%d"
    fraction: Fraction = Fraction.ASK
    width: float = 8


class ReturnColumns(BaseModel):
    """How the receiver's result workbook says what became of a row.

    Attributes:
        reasons, states, numbers: titles of the columns with reasons, marks, numbers given there.
        accepted, refused: words of a mark.
        only_errors: whether rows that are not in the workbook were accepted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    reasons: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    only_errors: bool = False


class Form(BaseModel):
    """A form.

    Attributes:
        name: its stable name, by which commands and what was sent refer to it.
        title: what the office calls it.
        receiver: who takes it, such as 全国教师管理信息系统; numbers given there belong to it.
        level: province, city, county …: whose duty it is to send it.
        subject: what a row is about.
        group_by: for groups: stage, district, school, location, level.
        sheet: the sheet's name.
        header_row: the row with the titles.
        first_row: the first row of data.
        last_row: the last one where something follows below; 0 for none.
        limit: how many rows the receiver takes in one file; 0 for any number.
        file_name: the rule: ``{office} {region} {year} {title} {school} {part} {date}``.
        key: keys of the columns that together tell a row from all others.
        only, never: a fact's name to the codes (or their names) a row must have, or may not have.
        due: month and day by which it is due in the year after, such as ``03-31``; "" for none.
        note: where it comes from and what to check, for the person.
        columns: in their order.
        returns: how the result reads; empty parts take ``resources/upload_returns.toml``.
        book: the authority's empty workbook: the identity it is kept by; "" where there is none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern="^[A-Za-z0-9_\\-]{1,60}$")]
    title: Annotated[str, Field(min_length=1)]
    receiver: str = ""
    level: str = ""
    subject: Subject = Subject.RECORD
    group_by: str = "stage"
    sheet: Annotated[str, Field(min_length=1)]
    header_row: Annotated[int, Field(gt=0)] = 1
    first_row: int = 0
    last_row: int = 0
    limit: Annotated[int, Field(ge=0)] = 0
    file_name: str = "{office}-{year}年-{title}{part}"
    key: tuple[str, ...] = ()
    only: dict[str, tuple[str, ...]] = {}
    never: dict[str, tuple[str, ...]] = {}
    due: Annotated[str, Field(pattern=r"^(\d\d-\d\d)?$")] = ""
    note: str = ""
    columns: Annotated[tuple[FormColumn, ...], Field(min_length=1)]
    returns: ReturnColumns = ReturnColumns()
    book: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Hold the parts against each other; the sentences are for the person."""
        keys = [one.key for one in self.columns]
        if twice := {one for one in keys if keys.count(one) > 1}:
            raise ValueError(f"栏目 {'、'.join(sorted(twice))} 写了两次")
        if unknown := set(self.key) - set(keys):
            raise ValueError(f"key 里的 {'、'.join(sorted(unknown))} 不是栏目")
        places = [self.place(one.key) for one in self.columns]
        if len(set(places)) < len(places):
            raise ValueError("有两栏写在同一列（at）")
        if self.first_row and self.first_row <= self.header_row:
            raise ValueError("first_row 应在 header_row 之下")
        if self.last_row and self.last_row < self.begins:
            raise ValueError("last_row 应不小于 first_row")
        return self

    @property
    def begins(self) -> int:
        """The first row of data."""
        return self.first_row or self.header_row + 1

    @property
    def room(self) -> int:
        """How many rows go into one file; 0 for any number."""
        within = self.last_row - self.begins + 1 if self.last_row else 0
        return min(filter(None, (within, self.limit)), default=0)

    def place(self, key: str) -> int:
        """The index from 0 of a column on the sheet."""
        for number, one in enumerate(self.columns):
            if one.key == key:
                return column_index(one.at) if one.at else number
        raise KeyError(key)

    def column(self, key: str) -> FormColumn:
        """The column of that key."""
        return next(one for one in self.columns if one.key == key)

    def letter(self, key: str) -> str:
        """The letter of a column."""
        return column_letter(self.place(key))
