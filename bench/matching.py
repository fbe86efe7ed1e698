"""The matching of 5,000 mentees with 1,000 mentors, against another solver on the same costs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.timing import Goal, medians
from models.mentoring.matching import match
from tests.pairing import people, rules

MENTEES, MENTORS = 5_000, 1_000
_SLOTS = 5


def matching_job(_folder: Path, people_: int) -> Iterator[tuple[Goal, dict[str, float]]]:
    """Everything soft, so that nothing can be solved in parts; and as the rules have it."""
    share = min(1, people_ / 20_000)
    mentors, mentees = people(int(MENTEES * share), int(MENTORS * share))
    soft, usual = rules(), rules("same_subject", "other_school")
    chance = np.random.default_rng(1)
    costs = chance.integers(0, 600, (len(mentees), len(mentors))).repeat(_SLOTS, axis=1)
    found = medians(
        {
            "all soft": lambda: match(mentors, mentees, soft),
            "by the rules": lambda: match(mentors, mentees, usual),
            "scipy, solving alone": lambda: linear_sum_assignment(costs),
        }
    )
    yield Goal("matching", "by the rules", "scipy, solving alone", 1), found
    yield Goal("matching", "all soft", "scipy, solving alone", 4), found
