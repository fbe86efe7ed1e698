"""From what a person measures on a calibration sheet to what puts the tray right."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.office.printers import (
    Crosses,
    Point,
    Tray,
    check_tray,
    corrected,
    crosses,
    paper_name,
)

SHEETS = st.sampled_from([(210, 297), (297, 210), (130, 184), (184, 260), (90, 130)])
SHIFTS = st.floats(-8, 8)
SCALES = st.floats(0.97, 1.03)
NEW = Tray("HP", "手动进纸")


class Printer:
    """Prints askew: what should stand at p stands at shift + scale * p."""

    def __init__(self, right, down, wider, taller):
        self.right, self.down, self.wider, self.taller = right, down, wider, taller

    def lands(self, tray, x, y):
        right, down, wider, taller = tray.factors
        drawn = right + wider * float(x), down + taller * float(y)
        return self.right + self.wider * drawn[0], self.down + self.taller * drawn[1]

    def ruler(self, tray, point):
        """Where a person says it stands: to a tenth of a millimetre."""
        return Point(*(Decimal(str(round(one, 1))) for one in self.lands(tray, *point)))

    def measured(self, tray, wanted):
        return Crosses(self.ruler(tray, wanted.near), self.ruler(tray, wanted.far))

    def worst(self, tray, size):
        corners = [(x, y) for x in (0, size[0]) for y in (0, size[1])]
        return max(
            abs(got - wanted)
            for corner in corners
            for got, wanted in zip(self.lands(tray, *corner), corner, strict=True)
        )


PRINTERS = st.builds(Printer, SHIFTS, SHIFTS, SCALES, SCALES)


@given(SHEETS, PRINTERS)
def test_one_sheet_puts_every_corner_right_within_a_tenth_of_a_millimetre(size, printer):
    wanted = crosses(*size)
    tray = corrected(NEW, wanted, printer.measured(NEW, wanted))
    assert printer.worst(tray, size) <= 0.1


@given(SHEETS, PRINTERS, SHIFTS, SHIFTS)
def test_a_second_sheet_refines_whatever_the_first_was_printed_with(size, printer, right, down):
    before = check_tray(
        Tray("HP", "手动进纸", right=Decimal(str(right)), down=Decimal(str(down)),
             wider=Decimal("0.99"), taller=Decimal("1.01"))
    )  # fmt: skip
    wanted = crosses(*size)
    tray = corrected(before, wanted, printer.measured(before, wanted))
    assert printer.worst(tray, size) <= 0.1


@given(SHIFTS, SHIFTS)
def test_the_near_cross_alone_puts_the_shift_right(right, down):
    printer = Printer(right, down, 1, 1)
    wanted = crosses(210, 297)
    found = Crosses(printer.ruler(NEW, wanted.near), None)
    tray = corrected(NEW, wanted, found)
    assert printer.worst(tray, (210, 297)) <= 0.1
    assert (tray.wider, tray.taller) == (1, 1)


@given(SHEETS)
def test_a_printer_that_is_right_is_left_alone(size):
    wanted = crosses(*size)
    assert corrected(NEW, wanted, wanted).plain


def test_measurements_no_printer_makes_are_refused_with_what_to_do():
    wanted = crosses(210, 297)
    fitted = Crosses(Point(Decimal(25), Decimal(25)), Point(Decimal(178), Decimal(250)))
    with pytest.raises(UserError, match="横向量得两个十字相距 153 毫米，应为 170 毫米") as refused:
        corrected(NEW, wanted, fitted)
    assert "实际大小" in refused.value.hint
    with pytest.raises(UserError, match=r"printer\.measured"):
        corrected(NEW, wanted, Crosses(wanted.near, wanted.near))
    far_off = Crosses(Point(Decimal(60), Decimal(20)), Point(Decimal(230), Decimal(277)))
    with pytest.raises(UserError, match=r"printer\.shift"):
        corrected(NEW, wanted, far_off)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"right": Decimal("20.01")}, "printer.shift"),
        ({"down": Decimal("-20.1")}, "printer.shift"),
        ({"right": Decimal("NaN")}, "printer.shift"),
        ({"wider": Decimal("0.9499")}, "printer.scale"),
        ({"taller": Decimal("1.06")}, "printer.scale"),
        ({"printer": " "}, "printer.no_name"),
    ],
)
def test_nonsense_is_refused(values, code):
    with pytest.raises(UserError, match=code):
        check_tray(Tray(**{"printer": "HP", "tray": "纸盒", **values}))


def test_a_sheet_is_called_by_its_size():
    assert paper_name(210, 297.0001) == "210×297 mm"
    assert paper_name(92.5, 130) == "92.5×130 mm"
