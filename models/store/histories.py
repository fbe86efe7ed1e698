"""Taking rows out for another copy, each with the whole of its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.store.database import Store

RowKey = tuple[str, str]
"""A table and a row's identity."""


def arrivals(store: Store) -> int:
    """How many versions ever arrived or were made here; a place for ``rows_since``.

    Local and falls back with a restored backup: never to be compared with another copy's.
    """
    raise NotImplementedError


def rows_since(store: Store, arrival: int) -> Iterator[RowKey]:
    """Every row that got a version after that many arrivals, by table and identity.

    Deleted rows and rows that are held are among them. ``scanning.scan`` comes first: a change
    made outside this program has no version before it.
    """
    raise NotImplementedError


def histories(store: Store, rows: Iterable[RowKey]) -> Iterator[str]:
    """The rows with all their versions as lines (see ``wire``), without line ends.

    Rows the journal does not know are passed over. Reads lazily: the rows of one call must be
    taken out within one reading transaction (``store.db.atomic()``) if the file may change.
    """
    raise NotImplementedError


def digest(store: Store, rows: Iterable[RowKey]) -> str:
    """64 hexadecimal digits that are equal in two copies that know the same of these rows.

    It speaks of the newest versions, not of what is shown; the order of the rows is no matter.
    """
    raise NotImplementedError
