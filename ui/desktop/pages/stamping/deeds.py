"""What can be done in a year's stamping: asked, run on the lane, and told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from models.errors import OfficeError
from models.stamping.records import Run
from ui.desktop.tasks.lane import OfficeWork
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.saving import PDF, WORKBOOK, ask_where_to

if TYPE_CHECKING:
    from models.stamping.running import Stamped
    from ui.desktop.tasks.session import Session
    from ui.desktop.widgets.page import Page

_JOBS = "ui.desktop.pages.stamping.jobs"
run_year = Lazy(_JOBS, "run_year")
stamp = Lazy(_JOBS, "stamp")
void = Lazy(_JOBS, "void")
close_run = Lazy(_JOBS, "close_run")
reopen_run = Lazy(_JOBS, "reopen_run")
print_list = Lazy(_JOBS, "print_list")
print_register = Lazy(_JOBS, "print_register")
export_lists = Lazy(_JOBS, "export_lists")


class Deeds:
    """The deeds of the page."""

    def __init__(self, session: Session, page: Page) -> None:
        """Work for a page, over which windows open."""
        self._session = session
        self._page = page

    def judge(self, year: int, school_id: str | None = None) -> None:
        """Judge a year for everybody, or for one school; what is stamped stays."""
        work = run_year.bind(year, school_id)
        self._session.write(f"正在核验 {year} 年度", work, self._judged, self._not_judged)

    def stamp(self, ids: Sequence[str]) -> None:
        """Stamp lines that are ready."""
        if ids:
            self._write("正在验印", stamp.bind(list(ids)), f"已验印 {len(ids)} 人")

    def void(self, ids: Sequence[str]) -> None:
        """Ask why stamps are taken back, and take them back."""

        def then(reason: str) -> None:
            work = void.bind(list(ids), reason)
            self._write("正在作废", work, f"已作废 {len(ids)} 人的验印")

        words = f"将作废 {len(ids)} 人的验印。记录和原因保留；重新核验后可以再验印。"
        self._ask_reason("作废验印", words, "作废", then)

    def end(self, run: Run) -> None:
        """End a year after a question."""
        left = f"还有 {run.ready:,} 人可验印而没有验印。" if run.ready else ""
        sums = f"已验印 {run.stamped:,} 人，不予验印 {run.blocked:,} 人，待核实 {run.open:,} 人。"
        work = close_run.bind(run.id)
        action = partial(self._write, "正在保存", work, f"{run.year} 年度验印已结束")
        ask(
            self._page,
            f"结束 {run.year} 年度验印？",
            f"{left}{sums}结束以后不能再验印；需要补办时可以写明原因重新打开。",
            (Answer("取消"), Answer("结束本年度", action, "primary")),
            "warn" if left else "info",
        )

    def open_again(self, run: Run) -> None:
        """Ask why a year is opened again, and open it."""

        def then(reason: str) -> None:
            work = reopen_run.bind(run.id, reason)
            self._write("正在保存", work, f"已重新打开 {run.year} 年度")

        words = "原来验印的都保留。原因留在记录里。"
        self._ask_reason(f"重新打开 {run.year} 年度", words, "重新打开", then)

    def print_list(self, run: Run, school_id: str, name: str) -> None:
        """Ask where a school's list goes, and write it."""
        out = ask_where_to(self._page, f"{run.year}年度验印清单-{name}.pdf", PDF)
        if out is not None:
            work = print_list.bind(run.year, school_id, out)
            self._session.read("正在生成验印清单", work, self._written)

    def print_register(self, run: Run, ids: Sequence[str], name: str) -> None:
        """Ask where the register lines go, and write them."""
        out = ask_where_to(self._page, f"{run.year}年度登记页-{name}.pdf", PDF)
        if out is not None:
            work = print_register.bind(run.year, list(ids), out)
            self._session.read("正在生成登记页", work, self._written)

    def export(self, run: Run) -> None:
        """Ask where the workbook of all schools goes, and write it."""
        out = ask_where_to(self._page, f"{run.year}年度验印.xlsx", WORKBOOK)
        if out is not None:
            self._session.read("正在导出", export_lists.bind(run.year, out), self._written)

    def _judged(self, made: Stamped) -> None:
        run = made.run
        self._page.notice.tell(
            f"核验完成：可验印 {run.ready:,} 人，不予验印 {run.blocked:,} 人，"
            f"待核实 {run.open:,} 人，已验印 {run.stamped:,} 人。",
            "ok",
        )

    def _not_judged(self, error: OfficeError) -> None:
        go = partial(self._session.go.emit, "policies", None)
        rules = error.code.startswith("policy.")
        self._page.notice.tell(error.sentence, "warn", "去设置规则" if rules else "", go)

    def _ask_reason(self, title: str, words: str, action: str, then: Callable[[str], None]) -> None:
        sheet = ChooseSheet(title, words, action, self._page)
        sheet.add_line("reason", "原因")

        def done(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            then(texts["reason"])

        sheet.ask(done)

    def _write(self, title: str, work: OfficeWork, words: str) -> None:
        def done(made: Stamped) -> None:
            self._session.undo_offered.emit(words, made.operation.id)

        self._session.write(title, work, done)

    def _written(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._page.notice.tell(f"已生成 {file}", "ok", "打开文件", open_it)
