"""One row of a journalled table at a time, by its identity."""

from __future__ import annotations

from collections.abc import Mapping

from models.store.database import Store
from models.store.sql import compose, joined, marks, name, names
from models.store.standing import RowKey
from models.store.wire import Value


def present(store: Store, key: RowKey) -> dict[str, Value] | None:
    """Column to value of the row; None if it is not in its table."""
    statement = compose(
        "SELECT {columns} FROM {table} WHERE id = ?",
        columns=names(store.tracked[key[0]].columns),
        table=name(key[0]),
    )
    found = store.one(statement, (key[1],))
    return dict(found) if found else None


def is_there(store: Store, key: RowKey) -> bool:
    """Whether the row is in its table."""
    statement = compose("SELECT 1 FROM {table} WHERE id = ?", table=name(key[0]))
    return store.value(statement, (key[1],)) is not None


def insert(store: Store, key: RowKey, values: Mapping[str, Value]) -> None:
    """Insert a row."""
    statement = compose(
        "INSERT INTO {table} (id, {columns}) VALUES (?, {marks})",
        table=name(key[0]),
        columns=names(values),
        marks=marks(len(values)),
    )
    store.execute(statement, (key[1], *values.values()))


def update(store: Store, key: RowKey, values: Mapping[str, Value]) -> None:
    """Change columns of a row."""
    assignments = joined(compose("{column} = ?", column=name(column)) for column in values)
    statement = compose(
        "UPDATE {table} SET {assignments} WHERE id = ?",
        table=name(key[0]),
        assignments=assignments,
    )
    store.execute(statement, (*values.values(), key[1]))


def delete(store: Store, key: RowKey) -> None:
    """Delete a row."""
    store.execute(compose("DELETE FROM {table} WHERE id = ?", table=name(key[0])), key[1:])
