"""报过的文件: what was built, when it went out, and what came of every row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.staff.institutions import institution_names
from ui.desktop.pages.uploads.returning import take_result
from ui.desktop.pages.uploads.sent_rows import SentDesk
from ui.desktop.pages.uploads.shown import FILES, file_details, file_row
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import ask_and_write, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to
from ui.desktop.widgets.search_box import SearchBox
from ui.desktop.widgets.table.source import FixedRows, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from pathlib import Path

    from models.uploads.sent import Sent
    from ui.desktop.tasks.session import Session

files = Lazy("ui.desktop.pages.uploads.reads", "files")
made_again = Lazy("ui.desktop.pages.uploads.reads", "made_again")
mark = Lazy("ui.desktop.pages.uploads.jobs", "mark")
EMPTY = "还没有生成过上报文件。"


class SentView(View):
    """The list of files, and the rows of one in its place."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__(session)
        self._files: dict[str, Sent] = {}
        self._wanted = ""
        self.search = SearchBox("文件名、上报表、年度（Ctrl+F）")
        self.table = DataTable(FILES, session.preferences, "upload_files")
        self.table.setAccessibleName("报过的文件")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一份文件，这里显示送出和接收的情况。")
        self.desk = SentDesk(session)
        self.stack = QStackedWidget()
        self._lay_out()
        self.search.searched.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._show_card)
        self.table.opened.connect(self.open_rows)
        self.desk.left.connect(partial(self.stack.setCurrentIndex, 0))

    def reload(self) -> None:
        """Read the files, and the rows in sight."""
        self.session.read("正在读取报过的文件", files.bind(), self._filled, quiet=True)
        if self.stack.currentWidget() is self.desk:
            self.desk.reload()

    def show_one(self, what: str) -> None:
        """Choose a file by its identity."""
        self.stack.setCurrentIndex(0)
        self._wanted = "" if self.table.choose(what) else what

    def focus_search(self) -> None:
        """Go to the search field."""
        self.search.setFocus()

    def open_rows(self, upload_id: str = "") -> None:
        """Show every row of a file; the chosen one where none is named."""
        one = self._files.get(upload_id or self.table.current_id())
        if one is not None:
            self.stack.setCurrentWidget(self.desk)
            self.desk.begin(one)

    def mark(self) -> None:
        """Ask when the selected files were handed in."""
        chosen = self._chosen()
        if not chosen:
            return
        words = f"{len(chosen)} 份文件送出的日期；空着表示没有送出。"
        sheet = ChooseSheet("登记送出", words, "登记", self)
        today = self.session.office.store.clock.today().isoformat()
        sheet.add_line("day", "送出日期", chosen[0].sent_on or today)
        ids = [one.id for one in chosen]
        ask_and_write(
            self.session, sheet, "正在登记", lambda texts: mark.bind(ids, texts["day"]),
            partial(offer_undo, self.session),
        )  # fmt: skip

    def make_again(self) -> None:
        """Ask where the chosen file goes, and make it from what was kept."""
        one = self._files.get(self.table.current_id())
        out = ask_where_to(self, one.file_name, WORKBOOK) if one else None
        if one is not None and out is not None:
            work = made_again.bind(one.id, out)
            self.session.read("正在重做文件", work, partial(self._made, out))

    def _lay_out(self) -> None:
        self._rows = button("逐条看…", self.open_rows, kind="primary")
        self._mark = button("登记送出…", self.mark)
        self._again = button("重做文件…", self.make_again)
        for one in (self._rows, self._mark, self._again):
            self.card.foot.addWidget(one)
        first = QWidget()
        lines = QVBoxLayout(first)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        take = button("登记上级的结果…", partial(take_result, self.session, self),
                      drawing="file-down")  # fmt: skip
        lines.addLayout(row(self.search, take))
        body = ListBody(self.grid, self.card, self.session.preferences, "upload_files")
        lines.addWidget(body, 1)
        self.stack.addWidget(first)
        self.stack.addWidget(self.desk)
        self.lines.addWidget(self.stack, 1)

    def _filled(self, found: tuple[Sent, ...]) -> None:
        self._files = {one.id: one for one in found}
        self._show()
        if self._wanted and self.table.choose(self._wanted):
            self._wanted = ""

    def _show(self, *_: str) -> None:
        words = self.search.text().strip()
        rows = [
            file_row(one)
            for one in self._files.values()
            if not words or words in f"{one.file_name} {one.title} {one.year}"
        ]
        self.table.show_rows(FixedRows(rows, numbers_of(FILES, rows)))
        self.grid.show_table(yes=bool(rows))
        if words:
            self.grid.empty.say("没有符合条件的文件。", drawing="search")
        else:
            go = partial(self.session.go.emit, "uploads", "due")
            self.grid.empty.say(EMPTY, "去生成", go, "file-up")
        self.counted.emit(
            f"共 {len(self._files):,} 份" + (f"，找到 {len(rows)} 份" if words else "")
        )
        self._show_card()

    def _chosen(self) -> list[Sent]:
        ids = self.table.selected_ids() or [self.table.current_id()]
        return [self._files[one] for one in ids if one in self._files]

    def _show_card(self, *_: object) -> None:
        one = self._files.get(self.table.current_id())
        school = ""
        if one is not None and one.school_id:
            school = self._school(one.school_id)
        self.card.show_details(file_details(one, school) if one else None)
        for each in (self._rows, self._again):
            each.setEnabled(one is not None)
        self._mark.setEnabled(bool(self._chosen()))

    def _school(self, school_id: str) -> str:
        return institution_names(self.session.office).get(school_id, "")

    def _made(self, out: Path, same: bool) -> None:  # noqa: FBT001 - what the job gives
        words = "与当时的文件完全相同" if same else "内容相同，文件本身与当时略有不同"
        self.session.told.emit(f"已重做 {out.name}，{words}。", "ok" if same else "warn")
