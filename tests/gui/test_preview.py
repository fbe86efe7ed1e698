"""The preview: the bytes that print, drawn only where in sight, turned by keys and clicks."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from models.errors import WorldError
from reports.kit.raster import Pages
from tests.printing import marked_pdf, numbered_pdf
from tests.windows import empty_session, window_on
from ui.desktop.widgets import saving
from ui.desktop.widgets.paper.pages_view import FIT_PAGE, FIT_WIDTH
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made, show_preview
from ui.desktop.widgets.paper.print_sheet import PrintSheet
from ui.desktop.widgets.paper.printers import FakePrintPort


@pytest.fixture
def session(qtbot, tmp_path):
    with empty_session(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def window(qtbot, session, tmp_path):
    found = window_on(session, {"settings"}, tmp_path)
    qtbot.addWidget(found)
    return found


@pytest.fixture
def open_paper(qtbot, window, session):
    opened = []

    def opener(pdf, **more):
        paper = MadePaper(pdf, "结业证书　全部", "结业证书.pdf", **more)
        found = show_preview(window, session, paper, FakePrintPort())
        opened.append(found)
        found.activateWindow()
        qtbot.waitUntil(found.isActiveWindow)
        qtbot.waitUntil(lambda: not idle_missing(found))
        return found

    yield opener
    for one in opened:
        if one in QApplication.topLevelWidgets():
            one.close()


def idle_missing(preview):
    """The tiles in sight that are not drawn yet."""
    preview.view.viewport().repaint()
    wanted = preview.drawer._wanted["pages"]
    return [tile for tile in wanted if preview.drawer.picture(tile) is None]


@pytest.fixture
def drawn(monkeypatch):
    """The pages that were drawn."""
    found = []
    draw = Pages.draw

    def watched(self, page, frame):
        found.append(page)
        return draw(self, page, frame)

    monkeypatch.setattr(Pages, "draw", watched)
    return found


def press(qtbot, preview, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(preview.view, key, modifier)


def button(preview, name):
    return next(one for one in preview.findChildren(QPushButton) if one.accessibleName() == name)


def test_ten_thousand_pages_open_within_a_second_and_are_not_drawn(
    qtbot, open_paper, drawn, tmp_path
):
    pdf = numbered_pdf(tmp_path / "many.pdf", 10_000, (130, 184))
    start = time.perf_counter()
    preview = open_paper(pdf)
    assert time.perf_counter() - start < 1
    assert preview.bar.total.text() == "/ 10,000 页"
    press(qtbot, preview, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: not idle_missing(preview))
    assert preview.bar.number.text() == "10000"
    press(qtbot, preview, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: not idle_missing(preview))
    assert {0, 9_999} <= set(drawn)
    assert len(set(drawn)) < 60


def test_what_is_shown_is_the_page_asked_for(qtbot, open_paper, tmp_path):
    pdf = marked_pdf(tmp_path / "in.pdf", [(200, 200), (200, 200)])
    preview = open_paper(pdf)
    preview.view.zoom_to(1.0)
    qtbot.waitUntil(lambda: not idle_missing(preview))
    image = preview.view.viewport().grab().toImage()
    place, dots = preview.view._place(0), preview.view._stack.dots
    cross = QPoint(round(place.left() + 42 * dots), round(place.top() + 42 * dots))
    assert image.pixelColor(cross).lightness() < 150
    assert image.pixelColor(cross + QPoint(0, -60)).lightness() > 240


def test_keys_turn_pages_and_the_list_follows(qtbot, open_paper, tmp_path):
    preview = open_paper(numbered_pdf(tmp_path / "in.pdf", 126))
    said = []
    preview.view.page_changed.connect(said.append)
    press(qtbot, preview, Qt.Key.Key_PageDown)
    press(qtbot, preview, Qt.Key.Key_PageDown)
    assert (preview.bar.number.text(), preview.bar.total.text()) == ("3", "/ 126 页")
    assert preview.thumbnails.currentIndex().row() == 2
    press(qtbot, preview, Qt.Key.Key_PageUp)
    assert said == [1, 2, 1]
    preview.bar.number.setText("57")
    qtbot.keyClick(preview.bar.number, Qt.Key.Key_Return)
    assert preview.view.page == 56
    preview.thumbnails.setCurrentIndex(preview.thumbnails.model().index(9, 0))
    assert preview.bar.number.text() == "10"


def test_zoom_by_wheel_list_and_typing(qtbot, open_paper, tmp_path):
    preview = open_paper(numbered_pdf(tmp_path / "in.pdf", 9))
    view = preview.view
    assert (view.fit, preview.bar.zoom.currentText()) == (FIT_PAGE, "整页")
    before = view.factor
    wheel = QWheelEvent(
        QPointF(200, 200), view.mapToGlobal(QPointF(200, 200)), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert view.factor == pytest.approx(before * 1.25)
    preview.bar.zoom.setEditText("400")
    qtbot.keyClick(preview.bar.zoom.lineEdit(), Qt.Key.Key_Return)
    assert view.factor == 4
    view.zoom_by(5)
    assert view.factor == 4
    qtbot.waitUntil(lambda: not idle_missing(preview))
    place = preview.bar.zoom.findData(FIT_WIDTH)
    preview.bar.zoom.setCurrentIndex(place)
    preview.bar.zoom.activated.emit(place)
    width = view._place(0).width()
    assert view.viewport().width() * 0.9 < width < view.viewport().width()


def test_pages_of_several_sizes_and_a_large_one(qtbot, open_paper, tmp_path):
    sizes = [(210, 297), (297, 210), (92, 130), (841, 1189)]
    preview = open_paper(marked_pdf(tmp_path / "in.pdf", sizes))
    qtbot.waitUntil(lambda: len(set(preview.drawer.sizes)) == 4)
    preview.view.zoom_to(4.0)
    preview.view.turn_to(3)
    qtbot.waitUntil(lambda: not idle_missing(preview))
    assert preview.drawer._bytes < 200 << 20


def test_words_are_found_from_page_to_page(qtbot, open_paper, tmp_path):
    preview = open_paper(numbered_pdf(tmp_path / "in.pdf", 30))
    preview.bar.search.setText("no 17")
    qtbot.keyClick(preview.bar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: preview.view.page == 16)
    preview.bar.search.setText("没有的字")
    qtbot.keyClick(preview.bar.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "没有“没有的字”" in preview.notice.text())


def test_the_pre_printed_sheet_is_seen_and_never_printed(qtbot, open_paper, tmp_path):
    sheet = tmp_path / "内页.png"
    image = QImage(130, 184, QImage.Format.Format_RGB32)
    image.fill(QColor("#F0C0C0"))
    image.save(str(sheet))
    pdf = numbered_pdf(tmp_path / "in.pdf", 2, (130, 184))
    bytes_before = pdf.read_bytes()
    preview = open_paper(pdf, background=lambda page: sheet if page == 1 else None)
    corner = preview.view._place(0).topLeft() + QPoint(20, 20)

    def seen():
        return preview.view.viewport().grab().toImage().pixelColor(corner).name().upper()

    qtbot.waitUntil(lambda: seen() == "#F0C0C0")
    qtbot.mouseClick(preview.bar.background, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    qtbot.waitUntil(lambda: seen() == "#FFFFFF")
    assert pdf.read_bytes() == bytes_before


def test_a_sheet_that_cannot_be_read_is_left_out(qtbot, open_paper, tmp_path):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"nothing")
    pdf = numbered_pdf(tmp_path / "in.pdf", 1, (130, 184))
    for name in ("坏.pdf", "没有.png"):
        preview = open_paper(pdf, background=lambda _page, name=name: tmp_path / name)
        assert not preview.notice.text()


def test_ctrl_s_saves_the_very_bytes_and_esc_closes(
    qtbot, open_paper, session, tmp_path, monkeypatch
):
    out = tmp_path / "保存.pdf"
    monkeypatch.setattr(saving.QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    preview = open_paper(numbered_pdf(tmp_path / "in.pdf", 3))
    press(qtbot, preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "已保存" in preview.notice.text())
    assert out.read_bytes() == (tmp_path / "in.pdf").read_bytes()
    press(qtbot, preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()


def test_ctrl_p_opens_the_print_window(qtbot, open_paper, tmp_path):
    preview = open_paper(numbered_pdf(tmp_path / "in.pdf", 3))
    press(qtbot, preview, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    sheet = preview.findChild(PrintSheet)
    assert sheet is not None
    sheet.reject()


def test_a_workbook_is_offered_only_where_there_is_one(qtbot, open_paper, tmp_path):
    pdf = numbered_pdf(tmp_path / "in.pdf", 1)
    asked = []
    with_one = open_paper(pdf, workbook=asked.append)
    button(with_one, "导出工作簿…").click()
    assert asked == [with_one]
    without = open_paper(pdf)
    names = {one.accessibleName() for one in without.findChildren(QPushButton)}
    assert "导出工作簿…" not in names
    assert not without.thumbnails.isVisible()


def test_a_paper_is_made_beside_the_window_and_goes_with_it(qtbot, window, session, tmp_path):
    made = []

    def build(_office, _progress, out):
        made.append(numbered_pdf(out, 2))

    preview_made(window, session, MadePaper(tmp_path / "名册.pdf", "名册", "名册.pdf"), build)
    qtbot.waitUntil(lambda: bool(window.findChildren(PreviewWindow)))
    (preview,) = window.findChildren(PreviewWindow)
    assert made[0].exists()
    assert made[0].parent != tmp_path
    preview.close()
    assert not made[0].parent.exists()


def test_a_paper_that_cannot_be_made_leaves_nothing(qtbot, window, session, tmp_path):
    tried = []

    def build(_office, _progress, out):
        tried.append(out)
        raise WorldError("file.disk_full", "磁盘已满。")

    with qtbot.waitSignal(session.runner.refused):
        preview_made(window, session, MadePaper(tmp_path / "a.pdf", "a", "a.pdf"), build)
    assert not tried[0].parent.exists()
