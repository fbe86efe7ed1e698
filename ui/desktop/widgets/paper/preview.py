"""The preview: the very PDF that prints, page by page, and what can be done with it.

>>> show_preview(page, session, MadePaper(pdf, "教师名册", "教师名册.pdf"))  # doctest: +SKIP
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from models.errors import OfficeError
from models.office.context import Office
from models.progress import Progress
from reports.kit.saving import fresh_file
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.help import HelpWindow
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.paper.coming_out import PrintOutcome
from ui.desktop.widgets.paper.drawing import Background, PageDrawer
from ui.desktop.widgets.paper.page_bar import PageBar
from ui.desktop.widgets.paper.pages_view import FIT_WIDTH, STEP, PagesView
from ui.desktop.widgets.paper.print_choices import Occasion
from ui.desktop.widgets.paper.print_desk import PrintPlan
from ui.desktop.widgets.paper.print_sheet import PrintSheet
from ui.desktop.widgets.paper.printers import PrintPort, is_wide
from ui.desktop.widgets.paper.qt_port import QtPrintPort
from ui.desktop.widgets.paper.thumbnails import Thumbnails
from ui.desktop.widgets.parts import button, card, label
from ui.desktop.widgets.saving import PDF, ask_where_to

SMALLEST = (760, 480)
HELP = "printing.md"


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper that was made and is to be looked at.

    Attributes:
        pdf: the file; these bytes are shown, printed and saved.
        title: what it is, with its scope: 「结业证书　126 份」.
        file_name: what a saved file is proposed to be called.
        workbook: exports the same as a workbook and is handed this window, over which it asks and
            in whose ``notice`` it tells; None where the paper is no table.
        printed: told the ``PrintOutcome`` a person gives after printing. With it the paper counts
            as a batch: one sheet is tried first, and every sheet is accounted for.
        background: the pre-printed sheet each page goes on; shown, never printed.
        adjusted: whether the file was drawn for a tray already.
        folder: where the file lies for the time of the preview; emptied when that closes.
    """

    pdf: Path
    title: str
    file_name: str
    workbook: Callable[[PreviewWindow], object] | None = None
    printed: Callable[[PrintOutcome], object] | None = None
    background: Background | None = None
    adjusted: bool = False
    folder: TemporaryDirectory[str] | None = None


class PreviewWindow(QDialog):
    """One paper in a window of its own."""

    def __init__(
        self, parent: QWidget, session: Session, paper: MadePaper, port: PrintPort | None = None
    ) -> None:
        """Open the file; its pages are drawn as they come into sight.

        Raises:
            WorldError: the file cannot be read.
        """
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("preview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"预览 — {paper.title}")
        self.setAccessibleName(self.windowTitle())
        self.paper = paper
        self.session = session
        self.port: PrintPort = port or QtPrintPort()
        self.drawer = PageDrawer(paper.pdf, paper.background, self)
        self.count = self.drawer.pages.count
        self.view = PagesView(self.drawer)
        self.thumbnails = Thumbnails(self.drawer)
        self.bar = PageBar(self.view, self.count, background=paper.background is not None)
        self.notice = NoticeBar()
        self._begin_at = 1
        self._lay_out()
        self.resize(parent.window().size().expandedTo(self.minimumSize()))
        self._connect()
        self._keys()
        self.view.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the file."""
        self._let_go()
        super().closeEvent(event)

    def done(self, result: int) -> None:
        """Esc closes too."""
        self._let_go()
        super().done(result)

    def print(self) -> None:
        """Open the print window."""
        page = self.view.page
        batch = self.paper.printed is not None
        occasion = Occasion(
            self.count,
            page + 1,
            is_wide(self.drawer.sizes[page]),
            self._begin_at,
            batch or self.paper.background is not None,
        )
        plan = PrintPlan(self.paper.pdf, self.paper.title, self.paper.adjusted, asks=batch)
        sheet = PrintSheet(self, self.session, plan, self.port, occasion)
        sheet.printed.connect(self._printed)
        sheet.open()

    def save(self) -> None:
        """Ask where the PDF goes, and write it there."""
        out = ask_where_to(self, self.paper.file_name, PDF)
        if out is not None:
            work = partial(_copy, pdf=self.paper.pdf, out=out)
            self.session.read("正在保存", work, self._saved, self._refused)

    def _export(self) -> None:
        if self.paper.workbook is not None:
            self.paper.workbook(self)

    def _lay_out(self) -> None:
        head = card("previewHead")
        inside = QHBoxLayout(head)
        inside.setContentsMargins(tokens.CARD, tokens.GAP, tokens.BLOCK, tokens.GAP)
        inside.setSpacing(tokens.GAP)
        title = label(self.paper.title, "name")
        title.setMinimumWidth(tokens.px(60))
        title.setToolTip(self.paper.title)
        inside.addWidget(title, 1)
        if self.paper.workbook is not None:
            inside.addWidget(button("导出工作簿…", self._export, drawing="file-up"))
        inside.addWidget(button("另存为 PDF…", self.save, drawing="save"))
        inside.addWidget(button("打印…", self.print, kind="primary", drawing="printer"))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.thumbnails)
        middle.addWidget(self.view, 1)
        self.thumbnails.setVisible(self.count > 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.notice)
        layout.addLayout(middle, 1)
        layout.addWidget(self.bar)
        self.setMinimumSize(tokens.px(SMALLEST[0]), tokens.px(SMALLEST[1]))

    def _connect(self) -> None:
        self.drawer.beside.broken.connect(self._broken)
        self.view.page_changed.connect(self.bar.show_page)
        self.view.page_changed.connect(self.thumbnails.mark)
        self.view.zoomed.connect(self.bar.show_zoom)
        self.thumbnails.asked_for.connect(self.view.turn_to)
        self.bar.looked_for.connect(self._look_for)
        self.bar.background_wanted.connect(self._show_background)
        self.bar.show_page(0)
        self.thumbnails.mark(0)
        self.view.fit_to(self.view.fit)

    def _keys(self) -> None:
        for keys, action in (
            (QKeySequence(QKeySequence.StandardKey.Print), self.print),
            (QKeySequence(QKeySequence.StandardKey.Save), self.save),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), partial(self.view.zoom_by, STEP)),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), partial(self.view.zoom_by, 1 / STEP)),
            (QKeySequence("Ctrl+0"), partial(self.view.fit_to, FIT_WIDTH)),
            (QKeySequence(QKeySequence.StandardKey.Find), self.bar.search.setFocus),
            (QKeySequence("Ctrl+G"), self.bar.number.setFocus),
            (QKeySequence(QKeySequence.StandardKey.HelpContents), self._help),
        ):
            QShortcut(keys, self, action)

    def _help(self) -> None:
        HelpWindow(self, HELP).show()

    def _show_background(self, yes: bool) -> None:  # noqa: FBT001 - a slot
        self.drawer.show_background(yes=yes)

    def _look_for(self, text: str) -> None:
        start = (self.view.page + 1) % self.count
        self.drawer.look_for(text, start, partial(self._found, text))

    def _found(self, text: str, page: int | None) -> None:
        if page is None:
            self.notice.tell(f"文件里没有“{text}”。", "warn", seconds=6)
        else:
            self.notice.hide()
            self.view.turn_to(page)

    def _printed(self, outcome: PrintOutcome) -> None:
        self._begin_at = outcome.missing[0] if outcome.missing else 1
        answered = self.paper.printed is not None or outcome.missing or outcome.spoilt
        handed = f"已交给打印机 {len(outcome.good):,} 页。"
        said = outcome.sentence() if answered else handed
        if self.paper.printed is not None:
            self.paper.printed(outcome)
        tone = "ok" if outcome.whole else "warn"
        self.notice.tell(said, tone, "" if outcome.whole else "接着打…", self.print)

    def _saved(self, file: Path) -> None:
        self.notice.tell(
            f"已保存 {file}",
            "ok",
            "打开文件",
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))),
        )

    def _refused(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")

    def _broken(self, error: object) -> None:
        if isinstance(error, OfficeError):
            self._refused(error)
        else:
            self.session.runner.broken.emit(error)

    def _let_go(self) -> None:
        for sheet in self.findChildren(PrintSheet):
            sheet.done(0)
        self.drawer.close()
        if self.paper.folder is not None:
            self.paper.folder.cleanup()


def show_preview(
    parent: QWidget, session: Session, paper: MadePaper, port: PrintPort | None = None
) -> PreviewWindow:
    """Open a paper's preview over ``parent``; it deletes itself when closed.

    Raises:
        WorldError: the file cannot be read.
    """
    window = PreviewWindow(parent, session, paper, port)
    window.show()
    return window


Build = Callable[[Office, Progress, Path], object]


def preview_made(
    parent: QWidget,
    session: Session,
    paper: MadePaper,
    build: Build,
    on_shown: Callable[[PreviewWindow, Any], object] | None = None,
    on_error: Callable[[OfficeError], None] | None = None,
) -> None:
    """Have a paper made beside the window, and show it; the file goes when the preview closes.

    Each preview has a file of its own: one that is still open is never replaced.

    Args:
        parent: over which windows open.
        session: where it is read and made.
        paper: how it is called and what goes with it; its ``pdf`` is only a name here.
        build: writes the PDF to the path it is handed.
        on_shown: handed the open window and what ``build`` gave.
        on_error: told why nothing was made; by default the session tells.
    """
    folder = TemporaryDirectory(prefix="shixuntong-", ignore_cleanup_errors=True)
    pdf = Path(folder.name) / paper.pdf.name

    def work(office: Office, progress: Progress) -> object:
        try:
            return build(office, progress, pdf)
        except BaseException:
            folder.cleanup()
            raise

    def done(made: object) -> None:
        window = show_preview(parent, session, replace(paper, pdf=pdf, folder=folder))
        if on_shown is not None:
            on_shown(window, made)

    session.read(f"正在生成{paper.title}", work, done, on_error)


def _copy(_office: Office, _progress: Progress, *, pdf: Path, out: Path) -> Path:
    with fresh_file(out, overwrite=True) as draft:
        shutil.copyfile(pdf, draft)
    return out
