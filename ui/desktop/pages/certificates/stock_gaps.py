"""差异: what was counted in the cupboard against what the books say, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import boxed, button, clear, column, label

if TYPE_CHECKING:
    from models.certificates.gaps import GapReport, Series, StockReport
    from models.certificates.stock import Balance
    from models.errors import OfficeError

compare = Lazy("ui.desktop.pages.certificates.stock_jobs", "compare")
WIDTH, HEIGHT = 640, 560
_MOST = 20


class GapSheet(Sheet):
    """Asks what was counted, and says what does not add up."""

    def __init__(
        self,
        session: Session,
        parent: QWidget,
        balances: Sequence[Balance],
        on_print: Callable[[dict[str, str]], object],
    ) -> None:
        """Compare ``balances``; ``on_print`` is handed what was counted."""
        super().__init__("空白证书和编号的差异", parent, WIDTH)
        self._session = session
        self._on_print = on_print
        self._counts: dict[str, QLineEdit] = {}
        self.found = column(gap=tokens.px(6))
        self.problem = label("", "fieldError", wrap=True)
        self.problem.hide()
        self._lay_out(balances)
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))
        self.compare()

    def compare(self) -> None:
        """Compare anew with what is typed."""
        self.problem.hide()
        work = compare.bind(self.counted())
        self._session.read("正在核对", work, self._show, self._refuse, quiet=True)

    def counted(self) -> dict[str, str]:
        """What was typed: title of a stock to the count."""
        return {name: line.text() for name, line in self._counts.items()}

    def said(self) -> list[str]:
        """The sentences in sight."""
        items = (self.found.itemAt(at) for at in range(self.found.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [one.accessibleName() for one in widgets if one is not None]

    def _lay_out(self, balances: Sequence[Balance]) -> None:
        self.body.addWidget(
            label("清点柜中的空白证书，填上实有数再核对；不填的只核对账目。", "muted", wrap=True)
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.BLOCK)
        grid.setColumnStretch(2, 1)
        for place, one in enumerate(balances):
            line = QLineEdit()
            line.setAccessibleName(f"{one.stock}实有")
            line.setPlaceholderText("实有")
            line.setMaximumWidth(tokens.px(96))
            self._counts[one.stock] = line
            grid.addWidget(label(one.stock), place, 0)
            grid.addWidget(line, place, 1)
            grid.addWidget(label(f"账上应余 {one.left:,} 份", "muted"), place, 2)
        self.body.addLayout(grid)
        self.body.addWidget(self.problem)
        area = QScrollArea()
        inner = boxed(column(self.found, None), "scrollBody")
        area.setWidget(inner)
        area.setWidgetResizable(True)
        self.body.addWidget(area, 1)
        self.foot.addWidget(button("打印报表…", self._print, drawing="printer"))
        self.foot.addStretch(1)
        self.foot.addWidget(button("关闭", self.reject))
        self.action = button("核对", self.compare, kind="primary")
        self.action.setDefault(True)
        self.foot.addWidget(self.action)

    def _print(self) -> None:
        self.accept()
        self._on_print(self.counted())

    def _refuse(self, error: OfficeError) -> None:
        self.problem.setText(error.sentence)
        self.problem.show()

    def _show(self, report: GapReport) -> None:
        clear(self.found)
        for look, words in sentences(report):
            line = label(words, look, wrap=True)
            line.setAccessibleName(words)
            self.found.addWidget(line)


def sentences(report: GapReport) -> Iterator[tuple[str, str]]:
    """Look and words of each line: first whether all is well, then stock by stock."""
    if report.clean:
        yield "heading", "没有差异：每份空白证书和每个编号都有着落。"
    else:
        yield "heading", "有差异，请逐条查明。"
    for stock in report.stocks:
        yield from _of_stock(stock)
    for series in report.series:
        yield from _of_series(series)


def _of_stock(one: StockReport) -> Iterator[tuple[str, str]]:
    sums = one.balance
    yield (
        "muted",
        f"{sums.stock}：领入 {sums.received:,} ＝ 有效 {one.valid:,} ＋ 作废 {one.void:,} ＋ "
        f"损坏 {sums.spoilt:,} ＋ 丢失 {sums.lost:,} ＋ 退回 {sums.returned:,} ＋ "
        f"应余 {sums.left:,}",
    )
    for difference in one.differences:
        yield "fieldError", f"{sums.stock}：{difference}。"


def _of_series(one: Series) -> Iterator[tuple[str, str]]:
    missing = [hole.number for hole in one.holes if not hole.reason]
    words = (("缺号", missing), ("重号", list(one.doubles)))
    for word, numbers in words:
        if numbers:
            more = f"等 {len(numbers):,} 处" if len(numbers) > _MOST else ""
            yield "fieldError", f"编号 {one.series} {word}：{'、'.join(numbers[:_MOST])}{more}。"
