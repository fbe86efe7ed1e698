"""The verdicts as files: a workbook, a teacher's sheet, an overview; each says its scope."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from models.verdicts.overview import Standing
from ui.desktop.pages.verdicts.listing import Listing
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.saving import PDF, WORKBOOK, ask_where_to

_JOBS = "ui.desktop.pages.verdicts.jobs"
export_workbook = Lazy(_JOBS, "export_workbook")
print_teachers = Lazy(_JOBS, "print_teachers")
print_overview = Lazy(_JOBS, "print_overview")


class Papers:
    """Asks where a file goes, has it made on the lane, and offers to open it."""

    def __init__(self, session: Session, page: Page) -> None:
        """Work for a page, over which windows open."""
        self._session = session
        self._page = page

    def export(self, listing: Listing, shown: Sequence[str] | None) -> None:
        """Write a workbook of the teachers shown; of everybody for None."""
        places = None if shown is None else [listing.places[one] for one in shown]
        if places is not None and not places:
            self._page.notice.tell("没有可以导出的教师。请先清除筛选。")
            return
        scope = "全部" if places is None else f"当前筛选的{len(places)}人"
        out = ask_where_to(self._page, f"达标情况-{_period(listing)}-{scope}.xlsx", WORKBOOK)
        if out is not None:
            work = export_workbook.bind(listing.kept, places, out)
            self._session.read("正在导出", work, self._written)

    def print_teachers(self, listing: Listing, ids: Sequence[str]) -> None:
        """Write the sheets of the selected teachers."""
        if not ids:
            self._page.notice.tell("请先在表中选中要打印的教师。")
            return
        people = [listing.board.people[listing.places[one]].name for one in ids]
        who = people[0] if len(people) == 1 else f"{people[0]}等{len(people)}人"
        out = ask_where_to(self._page, f"达标核算单-{_period(listing)}-{who}.pdf", PDF)
        if out is not None:
            work = print_teachers.bind(listing.kept, list(ids), out)
            self._session.read("正在生成核算单", work, self._written)

    def print_overview(self, listing: Listing, group: Standing | None) -> None:
        """Write the overview of a group, or of the county."""
        name = group.name if group else ""
        out = ask_where_to(self._page, f"达标统计-{_period(listing)}-{name or '全县'}.pdf", PDF)
        if out is not None:
            places = group.places if group else ()
            work = print_overview.bind(listing.kept, (places, name), out)
            self._session.read("正在生成统计", work, self._written)

    def _written(self, file: Path) -> None:
        def open_it() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

        self._page.notice.tell(f"已生成 {file}", "ok", "打开文件", open_it)


def _period(listing: Listing) -> str:
    return listing.board.questions.period.label
