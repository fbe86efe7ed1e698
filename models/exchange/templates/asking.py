"""What a template asks for, column by column: choices, hints, notes, from the entity alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from models.codes.library import CodeTables
from models.entities.describe import Column, Entity, Kind, columns

NOTES_SHEET = "填写说明"
NOTE_TITLES = ("栏目", "是否必填", "怎样填", "选项", "示例")
NOTE_WIDTHS = (16, 10, 40, 52, 24)
LINE_HEIGHT = 15  # points
MANY = 12  # choices listed in full in the notes
AS_NUMBER = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.YEAR})

HOW = {
    Kind.DATE: "写成 2024-09-01",
    Kind.MONTH: "写到月，如 2008-08",
    Kind.YEAR: "四位数字，如 2026",
    Kind.FLAG: "填“是”或“否”",
    Kind.CODE: "从下拉选项中选择",
    Kind.CODES: "几项之间用“、”隔开",
    Kind.COORDINATE: "写成度，如 126.745312",
    Kind.INTEGER: "填整数，不带单位",
    Kind.DECIMAL: "填数字，可以有小数，不带单位",
    Kind.PHONE: "几个号码之间用“、”隔开",
}
"""How to fill in a column whose description has no note of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of a template: the field, what the entity says of it, what may be chosen."""

    field: str
    column: Column
    choices: tuple[str, ...]

    @property
    def hint(self) -> str:
        """What the cell tells when it is entered."""
        return self.column.note or HOW.get(self.column.kind, "")

    @property
    def picks_one(self) -> bool:
        """Whether a drop-down serves: it can put one value into a cell, not several."""
        return bool(self.choices) and self.column.kind is not Kind.CODES

    @property
    def note(self) -> tuple[str, ...]:
        """Its line in the notes, under ``NOTE_TITLES``."""
        shown = "、".join(self.choices[:MANY])
        if len(self.choices) > MANY:
            shown += f" 等 {len(self.choices)} 项，见下拉选项" if self.picks_one else " 等"
        needed = "必填" if self.column.required else ""
        return (self.column.title, needed, self.hint, shown, self.column.example)


def asked_of(
    entity: type[Entity], codes: CodeTables, institutions: tuple[str, ...] = ()
) -> list[Asked]:
    """The columns of an entity's template.

    Args:
        entity: what its rows are.
        codes: for the choices.
        institutions: names offered where a row belongs to an institution.
    """
    return [
        Asked(name, column, _choices(name, column, codes, institutions))
        for name, column in columns(entity).items()
        if column.templated
    ]


def version_of(entity: type[Entity]) -> str:
    """A short word that changes when the columns of the entity's template do."""
    words = [f"{one.title}/{one.kind}/{one.required}" for one in columns(entity).values()]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:12]


def note_height(words: Sequence[str]) -> int:
    """How high a line of the notes has to be, in points."""
    return LINE_HEIGHT * max(map(_lines, words, NOTE_WIDTHS)) + 4


def _lines(text: str, width: int) -> int:
    """About how many lines the text takes in a column of ``width`` Latin letters."""
    units = sum(1 if char.isascii() else 2 for char in text)
    return max(1, -(-units // (width - 2)))


def _choices(
    field: str, column: Column, codes: CodeTables, institutions: tuple[str, ...]
) -> tuple[str, ...]:
    if column.kind is Kind.FLAG:
        return ("是", "否")
    if column.kind is Kind.INSTITUTION and field != "name":
        return institutions
    return tuple(codes[column.table].names()) if column.table else ()
