"""What if: two packs put to the office's own people, and who would be judged otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from models.office.context import Office
from models.policies.cycles import cycle_of
from models.policies.library import packs_of
from models.policies.records import Pack
from models.staff.institutions import institution_rows
from models.training.listing import ledger_years
from models.verdicts.comparing import Changing, Comparison, Pair, Side
from models.verdicts.periods import Period, of_cycle, of_year
from ui.desktop.tasks.lane import Running
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.filters import Choice, FilterCombo
from ui.desktop.widgets.list_page import GridCard
from ui.desktop.widgets.parts import boxed, button, column, label, row
from ui.desktop.widgets.saving import WORKBOOK, ask_where_to
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

compare_packs = Lazy("ui.desktop.pages.policies.jobs", "compare_packs")
export_comparison = Lazy("ui.desktop.pages.policies.jobs", "export_comparison")
DEMANDS = (
    TableColumn("title", "要求", 12, stretch=True),
    TableColumn("a", "按甲达到", 7, numeric=True),
    TableColumn("b", "按乙达到", 7, numeric=True),
    TableColumn("more", "相差", 4, numeric=True, listed=False),
)
PEOPLE = (
    TableColumn("name", "姓名", 5),
    TableColumn("school", "学校", 9),
    TableColumn("a", "甲", 4),
    TableColumn("b", "乙", 4),
    TableColumn("lacking", "没有达到的要求", 12, stretch=True),
    TableColumn("teacher_no", "教师编号", 7, listed=False),
)
STATES = {True: ("达标", "ok"), False: ("未达标", "error"), None: ("不考核", "muted")}
HINT = "选两套规则和一个时期，按“比较”，看看换一套规则会有哪些教师的结论改变。数据不会被改动。"
SAME = "两套规则下，每位教师的结论都相同。"
NOBODY = "没有这样的教师。"


class WhatIfView(QWidget):
    """Choices on top, figures, then what differs and whom it concerns.

    Signals:
        told: a sentence, a tone, and the file that can be opened ("" for none).
    """

    told = Signal(str, str, str)

    def __init__(self, session: Session) -> None:
        """Make it; ``show_packs`` fills the choices."""
        super().__init__()
        self._session = session
        self._schools: dict[str, str] = {}
        self._running: Running | None = None
        self.found: Comparison | None = None
        self.a, self.b, self.period = QComboBox(), QComboBox(), QComboBox()
        self.compare_button = button("比较", self.compare, kind="primary", drawing="git-compare")
        self.export_button = button("导出名单…", self.export, drawing="file-up")
        self.which = FilterCombo(
            "结论改变的教师", [Choice("a", "只按甲达标"), Choice("b", "只按乙达标")]
        )
        self.which.setMinimumWidth(tokens.px(200))
        self.figures = [label("—", "figure") for _ in range(4)]
        self._captions = [label("", "muted") for _ in range(4)]
        self.demands = DataTable(DEMANDS, session.preferences, "compare-demands")
        self.demands.setAccessibleName("各条要求的差别")
        self.people = DataTable(PEOPLE, session.preferences, "compare-people")
        self.people.setAccessibleName("结论改变的教师")
        self.grid = GridCard(self.people)
        self._lay_out()
        self.which.currentIndexChanged.connect(self._show_people)
        self.people.opened.connect(self._go_to_teacher)
        session.runner.ended.connect(self._ended)
        self._show()

    def show_packs(self) -> None:
        """Offer the packs and periods; what was chosen stays chosen."""
        office = self._session.office
        self._schools = {row.id: row.shown["name"] for row in institution_rows(office)}
        packs = [one for one in packs_of(office) if one.requirements or one.based_on]
        for combo, choice in ((self.a, 0), (self.b, 1)):
            _offer(combo, packs, _proposed(office, packs, choice))
        kept = self.period.currentText()
        self.period.clear()
        for one in periods_of(office):
            word = "年" if one.single else "周期"
            self.period.addItem(f"{one.label.replace('-', '—')} {word}", one)
        self.period.setCurrentIndex(max(0, self.period.findText(kept)))

    def compare(self) -> None:
        """Put both packs to everybody, on the lane."""
        ids = (str(self.a.currentData()), str(self.b.currentData()))
        work = compare_packs.bind(self.period.currentData(), ids)
        self.compare_button.setEnabled(False)
        self._running = self._session.read("正在比较两套规则", work, self._compared)

    def export(self) -> None:
        """Ask where the list of those who change goes, and write it."""
        if self.found is None:
            return
        out = ask_where_to(self, f"两套规则比较-{self.found.period.label}.xlsx", WORKBOOK)
        if out is not None:
            work = export_comparison.bind(self.found, out)
            self._session.read("正在导出", work, self._exported)

    def _ended(self, running: object) -> None:
        if running is self._running:
            self.compare_button.setEnabled(True)

    def _compared(self, found: Comparison) -> None:
        self.found = found
        self._show()

    def _exported(self, file: Path) -> None:
        count = len(self.found.changing) if self.found else 0
        self.told.emit(f"结论改变的 {count:,} 人已导出到 {file}", "ok", str(file))

    def _lay_out(self) -> None:
        for combo, name in ((self.a, "甲"), (self.b, "乙"), (self.period, "时期")):
            combo.setAccessibleName(name)
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(8)
        choices = QHBoxLayout()
        choices.setSpacing(tokens.GAP)
        for title, combo, share in (("甲", self.a, 3), ("乙", self.b, 3), ("时期", self.period, 2)):
            choices.addWidget(label(title, "muted"))
            choices.addWidget(combo, share)
        choices.addWidget(self.compare_button)
        tiles = QHBoxLayout()
        tiles.setSpacing(tokens.BLOCK)
        for figure, caption in zip(self.figures, self._captions, strict=True):
            tile = boxed(column(caption, figure, gap=tokens.px(2)), "card", tokens.BLOCK)
            tiles.addWidget(tile, 1)
        right = QVBoxLayout()
        right.setSpacing(tokens.GAP)
        right.addLayout(row(self.which, None, self.export_button))
        right.addWidget(self.grid, 1)
        body = QSplitter(Qt.Orientation.Horizontal)
        body.setHandleWidth(tokens.BLOCK)
        body.setChildrenCollapsible(False)
        body.addWidget(GridCard(self.demands))
        body.addWidget(boxed(right))
        body.setSizes([480, 560])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addLayout(choices)
        layout.addLayout(tiles)
        layout.addWidget(body, 1)

    def _show(self) -> None:
        found = self.found
        titles = ("两套都达标", "只按甲达标", "只按乙达标", "两套都不达标")
        counts: Sequence[int | None] = (None,) * 4
        if found is not None:
            parts = (found.both, found.only_a, found.only_b, found.neither)
            counts = [len(one) for one in parts]
        for figure, caption, title, count in zip(
            self.figures, self._captions, titles, counts, strict=True
        ):
            caption.setText(title)
            figure.setText("—" if count is None else f"{count:,} 人")
        pairs = found.pairs if found is not None else ()
        self.demands.show_rows(FixedRows([_pair_row(n, one) for n, one in enumerate(pairs)]))
        self.export_button.setEnabled(bool(found and found.changing))
        self._show_people()

    def _show_people(self, *_: int) -> None:
        found = self.found
        if found is None:
            self.people.show_rows(FixedRows())
            self.grid.empty.say(HINT, drawing="git-compare")
            self.grid.show_table(yes=False)
            return
        wanted = {"a": found.only_a, "b": found.only_b}.get(self.which.value(), found.changing)
        self.people.show_rows(FixedRows([self._person_row(one) for one in wanted]))
        self.grid.empty.say(NOBODY if found.changing else SAME, drawing="circle-check")
        self.grid.show_table(yes=bool(wanted))

    def _person_row(self, one: Changing) -> TableRow:
        (a, tone_a), (b, tone_b) = STATES[one.met_a], STATES[one.met_b]
        lacking = "、".join(dict.fromkeys((*one.lacking_a, *one.lacking_b)))
        texts = {
            "teacher_no": one.person.teacher_no,
            "name": one.person.name,
            "school": self._schools.get(one.person.school_id or "", ""),
            "a": a,
            "b": b,
            "lacking": lacking,
        }
        return TableRow(one.person.id, texts, {"a": tone_a, "b": tone_b})

    def _go_to_teacher(self, teacher_id: str) -> None:
        self._session.go.emit("teachers", teacher_id)


def open_file(name: str) -> None:
    """Open a finished file in its own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(name))


def periods_of(office: Office) -> list[Period]:
    """The cycles in which there are entries, the latest first, then the years."""
    years = sorted(ledger_years(office), reverse=True) or [office.store.clock.today().year]
    cycles = {found.label: of_cycle(found) for year in years if (found := cycle_of(office, year))}
    return [*cycles.values(), *(of_year(year, cycle_of(office, year)) for year in years)]


def _offer(combo: QComboBox, packs: Sequence[Pack], proposed: str) -> None:
    kept = str(combo.currentData() or proposed)
    combo.clear()
    for one in packs:
        combo.addItem(one.title, one.id)
    combo.setCurrentIndex(max(0, combo.findData(kept)))


def _proposed(office: Office, packs: Sequence[Pack], choice: int) -> str:
    """The pack of today, and one of the office's own or of another level beside it."""
    today, here = office.store.clock.today(), office.identity.region
    holding = [one.id for one in packs if one.holds(here, today)]
    others = [one.id for one in packs if one.id not in holding]
    ordered = [*sorted(holding), *others]
    return ordered[min(choice, len(ordered) - 1)] if ordered else ""


def _pair_row(number: int, pair: Pair) -> TableRow:
    more = (pair.b.met if pair.b else 0) - (pair.a.met if pair.a else 0)
    texts = {
        "title": pair.title,
        "a": _side(pair.a),
        "b": _side(pair.b),
        "more": f"{more:+,}" if pair.a and pair.b else "",
    }
    tones = {"a": "muted" if pair.a is None else "", "b": "muted" if pair.b is None else ""}
    return TableRow(str(number), texts, {name: tone for name, tone in tones.items() if tone})


def _side(one: Side | None) -> str:
    if one is None:
        return "无此要求"
    return f"{one.met:,} / {one.applies:,}" if one.applies else "无人适用"
