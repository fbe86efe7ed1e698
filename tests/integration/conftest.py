"""What tests over real files share."""

from __future__ import annotations

import pytest

from tests.offices import new_office


@pytest.fixture
def office(request, tmp_path):
    """A new office, closed at the end, opened on the day that the module calls ``OPENED``.

    A test that needs more of it makes its own.
    """
    found = new_office(tmp_path, getattr(request.module, "OPENED", "2025-09-20"))
    yield found
    found.store.close()
