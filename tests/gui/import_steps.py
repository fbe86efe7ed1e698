"""What a person does on the import page, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from models.staff.queries import TeacherFilter, teacher_ids, teacher_rows
from models.store.history import history
from tests.windows import drop_files
from ui.desktop.pages.imports.flow import CHECK, DONE, FILES

PATIENCE = 20_000


def click(qtbot, session, button):
    """Click a button and wait until what it began has ended."""
    assert button.isEnabled(), button.text()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, session)


def settle(qtbot, session):
    qtbot.waitUntil(lambda: not session.runner.busy, timeout=PATIENCE)


def drop(qtbot, session, page, *paths):
    """Drop files on the page's drop area."""
    drop_files(page.wizard.choosing.drop, *paths)
    settle(qtbot, session)


def checked(qtbot, session, page, *paths):
    """Drop files and go on to the check."""
    drop(qtbot, session, page, *paths)
    click(qtbot, session, page.wizard.next_button)
    assert page.wizard.flow.step == CHECK, page.notice.text()


def imported(qtbot, session, page, *paths):
    """Import files and stay on the last step."""
    checked(qtbot, session, page, *paths)
    click(qtbot, session, page.wizard.next_button)
    assert page.wizard.flow.step == DONE, page.notice.text()


def again(qtbot, session, page):
    """From the last step back to the first."""
    click(qtbot, session, page.wizard.next_button)
    assert page.wizard.flow.step == FILES


def lines(page):
    """The lines of the check as the person sees them."""
    table = page.wizard.checking.table.table
    return [table.row_at(place).texts for place in range(table.rowCount())]


def answer(qtbot, dialog_type, act):
    """Do something to the window that just opened."""
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, dialog_type)]
    shown = [one for one in found if one.isVisible()]
    assert len(shown) == 1
    act(shown[0])


def press(qtbot, dialog, text):
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def save_to(qtbot, session, path):
    def act(dialog):
        dialog.selectFile(str(path))
        dialog.accept()

    answer(qtbot, QFileDialog, act)
    settle(qtbot, session)


def steps(session):
    return [one.title for one in history(session.office.store, 10)]


def teachers(office):
    ids = teacher_ids(office, TeacherFilter())
    return {one.shown["name"]: one.shown for one in teacher_rows(office, ids, masked=False)}
