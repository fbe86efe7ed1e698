"""Papers of a programme from its steps: made, shown, printed; and what else was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, show_preview
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to

if TYPE_CHECKING:
    from ui.desktop.pages.mentoring.paper_jobs import Made
    from ui.desktop.tasks.session import Session

_JOBS = "ui.desktop.pages.mentoring.paper_jobs"
print_paper = Lazy(_JOBS, "print_paper")
write_workbook = Lazy(_JOBS, "write_workbook")


class Papers:
    """Papers over a widget."""

    def __init__(self, session: Session, over: QWidget) -> None:
        """Show them over ``over``."""
        self._session = session
        self._over = over
        self._folder = QTemporaryDir()

    def show(self, name: str, answers: Mapping[str, str], *, tabled: bool = False) -> None:
        """Make a paper of the catalogue and show it; it is printed or saved from there."""
        folder = Path(self._folder.path())

        def then(made: Made) -> None:
            export = partial(self._export_from, name, answers) if tabled else None
            paper = MadePaper(made.path, made.title, made.path.name, export)
            show_preview(self._over, self._session, paper)

        work = print_paper.bind(name, dict(answers), folder)
        self._session.read("正在生成", work, then)

    def save(self, proposed: str, title: str, work: Callable[[Path], OfficeWork]) -> None:
        """Ask where a workbook goes, and have it written."""
        out = ask_where_to(self._over, proposed, WORKBOOK)
        if out is not None:
            self._session.read(title, work(out), self.told)

    def told(self, path: Path) -> None:
        """Say where it is."""
        self._session.told.emit(f"已写出 {path}", "ok")

    def open_folder(self, folder: Path) -> None:
        """Show a folder's files."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _export_from(self, name: str, answers: Mapping[str, str], window: PreviewWindow) -> None:
        proposed = f"{window.windowTitle() or name}.xlsx"
        self.save(
            proposed,
            "正在导出",
            lambda out: write_workbook.bind(name, dict(answers), out),
        )
