"""Dots keep their proportions and their distance, names stand clear of everything."""

from __future__ import annotations

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit.map_places import Field, labelled, mapped, ringed

FIELD = Field(180, 112, 5.4, 5.4)
NEAR = 0.05


def distances(points):
    return [hypot(a - c, b - d) for (a, b), (c, d) in combinations(points.values(), 2)]


def inside(points):
    return all(5.3 <= x <= 174.7 and 5.3 <= y <= 106.7 for x, y in points.values())


def test_north_is_above_and_east_is_right():
    points = mapped({"甲": (126.0, 43.0), "乙": (127.0, 42.5), "丙": (126.5, 42.7)}, FIELD)
    assert points["甲"][1] < points["丙"][1] < points["乙"][1]
    assert points["甲"][0] < points["丙"][0] < points["乙"][0]


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude():
    points = mapped({"西": (126.0, 60.0), "东": (127.0, 60.0), "北": (126.0, 61.0)}, FIELD)
    across = points["东"][0] - points["西"][0]
    down = points["西"][1] - points["北"][1]
    assert across / down == pytest.approx(0.5, abs=0.02)


def test_schools_of_one_place_are_pushed_apart():
    points = mapped({str(n): (126.7, 42.9) for n in range(30)}, FIELD)
    assert min(distances(points)) > FIELD.apart - NEAR
    assert inside(points)


def test_one_place_stands_in_the_middle_and_none_nowhere():
    assert mapped({"甲": (126.7, 42.9)}, FIELD)["甲"] == pytest.approx((90, 56))
    assert mapped({}, FIELD) == {}


def test_without_places_the_inner_group_stands_within_the_outer():
    inner, outer = [f"城{n}" for n in range(6)], [f"乡{n}" for n in range(20)]
    points = ringed(inner, outer, FIELD)
    far = {key: hypot((x - 90) / 90, (y - 56) / 56) for key, (x, y) in points.items()}
    assert max(far[key] for key in inner) < min(far[key] for key in outer)
    assert min(distances(points)) > FIELD.apart - NEAR


@given(
    st.dictionaries(
        st.integers(0, 999).map(str),
        st.tuples(st.floats(125, 128), st.floats(42, 44)),
        min_size=1,
        max_size=40,
    )
)
def test_names_never_meet_each_other_or_a_dot(places):
    points = mapped(places, FIELD)
    assert inside(points)
    corners = labelled(points, dict.fromkeys(points, 22.0), 3.2, FIELD)
    boxes = [(x, y, x + 22, y + 3.2) for x, y in corners.values()]
    dots = [(x - 2.7, y - 2.7, x + 2.7, y + 2.7) for x, y in points.values()]
    for one, other in [*combinations(boxes, 2), *((box, dot) for box in boxes for dot in dots)]:
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart
    assert all(x >= 0 and y >= 0 and x + 22 <= 180 and y + 3.2 <= 112 for x, y in corners.values())


def test_the_same_places_give_the_same_picture():
    places = {str(n): (126 + n % 7 * 0.001, 42 + n % 5 * 0.001) for n in range(25)}
    assert mapped(places, FIELD) == mapped(places, FIELD)
