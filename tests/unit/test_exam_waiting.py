"""Which exams wait for what: the first thing each of them lacks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.exams.overview import Overview
from models.exams.waiting import WaitingExams, grouped, lack_of

FROZEN = Overview(pool=20)
DRAWN = replace(FROZEN, draws=1, drawn=5)
SEATED = replace(DRAWN, people=5, seated=5)
MARKED = replace(SEATED, marked=4, missing=1)
OUT = replace(MARKED, published_on="2025-12-24")


@pytest.mark.parametrize(
    ("now", "lack"),
    [
        (Overview(), "frame"),
        (FROZEN, "draw"),
        (replace(FROZEN, whole=True), "seats"),
        (replace(DRAWN, outdated=True), "draw"),
        (DRAWN, "seats"),
        (replace(SEATED, seated=4), "seats"),
        (SEATED, "marks"),
        (MARKED, "publishing"),
        (OUT, "posting"),
        (replace(OUT, posted_on="2025-12-25"), None),
    ],
)
def test_an_exam_waits_for_the_first_thing_it_lacks(now, lack):
    assert lack_of(now) == lack


def test_exams_are_grouped_in_the_order_of_the_steps_and_finished_ones_left_out():
    found = grouped([("a", "marks"), ("b", None), ("c", "frame"), ("d", "marks")])
    assert found == [WaitingExams("frame", ("c",)), WaitingExams("marks", ("a", "d"))]
