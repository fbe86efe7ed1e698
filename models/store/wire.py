"""What two copies tell each other of a row: its versions, and who made them, one JSON line each.

A line is an array whose first element says what it is: ``"o"`` an operation, ``"l"`` the columns
of a form of values, ``"r"`` a row with all its versions. Operations and forms come before the
first row that speaks of them and bear numbers that count within one set of lines only. Lines can
be put into any envelope; any set of whole row lines merges correctly, whatever else was lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Value = str | int | None
"""What a cell of a journalled table holds."""


@dataclass(frozen=True, slots=True)
class Author:
    """An operation as other copies know it.

    Attributes:
        id: its identity, the same in every copy.
        kind, title, person, at: as in the history; ``at`` is that copy's clock, not to be trusted.
        site: the copy of the program it was done in.
        lamport: later than everything that copy had seen; decides what is shown meanwhile.
        counts: rows inserted, changed and deleted, by table, in the copy it was done in.
        detail: what the use case kept with it.
        undoes: the operation it took back, if it is an undo.
    """

    id: str
    kind: str
    title: str
    person: str
    at: str
    site: str
    lamport: int
    counts: Mapping[str, Mapping[str, int]]
    detail: Mapping[str, Any]
    undoes: str | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One version of a row as it travels.

    Attributes:
        vid: its name, the same in every copy.
        parents: the versions it replaced.
        unit: the merge unit; ``"*"`` the whole row (birth, revival), ``"#"`` the whole row of an
            append-only table, ``"-"`` a deletion.
        groups: the columns, by the arrays they stand in (one array but for ``"*"``).
        values: column to value; for ``"#"`` those of the row itself; empty for a deletion.
        stamp: the fingerprint an append-only row was sealed with, else "".
        author: the operation that wrote it.
    """

    vid: int
    parents: tuple[int, ...]
    unit: str
    groups: tuple[tuple[str, ...], ...]
    values: Mapping[str, Value]
    stamp: str
    author: Author


@dataclass(frozen=True, slots=True)
class RowHistory:
    """A row with all its versions, each after its parents.

    Attributes:
        table: the table.
        row: the row's identity.
        versions: every version, births first.
    """

    table: str
    row: str
    versions: tuple[Spoken, ...]
