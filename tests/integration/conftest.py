"""What tests over real files share."""

from __future__ import annotations

import pytest

from tests.copies import send
from tests.exchanging import cheap_codes, copied, two_schools
from tests.offices import new_office
from tests.stores import add_school, add_teacher, opened


@pytest.fixture
def office(request, tmp_path):
    """A new office, closed at the end, opened on the day that the module calls ``OPENED``.

    A test that needs more of it makes its own.
    """
    found = new_office(tmp_path, getattr(request.module, "OPENED", "2025-09-20"))
    yield found
    found.store.close()


@pytest.fixture
def county(tmp_path):
    """One copy of the small office."""
    with opened(tmp_path / "county.db") as store:
        yield store


@pytest.fixture
def school(tmp_path):
    """Another one."""
    with opened(tmp_path / "school.db", person="李校长") as store:
        yield store


@pytest.fixture
def teacher(county, school):
    """A teacher both copies know."""
    row = add_teacher(county, phone="1", school_id=add_school(county))
    send(county, school)
    return row


@pytest.fixture(scope="session")
def exchanged(tmp_path_factory):
    """The closed files of a county and two schools that joined."""
    folder = tmp_path_factory.mktemp("exchange")
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        two_schools(folder).close()
    return folder


@pytest.fixture
def world(exchanged, tmp_path):
    """A county and two schools, to do with as one likes."""
    found = copied(exchanged, tmp_path)
    yield found
    found.close()
