"""Writing packages: what a partner does not have yet, sealed, on a stick, and kept in the archive.

A package holds everything since the partner's last receipt, so that any package may be lost; a
whole one holds all that the partner should have, and is always right, only bigger. It is written
into the book before it leaves: a stick pulled out in the middle costs a number and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.office.context import Office
from models.office.settings import read_setting
from models.progress import Progress
from models.signing.guards import KeyGuard
from models.store.conflicts import count_conflicts
from models.store.histories import RowKey, arrivals, digest, histories
from models.store.scanning import scan
from models.store.trouble import told
from models.sync import membership, post_book
from models.sync.archive import Box, keep_copy
from models.sync.content import Said, header_of, payload_of, schema_of
from models.sync.envelope import BLOCK, Facts
from models.sync.guests import guest_lines
from models.sync.membership import Asked
from models.sync.own_keys import is_school, own_keys
from models.sync.partners import slice_of
from models.sync.post import pack, package_name
from models.sync.post_book import Sent
from models.sync.roster import Site, own
from models.sync.slices import SETTINGS
from models.sync.sticks import check_place, check_space, write_safely
from models.sync.strict_json import Json
from models.sync.titles import without_names
from models.sync.tombstones import deleted_rows

SMALLEST = BLOCK
"""Bytes no package is below."""


@dataclass(frozen=True, slots=True)
class Written:
    """A package on the stick.

    Attributes:
        file: where it is.
        to: whom it is for.
        number: which one to them.
        size: bytes.
        rows: how many rows are in it.
        whole: whether it holds everything.
    """

    file: Path
    to: Site
    number: int
    size: int
    rows: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What a package is to hold.

    Attributes:
        said: for its header.
        payload: its lines.
        upto: how many versions this file knew.
    """

    said: Said
    payload: bytes
    upto: int


def write_packages(
    office: Office,
    receivers: Sequence[Site],
    folder: Path,
    *,
    whole: bool = False,
    guard: KeyGuard | None = None,
    progress: Progress | None = None,
) -> list[Written]:
    """Write a package for each receiver into a folder; changes made outside are found first.

    Raises:
        UserError: a receiver has no keys or is no longer registered; no private key here; too
            little space.
        WorldError: the stick cannot be written, or gives back other bytes.
        CancelledByUser: the packages that are on the stick already stay valid.
    """
    telling = progress or Progress()
    telling.step(0, len(receivers), "查找改动")
    scan(office.store)
    own_keys(office, guard)
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    check_space(folder, sum(_at_least(office, one, whole=whole) for one in receivers))
    written: list[Written] = []
    for place, receiver in enumerate(receivers):
        telling.step(place, len(receivers), f"写交换包：{receiver.name}")
        written.append(_write(office, receiver, folder, whole=whole, guard=guard))
    return written


def draft(office: Office, receiver: Site, *, whole: bool = False) -> Draft:
    """What the next package for a receiver holds; call it inside an operation."""
    store = office.store
    standing = post_book.standing_with(store, receiver.id)
    whole = whole or standing.asked or not standing.acked
    since = 0 if whole else standing.upto
    up = is_school(office)
    asked = Asked(slice_of(office, receiver), since, echo="" if whole else receiver.id)
    guests = membership.gather(store, asked)
    common = membership.everything(store)
    rows = _rows(office, asked, common, whole=whole)
    leaves = () if up else sorted(membership.former_teachers(store, asked.school))
    people = () if up else guest_lines(store, guests)
    journal = histories(store, rows)
    if not up:
        journal = without_names(store, journal, receiver.id)
    rules = {} if up else {one: read_setting(store, one) for one in SETTINGS}
    payload = payload_of(leaves, people, rules, journal)
    said = Said(
        base="" if whole else standing.acked,
        ack=standing.owed,
        want=standing.want,
        digest=digest(store, common),
        schema=schema_of(store),
        rows=len(rows),
        conflicts=count_conflicts(store) if up else 0,
    )
    return Draft(said, payload, arrivals(store))


def _at_least(office: Office, receiver: Site, *, whole: bool) -> int:
    """Bytes the next package will hardly be below: a whole one grows, any has its header."""
    standing = post_book.standing_with(office.store, receiver.id)
    if whole or standing.asked or not standing.acked:
        return max(SMALLEST, post_book.last_whole(office.store, receiver.id))
    return SMALLEST


def first_slice(office: Office, receiver: Site) -> tuple[bytes, Mapping[str, Json]]:
    """What fills a school's enrolment file: everything it should have (inside an operation)."""
    made = draft(office, receiver, whole=True)
    return made.payload, header_of(made.said)


def _rows(office: Office, asked: Asked, common: list[RowKey], *, whole: bool) -> list[RowKey]:
    """The rows to be sent, owners first."""
    store = office.store
    if is_school(office):
        changed = membership.due_up(store, asked.since)
    else:
        changed = [*membership.due_down(store, asked), *deleted_rows(store, asked)]
    return membership.in_order({*changed, *(common if whole else ())})


def _write(
    office: Office, receiver: Site, folder: Path, *, whole: bool, guard: KeyGuard | None
) -> Written:
    store = office.store
    with store.operation("sync.write", f"为{receiver.name}写交换包"):
        made = draft(office, receiver, whole=whole)
        facts = Facts(
            sender=own(office),
            receiver=receiver.id,
            number=post_book.next_number(store, receiver.id),
            package=store.ids.new_id(),
            at=store.clock.now().isoformat(timespec="seconds"),
            content=header_of(made.said),
        )
        sealed = pack(office, facts, made.payload, guard)
        check_place(folder, len(sealed), make_folder=False)
        file = folder / package_name(facts)
        sent = Sent(
            package=facts.package,
            number=facts.number,
            written_at=facts.at,
            base=made.said.base,
            upto=made.upto,
            file_name=file.name,
            size=len(sealed),
            received=False,
            ack=made.said.ack,
        )
        post_book.note_sent(store, receiver.id, sent)
    keep_copy(store.path, Box.SENT, file.name, sealed)
    write_safely(file, sealed, make_folder=False)
    whole_one = not made.said.base
    return Written(file, receiver, facts.number, len(sealed), made.said.rows, whole_one)
