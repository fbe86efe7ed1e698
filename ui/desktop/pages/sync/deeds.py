"""What is done on the page: look for drives, write, read, decide."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import OfficeError
from ui.desktop.pages.sync.drives import DrivesCard
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import EVERYTHING, Session
from ui.desktop.widgets.dialogs import Answer, ask

if TYPE_CHECKING:
    from models.store.operations import Operation
    from ui.desktop.pages.sync.jobs import Decided
    from ui.desktop.pages.sync.shown import ConflictLine
    from ui.desktop.widgets.page import Page

_JOBS = "ui.desktop.pages.sync.jobs"
find_drives = Lazy(_JOBS, "find_drives")
write_packages = Lazy(_JOBS, "write_packages")
read_packages = Lazy(_JOBS, "read_packages")
decide = Lazy(_JOBS, "decide")
decide_all = Lazy(_JOBS, "decide_all")
put_aside = Lazy(_JOBS, "put_aside")
ask_for_another = Lazy("ui.desktop.pages.sync.third_value", "ask_for_another")
WATCH_MS = 4_000
"""How often the page looks whether a stick was put in or pulled out."""
READ_STOPPED = "已停止。停止以前读入的包都留下，正在读的那个没有动；可以随时再读。"
WRITE_STOPPED = "已停止。停止以前写好的包都是完整的，可以用；其余的没有写。"
NO_PLACE = "还没有选 U 盘或文件夹。插上 U 盘点“刷新”，或点“选择文件夹…”。"


class SyncDeeds(QObject):
    """The deeds of the page.

    Signals:
        done: an ``Outcome`` of reading or writing.
    """

    done = Signal(object)

    def __init__(self, session: Session, page: Page, drives: DrivesCard) -> None:
        """Work for a page, with the places of its card."""
        super().__init__(page)
        self._session = session
        self._page = page
        self._drives = drives
        self.watch = QTimer(self)
        self.watch.setInterval(WATCH_MS)
        self.watch.timeout.connect(self._look_again)
        self.watch.start()

    def look_for_drives(self) -> None:
        """Look for drives on the lane; a slow card reader holds nothing up."""
        work = find_drives.bind()
        self._session.read("正在找 U 盘", work, self._drives.show_drives, quiet=True)

    def _look_again(self) -> None:
        if self._page.isVisible() and not self._session.runner.busy:
            self.look_for_drives()

    def write_due(self) -> None:
        """Write for everybody who is due, to the chosen place."""
        self._write(())

    def write_one(self, school_id: str) -> None:
        """Write for one school."""
        self._write((school_id,))

    def read_all(self) -> None:
        """Read every package at the chosen place."""
        place = self.place()
        if place is not None:
            work = read_packages.bind((place,))
            stopped = partial(self._stopped, READ_STOPPED)
            self._session.write("正在读取包", work, self._finished, self._failed, stopped)

    def decide(self, conflict_id: str, side: str) -> None:
        """Take one of the sides of a conflict."""
        work = decide.bind(conflict_id, side)
        self._session.write("正在保存决定", work, self._decided, self._failed)

    def fill_in(self, conflict: ConflictLine) -> None:
        """Ask for a third value."""
        ask_for_another(self._session, self._page, conflict, self._filled_in)

    def put_aside(self, held_id: str) -> None:
        """Ask, then list no more what was received and not let in; it is kept."""
        work = put_aside.bind(held_id)
        go = partial(self._session.write, "正在保存决定", work, self._decided, self._failed)
        details = (
            "本机的内容不变，对方读到下一个包就改回来；只能增加的记录不再列在这里。"
            "收到的内容仍留在历史里。"
        )
        answers = (Answer("取消"), Answer("不采用", go, "primary"))
        ask(self._page, "不采用这条暂存的内容？", details, answers, "warn")

    def decide_all(self) -> None:
        """Ask, then let every conflict stay as it is shown."""
        work = decide_all.bind()
        keep = partial(self._session.write, "正在保存决定", work, self._decided, self._failed)
        details = (
            "每一处冲突都定为“现在用的”那个值，另一个值留在记录里；决定随下一个包送到对方。"
            "暂存待查的不在内。"
        )
        answers = (Answer("取消"), Answer("都用现在用的", keep, "primary"))
        ask(self._page, "冲突都用现在用的值？", details, answers, "warn")

    def place(self) -> Path | None:
        """The chosen drive or folder; says so where there is none."""
        found = self._drives.chosen
        if found is None:
            go = self._drives.choose_folder
            self._page.notice.tell(NO_PLACE, "warn", "选择文件夹…", go)
        return found

    def _write(self, schools: tuple[str, ...]) -> None:
        place = self.place()
        if place is not None:
            work = write_packages.bind(place, schools)
            stopped = partial(self._stopped, WRITE_STOPPED)
            self._session.write("正在写包", work, self._finished, self._failed, stopped)

    def _finished(self, outcome: object) -> None:
        self._page.notice.hide()
        self.done.emit(outcome)
        self.look_for_drives()

    def _decided(self, found: Decided) -> None:
        if found.operation:
            back = partial(self._session.undo, found.operation)
            self._page.notice.offer_undo(f"{found.sentence}。", back)
        else:
            self._page.notice.tell(f"{found.sentence}。", "ok")

    def _filled_in(self, operation: Operation) -> None:
        back = partial(self._session.undo, operation.id)
        self._page.notice.offer_undo(f"已记下：{operation.title}。", back)

    def _stopped(self, sentence: str) -> None:
        """What was done before the stop counts, so that everything is read anew."""
        self._page.notice.tell(sentence, "info")
        self._session.changed.emit(EVERYTHING)

    def _failed(self, error: OfficeError) -> None:
        self._page.notice.tell(error.sentence, "error")
        self.look_for_drives()
