"""The search field: one search when typing pauses, none while a word is being composed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from ui.desktop.widgets.search_box import SearchBox


@pytest.fixture
def box(qtbot):
    found = SearchBox("姓名")
    qtbot.addWidget(found)
    found.show()
    return found


def test_typing_searches_once_when_it_pauses(qtbot, box):
    heard = []
    box.searched.connect(heard.append)
    with qtbot.waitSignal(box.searched):
        qtbot.keyClicks(box, "wy")
    assert heard == ["wy"]


def test_no_search_runs_while_a_word_is_composed_and_one_when_it_is_committed(qtbot, box):
    heard = []
    box.searched.connect(heard.append)
    QApplication.sendEvent(box, QInputMethodEvent("wang", []))
    box.returnPressed.emit()
    assert heard == []
    committed = QInputMethodEvent("", [])
    committed.setCommitString("王䶮")
    with qtbot.waitSignal(box.searched):
        QApplication.sendEvent(box, committed)
    assert heard == ["王䶮"]


def test_esc_clears_the_field_and_searches_at_once(qtbot, box):
    with qtbot.waitSignal(box.searched):
        box.setText("张")
    with qtbot.waitSignal(box.searched) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert heard.args == [""]
    assert box.text() == ""
