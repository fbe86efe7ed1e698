"""The first slice of a school: what fills an enrolment file, and how the school takes it over."""

from __future__ import annotations

from models.office.context import Office
from models.sync.enrolment import nothing
from models.sync.envelope import Opened

first_slice = nothing


def take_first_slice(office: Office, opened: Opened) -> None:
    """Take the first slice over; one of nothing leaves the school's file empty."""
    del office, opened
