"""Teachers of other schools who stand in a school's file by name, because a row there names them.

They come as plain values, never with their history, and are no part of what the school sends. When
such a teacher joins the school, the stand-in goes before the person comes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.office.context import Office
from models.store.database import Store
from models.store.forgetting import forget
from models.store.operations import Operation, sealed
from models.store.rows import is_there
from models.store.sql import compose, joined, name, names, number
from models.store.wire_lines import json_line
from models.sync import post_book
from models.sync.slices import GUEST_COLUMNS, TEACHER
from models.sync.strict_json import Json

_COLUMNS = ("id", *GUEST_COLUMNS)
_READ = "SELECT {columns} FROM teacher WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
_WRITE = """INSERT INTO teacher ({columns}) VALUES ({marks})
ON CONFLICT (id) DO UPDATE SET {changes} WHERE {differs}"""


def guest_lines(store: Store, guests: Iterable[str]) -> list[Mapping[str, Json]]:
    """What is shown of these teachers."""
    wanted = json_line(list(guests))
    rows = store.query(compose(_READ, columns=names(_COLUMNS)), (wanted,))
    return [dict(row) for row in rows]


def dismiss(store: Store, coming: Iterable[str]) -> None:
    """Take away the stand-ins of teachers whose real rows are about to come."""
    gone = sorted(set(coming) & post_book.guests(store))
    forget(store, [(TEACHER, one) for one in gone])
    post_book.keep_guests(store, [], gone)


def receive_first(office: Office, told: Sequence[Mapping[str, Json]]) -> None:
    """Let the file show these teachers before the rows come that name them."""
    receive(office, told)
    store = office.store
    at = store.clock.now().isoformat(timespec="seconds")
    aside = Operation(store.ids.new_id(), "sync.guests", "登记结对的外校教师", store.person, at)
    sealed(store.db.conn, store.layouts, aside)


def receive(office: Office, told: Sequence[Mapping[str, Json]]) -> None:
    """Let the file show these teachers by name; a teacher who is the school's own stays as is."""
    store = office.store
    known = post_book.guests(store)
    come = [
        one
        for one in told
        if str(one["id"]) in known or not is_there(store, (TEACHER, str(one["id"])))
    ]
    for one in come:
        store.execute(_statement(), _values(store, one))
    post_book.keep_guests(store, [str(one["id"]) for one in come], [])


def _statement() -> str:
    places = range(1, len(_COLUMNS) + 1)
    changes = [
        compose("{column} = excluded.{column}", column=name(column)) for column in GUEST_COLUMNS
    ]
    differs = [
        compose("{column} IS NOT excluded.{column}", column=name(column))
        for column in GUEST_COLUMNS
    ]
    return compose(
        _WRITE,
        columns=names(_COLUMNS),
        marks=joined(compose("?{place}", place=number(place)) for place in places),
        changes=joined(changes),
        differs=joined(differs, by=" OR "),
    )


def _values(store: Store, one: Mapping[str, Json]) -> tuple[Any, ...]:
    """The values in the order of the columns; a school that is not known here is left out."""
    told = dict(one)
    if not store.value("SELECT 1 FROM institution WHERE id = ?", (told.get("school_id"),)):
        told["school_id"] = None
    needed = {"teacher_no": "", "name": "", "name_pinyin": "", "name_initials": ""}
    return tuple(
        needed.get(column) if told.get(column) is None else told[column] for column in _COLUMNS
    )
