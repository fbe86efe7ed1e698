"""The book of what was sent to whom, what came from whom, and what the other side has by now.

Local to each file and no part of what is exchanged. It falls back together with the data when a
backup is put back; that is why packages are known by random names and never by their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.store.database import Store
from models.store.histories import arrivals
from models.store.sql import compose, name


@dataclass(frozen=True, slots=True)
class Sent:
    """A package that was written.

    Attributes:
        package: its identity.
        number: which one to this receiver.
        written_at: when.
        base: the package of ours it builds on, "" for a whole one.
        upto: how many versions this file knew when it was written.
        file_name: its name on the stick.
        size: bytes.
        received: whether a receipt covers it.
        ack: the package of theirs that it acknowledges, "" for none.
    """

    package: str
    number: int
    written_at: str
    base: str
    upto: int
    file_name: str
    size: int
    received: bool
    ack: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A package that was read.

    Attributes:
        package: its identity.
        number: which one from this sender.
        read_at: when, by this file's clock.
        state: ``"applied"`` or ``"gap"``.
        changes, conflicts: what it brought.
    """

    package: str
    number: int
    read_at: str
    state: str
    changes: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with one partner.

    Attributes:
        site: the partner's site.
        acked: the last package of ours it said it has; "" for none.
        upto: how many versions this file knew when that was written.
        owed: the last package of theirs to acknowledge; "" for none.
        want: why we ask for a whole package: ``"gap"``, ``"differs"``, or "".
        asked: whether they need a whole one: they ask for it, or have less than they had.
        rolled_back: whether their last package shows that their file went back in time.
        differs: whether they say that their copy is not like ours.
        conflicts: how many conflicts are open there, as they said last.
    """

    site: str
    acked: str = ""
    upto: int = 0
    owed: str = ""
    want: str = ""
    asked: bool = False
    rolled_back: bool = False
    differs: bool = False
    conflicts: int = 0


_STANDING = """SELECT site_id, acked, upto, owed, want, asked, rolled_back, differs, conflicts
FROM sync_standing WHERE site_id = ?"""
_KEEP_STANDING = """INSERT OR REPLACE INTO sync_standing
(site_id, acked, upto, owed, want, asked, rolled_back, differs, conflicts)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_SENT = """SELECT id, number, written_at, base, upto, file_name, size, received, ack FROM sync_sent
WHERE site_id = ? ORDER BY number"""
_READ = """SELECT id, number, read_at, state, changes, conflicts FROM sync_read
WHERE site_id = ? ORDER BY number, rowid"""


def standing_with(store: Store, site: str) -> Standing:
    """How things stand with a partner; a stranger has nothing."""
    row = store.one(_STANDING, (site,))
    if row is None:
        return Standing(site)
    return Standing(
        site=row["site_id"],
        acked=row["acked"],
        upto=row["upto"],
        owed=row["owed"],
        want=row["want"],
        asked=bool(row["asked"]),
        rolled_back=bool(row["rolled_back"]),
        differs=bool(row["differs"]),
        conflicts=row["conflicts"],
    )


def keep_standing(store: Store, one: Standing) -> None:
    """Write how things stand; call it inside an operation."""
    flags = (int(one.asked), int(one.rolled_back), int(one.differs), one.conflicts)
    row = (one.site, one.acked, one.upto, one.owed, one.want, *flags)
    store.execute(_KEEP_STANDING, row)


def sent_to(store: Store, site: str) -> list[Sent]:
    """What was written for a partner, in order."""
    rows = store.tuples(_SENT, (site,))
    return [Sent(*row[:7], received=bool(row[7]), ack=row[8]) for row in rows]


def read_from(store: Store, site: str) -> list[Read]:
    """What came from a partner, by number."""
    return [Read(*row) for row in store.tuples(_READ, (site,))]


def last_whole(store: Store, site: str) -> int:
    """Bytes of the newest whole package written for a partner; 0 where there was none."""
    newest = """SELECT size FROM sync_sent WHERE site_id = ? AND base = ''
ORDER BY number DESC LIMIT 1"""
    return int(store.value(newest, (site,)) or 0)


def next_number(store: Store, site: str) -> int:
    """The number of the next package for a partner; the enrolment file had 0."""
    highest = store.value("SELECT max(number) FROM sync_sent WHERE site_id = ?", (site,))
    return 1 if highest is None else int(highest) + 1


def note_sent(store: Store, site: str, one: Sent) -> None:
    """Write a package into the book; call it inside an operation, before it leaves."""
    row = (one.package, site, one.number, one.written_at, one.base, one.upto, one.file_name)
    store.execute(
        "INSERT INTO sync_sent (id, site_id, number, written_at, base, upto, file_name, size,"
        " received, ack) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, one.size, int(one.received), one.ack),
    )


def note_read(store: Store, site: str, one: Read) -> None:
    """Write a package that came into the book; call it inside an operation."""
    store.execute(
        "INSERT INTO sync_read (id, site_id, number, read_at, state, changes, conflicts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (one.package, site, one.number, one.read_at, one.state, one.changes, one.conflicts),
    )


def note_receipt(store: Store, site: str, package: str) -> int:
    """Take note that a partner has a package of ours, and with it all earlier ones.

    Returns:
        How many versions this file knew when that package was written; 0 where this file does not
        know it any more (it is an older state of itself), so that everything is sent again.
    """
    row = store.one(
        "SELECT number, upto FROM sync_sent WHERE site_id = ? AND id = ?", (site, package)
    )
    if row is None:
        return 0
    store.execute(
        "UPDATE sync_sent SET received = 1 WHERE site_id = ? AND number <= ? AND received = 0",
        (site, row["number"]),
    )
    return int(row["upto"])


def versions_forgotten(store: Store) -> int:
    """Let no receipt count versions that were let go of; call it in the operation that did so.

    Their numbers are given out again, and what gets one must not pass for acknowledged.

    Returns:
        How many versions this file knows now.
    """
    known = arrivals(store)
    for table in ("sync_sent", "sync_standing"):
        statement = compose("UPDATE {table} SET upto = min(upto, ?)", table=name(table))
        store.execute(statement, (known,))
    return known


def state_of(store: Store, package: str) -> str:
    """``"applied"`` or ``"gap"`` for a package that was read here, "" for any other."""
    return str(store.value("SELECT state FROM sync_read WHERE id = ?", (package,)) or "")


def number_taken(store: Store, site: str, number: int, package: str) -> bool:
    """Whether another package came from the partner under that number."""
    return bool(
        store.value(
            "SELECT EXISTS (SELECT 1 FROM sync_read WHERE site_id = ? AND number = ? AND id <> ?)",
            (site, number, package),
        )
    )


def guests(store: Store) -> set[str]:
    """Teachers of other schools who stand in this school's file by name only."""
    return {row[0] for row in store.tuples("SELECT id FROM sync_guest")}


def keep_guests(store: Store, come: Sequence[str], gone: Sequence[str]) -> None:
    """Write who is a guest now and who no longer is; call it inside an operation."""
    for teacher in come:
        store.execute("INSERT OR IGNORE INTO sync_guest (id) VALUES (?)", (teacher,))
    for teacher in gone:
        store.execute("DELETE FROM sync_guest WHERE id = ?", (teacher,))
