"""The reader of packages answers whatever a registered sender spoils with a sentence."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.exchanging import cheap_codes, two_schools
from tests.killing import in_child
from tests.spoiling import FRESH, LAYERS, survey

MEMORY = 256 * 2**20
"""Bytes a process may take while it reads small packages, beyond what it has when it begins."""
SECONDS = 30
"""Of computing, for a round of packages with opening, copying and checking the files."""


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        cheap_codes(patch)
        world = two_schools(tmp_path_factory.mktemp("world"))
        world.close()
    return world.folder


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_spoilt_is_refused_with_a_sentence_or_taken(closed, tmp_path, layer):
    found = survey(closed, tmp_path, layer, lambda done: done < FRESH, seed=1)
    assert found.total() == FRESH
    assert any(code.startswith("sync.") for code in found)


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("seed", [2, 3])
def test_many_spoilt_packages_neither_hang_nor_swell(closed, tmp_path, layer, seed):
    assert within_limits(closed, tmp_path, layer, lambda done: done < 5_000, seed) >= 5_000


def within_limits(closed, folder, layer, goes_on, seed):
    """How many cases a forked process with limits of memory and time got through."""
    resource = pytest.importorskip("resource")

    def reading():
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        size = int(pages) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY,) * 2)
        return survey(closed, folder, layer, in_time(goes_on), seed).total()

    cases, ended = in_child(reading)
    assert ended == 0
    return cases


def in_time(goes_on):
    """Asked between rounds: gives the next ``FRESH`` packages so much of computing."""

    def asked(done):
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)  # ends the process
        return goes_on(done)

    return asked
