"""What tests over real files share."""

from __future__ import annotations

import pytest

from tests.offices import new_office


@pytest.fixture
def office(tmp_path):
    """A new office, closed at the end; a test that needs more of it makes its own."""
    found = new_office(tmp_path)
    yield found
    found.store.close()
