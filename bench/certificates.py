"""Certificates with frame, photo and code: our batch against plain use of ReportLab."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import certificate_peer
from bench.certificate_batch import People, print_batch
from bench.timing import Goal, medians

Found = Iterator[tuple[Goal, dict[str, float]]]
ROOT = Path(__file__).resolve().parents[1]
PLAIN = 50
"""Pages by plain ReportLab, which takes dozens of milliseconds for each."""

FEW, MANY = 1_000, 10_000
MOST_MEGABYTES = 200.0


def certificate_job(folder: Path, _people: int) -> Found:
    """Pages against plain ReportLab; pace and memory of small and large batches."""
    fresh = itertools.count()
    people, some = People(FEW), People(PLAIN)
    found = medians(
        {
            "ours": lambda: print_batch(folder / f"ours{next(fresh)}.pdf", people),
            "plain": lambda: certificate_peer.print_plainly(
                folder / f"plain{next(fresh)}.pdf", some
            ),
        }
    )
    page = {"ours": found["ours"] / FEW, "plain": found["plain"] / PLAIN}
    yield Goal("a certificate", "ours", "plain", 1 / 30), page
    few, many = (_batch(folder, count) for count in (FEW, MANY))
    paces = {f"{FEW:,}": few["seconds"] / FEW, f"{MANY:,}": many["seconds"] / MANY, "class": 1e-3}
    yield Goal("a certificate, fonts loaded", f"{FEW:,}", "class", 1.3), paces
    yield Goal("a certificate", f"{MANY:,}", "class", 1.0), paces
    peaks = {f"{FEW:,}": few["peak"], f"{MANY:,}": many["peak"], "allowed": MOST_MEGABYTES}
    yield Goal("peak memory", f"{MANY:,}", "allowed", 1.0, "MB"), peaks
    yield Goal("peak memory", f"{MANY:,}", f"{FEW:,}", 1.25, "MB"), peaks


def _batch(folder: Path, count: int) -> dict[str, float]:
    """A batch in a process of its own, whose memory is its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.certificate_batch", str(folder / f"{count}.pdf"), str(count)],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, peak = done.stdout.split()
    return {"seconds": float(seconds), "peak": float(peak)}
