"""上级调动: transfers that go through sign-offs in a higher system, followed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.staff.institutions import institution_names
from models.uploads.transfers import DIRECTION_NAMES, Transfer
from models.uploads.transfers import STATE_NAMES as ENDS
from ui.desktop.pages.uploads.shown import TRANSFERS, transfer_details, transfer_row
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.asking import ask_and_write
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

followed = Lazy("ui.desktop.pages.uploads.reads", "followed")
file_one = Lazy("ui.desktop.pages.uploads.jobs", "file_one")
sign_one = Lazy("ui.desktop.pages.uploads.jobs", "sign_one")
EMPTY = "没有在上级系统中办理的调动。登记以后，每办一步记一笔，办到哪里一看便知。"
SYSTEM = "全国教师管理信息系统"


class TransfersView(View):
    """The list of transfers with what was signed so far."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__(session)
        self._found: dict[str, Transfer] = {}
        states = [Choice(*one) for one in ENDS.items()]
        self.filters = FilterRow("姓名、学校（Ctrl+F）", {"state": FilterCombo("情况", states)})
        self.table = DataTable(TRANSFERS, session.preferences, "upload_transfers")
        self.table.setAccessibleName("上级系统中的调动")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一次调动，这里显示办理经过。")
        self._sign = button("登记办理…", self.sign, kind="primary")
        self.card.foot.addWidget(self._sign)
        add = button("登记调动…", self.begin, kind="primary", drawing="plus")
        self.lines.addLayout(row(self.filters, add))
        body = ListBody(self.grid, self.card, session.preferences, "upload_transfers")
        self.lines.addWidget(body, 1)
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self.sign)

    def reload(self) -> None:
        """Read the transfers."""
        self.session.read("正在读取调动", followed.bind(), self._filled, quiet=True)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()

    def begin(self) -> None:
        """Ask for a transfer to be followed."""
        office = self.session.office
        schools = sorted(institution_names(office).values())
        words = "在上级系统里发起的调动要几方同意，这里只跟踪；名册里的调动另在“教师”页办理。"
        sheet = PickSheet("登记上级系统中的调动", words, "登记", self)
        sheet.add_line("teacher", "教师（编号或姓名）")
        sheet.add_choice("direction", "方向", DIRECTION_NAMES)
        sheet.add_line("receiver", "在哪个系统", SYSTEM)
        sheet.add_line("from_school", "调出学校", offers=schools)
        sheet.add_line("to_school", "调入学校", offers=schools)
        sheet.add_line("day", "发起日期", office.store.clock.today().isoformat())
        sheet.add_line("note", "备注")
        ask_and_write(self.session, sheet, "正在登记", file_one.bind)

    def sign(self, *_: object) -> None:
        """Ask for the next sign-off of the chosen transfer."""
        one = self._found.get(self.table.current_id())
        if one is None or one.state != "open":
            return
        words = f"{one.name}：{one.from_school} 到 {one.to_school}。办完、被退回或撤回的选结果。"
        sheet = PickSheet("登记办理", words, "登记", self)
        sheet.add_line("what", "办到哪一步", hint="如：调出校同意、县局审核")
        sheet.add_line("person", "谁办的")
        sheet.add_line("opinion", "意见")
        sheet.add_choice("state", "结果", {**ENDS, "open": "还在办理"})
        sheet.add_line("day", "日期", self.session.office.store.clock.today().isoformat())
        ask_and_write(self.session, sheet, "正在登记", lambda texts: sign_one.bind(one.id, texts))

    def _filled(self, found: tuple[Transfer, ...]) -> None:
        self._found = {one.id: one for one in found}
        self._show()

    def _show(self) -> None:
        state, words = self.filters.values().get("state", ""), self.filters.query()
        rows = [
            transfer_row(one)
            for one in self._found.values()
            if (not state or one.state == state)
            and words in f"{one.name} {one.from_school} {one.to_school}"
        ]
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
        if self.filters.active:
            say = self.grid.empty.say
            say("没有符合条件的调动。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say(EMPTY, "登记调动…", self.begin, "arrow-right-left")
        waiting = sum(one.state == "open" for one in self._found.values())
        self.counted.emit(f"共 {len(self._found)} 件，办理中 {waiting} 件")
        self._show_card()

    def _show_card(self, *_: object) -> None:
        one = self._found.get(self.table.current_id())
        self.card.show_details(transfer_details(one) if one else None)
        self._sign.setEnabled(one is not None and one.state == "open")
