"""空白证书: what was received, used, spoilt, lost, given back, and what must be left."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.certificates.kinds import kinds
from models.certificates.stock import STEPS, Balance, StockEntry, balances, entries
from ui.desktop.pages.certificates.stock_gaps import GapSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.errors import OfficeError
    from models.office.context import Office
    from models.progress import Progress
    from models.store.operations import Operation

_JOBS = "ui.desktop.pages.certificates.stock_jobs"
wished = Lazy(_JOBS, "Wished")
enter = Lazy(_JOBS, "enter")
typed_counts = Lazy(_JOBS, "typed_counts")
print_report = Lazy(_JOBS, "print_report")
export_report = Lazy(_JOBS, "export_report")
_SUMS = ("received", "used", "spoilt", "lost", "returned", "left")
_SUM_NAMES = STEPS | {"left": "应余"}
TITLE = "空白证书收发存报表"
COLUMNS = (
    TableColumn("stock", "空白证书", 12, stretch=True),
    *(TableColumn(key, _SUM_NAMES[key], 5, numeric=True) for key in _SUMS),
)
EMPTY = "还没有登记过空白证书。套打之前先登记领入，打印时自动登记用去的每一份。"
HINTS = {
    "received": (
        "从哪里领来、单据号",
        "登记领入的空白证书；印有序列号的写上首号，末号用来核对数量。",
    ),
    "spoilt": ("如 受潮", "打印时打坏的在打印后登记；这里登记其他损坏的，如受潮、污损。"),
    "lost": ("如 清点时缺少", "登记找不到的空白证书。"),
    "returned": ("退给谁、为什么", "登记退回去的空白证书。"),
}


class StockView(QWidget):
    """The stocks in a list, the entries of the chosen one beside it."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.notice = NoticeBar()
        self.table = DataTable(COLUMNS, session.preferences, "blank_stock")
        self.table.setAccessibleName("空白证书")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一种空白证书，这里显示它的领入、损坏、丢失和退回。")
        self.receive = button(
            "领入…", partial(self._ask, "received"), kind="primary", drawing="package-plus"
        )
        self.gaps = button("差异…", self._compare, drawing="package-search")
        self.report = button("打印收发存报表…", partial(self._print, {}), drawing="printer")
        self.taking = {
            step: button(f"{STEPS[step]}…", partial(self._ask, step))
            for step in ("spoilt", "lost", "returned")
        }
        self._balances: list[Balance] = []
        self._lay_out()
        self.table.chosen.connect(self._show_card)

    def reload(self) -> None:
        """Read the stocks anew."""
        self._balances = balances(self.session.office)
        self.table.show_rows(
            FixedRows([_row(one) for one in self._balances], _values(self._balances))
        )
        self.grid.show_table(yes=bool(self._balances))
        self.grid.empty.say(EMPTY, "领入…", partial(self._ask, "received"), "package-open")
        if not self.table.current_id() and self._balances:
            self.table.choose(self._balances[0].stock)
        self._show_card(self.table.current_id())

    def _lay_out(self) -> None:
        for one in self.taking.values():
            self.card.foot.addWidget(one)
        self.card.foot.addStretch(1)
        words = label("领入＝用于证书＋损坏＋丢失＋退回＋应余，单位：份", "muted")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(words, None, self.gaps, self.report, self.receive))
        lines.addWidget(self.notice)
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, "stock"), 1)

    def _show_card(self, stock: str) -> None:
        found = next((one for one in self._balances if one.stock == stock), None)
        entered = entries(self.session.office, stock) if found else []
        self.card.show_details(_details(found, entered) if found else None)
        for one in self.taking.values():
            one.setEnabled(found is not None and found.left > 0)

    def _ask(self, step: str) -> None:
        hint, words = HINTS[step]
        sheet = PickSheet(f"空白证书{STEPS[step]}", words, f"登记{STEPS[step]}", self)
        known = [one.stock for one in kinds().values() if one.stock]
        known += [one.stock for one in self._balances]
        sheet.add_choice("stock", "空白证书", {one: one for one in known}, self.table.current_id())
        sheet.add_line("count", "数量（份）", hint="如 200")
        sheet.add_line("first", "首号", hint="没有印序列号的不填")
        if step == "received":
            sheet.add_line("last", "末号", hint="可以不填；填了就核对数量")
        sheet.add_line("reason", "说明" if step == "received" else "原因", hint=hint)

        def go_on(texts: dict[str, str]) -> None:
            def done(operation: Operation) -> None:
                sheet.accept()
                self.session.undo_offered.emit(operation.title, operation.id)
                self.reload()
                self.table.choose(texts["stock"])

            work = enter.bind(wished(step=step, **texts))
            self.session.write("正在登记", work, done, lambda error: sheet.refuse(error.sentence))

        sheet.ask(go_on)

    def _compare(self) -> None:
        GapSheet(self.session, self, self._balances, self._print).open()

    def _print(self, typed: Mapping[str, str]) -> None:
        """Show the report with what was counted, as typed."""

        def build(office: Office, progress: Progress, out: Path) -> None:
            print_report(office, progress, out, typed_counts(typed))

        paper = MadePaper(Path(f"{TITLE}.pdf"), TITLE, f"{TITLE}.pdf", partial(self._export, typed))
        preview_made(self, self.session, paper, build)

    def _export(self, typed: Mapping[str, str], window: PreviewWindow) -> None:
        out = ask_where_to(window, f"{TITLE}.xlsx", WORKBOOK)
        if out is None:
            return

        def done(path: Path) -> None:
            window.notice.tell(f"已导出 {path}", "ok")

        def refused(error: OfficeError) -> None:
            window.notice.tell(error.sentence, "error")

        work = export_report.bind(out, typed_counts(typed))
        self.session.read("正在导出", work, done, refused)


def _row(one: Balance) -> TableRow:
    texts = {"stock": one.stock} | {key: f"{getattr(one, key):,}" for key in _SUMS}
    return TableRow(one.stock, texts, {"left": "error" if one.left < 0 else "ok"})


def _values(every: list[Balance]) -> dict[str, dict[str, float]]:
    """The numbers by which the list is sorted."""
    return {one.stock: {key: float(getattr(one, key)) for key in _SUMS} for one in every}


def _details(one: Balance, entered: list[StockEntry]) -> Details:
    """The sums, and what was entered by hand, the latest first."""
    state = f"应余 {one.left:,} 份"
    facts = [Fact(_SUM_NAMES[key], f"{getattr(one, key):,} 份") for key in _SUMS[:-1]]
    later = [Fact(each.happened_on, _entered(each)) for each in reversed(entered)]
    heading = [Fact("", "登记（打印用去的不逐份列出）")] if later else []
    tone = "error" if one.left < 0 else "ok"
    return Details(one.stock, "", state, tone, facts, later=[*heading, *later])


def _entered(one: StockEntry) -> str:
    serials = one.first_serial
    if one.last_serial and one.last_serial != one.first_serial:
        serials += f"—{one.last_serial}"
    parts = (f"{one.step_name} {abs(one.count):,} 份", serials, one.reason)
    return "，".join(part for part in parts if part)
