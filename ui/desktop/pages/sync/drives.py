"""The places packages go to and come from: the drives found, and a folder chosen by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QRadioButton, QVBoxLayout

from ui.desktop.pages.sync.shown import DriveLine
from ui.desktop.tasks.preferences import Preferences
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, clear, label, row

FOLDER = "sync/folder"
"""Preference: the folder chosen by hand last."""
NONE_FOUND = "没有找到 U 盘，插上以后会列在这里；也可以选一个文件夹，把包用邮件或微信发出去。"


class DrivesCard(QFrame):
    """One button a place; the chosen one is written to and read from.

    Signals:
        refresh: look for drives again.
    """

    refresh = Signal()

    def __init__(self, preferences: Preferences) -> None:
        """Make it empty; ``show_drives`` fills it."""
        super().__init__()
        self.setObjectName("plain")
        self._preferences = preferences
        self._found: list[DriveLine] = []
        self._chosen: Path | None = None
        self._places = QButtonGroup(self)
        self._places.setExclusive(True)
        self._places.idClicked.connect(self._pick)
        frame, inside = filled_card()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tokens.px(6))
        self._none = label(NONE_FOUND, "muted", wrap=True)
        inside.addLayout(
            row(
                label("U 盘或文件夹", "heading"),
                None,
                button("选择文件夹…", self.choose_folder, drawing="folder-open"),
                button("刷新", self.refresh.emit, drawing="refresh-cw"),
            )
        )
        inside.addWidget(self._none)
        inside.addLayout(self._lines)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    @property
    def chosen(self) -> Path | None:
        """The place to write to and read from; None where there is none."""
        return self._chosen

    def show_drives(self, drives: Sequence[DriveLine]) -> None:
        """Show what was found, and the folder of last time where it is still there."""
        found = [*drives, *self._by_hand({one.path for one in drives})]
        if found == self._found and self._chosen is not None:
            return  # nothing was put in or pulled out; the keyboard stays where it is
        self._found = found
        paths = [one.path for one in self._found]
        if self._chosen not in paths:
            self._chosen = paths[0] if paths else None
        self._show()

    def choose_folder(self) -> None:
        """Ask for a folder."""
        start = self._preferences.text(FOLDER)
        name = QFileDialog.getExistingDirectory(self, "选择文件夹", start)
        if name:
            self._preferences.set_text(FOLDER, name)
            self._chosen = Path(name)
            self.show_drives([one for one in self._found if not one.chosen_by_hand])

    def _by_hand(self, known: set[Path]) -> list[DriveLine]:
        folder = self._preferences.text(FOLDER)
        path = Path(folder)
        if not folder or path in known or not path.is_dir():
            return []
        return [DriveLine(path, f"文件夹 {path.name}", str(path), chosen_by_hand=True)]

    def _show(self) -> None:
        for one in self._places.buttons():
            self._places.removeButton(one)
        clear(self._lines)
        self._none.setVisible(not self._found)
        for place, one in enumerate(self._found):
            made = _place_button(one)
            made.setChecked(one.path == self._chosen)
            self._places.addButton(made, place)
            self._lines.addWidget(made)

    def _pick(self, place: int) -> None:
        self._chosen = self._found[place].path


def _place_button(one: DriveLine) -> QRadioButton:
    words = one.words if one.writable else f"{one.words}（只读，不能写）"
    return QRadioButton(f"{one.name}　{words}")
