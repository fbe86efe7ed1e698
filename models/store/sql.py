"""SQL put together from fixed text and quoted names, never from values.

Values always travel as parameters. ``compose`` takes only fragments made here, so a value cannot
slip into a statement by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType

Sql = NewType("Sql", str)
"""A piece of SQL that is safe to put into a statement."""


def name(identifier: str) -> Sql:
    """The identifier, quoted."""
    return Sql('"' + identifier.replace('"', '""') + '"')


def names(identifiers: Iterable[str], *, of: str = "") -> Sql:
    """The identifiers, quoted, joined by commas, each after the alias ``of`` if given."""
    prefix = f"{of}." if of else ""
    return Sql(", ".join(prefix + name(identifier) for identifier in identifiers))


def text(value: str) -> Sql:
    """A text literal, for the places where SQLite allows no parameter (trigger bodies)."""
    return Sql("'" + value.replace("'", "''") + "'")


def number(value: int) -> Sql:
    """An integer literal."""
    return Sql(str(int(value)))


def numbers(values: Iterable[int]) -> Sql:
    """Integer literals joined by commas, for ``IN (…)``."""
    return Sql(", ".join(number(value) for value in values))


def marks(count: int) -> Sql:
    """``count`` parameter marks joined by commas."""
    return Sql(", ".join("?" * count))


def joined(parts: Iterable[Sql], *, by: str = ", ") -> Sql:
    """Fragments joined by ``by``."""
    return Sql(by.join(parts))


def compose(template: str, **parts: Sql) -> Sql:
    """The template with its ``{places}`` filled by the fragments."""
    return Sql(template.format(**parts))
