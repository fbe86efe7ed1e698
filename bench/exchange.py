"""The exchange by stick: packages for all schools, all read back, then what changed for all."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.exchange_county import Size, change_some, make_county, opened, write_for_schools
from bench.timing import Goal
from models.sync.partners import partners

ROOT = Path(__file__).resolve().parents[1]
PEER = "SQLite+zstd+age"
MEMORY = 300
"""Megabytes that no step may need, whatever the county's size."""


def exchange_job(folder: Path, size: Size) -> Iterator[tuple[Goal, dict[str, float]]]:
    """Each step in a process of its own, beside rows copied without any journal.

    The peer does not know what changed: it carries everything every time.
    """
    county = folder / "county.db"
    keys = make_county(county, size)
    whole = _step("write", county, folder / "whole")
    peer = _step("peer_write", county, folder / "peer")
    yield from _beside("whole packages", whole, peer, (25, 3))
    write_for_schools(county, folder / "back", keys, size)
    read = _step("read", county, folder / "back")
    yield from _beside("read", read, _step("peer_read", county, folder / "peer"), (10, 0.7))
    _change_all(county, size)
    yield from _beside("changed packages", _step("write", county, folder / "new"), peer, (15, 0.7))


def _change_all(county: Path, size: Size) -> None:
    office = opened(county)
    for one in partners(office):
        change_some(office, one.institution_id, size, "县里")
    office.store.close()


def _beside(
    job: str, ours: dict[str, float], peer: dict[str, float], most: tuple[float, float]
) -> Iterator[tuple[Goal, dict[str, float]]]:
    """A step changes the file, so it is done once: CPU is compared, which others blur less."""
    for value, ratio, unit in zip(("cpu", "bytes"), most, ("CPU s", "bytes"), strict=True):
        found = {"ours": ours[value], PEER: peer[value]}
        yield Goal(job, "ours", PEER, ratio, unit), found
    yield Goal(job, "peak", "allowed", 1.0, "MB"), {"peak": ours["MB"], "allowed": MEMORY}


def _step(step: str, database: Path, folder: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.exchange_step", step, str(database), str(folder)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)
