"""A county with a programme of pairs, for tests of mentoring, its papers and its page."""

from __future__ import annotations

from dataclasses import dataclass

from models.mentoring.kinds import read_kinds
from models.mentoring.pairs import pair_rows
from models.mentoring.programmes import Programme, enter_programme
from models.mentoring.proposing import keep, propose
from models.mentoring.steps import take_step
from models.mentoring.wishes import Wish, take_part
from models.office.context import Office
from models.staff.institutions import InstitutionChange, write_institutions
from tests.people import teachers

TOWN, VILLAGE = "2", "4"
LEADING, BACKBONE = "42", "41"


@dataclass(frozen=True)
class Paired:
    """A county with people who want to be paired.

    Attributes:
        office: it.
        programme: its programme of town and village.
        town, village: schools.
        mentors, mentees: teachers, by school in turn.
    """

    office: Office
    programme: Programme
    town: tuple[str, str]
    village: tuple[str, str, str]
    mentors: tuple[str, ...]
    mentees: tuple[str, ...]

    @property
    def id(self) -> str:
        """The programme."""
        return self.programme.id


def place(office: Office, name: str, location: str, **more: object) -> str:
    """A school that says where it lies."""
    identity = office.store.ids.new_id()
    values = {"name": name, "location": location, "type": "03", "status": "1", **more}
    with office.store.operation("test.school", "建校"):
        write_institutions(office, [InstitutionChange(identity, values, new=True)])
    return identity


def programme_of(
    office: Office, kind: str = "town-village", start: str = "2023-09-01"
) -> Programme:
    """A programme of that kind."""
    return enter_programme(office, None, {"kind": kind, "starts_on": start, "code": "CX1"})


def county(office: Office, kind: str = "town-village") -> Paired:
    """Two town schools with two mentors each, three village schools with two mentees each."""
    town = (
        place(
            office, "桦甸市第四中学", TOWN, district="一片", latitude="42.97", longitude="126.74"
        ),
        place(office, "桦甸市第五中学", TOWN, district="二片"),
    )
    village = (
        place(office, "红石镇中学", VILLAGE, district="一片", latitude="42.87", longitude="126.9"),
        place(office, "夹皮沟镇中学", VILLAGE, district="二片"),
        place(office, "二道甸子镇中学", VILLAGE, district="三片"),
    )
    mentors = [
        one
        for school, backbone in zip(town, (LEADING, BACKBONE), strict=True)
        for one in teachers(office, school, 2, backbone=backbone)
    ]
    mentees = [
        one for school in village for one in teachers(office, school, 2, work_start="2021-09")
    ]
    found = programme_of(office, kind)
    wishes = [Wish(one, "mentor") for one in mentors] + [Wish(one, "mentee") for one in mentees]
    take_part(office, found.id, wishes)
    return Paired(office, found, town, village, tuple(mentors), tuple(mentees))


def filed(paired: Paired) -> list[str]:
    """Match everybody and take the three steps; the pairs."""
    office = paired.office
    keep(office, propose(office, paired.id))
    ids = [one.id for one in pair_rows(office, paired.id, ("proposed",))]
    for step in read_kinds().kinds[0].steps:
        take_step(office, ids, step.id, "同意")
    return ids
