"""A finished paper to look at, page after page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from models.office.context import Office
from models.progress import Progress
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, Sheet
from ui.desktop.widgets.parts import button, label

page_count = Lazy("reports.kit.raster", "page_count")
page_picture = Lazy("reports.kit.raster", "page_picture")
DPI = 80


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A paper to be shown.

    Attributes:
        pdf: the file.
        title: of the window.
        file_name: under which a copy is proposed.
        workbook: writes it as a workbook; None where it is no table.
        printed: called when it was printed.
    """

    pdf: Path
    title: str
    file_name: str
    workbook: Callable[[], object] | None = None
    printed: Callable[[], object] | None = None


def show_preview(parent: QWidget, session: Session, made: MadePaper) -> None:
    """Open a window over ``parent`` that shows the pages of a paper."""
    _Preview(parent, session, made).open()


class _Preview(Sheet):
    """One page at a time."""

    def __init__(self, parent: QWidget, session: Session, made: MadePaper) -> None:
        super().__init__(made.title, parent, 760)
        self._session = session
        self._pdf = made.pdf
        self._page = 0
        self._pages = 0
        self._picture = label()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        area = QScrollArea()
        area.setWidget(self._picture)
        area.setWidgetResizable(True)
        area.setMinimumHeight(440)
        self.body.addWidget(area, 1)
        self.place = label("", "count")
        self.before = button("上一页", partial(self._turn, -1))
        self.after = button("下一页", partial(self._turn, 1))
        self.foot.addWidget(self.place)
        self.foot.addStretch(1)
        for one in (self.before, self.after):
            self.foot.addWidget(one)
        self.add_answer(Answer("关闭", self.accept))
        self._turn(0)

    def _turn(self, step: int) -> None:
        page = max(0, min(self._page + step, max(0, self._pages - 1)))
        work = partial(_read_page, pdf=self._pdf, page=page)
        self._session.read("正在显示", work, partial(self._show, page), quiet=True)

    def _show(self, page: int, found: tuple[int, Any]) -> None:
        self._pages, picture = found
        self._page = page
        image = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.stride,
            QImage.Format.Format_RGB32,
        )
        self._picture.setPixmap(QPixmap.fromImage(image))
        self.place.setText(f"第 {page + 1} / {self._pages} 页")
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < self._pages)


def _read_page(_office: Office, _progress: Progress, *, pdf: Path, page: int) -> tuple[object, ...]:
    return page_count(pdf), page_picture(pdf, page, DPI)
