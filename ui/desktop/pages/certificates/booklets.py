"""续打: the lines of a stamped year, booklet by booklet, planned and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from models.certificates.booklet_layout import layout_of
from models.certificates.booklet_years import BookletYear, booklets_of, runs_of_year, stamped_years
from models.certificates.booklets import KIND, OUTCOME_NAMES, SOURCE_NAMES, lines_of, next_place
from models.certificates.listing import CertificateFilter, certificate_ids
from models.entities.display import plain_decimal
from ui.desktop.pages.certificates.picking import PickSheet
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.dialogs import tell
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from models.certificates.booklet_plans import BookletPlan, Person
    from models.certificates.booklets import BookletLine
    from models.certificates.sheets import PrintRun
    from models.store.operations import Operation
    from ui.desktop.tasks.lane import OfficeWork

_JOBS = "ui.desktop.pages.certificates.booklet_jobs"
plan = Lazy(_JOBS, "plan")
print_again = Lazy(_JOBS, "print_again")
leave_lines = Lazy(_JOBS, "leave_lines")
go_on_at = Lazy(_JOBS, "go_on_at")
bind_booklet = Lazy(_JOBS, "bind_booklet")
print_flow = Lazy("ui.desktop.pages.certificates.print_flow", "PrintFlow")
COLUMNS = (
    TableColumn("number", "证书编号", 11),
    TableColumn("name", "持证人", 6),
    TableColumn("school", "单位", 12, stretch=True),
    TableColumn("lines", "行数", 4, numeric=True),
    TableColumn("start", "从哪里起", 9),
    TableColumn("state", "状态", 9),
)


class BookletsView(QWidget):
    """The booklets with lines of a year in a list, the lines of the chosen one beside it."""

    def __init__(self, session: Session) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self._found: list[BookletYear] = []
        self._runs: list[PrintRun] = []
        self.year = QComboBox()
        self.year.setAccessibleName("年度")
        self.notice = NoticeBar()
        self.table = DataTable(COLUMNS, session.preferences, "booklets")
        self.table.setAccessibleName("续打")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一本证书，这里显示册上各行。")
        self.plan = button("排版本年度", self._plan, kind="primary", drawing="book-plus")
        self.print = button("打印…", self._print, drawing="printer")
        self.again = button("打坏重打…", self._ask_again)
        self.leave = button("放弃未印…", self._ask_leave)
        self.layout_button = button("册页格式…", self._ask_layout)
        self.place = button("改续打位置…", self._ask_place)
        self.card.foot.addWidget(self.place)
        self.card.foot.addStretch(1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(
            row(self.year, None, self.layout_button, self.leave, self.again, self.print, self.plan)
        )
        lines.addWidget(self.notice)
        lines.addWidget(ListBody(self.grid, self.card, session.preferences, "booklets"), 1)
        self.year.currentIndexChanged.connect(self._show)
        self.table.chosen.connect(self._show_card)

    def reload(self) -> None:
        """Read the years and booklets anew."""
        chosen = self.year.currentData()
        self.year.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self.year.clear()
        for one in stamped_years(self.session.office):
            self.year.addItem(f"{one} 年度", one)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)) if self.year.count() else -1)
        self.year.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._show()

    def counted(self) -> str:
        """How many booklets and lines of the year, and how many lines wait."""
        if not self._found:
            return ""
        lines = sum(one.lines for one in self._found)
        waiting = sum(one.waiting for one in self._found)
        return f"{len(self._found):,} 本 {lines:,} 行，待打印 {waiting:,} 行"

    def _show(self, *_: object) -> None:
        office, year = self.session.office, self.year.currentData()
        self._found = [] if year is None else booklets_of(office, year)
        self._runs = [] if year is None else runs_of_year(office, year)
        self.table.show_rows(FixedRows([_row(one) for one in self._found]))
        self.grid.show_table(yes=bool(self._found))
        self._say_empty(year)
        self.year.setVisible(year is not None)
        self.plan.setEnabled(year is not None)
        self.print.setEnabled(any(one.waiting for one in self._runs))
        self.leave.setEnabled(any(one.waiting for one in self._runs))
        self.again.setEnabled(any(one.printed for one in self._runs))
        if voided := sum(one.voided for one in self._found):
            self.notice.tell(f"{voided} 行已印在册上，但验印已撤回：请在册上手工注明，见列表。")
        else:
            self.notice.hide()
        self._show_card(self.table.current_id())

    def _say_empty(self, year: int | None) -> None:
        say, go = self.grid.empty.say, self.session.go.emit
        if year is None:
            words = "还没有验印的年度。先办理年度验印，再把各人的学时续打到证书上。"
            say(words, "去年度验印", lambda: go("stamping", None), "stamp")
        elif not certificate_ids(self.session.office, CertificateFilter(kind=KIND)):
            words = "还没有人有继续教育证书。先发证，再续打。"
            say(words, "去发继续教育证书", lambda: go("certificates", "register"), "award")
        else:
            say(f"{year} 年度还没有排版。", "排版本年度", self._plan, "book-plus")

    def _show_card(self, identity: str) -> None:
        found = next((one for one in self._found if one.id == identity), None)
        lines = lines_of(self.session.office, certificate_id=identity) if found else []
        self.card.show_details(_details(found, lines) if found else None)
        self.place.setEnabled(found is not None)

    def _plan(self) -> None:
        def done(made: BookletPlan) -> None:
            words = f"已排 {made.people:,} 本 {made.lines:,} 行" if made.run else "没有新的行要排"
            self.session.undo_offered.emit(words, made.operation.id)
            self.reload()
            if left := _left_out(made):
                tell(self, f"{words}。下列教师没有排。", left)

        work = plan.bind(self.year.currentData())
        self.session.write("正在安排续打", work, done)

    def _print(self) -> None:
        waiting = [one for one in self._runs if one.waiting]
        if len(waiting) == 1:
            self._go_on(waiting[0].id)
            return
        sheet = PickSheet("打印续打", "这一年度有几批没有印完，每次打印一批。", "打印…", self)
        sheet.add_choice("run", "批次", {one.id: _named(one) for one in reversed(waiting)})

        def go_on(texts: dict[str, str]) -> None:
            sheet.accept()
            self._go_on(texts["run"])

        sheet.ask(go_on)

    def _go_on(self, run_id: str) -> None:
        # Any: what a Lazy makes has no type here.
        self.flow: Any = print_flow(self.session, self)
        self.flow.go_on(run_id)

    def _ask_again(self) -> None:
        sheet = PickSheet(
            "打坏重打", "写上打坏的是这一批的第几页；同样的行在原来的位置再打一次。", "重打", self
        )
        printed = [one for one in self._runs if one.printed]
        sheet.add_choice("run", "批次", {one.id: _named(one) for one in printed})
        sheet.add_line("places", "第几页", hint="如 3,5-7")
        sheet.add_line("reason", "原因", hint="如 打偏")
        self._ask(
            sheet,
            lambda said: print_again.bind(said["run"], said["places"], said["reason"]),
            "已登记重打，请接着打印",
        )

    def _ask_leave(self) -> None:
        sheet = PickSheet("放弃未印", "没有印的行放弃，以后可以重新排版。", "放弃", self)
        waiting = [one for one in self._runs if one.waiting]
        sheet.add_choice("run", "批次", {one.id: _named(one) for one in waiting})
        self._ask(sheet, lambda said: leave_lines.bind(said["run"]), "未印的行已放弃")

    def _ask_place(self) -> None:
        identity = self.table.current_id()
        office = self.session.office
        at = next_place(office, [identity], layout_of(office).register)[identity]
        sheet = PickSheet("改续打位置", "如册上已有手写的行，写明从哪里续打。", "保存", self)
        sheet.add_line("page", "页码", str(at.page) if at else "")
        sheet.add_line("line", "行号", str(at.line) if at else "")
        sheet.add_line("reason", "原因", hint="如 此前为手写")
        self._ask(
            sheet,
            lambda said: go_on_at.bind(identity, said["page"], said["line"], said["reason"]),
            "续打位置已改，以后排版的行从那里起",
        )

    def _ask_layout(self) -> None:
        layout = layout_of(self.session.office)
        words = "写成“起页-止页x每页行数”，如 4-23x12。已经排版的行不变。"
        sheet = PickSheet("册页格式", words, "保存", self)
        sheet.add_line("register", "登记页", layout.register.text)
        yearly = layout.yearly.text if layout.yearly else ""
        sheet.add_line("yearly", "年度页", yearly, hint="年度合计也写在登记页的不填")
        work: Callable[[dict[str, str]], OfficeWork] = lambda said: bind_booklet.bind(  # noqa: E731
            said["register"], said["yearly"]
        )
        self._ask(sheet, work, "册页格式已保存")

    def _ask(
        self, sheet: PickSheet, work: Callable[[dict[str, str]], OfficeWork], said: str
    ) -> None:
        """Have done what the window asks for, and offer to take it back where that can be."""

        def go_on(texts: dict[str, str]) -> None:
            def done(made: Operation | None) -> None:
                sheet.accept()
                if made is None:
                    self.session.told.emit(said, "ok")
                else:
                    self.session.undo_offered.emit(said, made.id)
                self.reload()

            self.session.write(
                "正在保存", work(texts), done, lambda error: sheet.refuse(error.sentence)
            )

        sheet.ask(go_on)


def _named(one: PrintRun) -> str:
    return f"{one.title}（{one.sheets:,} 页，待打印 {one.waiting:,} 页）"


def _row(one: BookletYear) -> TableRow:
    state, tone = "已打印", "ok"
    if one.voided:
        state, tone = "验印已撤回", "error"
    elif one.waiting:
        state, tone = f"待打印 {one.waiting} 行", "warn"
    texts = {
        "number": one.number,
        "name": one.name,
        "school": one.school,
        "lines": str(one.lines),
        "start": one.start.text,
        "state": state,
    }
    return TableRow(one.id, texts, {"state": tone})


def _details(one: BookletYear, lines: Sequence[BookletLine]) -> Details:
    facts = [Fact("编号", one.number), Fact("单位", one.school)]
    standing = [Fact(each.at.text, _said(each)) for each in lines if each.outcome != "given_up"]
    return Details(one.name, "继续教育证书", facts=facts, later=[Fact("", "册上各行"), *standing])


def _said(one: BookletLine) -> str:
    words = one.title or f"{one.year} {SOURCE_NAMES[one.source]}"
    if one.source == "correction":
        words = f"更正：{'冲销' if one.takes_back else '补记'}{words}"
    state = OUTCOME_NAMES[one.outcome] if one.stamped else "验印已撤回"
    return f"{words}，{plain_decimal(one.hours)} 学时，{state}"


def _left_out(made: BookletPlan) -> str:
    parts = (("没有继续教育证书，请先发证", made.without), ("册页已满，请换新册", made.full))
    return "\n".join(f"{why}：{_people(who)}" for why, who in parts if who)


def _people(who: Sequence[Person]) -> str:
    more = f"等 {len(who):,} 人" if len(who) > 10 else ""
    return "、".join(one.name for one in who[:10]) + more
