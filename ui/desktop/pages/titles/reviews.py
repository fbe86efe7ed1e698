"""注册与复检: a year's registrations and the re-checks, with what the rules propose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QVBoxLayout

from models.titles.reviewing import OUTCOMES, Decision, Due, Outcome
from ui.desktop.pages.titles.holder_deeds import JOBS
from ui.desktop.pages.titles.shown import DUE, due_details, due_row
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.asking import ask_and_write, offer_undo
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.picking import PickSheet
from ui.desktop.widgets.tabbed_page import TabView
from ui.desktop.widgets.table.source import FixedRows
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from ui.desktop.pages.titles.reads import Dues

dues = Lazy("ui.desktop.pages.titles.reads", "dues")
review = Lazy(JOBS, "review")
remove_duty = Lazy(JOBS, "remove_duty")
YEARS = 5


class ReviewsView(TabView):
    """The titles that are to be registered in a year, or checked again."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self._dues: dict[str, Due] = {}
        self.what = QComboBox()
        self.what.setAccessibleName("事项")
        now = session.office.store.clock.today().year
        for year in range(now, now - YEARS, -1):
            self.what.addItem(f"{year} 年度注册", year)
        self.what.addItem("复检（任期将满、已满）", 0)
        self.figures = label("", "muted", wrap=True)
        self.table = DataTable(DUE, session.preferences, "title_reviews")
        self.table.setAccessibleName("注册与复检")
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一个称号，这里显示履职情况和建议。")
        self._lay_out()
        self.what.currentIndexChanged.connect(self.reload)
        self.table.chosen.connect(self._show_card)
        self.table.selection_count.connect(self._selected)

    def reload(self, *_: int) -> None:
        """Read what is due, beside the window."""
        work = dues.bind(self.year)
        self.session.read("正在核对履职", work, self._filled, quiet=True)

    @property
    def year(self) -> int:
        """The year of the registration; 0 for re-checks."""
        return int(self.what.currentData())

    def focus_search(self) -> None:
        """Go to the choice of what is to be done."""
        self.what.setFocus()

    def pass_all(self) -> None:
        """Pass everybody who is proposed to pass and is not decided on yet."""
        ids = [one.grant.id for one in self._ready()]
        if ids:
            work = review.bind(self.year, _decisions(ids, "passed"))
            self.session.write("正在办理", work, self._done)

    def decide(self, outcome: Outcome) -> None:
        """Decide on the chosen titles; asks for the reason where one is needed."""
        ids = self._chosen_ids()
        easy = all(self._dues[one].proposed == "passed" for one in ids)
        if outcome == "passed" and easy:
            work = review.bind(self.year, _decisions(ids, outcome))
            self.session.write("正在办理", work, self._done)
            return
        loses = "复检不合格的，称号随即取消。" if not self.year and outcome == "failed" else ""
        sheet = ChooseSheet(
            self.what.currentText(), f"{len(ids)} 人{OUTCOMES[outcome]}。{loses}", "确定", self
        )
        sheet.add_line("reason", "理由")
        ask_and_write(
            self.session,
            sheet,
            "正在办理",
            lambda texts: review.bind(self.year, _decisions(ids, outcome, texts["reason"])),
        )

    def drop_duty(self) -> None:
        """Ask which duty of the title shown was entered wrongly, and take it out again."""
        one = self._dues.get(self.table.current_id())
        entered = _entered(one) if one else {}
        if one is None or not entered:
            return
        sheet = PickSheet("删除履职", f"{one.grant.name}：登记错了的履职，可以撤销。", "删除", self)
        sheet.add_choice("duty", "履职", entered)
        ask_and_write(
            self.session, sheet, "正在删除", lambda texts: remove_duty.bind(texts["duty"])
        )

    def _lay_out(self) -> None:
        self._all = button("建议合格的全部合格", self.pass_all, kind="primary")
        self._print = button("打印…", self._to_paper, drawing="printer")
        self._pass = button("合格", lambda: self.decide("passed"))
        self._fail = button("不合格…", lambda: self.decide("failed"))
        self._defer = button("缓办…", lambda: self.decide("deferred"))
        self._drop = button("删除履职…", self.drop_duty)
        for one in (self._pass, self._fail, self._defer, self._drop):
            self.card.foot.addWidget(one)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(row(self.what, self._all, self._print, None))
        lines.addWidget(self.figures)
        body = ListBody(self.grid, self.card, self.session.preferences, "title_reviews")
        lines.addWidget(body, 1)

    def _filled(self, found: Dues) -> None:
        if found.year != self.year:
            return
        self._dues = {one.grant.id: one for one in found.dues}
        self.table.show_rows(FixedRows([due_row(one) for one in found.dues]))
        self.grid.show_table(yes=bool(found.dues))
        self.grid.empty.say("没有应办的称号。", drawing="medal")
        self.figures.setText(_figures(found.dues))
        self.counted.emit(f"应办 {len(found.dues)} 人")
        self._all.setEnabled(bool(self._ready()))
        self._show_card(self.table.current_id())

    def _ready(self) -> list[Due]:
        return [one for one in self._dues.values() if one.proposed == "passed" and one.done is None]

    def _chosen_ids(self) -> list[str]:
        ids = self.table.selected_ids() or [self.table.current_id()]
        return [one for one in ids if one in self._dues]

    def _show_card(self, identity: str) -> None:
        one = self._dues.get(identity)
        self.card.show_details(due_details(one) if one else None)
        self._selected(len(self.table.selected_ids()))

    def _selected(self, _count: int) -> None:
        for one in (self._pass, self._fail, self._defer):
            one.setEnabled(bool(self._chosen_ids()))
        shown = self._dues.get(self.table.current_id())
        self._drop.setEnabled(shown is not None and bool(_entered(shown)))

    def _done(self, operation: object) -> None:
        offer_undo(self.session, operation)

    def _to_paper(self) -> None:
        self.session.go.emit("reports", "title-reviews")


def _decisions(ids: Sequence[str], outcome: Outcome, reason: str = "") -> list[Decision]:
    """The same decision on several titles."""
    return [Decision(one, outcome, reason) for one in ids]


def _entered(due: Due) -> dict[str, str]:
    """The duties that were entered by hand: identity to what a person calls them."""
    return {
        one.id: f"{one.done_on} {state.title}：{one.what}"
        for state in due.duties
        for one in state.rows
        if one.id
    }


def _figures(found: Sequence[Due]) -> str:
    done = [one for one in found if one.done is not None]
    ready = sum(one.proposed == "passed" for one in found)
    told = [f"建议合格 {ready} 人，已办 {len(done)} 人"]
    propose = sum(one.withdrawal for one in found)
    if propose:
        told.append(f"建议取消称号 {propose} 人，由人决定")
    return "；".join(told) + "。" if found else ""
