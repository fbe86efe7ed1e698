"""The four axes of any training (S0-06) follow from theme, mode and level."""

from __future__ import annotations

import pytest

from models.codes.library import load_codes
from models.training.axes import axes


@pytest.mark.parametrize(
    ("facts", "sides"),
    [
        ({"theme": "01", "category": "2"}, {"全员", "远程", "非学历"}),
        ({"theme": "06", "category": "7"}, {"骨干", "集中", "脱产", "非学历"}),
        ({"theme": "08", "category": "3"}, {"全员", "校本", "非学历"}),
        ({"theme": "01", "category": "1", "level": "60"}, {"全员", "集中", "校本", "非学历"}),
        ({"theme": "11", "category": "12"}, {"学历"}),
        ({"theme": None, "category": "99"}, set()),
    ],
)
def test_a_training_stands_on_one_side_of_each_axis(facts: dict[str, str], sides: set[str]):
    assert set(axes(facts).values()) == sides


def test_every_mode_but_other_has_a_side_of_the_last_axis():
    codes = {one.code for one in load_codes()["training_mode"]} - {"99"}
    assert all("学历或非学历" in axes({"category": code}) for code in codes)
