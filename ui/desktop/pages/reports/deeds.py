"""What is done with a paper: shown, printed, saved, exported, drafted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from models.errors import OfficeError
from reports.catalogue.options import PaperInfo
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made
from ui.desktop.widgets.saving import PDF, WORKBOOK, ask_where_to

if TYPE_CHECKING:
    from models.office.context import Office
    from models.progress import Progress
    from ui.desktop.pages.reports.jobs import Made
    from ui.desktop.tasks.session import Session
    from ui.desktop.widgets.page import Page

_JOBS = "ui.desktop.pages.reports.jobs"
name_file = Lazy(_JOBS, "name_file")
print_paper = Lazy(_JOBS, "print_paper")
write_workbook = Lazy(_JOBS, "write_workbook")
draft = Lazy(_JOBS, "draft")
Answers = Mapping[str, str]
PLACES = {
    "paper.nobody": ("去导入", "imports"),
    "paper.nothing": ("去导入", "imports"),
    "stamping": ("去年度验印", "stamping"),
    "policy": ("去设置规则", "policies"),
    "class.nobody": ("去培训", "courses"),
    "exam": ("去考试抽签", "exams"),
    "team": ("去辅导团队", "teams"),
}
"""Code of a refusal, or its beginning, to where a person mends it."""


class Deeds:
    """The deeds of the page."""

    def __init__(self, session: Session, page: Page) -> None:
        """Work for a page, over which windows open."""
        self._session = session
        self._page = page

    def preview(self, info: PaperInfo, answers: Answers) -> None:
        """Make the paper and show it."""
        self._named(info, answers, partial(self._preview, info, answers))

    def print_out(self, info: PaperInfo, answers: Answers) -> None:
        """Make the paper, show it, and open the print window over it."""
        self._named(info, answers, partial(self._preview, info, answers, printing=True))

    def save(self, info: PaperInfo, answers: Answers) -> None:
        """Ask where the paper goes, and write it."""

        def then(name: str) -> None:
            out = ask_where_to(self._page, f"{name}.pdf", PDF)
            if out is not None:
                self._make(info, answers, out, self._written)

        self._named(info, answers, then)

    def export(self, info: PaperInfo, answers: Answers) -> None:
        """Ask where the workbook goes, and write it."""

        def then(name: str) -> None:
            out = ask_where_to(self._page, f"{name}.xlsx", WORKBOOK)
            if out is not None:
                work = write_workbook.bind(info.name, dict(answers), out)
                self._read(f"正在导出{info.title}", work, self._written)

        self._named(info, answers, then)

    def draft(
        self, info: PaperInfo, answers: Answers, on_done: Callable[[Answers], object]
    ) -> None:
        """Have the texts proposed from the data."""
        self._read("正在拟稿", draft.bind(info.name, dict(answers)), on_done)

    def _preview(
        self,
        info: PaperInfo,
        answers: Answers,
        name: str,
        *,
        printing: bool = False,
    ) -> None:
        def build(office: Office, progress: Progress, out: Path) -> Made:
            made: Made = print_paper.load()(office, progress, info.name, answers, out)
            return made

        def shown(window: PreviewWindow, made: Made) -> None:
            self._remark(made)
            if printing:
                window.print()

        export = partial(self._export_from, info, answers) if info.tabled else None
        file_name = f"{name}.pdf"
        paper = MadePaper(Path(file_name), info.title, file_name, export)
        preview_made(self._page, self._session, paper, build, shown, self._refused)

    def _export_from(self, info: PaperInfo, answers: Answers, _window: PreviewWindow) -> None:
        self.export(info, answers)

    def _named(self, info: PaperInfo, answers: Answers, then: Callable[[str], object]) -> None:
        """Check the answers and go on with the file's name."""
        self._read("正在核对", name_file.bind(info.name, dict(answers)), then)

    def _make(
        self, info: PaperInfo, answers: Answers, out: Path, then: Callable[[Made], object]
    ) -> None:
        work = print_paper.bind(info.name, dict(answers), out)
        self._read(f"正在生成{info.title}", work, then)

    def _read(self, title: str, work: OfficeWork, then: Callable[..., object]) -> None:
        def done(found: object) -> None:
            then(found)

        self._session.read(title, work, done, self._refused)

    def _refused(self, error: OfficeError) -> None:
        """Say why, with a way to where it can be mended."""
        for code, (action, page) in PLACES.items():
            if error.code == code or error.code.startswith(f"{code}."):
                go = partial(self._session.go.emit, page, None)
                self._page.notice.tell(error.sentence, "warn", action, go)
                return
        self._page.notice.tell(error.sentence, "warn")

    def _written(self, made: Made) -> None:
        told = "".join(f" {one}" for one in made.remarks)
        self._page.notice.tell(
            f"已生成 {made.path}{told}", "ok", "打开文件", partial(self._open, made.path)
        )

    def _remark(self, made: Made) -> None:
        if made.remarks:
            self._page.notice.tell("".join(made.remarks), "info")

    def _open(self, file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
