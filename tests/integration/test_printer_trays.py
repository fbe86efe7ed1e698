"""Calibrated trays in the office's file: kept, found, replaced, dropped, taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from models.errors import UserError
from models.office.printers import Tray, calibrate, forget, tray_of, trays
from models.store.history import history
from models.store.undo import undo
from tests.offices import new_office, reopened

HP = Tray("HP LaserJet", "手动进纸", "130×184 mm", Decimal("1.2"), Decimal("-0.85"),
          Decimal("1.0023"), Decimal("0.9991"))  # fmt: skip


@pytest.fixture
def office(tmp_path):
    found = new_office(tmp_path)
    yield found
    found.store.close()


def test_a_tray_is_kept_to_the_hundredth_with_its_day(office):
    changed = calibrate(office, HP).changed
    assert changed.kinds == {"printer_tray"}
    again = reopened(office)
    assert trays(again) == [replace(HP, measured_on="2025-09-20")]
    assert tray_of(again, "HP LaserJet", "手动进纸", "130×184 mm").factors == (
        1.2, -0.85, 1.0023, 0.9991,
    )  # fmt: skip
    again.store.close()


def test_measured_with_the_sheet_goes_before_measured_with_any(office):
    calibrate(office, replace(HP, paper="", right=Decimal(3)))
    calibrate(office, HP)
    assert tray_of(office, HP.printer, HP.tray, HP.paper).right == Decimal("1.2")
    assert tray_of(office, HP.printer, HP.tray, "210×297 mm").right == 3
    assert tray_of(office, HP.printer, "纸盒 2", "92×130 mm") == Tray(
        HP.printer, "纸盒 2", "92×130 mm"
    )


def test_calibrating_again_replaces_and_can_be_taken_back(office):
    calibrate(office, HP)
    calibrate(office, replace(HP, right=Decimal("0.4")))
    assert [one.right for one in trays(office)] == [Decimal("0.4")]
    second, first = history(office.store, 2)
    undo(office.store, second.id)
    assert [one.right for one in trays(office)] == [Decimal("1.2")]
    undo(office.store, first.id)
    assert trays(office) == []


def test_what_is_forgotten_prints_as_it_comes(office):
    calibrate(office, HP)
    forget(office, HP)
    assert tray_of(office, HP.printer, HP.tray, HP.paper).plain
    undo(office.store, history(office.store, 1)[0].id)
    assert not tray_of(office, HP.printer, HP.tray, HP.paper).plain


def test_nonsense_leaves_the_file_as_it_was(office):
    with pytest.raises(UserError, match="±20 毫米"):
        calibrate(office, replace(HP, right=Decimal(21)))
    assert trays(office) == []
