"""What the page reads beside the window."""

from __future__ import annotations

from dataclasses import dataclass

from models.certificates.titled import standing_certificates
from models.office.context import Office
from models.progress import Progress
from models.titles.batches import BatchRow, batch, batches
from models.titles.coverage import Matrix, matrix
from models.titles.duties import DutyState, duty_states
from models.titles.grants import Grant, GrantFilter, grants
from models.titles.holding import disagreeing
from models.titles.nominations import NominationRow, nominations
from models.titles.publishing import Objection, objections
from models.titles.reviewing import (
    Due,
    Review,
    due_for_recheck,
    due_for_registration,
    reviews,
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the list of titles shows.

    Attributes:
        wanted: what was asked for.
        grants: the titles.
        total: how many there are in all.
        disagreeing: teachers whose 骨干级别 is not their highest title.
        standing: titles that are over while their certificate is valid.
    """

    wanted: GrantFilter
    grants: tuple[Grant, ...]
    total: int
    disagreeing: int
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the card says of a title: its duties this year, and what was decided on it."""

    grant_id: str
    duties: tuple[DutyState, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """A batch with its people and objections."""

    batch: BatchRow
    people: tuple[NominationRow, ...]
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True)
class Dues:
    """What is due: of a year's registration, or re-checks (``year`` 0)."""

    year: int
    dues: tuple[Due, ...]


def held(office: Office, _progress: Progress, wanted: GrantFilter) -> Held:
    """The titles wanted, and what is to be put right."""
    found = grants(office, wanted)
    total = int(office.store.value("SELECT COUNT(*) FROM title_grant"))
    standing = tuple(one.id for one in standing_certificates(office))
    return Held(wanted, tuple(found), total, len(disagreeing(office)), standing)


def told(office: Office, _progress: Progress, grant_id: str) -> Told:
    """What the card says of a title."""
    found = grants(office, ids=[grant_id])
    year = office.store.clock.today().year
    duties = duty_states(office, found, year).get(grant_id, ())
    return Told(grant_id, duties, tuple(reviews(office, [grant_id])))


def every_batch(office: Office, _progress: Progress) -> tuple[BatchRow, ...]:
    """All batches, the latest first."""
    return tuple(batches(office))


def desk(office: Office, _progress: Progress, batch_id: str) -> Desk:
    """A batch with its people."""
    return Desk(
        batch(office, batch_id),
        tuple(nominations(office, batch_id)),
        tuple(objections(office, batch_id)),
    )


def dues(office: Office, _progress: Progress, year: int) -> Dues:
    """What is due in a year; the re-checks for 0."""
    found = due_for_registration(office, year) if year else due_for_recheck(office)
    return Dues(year, tuple(found))


def covered(office: Office, _progress: Progress) -> Matrix:
    """Who holds titles where."""
    return matrix(office)
