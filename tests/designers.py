"""The designer for tests: a window over a real office, as wide as the page it will stand on."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from tests.windows import session_on
from ui.desktop.pages.certificates.designer.view import DesignerView
from ui.desktop.widgets import tokens
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
