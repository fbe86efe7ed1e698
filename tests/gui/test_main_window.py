"""The window's shell: navigation, the smallest size, names for screen readers, leaving."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabBar,
)

from models.progress import Progress
from resources import path
from tests.offices import new_office
from tests.people import school, teachers
from tests.windows import at_rest, session_on, window_on
from ui.desktop.app import PAGES
from ui.desktop.pages.start.menus import Menus
from ui.desktop.pages.start.status_line import StatusLine
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.help import HelpWindow

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView)
INSIDE = (QLineEdit, QAbstractItemView, QSpinBox, QTabBar, QComboBox)
"""Controls whose own parts Qt names for screen readers itself."""
KEYS = [one.entry.key for one in PAGES]


def is_ours(control):
    """Whether a control is one of the window's own, in sight or soon to be."""
    parts = (control.parent(), control.parent().parent())
    return not (
        control.isHidden()
        or isinstance(control, QHeaderView)
        or any(isinstance(one, INSIDE) for one in parts)
    )


def text_of(control):
    return control.text() if isinstance(control, QAbstractButton) else ""


@pytest.fixture
def session(qtbot, tmp_path):
    office = new_office(tmp_path)
    teachers(office, school(office, "桦甸市第四中学"), 2)
    found = session_on(office, tmp_path)
    yield found
    qtbot.waitUntil(lambda: not found.runner.busy)
    assert found.leave()


@pytest.fixture
def window(qtbot, session, tmp_path):
    """Closed here: qtbot closes its widgets before what the pages still read has come."""
    found = window_on(session, KEYS, tmp_path)
    yield found
    at_rest(qtbot, session)
    found.close()
    found.deleteLater()


def test_every_page_can_be_reached_and_says_its_name(window):
    for key in KEYS:
        window.go(key)
        assert window.page_key == key
        assert window.page.title.text()
        assert window.page.accessibleName()


@pytest.mark.parametrize("key", KEYS)
def test_every_page_fits_a_window_of_1000_by_600(window, key):
    window.go(key)
    smallest = window.minimumSizeHint()
    assert smallest.width() <= 1000
    assert smallest.height() <= 600


def test_all_entries_of_the_rail_are_in_sight_or_scrolled_to(qtbot, window):
    for height in (800, 600):
        window.resize(1000, height)
        qtbot.waitUntil(lambda height=height: window.height() == height)
        entries = list(window.rail._buttons.values())
        assert height == 600 or not any(one.visibleRegion().isEmpty() for one in entries)
        for key in (KEYS[0], "settings"):
            window.go(key)
            entry = window.rail._buttons[key]
            assert entry.visibleRegion().boundingRect().height() == entry.height()


def test_every_control_has_a_name_for_screen_readers(window):
    for key in KEYS:
        window.go(key)
    found = [one for kind in CONTROLS for one in window.findChildren(kind) if is_ours(one)]
    nameless = [one for one in found if not (one.accessibleName() or text_of(one))]
    assert {f"{type(one.parent()).__name__}.{type(one).__name__}" for one in nameless} == set()


def test_alt_and_a_digit_show_a_page(qtbot, window):
    window.activateWindow()
    window.go("home")
    shortcuts = {one.key().toString(): one for one in window.findChildren(QShortcut)}
    shortcuts["Alt+2"].activated.emit()
    assert window.page_key == KEYS[1]


def test_the_last_page_is_shown_again(qtbot, session, tmp_path):
    first = window_on(session, KEYS, tmp_path)
    qtbot.addWidget(first)
    first.go("history")
    first.close()
    second = window_on(session, KEYS, tmp_path)
    qtbot.addWidget(second)
    assert second.page_key == "history"


def test_the_detail_card_gives_way_in_a_narrow_window(qtbot, window):
    window.go("teachers")
    window.resize(1280, 800)
    qtbot.waitUntil(window.page.card.isVisible)
    window.resize(1000, 600)
    qtbot.waitUntil(lambda: not window.page.card.isVisible())


def test_leaving_while_work_runs_asks_and_cancelling_ends_it(qtbot, window, session):
    begun = threading.Event()

    def long(_office, progress: Progress):
        begun.set()
        while True:
            progress.step(1, None, "步")

    session.write("正在导入", long)
    assert begun.wait(5)
    window.close()
    assert window.isVisible()
    question = window.findChild(Sheet)
    with qtbot.waitSignal(window.leaving):
        next(b for b in question.findChildren(QPushButton) if b.text() == "取消操作并退出").click()


def test_menus_undo_and_redo_the_latest_step(qtbot, window, session, tmp_path):
    menus = Menus(session, window, lambda: window.page, tmp_path / "log")
    actions = window.add_menu_items(menus.items())
    assert actions["撤销上一步"].shortcut().toString() == "Ctrl+Z"
    count = "SELECT COUNT(*) FROM teacher"
    with qtbot.waitSignal(session.changed):
        menus.undo()
    assert session.office.store.value(count) == 0
    with qtbot.waitSignal(session.changed):
        menus.redo()
    assert session.office.store.value(count) == 2


def test_f1_opens_the_help_of_the_page(window, session, tmp_path):
    menus = Menus(session, window, lambda: window.page, tmp_path / "log")
    window.go("teachers")
    menus.help_here()
    opened = window.findChild(HelpWindow)
    assert "教师" in opened.text()
    opened.close()


def test_every_page_has_its_help(window):
    for key in KEYS:
        window.go(key)
        assert (path("help") / window.page.help_page).is_file(), key


def test_the_status_bar_says_what_was_saved_and_leads_on(qtbot, window, session):
    StatusLine(session, window.status)
    assert "上次备份：从未" in window.status.text("backup")

    def rename(office, _progress):
        with office.store.operation("test", "改") as operation:
            office.store.execute("UPDATE setting SET value = '新名' WHERE name = 'office.name'")
        return operation

    with qtbot.waitSignal(session.changed):
        session.write("写", rename)
    assert window.status.text("saved").startswith("已自动保存 ")
    window.status.clicked.emit("backup")
    assert window.page_key == "backups"
