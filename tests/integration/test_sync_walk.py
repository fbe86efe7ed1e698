"""Whatever happens between a county and its schools, they agree in the end."""

from __future__ import annotations

import pytest

from tests.exchange_walk import Walk
from tests.exchanging import cheap_codes, two_schools


def test_after_a_short_walk_all_agree(world):
    Walk(world, 1).go(25)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_after_a_long_walk_all_agree(tmp_path, monkeypatch, seed):
    cheap_codes(monkeypatch)
    world = two_schools(tmp_path)
    walk = Walk(world, seed)
    walk.go(80, set_back=seed % 2 == 1)
    walk.world.close()
