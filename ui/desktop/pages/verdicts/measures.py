"""What is demanded of schools and the county, and the titles that follow: 指标 and 认定."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.entities.display import plain_decimal
from models.verdicts.designations import Entitled
from models.verdicts.targets import Reached
from ui.desktop.pages.verdicts.asking import ask_for_figures
from ui.desktop.pages.verdicts.listing import Listing
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

_JOBS = "ui.desktop.pages.verdicts.jobs"
targets = Lazy(_JOBS, "targets")
designated = Lazy(_JOBS, "designated")
TARGETS = (
    TableColumn("title", "指标", 12, stretch=True),
    TableColumn("unit", "单位", 9),
    TableColumn("value", "现在", 5, numeric=True),
    TableColumn("least", "应达到", 6, numeric=True),
    TableColumn("state", "结论", 4),
)
DESIGNATIONS = (
    TableColumn("name", "姓名", 6),
    TableColumn("school", "学校", 10),
    TableColumn("title", "称号", 7),
    TableColumn("state", "结论", 5),
    TableColumn("reasons", "原因", 14, stretch=True),
)
REACHED, BEHIND, UNTOLD = "达到", "未达到", "没有填报"
EARNED, NOT_EARNED = "可以认定", "不能认定"
_TONES = {REACHED: "ok", BEHIND: "error", UNTOLD: "warn", EARNED: "ok", NOT_EARNED: "muted"}


class MeasuresView(QWidget):
    """Base of the two lists: worked out on the lane, found by name, filtered by conclusion."""

    nothing = ""
    """What an empty list says."""

    def __init__(
        self, session: Session, name: str, columns: Sequence[TableColumn], states: Sequence[str]
    ) -> None:
        """Make it empty."""
        super().__init__()
        self.session = session
        self.listing: Listing | None = None
        self.filters = FilterRow(
            "名称（Ctrl+F）", {"state": FilterCombo("结论", [Choice(s, s) for s in states])}
        )
        self.table = DataTable(columns, session.preferences, name)
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一行，这里说明依据和差距。")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.filters)
        layout.addWidget(ListBody(self.grid, self.card, session.preferences, name), 1)
        self.filters.changed.connect(self.show_rows)
        self.table.chosen.connect(self.show_card)

    def show_listing(self, listing: Listing, work: Lazy) -> None:
        """Have the lines worked out, and show them."""
        self.listing = listing
        if not self.rows():
            self.grid.empty.say("正在统计……")
            self.grid.show_table(yes=False)
        done = partial(self._worked_out, listing)
        self.session.read("正在统计", work.bind(listing.kept), done, quiet=True)

    def take(self, found: Sequence[object]) -> None:
        """Keep what was worked out."""
        raise NotImplementedError

    def rows(self) -> list[TableRow]:
        """All lines."""
        raise NotImplementedError

    def details(self, identity: str) -> Details | None:
        """What the card says of a line."""
        raise NotImplementedError

    def show_rows(self) -> None:
        """Show the lines that are asked for."""
        query, state = self.filters.query(), self.filters.values().get("state", "")
        found = [
            one
            for one in self.rows()
            if state in ("", one.texts["state"]) and query in "".join(one.texts.values())
        ]
        self.table.show_rows(FixedRows(found))
        if self.filters.active:
            self.grid.empty.say("没有符合条件的内容。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say(self.nothing)
        self.grid.show_table(yes=bool(found))
        if found and not self.table.current_id():
            self.table.selectRow(0)
        self.show_card(self.table.current_id())

    def show_card(self, identity: str) -> None:
        """Explain the chosen line."""
        self.card.show_details(self.details(identity) if identity else None)

    def _worked_out(self, listing: Listing, found: Sequence[object]) -> None:
        if listing is self.listing:
            self.take(found)
            self.show_rows()


class TargetsView(MeasuresView):
    """The targets of schools and the county; figures they go by are reported here."""

    nothing = "这套规则没有对学校和全县的指标。"

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__(session, "verdict-targets", TARGETS, (BEHIND, UNTOLD, REACHED))
        self.table.setAccessibleName("学校和全县的指标")
        self._found: dict[str, Reached] = {}
        self.report = button("填报数据…", self._report)
        self.card.foot.addWidget(self.report)

    def show_targets(self, listing: Listing) -> None:
        """Show how far everybody is over the listing's period."""
        self.show_listing(listing, targets)

    def take(self, found: Sequence[object]) -> None:
        """Keep what was worked out."""
        lines = [one for one in found if isinstance(one, Reached)]
        self._found = {f"{one.target.id}/{one.institution_id}": one for one in lines}

    def rows(self) -> list[TableRow]:
        """Each target of each unit."""
        return [
            TableRow(
                key,
                {
                    "title": one.target.title,
                    "unit": one.name,
                    "value": value_of(one),
                    "least": least_of(one),
                    "state": state_of(one),
                },
                {"state": _TONES[state_of(one)]},
            )
            for key, one in self._found.items()
        ]

    def details(self, identity: str) -> Details | None:
        """The target with its words and what is lacking."""
        one = self._found.get(identity)
        self.report.setEnabled(one is not None and bool(one.target.figure))
        if one is None:
            return None
        facts = [Fact("应达到", least_of(one)), Fact("现在", value_of(one) or "—")]
        for title, amount in (("全体", one.whole), ("其中", one.part)):
            if amount is not None:
                facts.append(Fact(title, plain_decimal(amount)))
        if one.lacking:
            facts.append(Fact("还差", plain_decimal(one.lacking)))
        facts.append(Fact("条款", one.target.clause))
        if one.target.quote:
            facts.append(Fact("原文", f"“{one.target.quote}”"))
        state = state_of(one)
        return Details(one.target.title, one.name, state, _TONES[state], facts)

    def _report(self) -> None:
        one = self._found.get(self.table.current_id())
        if one is not None and self.listing is not None:
            ask_for_figures(self.session, self, self.listing.board.questions.day.year, one)


class DesignationsView(MeasuresView):
    """Who has earned a title that follows from facts, and who has not, and why."""

    nothing = "这套规则没有按考核结果认定的称号。"

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__(session, "verdict-designations", DESIGNATIONS, (EARNED, NOT_EARNED))
        self.table.setAccessibleName("称号认定")
        self._found: dict[str, Entitled] = {}

    def show_designations(self, listing: Listing) -> None:
        """Show everybody whom a designation concerns."""
        self.show_listing(listing, designated)

    def take(self, found: Sequence[object]) -> None:
        """Keep what was worked out."""
        lines = [one for one in found if isinstance(one, Entitled)]
        self._found = {str(number): one for number, one in enumerate(lines)}

    def rows(self) -> list[TableRow]:
        """Each designation of each teacher."""
        return [
            TableRow(key, texts, {"state": _TONES[texts["state"]]})
            for key, one in self._found.items()
            for texts in (self._texts(one),)
        ]

    def details(self, identity: str) -> Details | None:
        """The designation with its clause and what is in the way."""
        one = self._found.get(identity)
        if one is None:
            return None
        texts = self._texts(one)
        facts = [Fact("称号", texts["title"]), Fact("条款", one.designation.clause)]
        if one.designation.quote:
            facts.append(Fact("原文", f"“{one.designation.quote}”"))
        facts += [Fact("原因", reason) for reason in one.reasons]
        return Details(
            texts["name"], texts["school"], texts["state"], _TONES[texts["state"]], facts
        )

    def _texts(self, one: Entitled) -> dict[str, str]:
        assert self.listing is not None
        person = self.listing.board.people[one.place]
        return {
            "name": person.name,
            "school": self.listing.school_of(person),
            "title": one.designation.title,
            "state": EARNED if one.earned else NOT_EARNED,
            "reasons": "；".join(one.reasons),
        }


def state_of(one: Reached) -> str:
    """In a word: reached, not reached, or nothing reported to go by."""
    if not one.told:
        return UNTOLD if one.target.figure else BEHIND
    return REACHED if one.met else BEHIND


def value_of(one: Reached) -> str:
    """Where it stands: 12.5%, 301:1 or the figure; "" where it cannot be told."""
    return "" if one.value is None else _amount(one, one.value)


def least_of(one: Reached) -> str:
    """What is demanded."""
    if one.target.per is not None:
        return f"≤ {one.target.per}:1"
    return f"≥ {_amount(one, one.target.least or Decimal(0))}"


def _amount(one: Reached, amount: Decimal) -> str:
    if one.target.per is not None:
        return f"{plain_decimal(amount)}:1"
    share = not one.target.figure or bool(one.target.of_figure)
    return f"{plain_decimal(amount)}%" if share else plain_decimal(amount)
