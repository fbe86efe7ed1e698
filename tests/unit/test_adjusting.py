from __future__ import annotations

import pytest

from reports.kit.adjusting import NONE, Adjustment
from reports.kit.paper import A4, POINTS


def test_nothing_to_adjust_is_the_identity():
    assert NONE.operators(A4) == "1.000000 0 0 1.000000 0.0000 0.0000 cm"


@pytest.mark.parametrize("point", [(0, 0), (20, 20), (190, 277)])
def test_a_point_goes_where_shift_and_scale_send_it_from_the_upper_left_corner(point):
    adjustment = Adjustment(right=1.5, down=-0.8, wider=1.004, taller=0.997)
    a, b, c, d, e, f = map(float, adjustment.operators(A4).split()[:6])
    x, y = point[0] * POINTS, (A4.height - point[1]) * POINTS
    assert (b, c) == (0, 0)
    assert (a * x + e) / POINTS == pytest.approx(point[0] * 1.004 + 1.5, abs=1e-3)
    assert A4.height - (d * y + f) / POINTS == pytest.approx(point[1] * 0.997 - 0.8, abs=1e-3)
