"""The list that names whom certificates are for: a workbook, or cells pasted from one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.saving import TABLES, WORKBOOK, ask_for_file, ask_where_to

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from models.certificates.kinds import Kind
    from models.errors import OfficeError

save_template = Lazy("ui.desktop.pages.certificates.jobs", "save_template")
NONE_YET = "还没有选择"
NOTHING_COPIED = "剪贴板里没有名单。请先在 Excel、WPS 中选中名单，连同表头一行，复制后再粘贴。"


class ListRow(QWidget):
    """A row of buttons with what was taken.

    Signals:
        taken: a list is at hand.
        told: a sentence, that something was done.
        refused: a sentence, why something was not.
    """

    taken = Signal()
    told = Signal(str)
    refused = Signal(str)

    def __init__(self, session: Session, kind: Callable[[], Kind]) -> None:
        """Begin without a list; ``kind`` tells of what kind the certificates are."""
        super().__init__()
        self._session = session
        self._kind = kind
        self.file: Path | None = None
        self.pasted = ""
        self.name = label(NONE_YET, "muted")
        self.paste_button = button("粘贴名单", self.paste, drawing="clipboard-paste")
        self.paste_button.setToolTip("Ctrl+V：在 Excel 中连同表头一起复制的名单")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(tokens.GAP)
        for one in (
            button("选择名单…", self.choose_file, drawing="file-down"),
            self.paste_button,
            button("另存模板…", self.save_template),
            self.name,
        ):
            line.addWidget(one)
        line.addStretch(1)

    @property
    def empty(self) -> bool:
        """Whether there is no list."""
        return self.file is None and not self.pasted

    def forget(self) -> None:
        """Have no list any more."""
        self._take(None, "", NONE_YET)

    def choose_file(self) -> None:
        """Ask for the workbook that names the holders."""
        path = ask_for_file(self, "选择名单", TABLES)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Take a workbook that names the holders."""
        self._take(path, "", path.name)
        self.taken.emit()

    def paste(self) -> None:
        """Take the cells that were copied."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.refused.emit(NOTHING_COPIED)
            return
        lines = sum(bool(one.strip()) for one in text.splitlines()) - 1
        self._take(None, text, f"粘贴的名单，{lines:,} 行")
        self.taken.emit()

    def save_template(self) -> None:
        """Ask where an empty list goes, and write it."""
        kind = self._kind()
        out = ask_where_to(self, f"{kind.title}名单.xlsx", WORKBOOK)
        if out is not None:
            work = save_template.bind(kind.key, out)
            self._session.read("正在写模板", work, self._saved, self._failed)

    def _take(self, file: Path | None, pasted: str, name: str) -> None:
        self.file, self.pasted = file, pasted
        self.name.setText(name)

    def _saved(self, path: Path) -> None:
        self.told.emit(f"模板已写到 {path}。填好后在这里选择，或复制后粘贴。")

    def _failed(self, error: OfficeError) -> None:
        self.refused.emit(error.sentence)
