"""A county and its schools that tell each other everything in the end, whatever went before."""

from __future__ import annotations

import pytest
from hypothesis import seed as seeded
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.exchange_machine import Exchange


def run(seed, *, runs, steps):
    """That many runs of the machine; another seed makes others."""
    machine = seeded(seed)(type("Seeded", (Exchange,), {}))
    chosen = settings(max_examples=runs, stateful_step_count=steps, database=None)
    run_state_machine_as_test(machine, settings=chosen)


@pytest.mark.parametrize("seed", range(4))
def test_all_copies_are_the_same_in_the_end(seed):
    run(seed, runs=50, steps=15)


@pytest.mark.long
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", range(100, 120))
def test_all_copies_are_the_same_after_long_runs(seed):
    run(seed, runs=1000, steps=30)
