"""What the journal must know of a table: its merge units and how its entries are undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Reverse = Callable[[Any, Sequence[str]], object]
"""Takes the store (which stands above this description, hence Any) and row identities."""

Guard = Callable[[Any, str, Sequence[str], int], object]
"""Takes the store, the table, row identities and the number of an operation to take back."""


COUNTY = "county"
SCHOOL = "school"


@dataclass(frozen=True)
class Tracked:
    """A journalled table.

    The table has ``id TEXT PRIMARY KEY`` (32 hexadecimal digits), is STRICT, and has neither REAL
    nor BLOB columns: JSON would round the ones and cannot hold the others.

    Attributes:
        table: the table's name.
        units: merge unit to its columns; together they name every column but ``id``, each once.
            A new column becomes a new unit, so that an older program can never wipe it.
        label: what the office calls one such row, for history and messages.
        append_only: rows are never changed or deleted once they are written.
        reverse: for an append-only table, writes the counter-entries of the given rows inside the
            running operation; without it an operation that wrote such rows cannot be undone.
        caption: the column that names a row in messages ("" takes ``name`` or ``title`` if there
            is one).
        guards: unit to what may refuse that an operation's changes of it are taken back, by a
            ``UserError``; births and deletions of rows are asked about too.
        prefer: unit to whose change is shown (``COUNTY`` or ``SCHOOL``) until a person decides
            between changes of two copies; otherwise the one that knew of more is shown.
    """

    table: str
    units: Mapping[str, tuple[str, ...]]
    label: str
    append_only: bool = False
    reverse: Reverse | None = field(default=None, compare=False)
    caption: str = ""
    guards: Mapping[str, Guard] = field(default_factory=dict[str, Guard], compare=False)
    prefer: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def columns(self) -> tuple[str, ...]:
        """Every journalled column, in the order of the units."""
        return tuple(column for columns in self.units.values() for column in columns)

    @property
    def named_by(self) -> str:
        """The column that names a row in messages, "" if there is none."""
        if self.caption:
            return self.caption
        return next((name for name in ("name", "title") if name in self.columns), "")

    def unit_of(self, column: str) -> str:
        """The unit that holds the column; "" for a column that is not journalled."""
        return next((unit for unit, columns in self.units.items() if column in columns), "")
