"""What is said before printing, and pages as a person writes them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import UserError
from models.office.printers import Tray
from reports.kit.paper import A4, A4_LANDSCAPE, Size
from reports.kit.raster import Ink
from ui.desktop.widgets.paper.concerns import concerns, in_its_place
from ui.desktop.widgets.paper.page_numbers import parse_pages, say_pages
from ui.desktop.widgets.paper.printers import Offer

INSIDE = Ink(20, 20, 190, 270)


def test_a_printer_that_does_as_asked_is_no_concern():
    assert concerns(A4, Offer(Size(210, 297), (4.2, 4.2, 4.2, 4.2)), INSIDE) == []
    assert concerns(A4, Offer(Size(209.9, 297.4)), None) == []


def test_a_smaller_sheet_is_told_with_how_small_everything_gets():
    (said,) = concerns(A4_LANDSCAPE, Offer(Size(279.4, 215.9)), None)
    assert "缩小到 94 %" in said
    assert "279.4×215.9 mm" in said
    assert "297×210 mm" in said
    assert "实际大小" in said


def test_a_larger_sheet_is_told_too():
    (said,) = concerns(Size(130, 184), Offer(A4), None)
    assert "比文件的 130×184 mm 大" in said


def test_what_lies_beyond_the_printers_reach_is_told_by_side_and_page():
    ink = Ink(3, 20, 190, 295)
    said = concerns(A4, Offer(A4, (4.2, 4.2, 4.2, 12.7)), ink, page=5)
    assert [one[:10] for one in said] == ["打印机印不到离左边 ", "打印机印不到离下边 "]
    assert all("第 5 页" in one for one in said)


def test_the_tray_may_move_a_print_out_of_reach():
    tray = replace(Tray("HP", "纸盒"), right=Decimal(-17))
    moved = in_its_place(INSIDE, tray)
    assert moved is not None
    assert moved.left == pytest.approx(3)
    assert len(concerns(A4, Offer(A4, (4.2, 0, 0, 0)), moved)) == 1
    assert in_its_place(None, tray) is None


def test_a_coarse_driver_and_its_own_note_are_told():
    said = concerns(A4, Offer(A4, dpi=72, note="墨不多了。"), None)
    assert "72 dpi" in said[0]
    assert said[1] == "墨不多了。"


@given(st.sets(st.integers(1, 300), min_size=1))
def test_what_is_said_of_pages_is_read_back(pages):
    assert parse_pages(say_pages(pages), 300) == tuple(sorted(pages))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有写要打印哪几页"),
        ("1-x", "“1-x”看不懂"),
        ("0", "一共 10 页"),
        ("11", "一共 10 页"),
        ("5-3", "一共 10 页"),
    ],
)
def test_pages_that_make_no_sense_are_refused(text, told):
    with pytest.raises(UserError, match=told):
        parse_pages(text, 10)


def test_pages_keep_their_order_and_come_once():
    assert parse_pages("5,1-3，2 9-", 10) == (5, 1, 2, 3, 9, 10)
    assert parse_pages("3至5", 10) == (3, 4, 5)
