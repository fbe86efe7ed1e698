"""The rows of one file as they were sent, and what the receiver said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QVBoxLayout

from models.uploads.forms import Form, Subject
from models.uploads.states import STATE_NAMES
from ui.desktop.pages.uploads.shown import ROWS, file_state, sent_details, sent_row
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.desk import Desk
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.uploads.sent import Sent, SentRow
    from ui.desktop.pages.uploads.reads import SentFile
    from ui.desktop.tasks.session import Session

sent_file = Lazy("ui.desktop.pages.uploads.reads", "sent_file")


class SentDesk(Desk):
    """Every row of a file; refused ones lead to their record."""

    def __init__(self, session: Session) -> None:
        """Make it without a file; ``begin`` brings one."""
        self.session = session
        self._sent: Sent | None = None
        self._found: SentFile | None = None
        self._rows: dict[str, SentRow] = {}
        states = [Choice(*one) for one in STATE_NAMES.items()]
        self.filters = FilterRow("姓名、内容（Ctrl+F）", {"state": FilterCombo("结果", states)})
        self.table = DataTable(ROWS, session.preferences, "upload_sent_rows")
        self.table.setAccessibleName("报送的各条")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一条，这里显示当时报的内容。")
        body = ListBody(self.grid, self.card, session.preferences, "upload_sent_rows")
        super().__init__("报送的各条", ("各条",), (body,))
        self.tabs.hide()
        cast("QVBoxLayout", self.layout()).insertWidget(1, self.filters)
        self.teacher = button("看教师", self._to_teacher)
        self.record = button("看这条记录", self._to_record)
        self.card.foot.addWidget(self.record)
        self.card.foot.addWidget(self.teacher)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.grid.empty.say("没有符合条件的。", "清除筛选", self.filters.clear, "search")

    def begin(self, one: Sent) -> None:
        """Show a file; the refused rows first where there are any."""
        self._sent, self._found, self._rows = one, None, {}
        self.filters.choose({"state": "refused"} if one.refused else {})
        self.say(one.title, file_state(one), [one.file_name, f"{one.year} 年", f"{one.rows:,} 条"])
        self.reload()

    def reload(self) -> None:
        """Read the rows, beside the window."""
        if self._sent is not None:
            work = sent_file.bind(self._sent.id)
            self.session.read("正在读取", work, self._filled, quiet=True)

    def _filled(self, found: SentFile) -> None:
        if self._sent is None or found.upload_id != self._sent.id:
            return
        self._found = found
        self._rows = {one.id: one for one in found.rows}
        self._show()

    def _show(self) -> None:
        state, words = self.filters.values().get("state", ""), self.filters.query()
        rows = [
            sent_row(one)
            for one in self._rows.values()
            if (not state or one.state == state) and words in one.caption
        ]
        self.table.show_rows(FixedRows(rows, numbers_of(ROWS, rows)))
        self.grid.show_table(yes=bool(rows))
        if rows and not self.table.current_id():
            self.table.selectRow(0)
        self._show_card()

    def _show_card(self, *_: object) -> None:
        one, found = self._rows.get(self.table.current_id()), self._found
        known = one is not None and found is not None
        self.card.show_details(
            sent_details(one, found.form, found.cells[one.id]) if one and found else None
        )
        self.teacher.setEnabled(known and bool(one and one.teacher_id))
        form: Form | None = found.form if found else None
        self.record.setVisible(form is not None and form.subject is Subject.RECORD)

    def _to_teacher(self) -> None:
        one = self._rows.get(self.table.current_id())
        if one is not None and one.teacher_id:
            self.session.go.emit("teachers", one.teacher_id)

    def _to_record(self) -> None:
        one = self._rows.get(self.table.current_id())
        if one is not None:
            self.session.go.emit("ledger", ("entry", one.subject_id))
