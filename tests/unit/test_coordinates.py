"""Degrees as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.text.coordinates import read_degrees
from models.text.unreadable import UnreadableError


@pytest.mark.parametrize(
    ("raw", "degrees"),
    [
        ("126.745312", "126.745312"),
        (126.745312, "126.745312"),
        ("东经126.7453°", "126.745300"),
        ("126°44′43″", "126.745278"),
        ("126度44分43.12秒", "126.745311"),
        ("１２６.５E", "126.500000"),
        ("126.74531299", "126.745313"),
    ],
)
def test_degrees_are_read_to_a_tenth_of_a_metre(raw, degrees):
    assert read_degrees(raw) == Decimal(degrees)


@pytest.mark.parametrize("raw", ["城东", "126°75′", "一百二十六点", "126-44-43"])
def test_what_says_no_degrees_is_refused(raw):
    with pytest.raises(UnreadableError):
        read_degrees(raw)
