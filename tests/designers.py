"""The designer for tests: a window over a real office, as wide as the page it will stand on."""

from __future__ import annotations

from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget

from reports.kit.form_parts import Place, part_at
from tests.papers import own_fonts
from tests.windows import session_on
from ui.desktop.pages.certificates.designer import rendering
from ui.desktop.pages.certificates.designer.view import DesignerView
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.look import add_fonts, dress
from ui.desktop.widgets.parts import row

RAIL, HEAD = 168, 120
"""Pixels that navigation, menus, title and status bar of the window take."""


def designer_on(office, folder, size=(1280, 800)):
    """The designer in a window of its own, of the size it has in the program's window."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    add_fonts()
    dress(app, 14, folder / "缓存")
    session = session_on(office, folder)
    view = DesignerView(session)
    window = QMainWindow()
    middle = QWidget()
    middle.setObjectName("page")
    middle.setLayout(row(view))
    middle.layout().setContentsMargins(tokens.PAGE, tokens.GAP, tokens.PAGE, tokens.GAP)
    window.setCentralWidget(middle)
    window.resize(size[0] - RAIL, size[1] - HEAD)
    window.show()
    return window, view, session


@contextmanager
def designer(qtbot, monkeypatch, office, folder, size=(1280, 800)):
    """The designer at work; the fonts are loaded once for all tests."""
    monkeypatch.setattr(rendering, "fonts_of", lambda _: own_fonts())
    window, view, session = designer_on(office, folder, size)
    qtbot.addWidget(window)
    yield view
    view.preview._timer.stop()
    qtbot.waitUntil(lambda: not session.runner.busy)
    assert session.leave()


@contextmanager
def drawn_designer(qtbot, monkeypatch, office, folder, size=(1280, 800)):
    """The designer at work, once the form is seen as it will be printed."""
    with designer(qtbot, monkeypatch, office, folder, size) as view:
        qtbot.waitUntil(lambda: not view.canvas.sheet.picture.isNull())
        yield view


LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def place_named(view, key):
    fields = view.draft.form.fields
    return Place("fields", next(at for at, one in enumerate(fields) if one.key == key))


def field(view, key):
    return part_at(view.draft.form, place_named(view, key))


def spot(view, x, y):
    return view.canvas.place_of((x, y)).toPoint()


def look_at(view, x, y):
    view.canvas.centerOn(x, y)


def drag(qtbot, view, start, end, *, drop=True):
    port = view.canvas.viewport()
    qtbot.mousePress(port, LEFT, NONE, start)
    for step in range(1, 6):
        qtbot.mouseMove(port, start + (end - start) * step / 5)
    if drop:
        qtbot.mouseRelease(port, LEFT, NONE, end)


def press(qtbot, widget, text):
    found = next(
        one for one in widget.findChildren(QPushButton)
        if one.text().strip() == text and one.isVisibleTo(widget)
    )  # fmt: skip
    qtbot.mouseClick(found, LEFT)


def sheet_of(view, kind=Sheet):
    return [one for one in view.findChildren(kind) if one.isVisible()][-1]


def write(qtbot, line, text):
    line.selectAll()
    if text.isascii():
        qtbot.keyClicks(line, text)
    else:  # comes from an input method, which has no keys
        line.insert(text)
        line.textEdited.emit(line.text())
