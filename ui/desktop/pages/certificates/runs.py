"""打印批次: what was sent to paper, how far it is, and going on with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.certificates.kinds import kind_named
from models.certificates.sheets import (
    COPY_NAMES,
    PrintRun,
    Sheet,
    open_runs,
    read_run,
    runs,
    sheets,
)
from ui.desktop.pages.certificates.print_flow import PrintFlow
from ui.desktop.pages.certificates.print_records import Account
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact, Meter
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.paper.preview import MadePaper, PreviewWindow, preview_made
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.saving import PDF, WORKBOOK, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from pathlib import Path

    from models.errors import OfficeError
    from models.store.operations import Operation

_JOBS = "ui.desktop.pages.certificates.jobs"
mark_outcome = Lazy(_JOBS, "mark_outcome")
leave_run = Lazy(_JOBS, "leave_run")
build_hand_over = Lazy(_JOBS, "build_hand_over")
write_hand_over = Lazy(_JOBS, "write_hand_over")
save_run = Lazy(_JOBS, "save_run")
COLUMNS = (
    TableColumn("title", "批次", 14, stretch=True),
    TableColumn("kind", "种类", 6),
    TableColumn("stock", "纸张", 7, listed=False),
    TableColumn("sheets", "份数", 3, numeric=True),
    TableColumn("printed", "已打印", 4, numeric=True),
    TableColumn("waiting", "待打印", 4, numeric=True),
    TableColumn("spoilt", "打坏", 3, numeric=True),
    TableColumn("begun_at", "开始", 6),
    TableColumn("state", "状态", 4),
)
EMPTY = "还没有打印过证书。在“登记册”中选中证书，点“打印…”。"
SHOWN = 60
"""So many sheets are listed in the card."""


class RunsView(QWidget):
    """The print runs, the latest first."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.flow = PrintFlow(session, self)
        self.table = DataTable(COLUMNS, session.preferences, "print_runs")
        self.table.setAccessibleName("打印批次")
        self.grid = GridCard(self.table)
        self.grid.empty.say(EMPTY, drawing="printer")
        self.card = DetailCard("在左边选中一个批次，这里显示每一份的情况。")
        self._runs: dict[str, PrintRun] = {}
        self._go_on = button("继续打印…", self.go_on, kind="primary", drawing="printer")
        self._spoilt = button("记打坏…", self.say_spoilt)
        self._by_hand = button("记为打好…", self.say_printed)
        self._leave = button("放弃其余", self.leave_rest)
        self._list = button("发放清单", self.hand_over, drawing="clipboard-list")
        self._save = button("存为 PDF…", self.save)
        self._lay_out()
        self.table.chosen.connect(self._show_card)
        self.table.opened.connect(self.go_on)

    def reload(self) -> None:
        """Read the runs anew."""
        self._runs = {one.id: one for one in runs(self.session.office)}
        self.table.show_rows(FixedRows([_row(one) for one in self._runs.values()]))
        self.grid.show_table(yes=bool(self._runs))
        self._show_card(self.table.current_id())

    def counted(self) -> str:
        """How many runs there are, and how many are not done."""
        going = len(open_runs(self.session.office))
        return f"{len(self._runs):,} 个批次" + (f"，{going} 个没有打完" if going else "")

    def go_on(self, *_: object) -> None:
        """Print what waits of the chosen run."""
        run = self._chosen()
        if run is not None and run.waiting:
            self.flow.go_on(run.id)

    def say_printed(self) -> None:
        """Ask which sheets came out of a printer elsewhere."""
        run = self._chosen()
        if run is None:
            return
        sheet = ChooseSheet(
            "记为打好", f"“{run.title}”还有 {run.waiting:,} 份待打印。", "记入登记册", self
        )
        sheet.add_line("first", "从第几份", str(run.next_place))
        sheet.add_line("last", "到第几份", str(run.sheets))
        if run.stock:
            sheet.add_line("serial", "第一张空白证书的印刷号", hint="没有印刷号的不填")

        def go_on(texts: dict[str, str]) -> None:
            ends = texts["first"], texts["last"]
            if not all(one.isdecimal() for one in ends) or int(ends[0]) > int(ends[1]):
                sheet.refuse("份数要写数字，从小到大，如 1 到 57。")
                return
            waiting = {
                one.place for one in sheets(self.session.office, run.id) if one.outcome == "waiting"
            }
            asked = range(int(ends[0]), int(ends[1]) + 1)
            places = [one for one in asked if run.booklet or one in waiting]
            account = Account(run.id, places, serial=texts.get("serial", ""))
            self._mark(account, sheet)

        sheet.ask(go_on)

    def say_spoilt(self) -> None:
        """Ask which sheet was spoilt, and why."""
        run = self._chosen()
        if run is None:
            return
        sheet = ChooseSheet(
            "记打坏的一份", "这一份会按原来的位置重新等待打印，其余各份不动。", "记下", self
        )
        sheet.add_line("place", "第几份")
        sheet.add_line("reason", "原因", "打偏", ("打偏", "卡纸", "墨粉不匀", "放反"))

        def go_on(texts: dict[str, str]) -> None:
            if not texts["place"].isdecimal():
                sheet.refuse("份数要写数字，如 57。")
                return
            self._mark(Account(run.id, (), (int(texts["place"]),), texts["reason"]), sheet)

        sheet.ask(go_on)

    def leave_rest(self) -> None:
        """Give up what waits of the chosen run."""
        run = self._chosen()
        if run is not None:

            def done(operation: Operation) -> None:
                self.session.undo_offered.emit(f"“{run.title}”放弃未印的", operation.id)

            self.session.write("正在放弃", leave_run.bind(run.id), done)

    def hand_over(self) -> None:
        """Show the list to be signed at the handing out."""
        run = self._chosen()
        if run is None:
            return
        title = f"{run.title}发放（交接）清单"
        made = MadePaper(
            self.session.path.with_name("发放清单.pdf"),
            title,
            f"{title}.pdf",
            workbook=partial(self._export, run),
        )
        work = partial(build_hand_over.load(), run_id=run.id)
        preview_made(self, self.session, made, work)

    def save(self) -> None:
        """Ask where what waits goes as files, and write them; nothing is marked."""
        run = self._chosen()
        out = ask_where_to(self, f"{run.title}.pdf", PDF) if run else None
        if run is not None and out is not None:

            def done(files: int) -> None:
                words = f"已写出 {files:,} 个文件。打好以后请点“记为打好…”。"
                self.session.told.emit(words, "ok")

            self.session.read("正在生成证书", save_run.bind(run.id, out, each=False), done)

    def _export(self, run: PrintRun, window: PreviewWindow) -> None:
        out = ask_where_to(window, f"{run.title}发放清单.xlsx", WORKBOOK)
        if out is not None:

            def done(file: Path) -> None:
                window.notice.tell(f"已生成 {file}", "ok")

            self.session.read("正在导出", write_hand_over.bind(run.id, out), done)

    def _mark(self, account: Account, sheet: ChooseSheet) -> None:
        def done(_: PrintRun) -> None:
            sheet.accept()

        def refused(error: OfficeError) -> None:
            sheet.refuse(error.sentence)

        self.session.write("正在记入登记册", mark_outcome.bind(account), done, refused)

    def _chosen(self) -> PrintRun | None:
        identity = self.table.current_id()
        return read_run(self.session.office, identity) if identity else None

    def _lay_out(self) -> None:
        for one in (self._go_on, self._by_hand, self._spoilt):
            self.card.foot.addWidget(one)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(None, self._list, self._save, self._leave))
        lines.addWidget(ListBody(self.grid, self.card, self.session.preferences, "print_runs"), 1)

    def _show_card(self, identity: str) -> None:
        run = self._runs.get(identity)
        listed = sheets(self.session.office, identity) if run and not run.booklet else []
        self.card.show_details(_details(run, listed) if run else None)
        for one in (self._go_on, self._by_hand, self._leave, self._save):
            one.setEnabled(run is not None and bool(run.waiting) and not run.given_up)
        self._spoilt.setEnabled(run is not None and not run.booklet and not run.given_up)
        self._list.setEnabled(run is not None)


def _row(one: PrintRun) -> TableRow:
    texts = {
        "title": one.title,
        "kind": kind_named(one.kind).title,
        "stock": f"空白{one.stock}" if one.stock else "白纸",
        "sheets": f"{one.sheets:,}",
        "printed": f"{one.printed:,}",
        "waiting": f"{one.waiting:,}",
        "spoilt": f"{one.spoilt:,}" if one.spoilt else "",
        "begun_at": one.begun_at[:10],
        "state": _state(one),
    }
    tone = "muted" if one.given_up else "warn" if one.waiting else "ok"
    return TableRow(one.id, texts, {"state": tone})


def _state(one: PrintRun) -> str:
    if one.given_up:
        return "已放弃其余"
    return "没有打完" if one.waiting else "已打完"


def _details(run: PrintRun, listed: list[Sheet]) -> Details:
    printed = run.printed / max(1, run.sheets)
    shown = sorted(listed, key=lambda one: (one.outcome != "waiting", one.place))[:SHOWN]
    lines = [Fact(f"第 {one.place} 份", _sheet_words(one)) for one in shown]
    more = len(listed) - len(shown)
    facts = [
        Fact("种类", kind_named(run.kind).title),
        Fact("纸张", f"空白{run.stock}（套打）" if run.stock else "白纸"),
        Fact("补打原因", run.reason),
        Fact("打印机", " ".join(part for part in (run.printer, run.tray) if part)),
    ]
    later = [Fact("", "各份")] if lines else []
    later += [*lines, *([Fact("……", f"还有 {more:,} 份")] if more > 0 else [])]
    return Details(
        run.title,
        run.begun_at[:16].replace("T", " "),
        _state(run),
        "muted" if run.given_up else "warn" if run.waiting else "ok",
        [fact for fact in facts if fact.value],
        "进度",
        [Meter("已打印", f"{run.printed:,}/{run.sheets:,}", printed)],
        later,
    )


def _sheet_words(one: Sheet) -> str:
    names = {"waiting": "待打印", "printed": "已打印", "spoilt": "打坏"}
    words = [one.name, one.number, names[one.outcome]]
    words += [COPY_NAMES[one.copy]] if one.copy != "first" else []
    words += [part for part in (one.serial, one.reason) if part]
    return "　".join(words)
