"""Filing, reviewing, approving and returning a course from its menu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from models.office.context import Office
from models.progress import Progress
from models.training import approvals
from models.training.approvals import Decided
from models.training.courses import CourseRow
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.choose import ChooseSheet

_Act = Callable[[Office, list[str], str], Decided]


class ApprovalDeeds(QObject):
    """Takes a course one step on its way to approval."""

    def __init__(self, session: Session, page: QWidget) -> None:
        """Serve a page."""
        super().__init__(page)
        self._session = session
        self._page = page

    def fill_menu(self, menu: QMenu, row: CourseRow) -> None:
        """The steps that the course's state allows."""
        if row.approval in ("draft", "returned"):
            menu.addAction("申报", partial(self._write, row, "申报", _file, ""))
        review = partial(self._ask, row, "审核意见", "意见", approvals.review)
        back = partial(self._ask, row, "退回培训", "原因", approvals.send_back)
        for text, action, offered in (
            ("写审核意见…", review, row.approval == "filed"),
            ("批准…", partial(self._approve, row), row.approval != "approved"),
            ("退回…", back, row.approval == "filed"),
        ):
            if offered and text not in self._session.edition.leaves_out("courses"):
                menu.addAction(text, action)

    def _approve(self, row: CourseRow) -> None:
        self._ask(row, "批准培训", "意见", approvals.approve, text="同意")

    def _ask(self, row: CourseRow, title: str, asked: str, act: _Act, *, text: str = "") -> None:
        """Ask for the words that go with a step; where none are proposed they are needed."""
        sheet = ChooseSheet(title, f"《{row.shown['title'].strip('《》')}》", "确定", self._page)
        sheet.add_line("words", asked, text)

        def done(texts: dict[str, str]) -> None:
            if not texts["words"] and not text:
                sheet.refuse(f"请写{asked}。")
                return
            sheet.accept()
            self._write(row, title, act, texts["words"])

        sheet.ask(done)

    def _write(self, row: CourseRow, title: str, act: _Act, words: str) -> None:
        def work(office: Office, _progress: Progress) -> Decided:
            return act(office, [row.id], words)

        self._session.write(f"正在{title}", work, self._decided)

    def _decided(self, done: Decided) -> None:
        words = f"已{done.operation.title}。{''.join(done.told)}"
        self._session.undo_offered.emit(words, done.operation.id)


def _file(office: Office, ids: list[str], words: str) -> Decided:
    return approvals.file_plans(office, ids, opinion=words)
