"""A county with schools that exchange packages, made for measuring; and what its schools send."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bench.county import id_number
from models.clock import SystemClock
from models.ids import RandomIds
from models.office.context import Office
from models.office.identity import Identity
from models.signing.key_folder import KeyFolder
from models.staff.institutions import InstitutionChange, write_institutions
from models.staff.registration import TeacherChange, write_teachers
from models.store.histories import arrivals, histories
from models.sync import membership, post_book
from models.sync.content import Said, header_of, payload_of
from models.sync.envelope import Facts, seal
from models.sync.key_pairs import OwnKeys, PublicKeys, make_keys
from models.sync.own_keys import own_keys
from models.sync.post import package_name
from models.sync.roster import Site, add_keys, add_site, own, sites
from models.sync.strict_json import Json
from models.training.ledger import RecordDraft, post_records
from models.workspace.opening import Desk, create_office, open_workspace

HUADIAN = Identity("桦甸市教师进修学校", "220282")
TODAY = "2025-09-01"
PAPERS: dict[str, Json] = {"serial": 0, "changes": []}
CHANGED = 100
"""One row in so many is changed between two packages."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many schools, teachers a school, entries a teacher."""

    schools: int
    teachers: int
    entries: int

    @property
    def changed(self) -> int:
        """How many rows of a school change between two packages."""
        return max(2, self.teachers * self.entries // CHANGED)


def opened(path: Path) -> Office:
    """The county's file at a path."""
    return open_workspace(path, Desk("bench", SystemClock(), RandomIds()))


def make_county(path: Path, size: Size) -> list[OwnKeys]:
    """A county whose schools have joined; the schools' keys."""
    office = create_office(path, HUADIAN, Desk("bench", SystemClock(), RandomIds()))
    own_keys(office)
    keys: list[OwnKeys] = []
    for number in range(size.schools):
        school = office.store.ids.new_id()
        with office.store.operation("bench.school", "建校"):
            made = InstitutionChange(school, {"name": f"第{number + 1}小学"}, new=True)
            write_institutions(office, [made])
        _staff(office, school, number * size.teachers, size)
        keys.append(_register(office, school, number))
    office.store.close()
    return keys


def _staff(office: Office, school: str, first: int, size: Size) -> None:
    people = [
        TeacherChange(
            office.store.ids.new_id(),
            {
                "name": f"王{place}",
                "sex": "1",
                "id_number": id_number(first + place),
                "school_id": school,
                "subject": "102",
                "stage": "3",
                "status": "01",
            },
            new=True,
        )
        for place in range(size.teachers)
    ]
    with office.store.operation("bench.teachers", "登记教师"):
        write_teachers(office, people, TODAY)
    _post(office, [(one.id, place) for one in people for place in range(size.entries)])


def _post(office: Office, wanted: Iterable[tuple[str, int]], said: str = "研修") -> None:
    records = [
        RecordDraft(
            teacher,
            2001 + place % 25,
            f"{said}{place}",
            "1",
            "进修学校",
            f"{2001 + place % 25}-03-01",
            f"{2001 + place % 25}-03-05",
            Decimal(8),
        )
        for teacher, place in wanted
    ]
    post_records(office, records, source="名册.xlsx", allow_repeats=True)


def _register(office: Office, school: str, number: int) -> OwnKeys:
    keys = make_keys(office.store.ids.new_id())
    with office.store.operation("bench.register", "注册"):
        add_site(office, Site(keys.site, "school", f"第{number + 1}小学", school, TODAY))
        add_keys(office, keys.site, keys.public, 0)
    return keys


def change_some(office: Office, school: str, size: Size, said: str) -> None:
    """Change one row in a hundred of a school: a telephone, and new entries."""
    store = office.store
    rows = store.tuples("SELECT id FROM teacher WHERE school_id = ? ORDER BY id", (school,))
    people = [row[0] for row in rows]
    with store.operation("bench.change", "修改"):
        phone = f"139{len(said):08d}"
        store.execute("UPDATE teacher SET phone = ? WHERE id = ?", (phone, people[0]))
        entries = range(size.changed - 1)
        _post(office, [(people[one % len(people)], one) for one in entries], said)


def write_for_schools(path: Path, folder: Path, keys: Iterable[OwnKeys], size: Size) -> None:
    """What each school sends after it read its package: written from a twin of the county's file.

    The twin takes each school's site in turn, so that the journal itself makes the versions.
    """
    twin = path.with_name("twin.db")
    shutil.copyfile(path, twin)
    shutil.copytree(KeyFolder(path).folder, KeyFolder(twin).folder)
    office = opened(twin)
    store, county = office.store, own(office)
    sealed_to = own_keys(office).public
    institutions = {one.id: one.institution_id for one in sites(office)}
    folder.mkdir()
    for one in keys:
        before = arrivals(store)
        (*_, got) = post_book.sent_to(store, one.site)
        store.keep_fact("site", one.site)
        change_some(office, institutions[one.site], size, "校本")
        lines = list(histories(store, membership.due_up(store, before)))
        said = Said(ack=got.package, rows=size.changed)
        facts = Facts(one.site, county, 1, store.ids.new_id(), TODAY, header_of(said), PAPERS)
        _send(folder, payload_of((), (), {}, lines), facts, one, sealed_to)
    store.close()
    twin.unlink()


def _send(
    folder: Path, payload: bytes, facts: Facts, sender: OwnKeys, receiver: PublicKeys
) -> None:
    (folder / package_name(facts)).write_bytes(seal(payload, facts, sender, receiver))
