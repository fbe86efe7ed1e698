"""What titles refuse, and what ends with them: each kept to one office with a few teachers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.certificates.listing import CertificateFilter, certificate_ids
from models.certificates.titled import issue_titles, recheck_titles
from models.errors import UserError
from models.office.context import Office
from models.staff.institutions import delete_institution
from models.staff.moves import move_teachers
from models.store.undo import undo
from models.titles.checking import check
from models.titles.granting import enter_grant, grant_batch
from models.titles.grants import GrantFilter, grants
from models.titles.kinds import title_meant
from models.titles.nominations import nominations
from models.titles.publishing import publish
from models.titles.reviewing import Decision, recheck
from tests.offices import new_office
from tests.people import school, teachers
from tests.titled import backbone_batch, fit_for_backbone, granted_batch, nominated


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office in September 2025."""
    opened = new_office(tmp_path)
    yield opened
    opened.store.close()


def test_a_batch_gives_nobody_a_title_they_got_otherwise(office: Office) -> None:
    people = teachers(office, school(office, "桦甸市第四中学"), 2, work_start="2012-08")
    batch_id = backbone_batch(office)
    fit_for_backbone(office, people)
    nominated(office, batch_id, people)
    check(office, batch_id)
    publish(office, batch_id, "2025-03-01", "2025-03-10")
    enter_grant(office, people[:1], {"title": "县级骨干教师", "granted_on": "2025-03-05"})
    name = next(one.name for one in nominations(office, batch_id) if one.teacher_id == people[0])
    with pytest.raises(UserError) as error:
        grant_batch(office, batch_id, "2025-03-15")
    assert f"{name}这段时间已有县级骨干教师" in error.value.sentence
    assert len(grants(office, GrantFilter(kind="backbone", state="valid"))) == 1


def test_a_failed_recheck_makes_the_certificate_void(office: Office) -> None:
    people = teachers(office, school(office, "桦甸市第四中学"), 2, work_start="2012-08")
    batch_id = granted_batch(office, people)
    issue_titles(office, batch_id)
    with office.store.operation("test.term", "任期将满"):
        office.store.execute("UPDATE title_grant SET ends_on = '2025-12-31'")
    held = grants(office, GrantFilter(batch_id=batch_id))
    decisions = [
        Decision(held[0].id, "failed", "没有履行职责"),
        Decision(held[1].id, "passed", "履职良好"),
    ]
    with pytest.raises(UserError, match=r"titles\.day"):
        recheck(office, decisions, "2040-01-01")
    step = recheck_titles(office, decisions)
    valid = CertificateFilter(state="valid")
    assert len(certificate_ids(office, valid)) == 1
    undo(office.store, step.id)
    assert len(certificate_ids(office, valid)) == 2


def test_a_title_without_its_level_is_asked_for_it() -> None:
    with pytest.raises(UserError) as error:
        title_meant("骨干教师")
    assert "没有写明级别" in error.value.sentence
    assert "县级骨干教师" in error.value.sentence


def test_a_school_that_recommended_somebody_stays(office: Office) -> None:
    old, new = school(office, "桦甸市第四中学"), school(office, "桦甸市第五中学")
    people = teachers(office, old, 1, work_start="2012-08")
    nominated(office, backbone_batch(office), people)
    move_teachers(office, people, new, "2025-09-01")
    with pytest.raises(UserError, match=r"staff\.institution_named"):
        delete_institution(office, old)
