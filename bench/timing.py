"""Measuring alternately: every round runs each contestant once, in turn there and back."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio to hold: ours against a peer, at most ``most`` (of the peer's time)."""

    job: str
    ours: str
    peer: str
    most: float
    unit: str = "s"


def medians(
    contestants: Mapping[str, Callable[[], object]], rounds: int = ROUNDS
) -> dict[str, float]:
    """Median seconds of each contestant, run alternately A B C … C B A."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants) if number % 2 == 0 else list(contestants)[::-1]
        for name in order:
            gc.collect()
            begun = time.perf_counter()
            contestants[name]()
            seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(found) for name, found in seconds.items()}


def report(goal: Goal, found: Mapping[str, float]) -> bool:
    """Print the ratio against its goal; whether it was reached."""
    ratio = found[goal.ours] / found[goal.peer]
    reached = ratio <= goal.most
    sys.stdout.write(
        f"{goal.job}: {goal.ours} {found[goal.ours]:.4g} {goal.unit}, "
        f"{goal.peer} {found[goal.peer]:.4g} {goal.unit}, "
        f"ratio {ratio:.3g} (goal at most {goal.most:.3g}) {'ok' if reached else 'MISSED'}\n"
    )
    return reached
