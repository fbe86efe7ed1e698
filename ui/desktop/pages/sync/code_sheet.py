"""A code that is shown once, printed, and never kept: 注册码 of a school, 恢复码 of the county."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.errors import OfficeError
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, Sheet, ask
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made
from ui.desktop.widgets.parts import button, label, row

if TYPE_CHECKING:
    from collections.abc import Callable

    from models.office.context import Office
    from models.progress import Progress


@dataclass(frozen=True, slots=True)
class Secret:
    """What is shown.

    Attributes:
        name: what it is called: 注册码.
        heading: what was done.
        where: a line below that, "" for none.
        lines: the code, line by line.
        warning: that it is shown once, and what to do with it.
        paper: writes the sheet to print.
    """

    name: str
    heading: str
    where: str
    lines: tuple[str, ...]
    warning: str
    paper: Callable[[Office, Progress, Path], object]


class CodeSheet(Sheet):
    """Shows the code large, prints its paper, asks before an unprinted one is let go."""

    def __init__(self, parent: QWidget, session: Session, secret: Secret) -> None:
        """Show it over the page."""
        super().__init__(secret.name, parent, 560)
        self._session = session
        self._secret = secret
        self._printed = False
        self.notice = NoticeBar()
        self.code = label("\n".join(secret.lines), "figure")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setAccessibleName(secret.name)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(label(secret.heading, "heading", wrap=True))
        if secret.where:
            self.body.addWidget(label(secret.where, "muted", wrap=True))
        self.body.addWidget(label(secret.name, "caption"))
        self.body.addLayout(row(None, self.code, None))
        self.body.addWidget(label(secret.warning, "muted", wrap=True))
        self.body.addWidget(self.notice)
        print_slip = button(
            f"打印{secret.name}…", self.print_slip, kind="primary", drawing="printer"
        )
        self.foot.addWidget(print_slip)
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.reject))

    def print_slip(self) -> None:
        """Make the paper and show it for printing."""
        name = f"{self._secret.name}.pdf"

        def shown(_window: PreviewWindow, _made: object) -> None:
            self._printed = True

        paper = MadePaper(Path(name), self._secret.name, name)
        preview_made(self, self._session, paper, self._secret.paper, shown, self._failed)

    def reject(self) -> None:
        """Close; a code that was not printed is asked about first."""
        if self._printed:
            super().reject()
            return
        name = self._secret.name
        answers = (Answer("返回"), Answer("关闭", super().reject, "danger"))
        words = f"关闭以后看不到这个{name}了；没有记下来的，只能重新做一个。"
        ask(self, f"还没有打印{name}，要关闭吗？", words, answers, "warn")

    def _failed(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")
