from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit.adjusting import NONE, Adjustment, Found, adjustment_from
from reports.kit.paper import A4

NEAR, FAR = (20.0, 20.0), (190.0, 277.0)

shifts = st.floats(-5, 5)
scales = st.floats(0.97, 1.03)
adjustments = st.builds(Adjustment, shifts, shifts, scales, scales)


def sent(point, adjustment):
    x, y = point
    return x * adjustment.wider + adjustment.right, y * adjustment.taller + adjustment.down


def measured(printer, before=NONE):
    """What a person reads off a sheet that was printed with ``before``."""
    return Found(NEAR, FAR, *(sent(sent(one, before), printer) for one in (NEAR, FAR)))


def test_a_printer_that_is_right_needs_nothing():
    assert adjustment_from(measured(NONE)) == Adjustment(0, 0, 1, 1)


def test_what_stands_too_far_right_and_down_is_moved_back():
    found = adjustment_from(Found(NEAR, FAR, (21.5, 18), (191.5, 275)))
    assert found == Adjustment(pytest.approx(-1.5), pytest.approx(2), 1, 1)


def test_what_is_printed_too_wide_is_narrowed():
    found = adjustment_from(Found(NEAR, FAR, (20, 20), (190.85, 277)))
    assert found.wider == pytest.approx(170 / 170.85)
    assert found.taller == 1


@given(adjustments, adjustments)
def test_a_sheet_printed_with_the_answer_has_its_crosses_in_place(printer, before):
    answer = adjustment_from(measured(printer, before), before)
    stands = measured(printer, answer)
    assert stands.near_stands == pytest.approx(NEAR, abs=1e-6)
    assert stands.far_stands == pytest.approx(FAR, abs=1e-6)


def test_crosses_in_the_wrong_order_tell_nothing():
    with pytest.raises(ValueError, match="far cross"):
        adjustment_from(Found(NEAR, FAR, FAR, NEAR))


def test_nothing_to_adjust_is_the_identity():
    assert NONE.operators(A4) == "1.000000 0 0 1.000000 0.0000 0.0000 cm"
