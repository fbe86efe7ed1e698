"""The first slice of a school: what fills an enrolment file, and how the school takes it over."""

from __future__ import annotations

from models.sync.applying import take as take_first_slice
from models.sync.packing import first_slice

__all__ = ["first_slice", "take_first_slice"]
