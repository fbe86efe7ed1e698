"""覆盖: stage by subject by level, the ratios, and the cells in which nobody holds a title."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from models.titles.coverage import Cell, Matrix
from models.titles.kinds import title_rules
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact, Meter
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label, row
from ui.desktop.widgets.tabbed_page import TabView
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

covered = Lazy("ui.desktop.pages.titles.reads", "covered")
SHOWN = frozenset({"province", "city", "county"})
"""Levels that are shown unless the person chooses otherwise."""
COLUMNS = (
    TableColumn("stage", "学段", 6),
    TableColumn("subject", "学科", 8, stretch=True),
    TableColumn("people", "教师", 5, numeric=True),
    *(
        TableColumn(one.key, one.title, 5, numeric=True, listed=one.key in SHOWN)
        for one in title_rules().levels
    ),
    TableColumn("lacking", "还缺", 5, numeric=True),
    TableColumn("state", "情况", 5),
)


class CoverageView(TabView):
    """The matrix with its holes."""

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.found: Matrix | None = None
        self.only_holes = QCheckBox("只看空白和不足")
        self.only_holes.toggled.connect(self._show)
        self.figures = label("", "muted", wrap=True)
        self.table = DataTable(COLUMNS, session.preferences, "title_coverage")
        self.table.setAccessibleName("骨干覆盖")
        self.grid = GridCard(self.table)
        self.grid.empty.say("没有空白。", drawing="medal")
        self.card = DetailCard("在左边选中一行，这里对照比例指标。")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        print_it = button("打印…", self._to_paper, drawing="printer")
        lines.addLayout(row(self.only_holes, print_it, None))
        lines.addWidget(self.figures)
        body = ListBody(self.grid, self.card, session.preferences, "title_coverage")
        lines.addWidget(body, 1)
        self.table.chosen.connect(self._show_card)

    def reload(self) -> None:
        """Read it anew, beside the window."""
        self.session.read("正在统计覆盖", covered.bind(), self._filled, quiet=True)

    def focus_search(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _filled(self, found: Matrix) -> None:
        self.found = found
        told = [
            f"{'✓' if one.met else '✗'} {one.ratio.title}：{one.people} 人中 {one.holders} 人"
            f"（{one.percent}%），应有 {one.needed} 人"
            for one in found.shares
        ]
        if found.unplaced:
            told.append(f"学段或学科没有填的 {found.unplaced} 人不在表中")
        self.figures.setText("；".join(told) + "。" if told else "")
        self.counted.emit(f"学段学科 {len(found.cells)} 处，没有骨干的 {len(found.holes)} 处")
        self._show()

    def _show(self, *_: bool) -> None:
        if self.found is None:
            return
        cells = [one for one in self.found.cells if not self.only_holes.isChecked() or _short(one)]
        numbers = {
            _id(one): {
                "people": float(one.people),
                "lacking": float(_lacking(one)),
                **{level: float(count) for level, count in one.holders.items()},
            }
            for one in cells
        }
        self.table.show_rows(FixedRows([self._row(one) for one in cells], numbers))
        self.grid.show_table(yes=bool(cells))
        self._show_card(self.table.current_id())

    def _row(self, one: Cell) -> TableRow:
        found = self.found
        state = "空白" if one.hole else "不足" if _lacking(one) else "达到"
        texts = {
            "stage": found.name("stage", one.stage) if found else one.stage,
            "subject": found.name("subject", one.subject) if found else one.subject,
            "people": str(one.people),
            **{level.key: str(one.holders.get(level.key, "")) for level in title_rules().levels},
            "lacking": str(_lacking(one) or ""),
            "state": state,
        }
        tone = {"空白": "error", "不足": "warn"}.get(state, "ok")
        tones = {"state": tone, "subject": tone} if one.hole else {"state": tone}
        return TableRow(_id(one), texts, tones)

    def _show_card(self, identity: str) -> None:
        found = self.found
        one = next((each for each in found.cells if _id(each) == identity), None) if found else None
        if found is None or one is None:
            self.card.show_details(None)
            return
        facts = [Fact("教师", f"{one.people} 人")]
        facts += [
            Fact(found.name("level", level), f"{count} 人") for level, count in one.holders.items()
        ]
        meters: list[Meter] = []
        later: list[Fact] = []
        for share in found.shares:
            lacking = one.lacking.get(share.ratio.key, 0)
            words = f"还缺 {lacking} 人" if lacking else "达到"
            meters.append(Meter(share.ratio.title, words, 0.0 if lacking else 1.0))
            if share.ratio.quote:
                later += [Fact("", share.ratio.document), Fact("原文", share.ratio.quote)]
        state = "没有骨干" if one.hole else ""
        self.card.show_details(
            Details(
                found.words(one),
                state=state,
                tone="error",
                facts=facts,
                measured="比例指标",
                meters=meters,
                later=later,
            )
        )

    def _to_paper(self) -> None:
        self.session.go.emit("reports", "title-coverage")


def _id(one: Cell) -> str:
    return f"{one.stage}/{one.subject}"


def _lacking(one: Cell) -> int:
    return max(one.lacking.values(), default=0)


def _short(one: Cell) -> bool:
    return one.hole or _lacking(one) > 0
