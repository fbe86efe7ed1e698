"""套打 measured on the rendered page, in millimetres from the upper left corner of the sheet."""

from __future__ import annotations

import base64
from decimal import Decimal

import pytest
from PIL import Image

from models.office.printers import Crosses, Point, Tray, corrected
from reports.documents import calibration_sheet
from reports.documents.calibration_sheet import Calibration
from reports.kit.adjusting import Adjustment
from reports.kit.copies import Copy, Printing
from reports.kit.furniture import Output
from reports.kit.paper import A4, Size
from tests.form_copies import full_copy, portrait, printed, small_form
from tests.papers import NOW, Progress, own_fonts, place_of, pypdf_text, save_png

pytestmark = pytest.mark.prints
DPI = 508  # 20 dots a millimetre
DOTS = 20
MARK = {"start": (42, 42), "end": (72, 42), "thickness": 0.3, "printed": True}
POST = {"start": (42, 42), "end": (42, 62), "thickness": 0.3, "printed": True}
ADJUSTED = Adjustment(right=1.5, down=-0.8, wider=1.004, taller=0.997)


def ink(pdf, tmp_path, dark=128):
    """The dots of the page that are dark, as a picture of two colours."""
    png = tmp_path / "page.png"
    save_png(pdf, 0, png, dpi=DPI)
    with Image.open(png) as picture:
        return picture.convert("L").point(lambda dot: 255 if dot < dark else 0)


def edges(picture):
    """Where the ink begins and ends, in millimetres: left, top, right, bottom."""
    return [edge / DOTS for edge in picture.getbbox()]


def stock_sheet(tmp_path, how, **parts):
    form = small_form(**parts)
    built = printed(form, [Copy("张三", {"name": ""})], tmp_path / "stock.pdf", how)
    return ink(built.path, tmp_path)


def test_a_mark_asked_for_at_42_stands_at_42(tmp_path):
    page = stock_sheet(tmp_path, Printing(background=False), lines=[MARK, POST])
    left, top, right, bottom = edges(page)
    assert left + 0.15 == pytest.approx(42, abs=0.1)
    assert top + 0.15 == pytest.approx(42, abs=0.1)
    assert right == pytest.approx(72, abs=0.1)
    assert bottom == pytest.approx(62, abs=0.1)


def test_an_adjusted_mark_stands_where_the_tray_wants_it(tmp_path):
    how = Printing(background=False, adjustment=ADJUSTED)
    left, top, right, bottom = edges(stock_sheet(tmp_path, how, lines=[MARK, POST]))
    assert left + 0.15 == pytest.approx(42 * 1.004 + 1.5, abs=0.1)
    assert top + 0.15 == pytest.approx(42 * 0.997 - 0.8, abs=0.1)
    assert right == pytest.approx(72 * 1.004 + 1.5, abs=0.1)
    assert bottom == pytest.approx(62 * 0.997 - 0.8, abs=0.1)


def test_letters_photo_and_code_move_with_the_tray_as_one(tmp_path):
    parts = {
        "photo": {"x": 10, "y": 50, "width": 25, "height": 35},
        "code": {"x": 100, "y": 60, "size": 30},
    }
    form = small_form(**parts)
    plain = printed(form, [full_copy(form)], tmp_path / "1.pdf", Printing(background=False))
    how = Printing(background=False, adjustment=Adjustment(right=5, down=3))
    moved = printed(form, [full_copy(form)], tmp_path / "2.pdf", how)
    before, after = (edges(ink(one.path, tmp_path)) for one in (plain, moved))
    assert after == pytest.approx(
        [edge + by for edge, by in zip(before, (5, 3, 5, 3), strict=True)]
    )
    letters = place_of(plain.path, "王芳"), place_of(moved.path, "王芳")
    assert letters[1].left - letters[0].left == pytest.approx(5, abs=0.05)
    assert letters[1].top - letters[0].top == pytest.approx(3, abs=0.05)


def test_a_value_asked_for_at_42_begins_there(tmp_path):
    form = small_form()
    how = Printing(background=False)
    pdf = printed(form, [Copy("口", {"name": "口"})], tmp_path / "a.pdf", how).path
    left, _, _, bottom = edges(ink(pdf, tmp_path))
    box = place_of(pdf, "口")
    assert left == pytest.approx(box.left, abs=0.1)
    assert bottom == pytest.approx(box.bottom, abs=0.1)
    assert 42 < left < 42.8  # the letter's own white edge
    assert box.bottom == pytest.approx(42, abs=0.4)


def test_only_what_is_marked_goes_onto_pre_printed_sheets(tmp_path):
    fields = [
        {"key": "抬头", "text": "证书", "x": 75, "y": 15, "width": 60},
        {"key": "姓名", "text": "{name}", "x": 10, "y": 30, "width": 60},
        {"key": "编号", "text": "编号{name}", "x": 10, "y": 50, "width": 60, "printed": False},
        {"key": "副本", "text": "副本", "x": 10, "y": 70, "width": 60, "printed": True},
    ]
    form = small_form(fields=fields, frame={"kind": "plain"})
    copy = [Copy("张三", {"name": "张三"})]
    stock = printed(form, copy, tmp_path / "s.pdf", Printing(background=False))
    plain = printed(form, copy, tmp_path / "p.pdf")
    assert pypdf_text(stock.path)[0].split() == ["张三", "副本"]
    assert sorted(pypdf_text(plain.path)[0].split()) == ["副本", "张三", "编号张三", "证书"]


def test_the_preview_shows_the_scanned_sheet_and_moves_nothing(tmp_path):
    scan = Image.new("L", (900, 600), 200)
    scan.paste(0, (240, 240, 260, 260))
    scan.save(tmp_path / "scan.png")
    picture = base64.b64encode((tmp_path / "scan.png").read_bytes()).decode()
    how = {"background": False, "adjustment": ADJUSTED}
    parts = {"background": {"picture": picture}, "fields": small_form().model_dump()["fields"][:1]}
    sheet = stock_sheet(tmp_path, Printing(**how), **parts)
    assert sheet.getbbox() is None
    (tmp_path / "stock.pdf").unlink()
    left, top, right, bottom = edges(stock_sheet(tmp_path, Printing(**how, preview=True), **parts))
    assert (left, top) == pytest.approx((40, 40), abs=0.2)
    assert (right, bottom) == pytest.approx((43.33, 43.33), abs=0.2)


@pytest.mark.parametrize("size", [A4, Size(130, 184), Size(148, 105)])
def test_the_crosses_of_the_calibration_sheet_stand_where_they_are_said_to(tmp_path, size):
    pdf = calibrated(tmp_path, Calibration(size, "HP 1020　手动进纸"))
    page = ink(pdf, tmp_path)
    for x, y in ((20, 20), (size.width - 20, size.height - 20)):
        assert middle_of(page, x, y) == pytest.approx((x, y), abs=0.1)
    text = "".join(pypdf_text(pdf)[0].split())
    assert "HP1020手动进纸" in text
    assert f"到纸左边应为{size.width - 20:.1f}，到上边应为{size.height - 20:.1f}" in text


def test_what_is_measured_on_one_sheet_puts_the_next_one_right(tmp_path):
    """A made-up printer that prints 1.2 mm too low and a hair too wide."""
    printer = Adjustment(right=0.4, down=1.2, wider=1.003, taller=1)
    off = ink(calibrated(tmp_path, Calibration(A4, "", adjustment=printer)), tmp_path)
    stands = middle_of(off, 20.5, 21), middle_of(off, 191, 278)
    wanted = Crosses(Point(Decimal(20), Decimal(20)), Point(Decimal(190), Decimal(277)))
    measured = Crosses(*(Point(*(Decimal(str(round(one, 1))) for one in at)) for at in stands))
    right, down, wider, taller = corrected(Tray("HP", "纸盒 1"), wanted, measured).factors
    both = Adjustment(
        right * printer.wider + printer.right,
        down * printer.taller + printer.down,
        wider * printer.wider,
        taller * printer.taller,
    )
    again = ink(calibrated(tmp_path, Calibration(A4, "", adjustment=both)), tmp_path)
    assert middle_of(again, 20, 20) == pytest.approx((20, 20), abs=0.15)
    assert middle_of(again, 190, 277) == pytest.approx((190, 277), abs=0.15)


def calibrated(tmp_path, sheet):
    out = tmp_path / "sheet.pdf"
    calibration_sheet.build(sheet, Output(out, own_fonts(), NOW, Progress(), overwrite=True))
    return out


def middle_of(page, x, y):
    """The middle of the cross near a point: the longest row and column of ink."""
    left, top = round((x - 4) * DOTS), round((y - 4) * DOTS)
    part = page.crop((left, top, left + 8 * DOTS, top + 8 * DOTS))
    across = part.resize((part.width, 1), Image.Resampling.BOX).tobytes()
    down = part.resize((1, part.height), Image.Resampling.BOX).tobytes()
    return [(start + centre(dots)) / DOTS for start, dots in ((left, across), (top, down))]


def centre(dots):
    darkest = [at for at, dot in enumerate(dots) if dot == max(dots)]
    return sum(darkest) / len(darkest) + 0.5


def test_a_photo_fills_its_place_and_is_cut_evenly(tmp_path):
    form = small_form(photo={"x": 40, "y": 30, "width": 25, "height": 35}, fields=[])
    how = Printing(background=False)
    wide = printed(form, [Copy("宽", {}, portrait((800, 400)))], tmp_path / "w.pdf", how)
    box = edges(ink(wide.path, tmp_path, dark=240))
    assert box == pytest.approx([40, 30, 65, 65], abs=0.1)
