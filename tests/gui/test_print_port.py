"""What the print port hands over, measured: Qt writes its PDF, PDFium measures it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from reportlab.pdfgen.canvas import Canvas

from models.errors import WorldError
from models.office.printers import Tray
from models.progress import Progress
from reports.kit.paper import Size
from reports.kit.raster import Pages
from tests.papers import Stopping
from tests.printing import MARK, cross_of, grey_of, marked_pdf, numbered_pdf, page_sizes
from ui.desktop.widgets.paper import qt_port
from ui.desktop.widgets.paper.printers import FakePrintPort, PrinterGoneError, PrintWish
from ui.desktop.widgets.paper.qt_port import QtPrintPort

SHEETS = [(210, 297), (297, 210), (130, 184), (92, 130), (260, 184), (123.4, 77.7)]
TRAY = Tray("PDF", "自动选择")


def printed(folder, sizes, tray=TRAY, **wish):
    pdf = marked_pdf(folder / "in.pdf", sizes)
    out = folder / "out.pdf"
    with Pages(pdf) as pages:
        wanted = tuple(range(1, len(sizes) + 1))
        handed = QtPrintPort(out).print(pages, PrintWish(tray, wanted, **wish), Progress())
    assert set(handed.pages) == set(wanted)
    return out


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("long_edge", [False, True])
def test_a_mark_at_42_mm_stands_there_on_every_sheet(qapp, tmp_path, size, long_edge):
    out = printed(tmp_path, [size], long_edge=long_edge)
    assert page_sizes(out)[0] == pytest.approx(size, abs=0.2)
    assert cross_of(out) == pytest.approx((MARK, MARK), abs=0.1)


def test_sheets_of_several_sizes_follow_each_other(qapp, tmp_path):
    sizes = [(210, 297), (297, 210), (130, 184)]
    out = printed(tmp_path, sizes)
    for page, size in enumerate(sizes):
        assert page_sizes(out)[page] == pytest.approx(size, abs=0.2)
        assert cross_of(out, page) == pytest.approx((MARK, MARK), abs=0.1)


@pytest.mark.parametrize(
    ("right", "down", "wider", "taller"),
    [("1.2", "-0.8", "1", "1"), ("0", "0", "1.01", "0.985"), ("-3.5", "2.1", "0.992", "1.004")],
)
def test_the_tray_moves_and_scales_what_is_printed(qapp, tmp_path, right, down, wider, taller):
    tray = replace(
        TRAY, right=Decimal(right), down=Decimal(down), wider=Decimal(wider), taller=Decimal(taller)
    )
    out = printed(tmp_path, [(130, 184)], tray)
    expected = float(right) + float(wider) * MARK, float(down) + float(taller) * MARK
    assert cross_of(out, near=expected) == pytest.approx(expected, abs=0.1)
    assert page_sizes(out)[0] == pytest.approx((130, 184), abs=0.2)


def test_chosen_pages_and_copies(qapp, tmp_path):
    pdf = numbered_pdf(tmp_path / "in.pdf", 5, (60, 60))
    out = tmp_path / "out.pdf"
    with Pages(pdf) as pages:
        wish = PrintWish(TRAY, (2, 4), copies=2)
        handed = QtPrintPort(out).print(pages, wish, Progress())
    assert handed.pages == (2, 4, 2, 4)
    assert len(page_sizes(out)) == 4


def test_a_stop_says_what_was_handed_over(qapp, tmp_path):
    pdf = numbered_pdf(tmp_path / "in.pdf", 6, (60, 60))
    with Pages(pdf) as pages:
        wish = PrintWish(TRAY, (1, 2, 3, 4, 5, 6))
        handed = QtPrintPort(tmp_path / "out.pdf").print(pages, wish, Stopping(3))
    assert handed.stopped
    assert handed.pages == (1, 2, 3, 4)


def test_no_raster_is_larger_than_a_band(qapp, tmp_path, monkeypatch):
    drawn = []
    draw = Pages.draw

    def watched(self, page, frame):
        drawn.append(frame.width * frame.height * 4)
        return draw(self, page, frame)

    monkeypatch.setattr(Pages, "draw", watched)
    printed(tmp_path, [(420, 594)])
    assert max(drawn) <= qt_port.BAND_BYTES
    assert sum(drawn) > 10 * qt_port.BAND_BYTES


def test_only_pieces_with_something_on_them_are_handed_over(qapp, tmp_path, monkeypatch):
    handed = []
    draw = qt_port.QPainter.drawImage

    def watched(self, place, image):
        handed.append(place.width() * place.height())
        draw(self, place, image)

    monkeypatch.setattr(qt_port.QPainter, "drawImage", watched)
    printed(tmp_path, [(210, 297)])
    whole = 210 * 297 * (1200 / 25.4) ** 2
    assert 0 < sum(handed) < whole / 6


def test_no_line_is_lost_where_pieces_meet(qapp, tmp_path):
    pdf, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    canvas = Canvas(str(pdf), pagesize=(300, 300))
    canvas.setLineWidth(0.3)
    for place in range(40, 280, 2):
        canvas.line(place, 40, place, 280)
    canvas.save()
    with Pages(pdf) as pages:
        QtPrintPort(out).print(pages, PrintWish(TRAY, (1,)), Progress())
    dark = [
        sum(page.tobytes().count(value) for value in range(128))
        for page in (grey_of(one) for one in (pdf, out))
    ]
    assert dark[1] == pytest.approx(dark[0], rel=0.05)


def test_a_printer_that_is_not_there_is_named(qapp, tmp_path):
    port = QtPrintPort()
    with pytest.raises(WorldError, match="找不到打印机“没有的”"):
        port.offer(Tray("没有的", ""), Size(210, 297))
    assert port.trays("") == []
    assert len({one.name for one in port.printers()}) == len(port.printers())


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_a_file_that_cannot_be_written_is_a_printer_that_does_not_begin(qapp, tmp_path):
    pdf = numbered_pdf(tmp_path / "in.pdf", 1, (60, 60))
    port = QtPrintPort(tmp_path / "nowhere" / "out.pdf")
    with Pages(pdf) as pages, pytest.raises(WorldError, match="没有接受打印"):
        port.print(pages, PrintWish(TRAY, (1,)), Progress())


def test_a_printer_that_goes_away_says_which_pages_it_took(qapp, tmp_path, monkeypatch):
    pdf = numbered_pdf(tmp_path / "in.pdf", 4, (60, 60))
    turns = iter([True, False])
    monkeypatch.setattr(qt_port.QPrinter, "newPage", lambda _self: next(turns))
    with (
        Pages(pdf) as pages,
        pytest.raises(PrinterGoneError, match="第 1 页以后没有交出") as gone,
    ):
        QtPrintPort(tmp_path / "out.pdf").print(pages, PrintWish(TRAY, (1, 2, 3, 4)), Progress())
    assert gone.value.pages == (1,)


def test_the_offer_is_the_sheet_that_was_asked_for(qapp, tmp_path):
    port = QtPrintPort(tmp_path / "out.pdf")
    for size in SHEETS:
        offer = port.offer(TRAY, Size(*size))
        assert tuple(offer.size) == pytest.approx(size, abs=0.2)
        assert offer.dpi == 600


def test_the_printer_of_the_tests_goes_away_where_it_is_told_to(tmp_path):
    pdf = numbered_pdf(tmp_path / "in.pdf", 4)
    port = FakePrintPort(fails_after=2)
    with Pages(pdf) as pages, pytest.raises(PrinterGoneError) as gone:
        port.print(pages, PrintWish(TRAY, (1, 2, 3)), Progress())
    assert gone.value.pages == (1, 2)
