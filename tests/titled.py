"""A county with batches of titles, for tests of what stands on them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from models.office.context import Office
from models.titles.batches import open_batch
from models.titles.checking import check
from models.titles.granting import enter_grant, grant_batch
from models.titles.grants import Grant, GrantFilter, grants
from models.titles.nominating import Nominee, nominate
from models.titles.nominations import NominationRow, nominations
from models.titles.publishing import publish
from tests.people import school, teachers
from tests.trainings import post

FIT: dict[str, Any] = {"lesson_score": Decimal(88), "contest": "优质课一等奖"}
"""What makes a recommended teacher of the register fit, with hours and years."""


def experienced(office: Office, count: int) -> list[str]:
    """So many teachers of one school, thirteen years in service in September 2025."""
    return teachers(office, school(office, "桦甸市第四中学"), count, work_start="2012-08")


def backbone_batch(office: Office, **texts: str) -> str:
    """A batch of county backbone teachers; its identity."""
    return open_batch(office, {"kind": "骨干教师", "level": "县级", "number": "5", **texts})[0]


def fit_for_backbone(office: Office, ids: Sequence[str]) -> None:
    """Give teachers the hours that county backbone teachers need."""
    for one in ids:
        post(office, one, office.store.clock.today().year, "130", title=f"骨干研修 {one}")


def nominated(office: Office, batch_id: str, ids: Sequence[str], **values: Any) -> None:
    """Recommend teachers with what makes them fit."""
    nominate(office, batch_id, [Nominee(one, {**FIT, **values}) for one in ids])


def granted_batch(office: Office, ids: Sequence[str], number: str = "5") -> str:
    """A batch gone the whole way for these teachers, published in spring 2025."""
    batch_id = backbone_batch(office, number=number)
    fit_for_backbone(office, ids)
    nominated(office, batch_id, ids)
    check(office, batch_id)
    publish(office, batch_id, "2025-03-01", "2025-03-10")
    grant_batch(office, batch_id, "2025-03-15", "桦教发〔2025〕3号")
    return batch_id


def titled(office: Office, teacher_id: str, title: str, **texts: str) -> Grant:
    """A title entered by hand."""
    before = {one.id for one in grants(office)}
    enter_grant(office, [teacher_id], {"title": title, "granted_on": "2024-09-01", **texts})
    found = grants(office, GrantFilter(teacher_id=teacher_id))
    return next(one for one in found if one.id not in before and one.source != "名册")


def only(office: Office, batch_id: str) -> NominationRow:
    """The one recommended in a batch."""
    (one,) = nominations(office, batch_id)
    return one
