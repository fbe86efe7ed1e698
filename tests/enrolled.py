"""A county and a school that joined it, for tests of packages: real files, copied for each test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from models.ids import RandomIds
from models.office.context import Office
from models.signing import passphrase
from models.staff.institutions import save_institution
from models.sync.enrolment import Invitation, invite
from models.sync.envelope import Facts
from models.sync.post import learn, pack, unpack
from models.sync.roster import own
from models.workspace.joining import join_school
from models.workspace.opening import Desk, create_office, open_workspace
from tests.offices import HUADIAN, desk

SCHOOL = "桦甸市第四中学"
COUNTY_FILE, SCHOOL_FILE = "county/office.db", "school/school.db"


def random_desk(day: str = "2026-11-26") -> Desk:
    """A desk whose identities never repeat, for several files that meet."""
    found = desk(day)
    return Desk(person=found.person, clock=found.clock, ids=RandomIds())


def cheap_codes(patch) -> None:
    """Let a code be stretched in no time; the file says by how much, so that readers follow."""
    patch.setattr(passphrase, "COST", 2**4)


def new_county(folder: Path) -> tuple[Office, str]:
    """A county with one school in its list; the school's identity in it."""
    office = create_office(folder / COUNTY_FILE, HUADIAN, random_desk())
    save_institution(office, None, {"name": SCHOOL})
    return office, office.store.value("SELECT id FROM institution")


def joined(folder: Path, invitation: Invitation, file: str = SCHOOL_FILE) -> Office:
    """The school's office after its first start."""
    from models.sync.enrolment import read_enrolment  # noqa: PLC0415

    found = read_enrolment(invitation.content, invitation.code)
    return join_school(folder / file, found, lambda *_: None, random_desk())


def letter(sender: Office, receiver: str, payload: bytes = b"words", number: int = 1) -> bytes:
    """A package from an office to a site."""
    facts = Facts(own(sender), receiver, number, sender.store.ids.new_id(), "2026-11-26T10:00:00")
    return pack(sender, facts, payload)


def read(receiver: Office, content: bytes) -> list[str]:
    """Let an office read a package; the sentences it is told."""
    opened = unpack(receiver, content)
    with receiver.store.operation("sync.read", "读入"):
        return learn(receiver, opened)


@dataclass
class Pair:
    """A county and a school whose first package the county has read."""

    folder: Path
    county: Office
    school: Office
    institution: str

    def up(self, payload: bytes = b"words") -> bytes:
        """A package from the school to the county."""
        return letter(self.school, own(self.county), payload)

    def down(self, payload: bytes = b"words") -> bytes:
        """A package from the county to the school."""
        return letter(self.county, own(self.school), payload)

    def close(self) -> None:
        """Close both files."""
        self.county.store.close()
        self.school.store.close()


def make_pair(folder: Path) -> Pair:
    """A county and a school after the first exchange in both directions."""
    county, institution = new_county(folder)
    school = joined(folder, invite(county, institution))
    pair = Pair(folder, county, school, institution)
    read(county, pair.up())
    read(school, pair.down())
    return pair


def copied(template: Path, folder: Path) -> Pair:
    """The pair whose closed files lie in ``template``, opened in a folder of its own."""
    shutil.copytree(template, folder, dirs_exist_ok=True)
    county = open_workspace(folder / COUNTY_FILE, random_desk())
    school = open_workspace(folder / SCHOOL_FILE, random_desk())
    institution = county.store.value("SELECT id FROM institution")
    return Pair(folder, county, school, institution)
