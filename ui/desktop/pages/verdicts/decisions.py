"""What people decide beside the rules: leave that lessens what is owed, and vetoes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from models.store.operations import Operation
from models.verdicts.exemptions import STATE_NAMES, Exemption, exemptions
from models.verdicts.vetoes import Veto, vetoes
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.choose import ChooseSheet
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

_JOBS = "ui.desktop.pages.verdicts.jobs"
decide = Lazy(_JOBS, "decide")
lift = Lazy(_JOBS, "lift")
LEAVES = (
    TableColumn("name", "姓名", 6),
    TableColumn("school", "学校", 10, stretch=True),
    TableColumn("ground", "事由类别", 5),
    TableColumn("first_day", "开始", 6),
    TableColumn("last_day", "结束", 6),
    TableColumn("reason", "事由和依据", 10),
    TableColumn("state", "状态", 4),
)
VETOES = (
    TableColumn("name", "姓名", 6),
    TableColumn("year", "年度", 4, numeric=True),
    TableColumn("kind", "类别", 4),
    TableColumn("reason", "依据", 16, stretch=True),
    TableColumn("decided_on", "决定日期", 6),
    TableColumn("state", "状态", 4),
)
WAITING, STANDING = STATE_NAMES["filed"], "有效"
_TONES = {WAITING: "warn", STATE_NAMES["approved"]: "ok", STATE_NAMES["refused"]: "muted"}


class DecisionsView(QWidget):
    """Base of the two lists: found by name, filtered by state, decided on in the card.

    Signals:
        counted: what is shown has changed; how many.
        new_wanted: the button that adds one was pressed.
    """

    adding = ""
    """What the button that adds one says."""
    counted = Signal(int)
    new_wanted = Signal()

    def __init__(
        self, session: Session, name: str, columns: Sequence[TableColumn], states: Sequence[str]
    ) -> None:
        """Make it; ``show_all`` fills it."""
        super().__init__()
        self.session = session
        self.filters = FilterRow(
            "姓名、编号（Ctrl+F）", {"state": FilterCombo("状态", [Choice(s, s) for s in states])}
        )
        self.table = DataTable(columns, session.preferences, name)
        self.grid = GridCard(self.table)
        self.card = DetailCard("在左边选中一行，这里显示详细信息。")
        self.deeds: list[QPushButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        self.new = button(self.adding, self.new_wanted.emit, drawing="plus")
        head = row(self.filters, self.new)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(ListBody(self.grid, self.card, session.preferences, name), 1)
        self.filters.changed.connect(self.show_all)
        self.table.chosen.connect(self._show_card)

    def add_deed(self, text: str, action: Callable[[], object]) -> None:
        """Put a button into the card."""
        if text in self.session.edition.leaves_out("verdicts"):
            return
        found = button(text, action)
        self.deeds.append(found)
        self.card.foot.addWidget(found)

    def show_all(self) -> None:
        """Read the list anew."""
        raise NotImplementedError

    def details(self, identity: str) -> tuple[Details, bool] | None:
        """What the card says of a row, and whether something can be decided on it."""
        raise NotImplementedError

    def fill(self, rows: Sequence[TableRow], empty: str) -> None:
        """Show the rows, or what stands in their place."""
        self.table.show_rows(FixedRows(rows))
        if self.filters.active:
            self.grid.empty.say("没有符合条件的内容。", "清除筛选", self.filters.clear, "search")
        else:
            self.grid.empty.say(empty, self.adding, self.new_wanted.emit)
        self.grid.show_table(yes=bool(rows))
        if rows and not self.table.current_id():
            self.table.selectRow(0)
        self._show_card(self.table.current_id())
        self.counted.emit(len(rows))

    def _show_card(self, identity: str) -> None:
        found = self.details(identity) if identity else None
        self.card.show_details(found[0] if found else None)
        for one in self.deeds:
            one.setEnabled(found is not None and found[1])


class LeavesView(DecisionsView):
    """The leaves on file, those that wait first."""

    adding = "申报减免…"

    def __init__(self, session: Session) -> None:
        """Make it; ``show_all`` fills it."""
        super().__init__(session, "exemptions", LEAVES, list(STATE_NAMES.values()))
        self.table.setAccessibleName("减免申报")
        self._found: dict[str, Exemption] = {}
        self.add_deed("批准", self.approve)
        self.add_deed("不批准…", self.refuse)

    def show_all(self) -> None:
        """Read the leaves anew."""
        query, state = self.filters.query(), self.filters.values().get("state", "")
        found = [
            one
            for one in exemptions(self.session.office)
            if (query in one.name or query in one.teacher_no) and state in ("", one.state)
        ]
        found.sort(key=lambda one: one.state != WAITING)
        self._found = {one.id: one for one in found}
        names = [column.key for column in LEAVES]
        rows = [
            TableRow(
                one.id, {name: getattr(one, name) for name in names}, {"state": _TONES[one.state]}
            )
            for one in found
        ]
        self.fill(rows, "还没有减免申报。产假、病假、支教等期间可以申请少做学时。")

    def details(self, identity: str) -> tuple[Details, bool] | None:
        """The leave with who decided on it."""
        one = self._found.get(identity)
        if one is None:
            return None
        facts = [
            Fact("类别", one.ground),
            Fact("起止", f"{one.first_day} 至 {one.last_day}"),
            Fact("事由", one.reason),
        ]
        if one.decided_on:
            facts.append(Fact("审批", f"{one.decided_by}　{one.decided_on}"))
        if one.opinion:
            facts.append(Fact("意见", one.opinion))
        below = f"{one.school} · {one.teacher_no}"
        return Details(one.name, below, one.state, _TONES[one.state], facts), self._waiting() != []

    def approve(self) -> None:
        """Approve the selected leaves that wait."""
        self._decide("", approve=True)

    def refuse(self) -> None:
        """Ask why the selected leaves are refused."""
        sheet = ChooseSheet("不批准减免", "原因留在记录里，本人和学校都看得到。", "不批准", self)
        sheet.add_line("opinion", "原因")

        def done(texts: dict[str, str]) -> None:
            if not texts["opinion"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            self._decide(texts["opinion"], approve=False)

        sheet.ask(done)

    def _waiting(self) -> list[str]:
        chosen = self.table.selected_ids() or [self.table.current_id()]
        found = [self._found[one] for one in chosen if one in self._found]
        return [one.id for one in found if one.state == WAITING]

    def _decide(self, opinion: str, *, approve: bool) -> None:
        work = decide.bind(self._waiting(), opinion, approve=approve)
        self.session.write("正在保存", work, partial(offer_undo, self.session))


class VetoesView(DecisionsView):
    """The vetoes on file, lifted ones too."""

    adding = "登记否决…"

    def __init__(self, session: Session) -> None:
        """Make it; ``show_all`` fills it."""
        super().__init__(session, "vetoes", VETOES, [STANDING, "已解除"])
        self.table.setAccessibleName("一票否决")
        self._found: dict[str, Veto] = {}
        self.add_deed("解除…", self.lift)

    def show_all(self) -> None:
        """Read the vetoes anew."""
        query, state = self.filters.query(), self.filters.values().get("state", "")
        found = [
            one
            for one in vetoes(self.session.office)
            if (query in one.name or query in one.teacher_no) and state in ("", _state(one))
        ]
        self._found = {one.id: one for one in found}
        rows = [
            TableRow(
                one.id,
                {
                    "name": one.name,
                    "year": str(one.year),
                    "kind": one.kind,
                    "reason": one.reason,
                    "decided_on": one.decided_on,
                    "state": _state(one),
                },
                {"state": "muted" if one.lifted_on else "error"},
            )
            for one in found
        ]
        self.fill(rows, "没有一票否决的记录。有师德等问题的，当年不予验印。")

    def details(self, identity: str) -> tuple[Details, bool] | None:
        """The veto, and when and why it was lifted."""
        one = self._found.get(identity)
        if one is None:
            return None
        facts = [
            Fact("年度", str(one.year)),
            Fact("类别", one.kind),
            Fact("依据", one.reason),
            Fact("决定", f"{one.decided_by}　{one.decided_on}"),
        ]
        if one.lifted_on:
            facts += [Fact("解除", one.lifted_on), Fact("解除原因", one.lifted_because)]
        tone = "muted" if one.lifted_on else "error"
        return Details(one.name, one.teacher_no, _state(one), tone, facts), not one.lifted_on

    def lift(self) -> None:
        """Ask why the chosen veto is lifted."""
        chosen = self.table.current_id()
        sheet = ChooseSheet("解除一票否决", "记录保留，写明解除的原因。", "解除", self)
        sheet.add_line("because", "原因")

        def done(texts: dict[str, str]) -> None:
            if not texts["because"]:
                sheet.refuse("请写明原因。")
                return
            sheet.accept()
            work = lift.bind(chosen, texts["because"])
            self.session.write("正在保存", work, partial(offer_undo, self.session))

        sheet.ask(done)


def offer_undo(session: Session, operation: Operation) -> None:
    """Say what was done and offer to take it back."""
    session.undo_offered.emit(f"已{operation.title}", operation.id)


def _state(one: Veto) -> str:
    return "已解除" if one.lifted_on else STANDING
