"""学时台账: hours and credits entry by entry, which only ever add; and claims that wait."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from models.office.context import Office
from models.progress import Progress
from models.store.operations import Operation
from models.training.ledger import reverse
from models.training.listing import EntryFilter, EntryRow, entry_ids, entry_rows, ledger_years
from ui.desktop.pages.ledger.claims import ClaimsPart, new_claim
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.page import Page
from ui.desktop.widgets.parts import button, tab_bar
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to
from ui.desktop.widgets.table.source import Order, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

COLUMNS = (
    TableColumn("name", "姓名", 7),
    TableColumn("school", "当时学校", 12),
    TableColumn("year", "年度", 4, numeric=True),
    TableColumn("course", "课程名称", 16, stretch=True),
    TableColumn("category", "形式", 5, listed=False),
    TableColumn("theme", "项目类别", 6, listed=False),
    TableColumn("level", "级别", 4, listed=False),
    TableColumn("nature", "性质", 4, listed=False),
    TableColumn("hours", "学时", 4, numeric=True),
    TableColumn("credits", "学分", 4, numeric=True),
    TableColumn("kind", "类别", 4, sortable=False, listed=False),
    TableColumn("start_date", "开始日期", 7, listed=False),
    TableColumn("source", "来源", 10, listed=False),
)
FACTS = {
    "teacher_no": "教师编号", "year": "培训年度", "hours": "学时", "credits": "学分",
    "category": "培训形式", "theme": "项目类别", "level": "培训级别", "nature": "课程性质",
    "ground": "冲抵事由", "start_date": "开始日期", "end_date": "结束日期",
    "organizer": "培训机构", "score": "考核结果", "school": "当时学校", "source": "来源",
    "evidence": "佐证", "entered_by": "录入", "approved_by": "审核", "verified_by": "验证",
    "posted_on": "登记日期", "remark": "备注",
}  # fmt: skip
export_records = Lazy("ui.desktop.pages.ledger.jobs", "export_records")
ENTRIES, CLAIMS = "台账", "待审"
MOST = 50_000
"""As many entries are listed at once; nobody looks through more."""
EMPTY = "还没有学时记录。可从 Excel 导入，或在“培训”中登记。"


class LedgerRows:
    """The entries that a filter asks for."""

    def __init__(self, office: Office, wanted: EntryFilter) -> None:
        """Ask the office for the entries ``wanted``."""
        self._office = office
        self._wanted = wanted

    def ids(self, order: Order | None) -> Sequence[str]:
        """Their identities in order."""
        key, descending = (order.key, order.descending) if order else ("", False)
        return entry_ids(self._office, self._wanted, key, descending=descending, limit=MOST)

    def rows(self, ids: Sequence[str]) -> Sequence[TableRow]:
        """Those entries; what no longer counts is muted."""
        return [TableRow(one.id, one.shown, _tones(one)) for one in entry_rows(self._office, ids)]


class LedgerPage(Page):
    """The ledger as a list."""

    help_page = "ledger.md"
    interests = frozenset({"ledger_entry", "ledger_claim", "setting"})

    def __init__(self, session: Session) -> None:
        """Make the page; ``reload`` fills it."""
        super().__init__("学时台账")
        self.session = session
        self.table = DataTable(COLUMNS, session.preferences, "ledger")
        self.table.setAccessibleName("学时记录")
        self.filters = FilterRow(
            "姓名（Ctrl+F）", {"year": FilterCombo("年度"), "category": FilterCombo("形式")}
        )
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一条记录，这里显示其来源和当时的情况。")
        self.buttons.addWidget(
            button("导入培训记录…", partial(session.go.emit, "imports", "records"),
                   drawing="file-down")
        )  # fmt: skip
        self.buttons.addWidget(button("登记学时…", self.enter, kind="primary", drawing="plus"))
        self.buttons.insertWidget(0, button("导出…", self.export, drawing="file-up"))
        if not session.edition.hides("ledger.upload"):
            self.buttons.insertWidget(1, button("报送上级…", self.send_up, drawing="upload"))
        self.card.foot.addWidget(button("看教师", self.show_teacher))
        self.card.foot.addWidget(button("冲销…", self.reverse))
        self.claims = ClaimsPart(session)
        self._lay_out()
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_card)
        self.table.menu_requested.connect(self._fill_menu)
        self.table.selection_count.connect(self._tell_selection)

    def _lay_out(self) -> None:
        entries = QWidget()
        lines = QVBoxLayout(entries)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addWidget(self.filters)
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, "ledger"), 1)
        self.tabs = tab_bar("台账和待审")
        self.stack = QStackedWidget()
        for title, part in ((ENTRIES, entries), (CLAIMS, self.claims)):
            self.tabs.addTab(title)
            self.stack.addWidget(part)
        self.tabs.currentChanged.connect(self.stack.setCurrentIndex)
        self.claims.counted.connect(self._count_claims)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.stack, 1)

    def enter(self) -> None:
        """Open the form of hours to be entered."""
        new_claim(self.session, self)

    def _count_claims(self, count: int) -> None:
        self.tabs.setTabText(1, f"{CLAIMS}（{count:,}）" if count else CLAIMS)

    def reload(self) -> None:
        """Read the ledger anew."""
        self.claims.reload()
        office = self.session.office
        years = [Choice(str(year), f"{year} 年") for year in ledger_years(office)]
        self.filters.filters["year"].set_choices(years)
        modes = [Choice(one.code, one.name) for one in office.codes["training_mode"]]
        self.filters.filters["category"].set_choices(modes)
        self._show()

    def shown(self, argument: object = None) -> None:
        """Come into sight; ``"claims"`` shows what waits, ``("entry", id)`` shows an entry."""
        if argument == "claims":
            self.tabs.setCurrentIndex(1)
        elif isinstance(argument, tuple):
            self._show_entry(str(argument[-1]))  # pyright: ignore[reportUnknownArgumentType]
        self.table.setFocus()

    def _show_entry(self, entry_id: str) -> None:
        """Narrow the list to the teacher and the year of an entry, and choose it."""
        found = entry_rows(self.session.office, [entry_id])
        if not found:
            self.notice.tell("这条记录已不在台账中。", "warn")
            return
        self.tabs.setCurrentIndex(0)
        self.filters.choose({"year": found[0].shown["year"]})
        self.filters.search.setText(found[0].shown["name"])
        self._show()
        self.table.choose(entry_id)

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()

    def show_teacher(self) -> None:
        """Show the teacher of the chosen entry."""
        found = entry_rows(self.session.office, [self.table.current_id()])
        if found:
            self.session.go.emit("teachers", found[0].teacher_id)

    def export(self) -> None:
        """Ask where a workbook of all entries that count goes, and write it."""
        today = self.session.office.store.clock.today()
        out = ask_where_to(self, f"培训记录-全部-{today:%Y%m%d}.xlsx", WORKBOOK)
        if out is not None:
            self.session.read("正在导出", export_records.bind(out), self._exported)

    def send_up(self) -> None:
        """Go to where uploads are checked and built, at the year in sight."""
        year = int(self.filters.values().get("year", 0)) or _latest(self.session.office)
        self.session.go.emit("uploads", ("due", str(year)))

    def reverse(self) -> None:
        """Ask why the selected entries are taken back, then post the counter-entries."""
        chosen = self.table.selected_ids()
        if not chosen:
            return
        sheet = ChooseSheet(
            "冲销学时",
            f"将登记 {len(chosen)} 条相反的记录，原记录保留，两条都看得见。",
            "冲销",
            self,
        )
        sheet.add_line("reason", "原因", hint="如：重复登记")

        def done(texts: dict[str, str]) -> None:
            if not texts["reason"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()

            def work(office: Office, _progress: Progress) -> Operation:
                return reverse(office, chosen, texts["reason"])

            self.session.write("正在冲销", work, self._offer_undo)

        sheet.ask(done)

    def _exported(self, file: Path) -> None:
        self.notice.tell(f"全部有效记录已导出到 {file}（含完整证件号，请妥善保管）", "ok")

    def _offer_undo(self, operation: Operation) -> None:
        self.session.undo_offered.emit(operation.title, operation.id)

    def _show(self) -> None:
        values = self.filters.values()
        wanted = EntryFilter(
            year=int(values["year"]) if "year" in values else None,
            category=values.get("category", ""),
            name=self.filters.query(),
        )
        self.table.show_rows(LedgerRows(self.session.office, wanted))
        found = len(self.table.table.ids)
        words = f"筛选后 {found:,} 条" if self.filters.active else f"共 {found:,} 条"
        self.count.setText(f"只列出 {MOST:,} 条，请按姓名或年度筛选" if found == MOST else words)
        if not found and self.filters.active:
            self.grid.empty.say("没有符合条件的记录。", "清除筛选", self.filters.clear, "search")
        elif not found:
            go = partial(self.session.go.emit, "imports", "records")
            sentence = self.session.edition.say("ledger.empty", EMPTY)
            self.grid.empty.say(sentence, "导入 Excel…", go, "clock")
        self.grid.show_table(yes=bool(found))
        self._show_card(self.table.current_id())

    def _show_card(self, entry_id: str) -> None:
        rows = entry_rows(self.session.office, [entry_id]) if entry_id else []
        self.card.show_details(_details(rows[0]) if rows else None)

    def _fill_menu(self, menu: QMenu) -> None:
        if self.table.selected_ids():
            menu.addAction("冲销…", self.reverse)

    def _tell_selection(self, *_: int) -> None:
        count = len(self.table.selected_ids())
        self.selection_told.emit(f"已选 {count:,} 条" if count else "")


def _latest(office: Office) -> int:
    """The latest year with entries; this year where there are none."""
    return next(iter(ledger_years(office)), office.store.clock.today().year)


def _details(row: EntryRow) -> Details:
    state, tone = ("已冲销", "warn") if row.reversed else (row.shown["kind"], "muted")
    facts = [Fact(title, row.shown[key]) for key, title in FACTS.items() if row.shown[key]]
    return Details(row.shown["name"], row.shown["course"], state, tone, facts)


def _tones(row: EntryRow) -> dict[str, str]:
    return dict.fromkeys(("hours", "credits", "kind"), "muted") if row.reversed else {}
