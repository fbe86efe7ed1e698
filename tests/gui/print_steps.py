"""What a person does between a print run and paper, by clicks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton

from models.workspace.opening import open_workspace
from tests.offices import desk
from ui.desktop.widgets.paper.print_sheet import PrintSheet


def press(qtbot, found):
    """Click a button that can be clicked."""
    assert isinstance(found, QAbstractButton)
    assert found.isEnabled(), found.text()
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def press_named(qtbot, over, text):
    """Click the button that says so."""
    buttons = (one for one in over.findChildren(QPushButton) if one.accessibleName() == text)
    press(qtbot, next(one for one in buttons if one.isVisible()))


def came_up(qtbot, over, sort):
    """The window of a sort over ``over`` that is open, once it is."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in over.findChildren(sort)), timeout=20_000)
    return next(one for one in over.findChildren(sort) if one.isVisible())


def shown_by(qtbot, flow, before=None):
    """The preview a flow has opened after ``before``."""
    qtbot.waitUntil(lambda: flow.window not in (None, before), timeout=20_000)
    return flow.window


def print_all(qtbot, preview, spoilt=""):
    """Print every page of a preview without a trial; say which sheets were spoilt."""
    preview.print()
    sheet = came_up(qtbot, preview, PrintSheet)
    qtbot.waitUntil(lambda: sheet.choices.tray.count() > 0)
    sheet.choices.trial.setChecked(False)
    press(qtbot, sheet.go)
    qtbot.waitUntil(lambda: sheet.stack.currentWidget() is sheet.came_out)
    if spoilt:
        press(qtbot, sheet.came_out.not_all)
        qtbot.keyClicks(sheet.came_out.spoilt, spoilt)
    press(qtbot, sheet.answer)


def answer(qtbot, sheet, **texts):
    """Fill in a window that asks for texts, and press its button."""
    for key, text in texts.items():
        sheet._lines[key].setText(text)
    press(qtbot, sheet.action)


def read_again(office):
    """The office's file, opened anew to read."""
    return open_workspace(office.store.path, desk(seed=9), read_only=True)
