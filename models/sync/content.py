"""What the exchange says inside a package: in its signed header, and line by line.

The header carries what decides whether and how the package is taken. Lines of ours come before
those of the journal: ``["leave", teacher]``, ``["guest", {column: value}]``, and
``["setting", {"name": …, "value": …}]``. A reader passes over kinds of lines it does not know, so
that an older program reads what a newer one adds; what an older program must not pass over raises
``FORM``, and it refuses then.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from models.store.database import Store
from models.sync.refusals import damaged, too_new
from models.sync.slices import GUEST_COLUMNS, SETTINGS, TRAVELLING
from models.sync.strict_json import Json, number, text

FORM = 1
LEAVE, GUEST, SETTING = "leave", "guest", "setting"
_JOURNAL = frozenset({"o", "l", "r"})
_ID_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Said:
    """What a package's header says to the exchange.

    Attributes:
        base: the package of the sender's it builds on, "" for a whole one.
        ack: the receiver's last package that the sender has, "" for none.
        want: why the sender asks for a whole package, "" if it does not.
        digest: of everything both should now have in common.
        schema: of the tables of the sender's program; digests compare between equal ones only.
        rows: how many rows are in it.
        conflicts: how many conflicts are open at the sender.
        form: in which form it is written.
    """

    base: str = ""
    ack: str = ""
    want: str = ""
    digest: str = ""
    schema: str = ""
    rows: int = 0
    conflicts: int = 0
    form: int = FORM


@dataclass(frozen=True, slots=True)
class Lines:
    """A payload taken apart.

    Attributes:
        leaves: teachers who are no longer the receiver's.
        guests: other schools' teachers whom its rows name, as far as they are shown.
        settings: rules of the county's that a school goes by as well, name to value.
        journal: the journal's own lines.
    """

    leaves: tuple[str, ...] = ()
    guests: tuple[Mapping[str, Json], ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    journal: list[str] = field(default_factory=list[str])


def header_of(said: Said) -> dict[str, Json]:
    """The header's part for the exchange."""
    return {
        "form": said.form,
        "base": said.base,
        "ack": said.ack,
        "want": said.want,
        "digest": said.digest,
        "schema": said.schema,
        "rows": said.rows,
        "conflicts": said.conflicts,
    }


def said_in(header: Mapping[str, Json]) -> Said:
    """What a header says; what an older program did not say yet is empty.

    Raises:
        Refused: a newer program wrote it, or it is no such header.
    """
    told = {**header_of(Said()), "form": None, **header}
    try:
        form = number(told, "form")
        if form > FORM:
            raise too_new()
        return Said(
            base=text(told, "base"),
            ack=text(told, "ack"),
            want=text(told, "want"),
            digest=text(told, "digest"),
            schema=text(told, "schema"),
            rows=number(told, "rows"),
            conflicts=number(told, "conflicts"),
            form=form,
        )
    except ValueError as error:
        raise damaged() from error


def payload_of(
    leaves: Iterable[str],
    guests: Iterable[Mapping[str, Json]],
    settings: Mapping[str, str],
    journal: Iterable[str],
) -> bytes:
    """The lines of a package."""
    own = [[LEAVE, one] for one in leaves], [[GUEST, dict(one)] for one in guests]
    rules = [[SETTING, {"name": key, "value": value}] for key, value in settings.items()]
    lines = [json.dumps(line, ensure_ascii=False) for kind in (*own, rules) for line in kind]
    return "\n".join((*lines, *journal)).encode()


def lines_in(payload: bytes) -> Lines:
    """A payload taken apart and checked.

    Raises:
        Refused: it is no text, or a line of ours is not what it should be.
    """
    leaves: list[str] = []
    guests: list[Mapping[str, Json]] = []
    settings: dict[str, str] = {}
    journal: list[str] = []
    for line in _split(payload):
        if not line.startswith('["'):
            raise damaged()
        kind = line[2 : line.find('"', 2)]
        if kind in _JOURNAL:
            journal.append(line)
        elif kind == LEAVE:
            leaves.append(_identity(_second(line)))
        elif kind == GUEST:
            guests.append(_guest(_second(line)))
        elif kind == SETTING:
            settings |= _setting(_second(line))
    return Lines(tuple(leaves), tuple(guests), settings, journal)


def schema_of(store: Store) -> str:
    """What tells two programs' exchanged tables apart."""
    columns = [
        (one.table, store.tracked[one.table].columns)
        for one in TRAVELLING
        if one.table in store.tracked
    ]
    return blake2b(json.dumps(columns).encode(), digest_size=16).hexdigest()


def _split(payload: bytes) -> Iterator[str]:
    """Line by line: a payload may be large, and one copy of it is enough."""
    try:
        for line in io.BytesIO(payload):
            yield line.removesuffix(b"\n").decode()
    except UnicodeDecodeError as error:
        raise damaged() from error


def _second(line: str) -> Json:
    try:
        found: list[Json] = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise damaged() from error
    if len(found) != 2:
        raise damaged()
    return found[1]


def _guest(value: Json) -> Mapping[str, Json]:
    if not isinstance(value, dict):
        raise damaged()
    _identity(value.get("id"))
    known = {"id", *GUEST_COLUMNS}
    if not all(one is None or isinstance(one, str) for one in value.values()):
        raise damaged()
    return {column: one for column, one in value.items() if column in known}


def _setting(value: Json) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise damaged()
    key, said = value.get("name"), value.get("value")
    if not isinstance(key, str) or not isinstance(said, str):
        raise damaged()
    return {key: said} if key in SETTINGS else {}


def _identity(value: Json | None) -> str:
    if not isinstance(value, str) or len(value) != _ID_DIGITS:
        raise damaged()
    return value
