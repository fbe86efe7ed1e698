"""One step of the exchange in a process of its own, so that its memory is its own.

``python -m bench.exchange_step STEP DATABASE FOLDER`` prints seconds (also of CPU), bytes and peak
memory as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import exchange_peer
from bench.exchange_county import opened
from models.sync.packing import write_packages
from models.sync.partners import partners
from models.sync.reading import read_packages


def write(database: Path, folder: Path) -> None:
    """A package for every school."""
    office = opened(database)
    write_packages(office, partners(office), folder)
    office.store.close()


def read(database: Path, folder: Path) -> None:
    """Every package that lies there."""
    office = opened(database)
    found = read_packages(office, [folder])
    assert found, "no packages"
    assert {one.state for one in found} == {"applied"}, {one.message for one in found}
    office.store.close()


STEPS: dict[str, Callable[[Path, Path], None]] = {
    "write": write,
    "read": read,
    "peer_write": exchange_peer.write,
    "peer_read": exchange_peer.read,
}


def _peak() -> float:
    """The most memory this process had at a time, in MB; not what it was forked from had."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    """Do the step that is named."""
    step, database, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    begun, worked = time.perf_counter(), time.process_time()
    STEPS[step](database, folder)
    told = {
        "s": time.perf_counter() - begun,
        "cpu": time.process_time() - worked,
        "bytes": sum(one.stat().st_size for one in folder.iterdir()),
        "MB": _peak(),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
