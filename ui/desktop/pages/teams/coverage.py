"""覆盖: which stages and subjects have a team on which track; holes, and who could fill them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from models.teams.coverage import Cell, Coverage
from models.teams.proposing import Filling, Proposal
from models.teams.targets import Reached
from ui.desktop.pages.teams.reads import Covered
from ui.desktop.pages.teams.tab import READS
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.detail_card import DetailCard, Details, Fact
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow
from ui.desktop.widgets.table.view import DataTable

covered = Lazy(READS, "covered")
fillings = Lazy(READS, "fillings")
TRACKS = {"1": "文本", "2": "网联", "": "未定"}
COLUMNS = (
    TableColumn("stage", "学段", 5),
    TableColumn("subject", "学科", 7),
    *(
        TableColumn(f"track{code}", title, 13, stretch=code == "2")
        for code, title in TRACKS.items()
    ),
    TableColumn("people", "教师", 4, numeric=True),
)
_COURSES = 8


class CoverageView(QWidget):
    """The matrix with its holes.

    Signals:
        left: the person wants the list again.
        fill: a hole shall be filled: the texts of the team's form, and the leader's number.
    """

    left = Signal()
    fill = Signal(object, str)

    def __init__(self, session: Session) -> None:
        """Make it empty; ``reload`` fills it."""
        super().__init__()
        self.session = session
        self.found: Coverage | None = None
        self.only_holes = QCheckBox("只看空缺")
        self.only_holes.toggled.connect(self._show)
        self.figures = label("", "muted", wrap=True)
        self.table = DataTable(COLUMNS, session.preferences, "team_coverage")
        self.table.setAccessibleName("团队覆盖")
        self.grid = GridCard(self.table)
        self.grid.empty.say("没有空缺。", drawing="users")
        self.card = DetailCard("在左边选中一行，这里显示空缺和推荐的人选。")
        self.begin = button("组建团队…", self._begin, kind="primary")
        self.card.foot.addWidget(self.begin)
        self._proposed: list[tuple[Cell, Filling]] = []
        head = QHBoxLayout()
        head.setSpacing(tokens.BLOCK)
        head.addWidget(button("返回列表", self.left.emit, drawing="arrow-left"))
        head.addWidget(self.only_holes)
        head.addWidget(self.figures, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(tokens.BLOCK)
        lines.addLayout(head)
        body = ListBody(self.grid, self.card, session.preferences, "team_coverage")
        lines.addWidget(body, 1)
        self.table.chosen.connect(self._choose)

    def reload(self) -> None:
        """Read it anew, beside the window."""
        self.session.read("正在统计覆盖", covered.bind(), self._read, quiet=True)

    def cells(self, identity: str) -> list[Cell]:
        """The cells of a row of the matrix."""
        stage, _, subject = identity.partition("/")
        cells = self.found.cells if self.found else ()
        return [one for one in cells if (one.stage, one.subject) == (stage, subject)]

    def _read(self, found: Covered) -> None:
        self.found = found.coverage
        self.figures.setText(_figures(found.coverage, found.targets))
        self._show()

    def _show(self, *_: bool) -> None:
        if self.found is None:
            return
        rows = _rows(self.found)
        if self.only_holes.isChecked():
            rows = [one for one in rows if one.notes]
        self.table.show_rows(FixedRows(rows))
        self.grid.show_table(yes=bool(rows))
        if rows and not self.table.current_id():
            holes = [place for place, one in enumerate(rows) if one.notes]
            self.table.selectRow(holes[0] if holes else 0)
        self._choose(self.table.current_id())

    def _choose(self, identity: str) -> None:
        holes = [one for one in self.cells(identity) if not one.teams]
        self._proposed = []
        self.begin.setEnabled(False)
        if not holes:
            self.card.show_details(self._details(identity, []))
            return

        def read(found: list[Filling]) -> None:
            if self.table.current_id() == identity:
                self._proposed = list(zip(holes, found, strict=True))
                self.begin.setEnabled(not self.session.read_only)
                self.card.show_details(self._details(identity, self._proposed))

        self.session.read("正在推荐人选", fillings.bind(holes), read, quiet=True)

    def _details(self, identity: str, proposed: Sequence[tuple[Cell, Filling]]) -> Details | None:
        cells = self.cells(identity)
        if self.found is None or not cells:
            return None
        first = cells[0]
        facts = [Fact(self.found.name("track", one.track), _state(one)) for one in cells]
        later: list[Fact] = []
        for cell, filling in proposed:
            later.append(Fact("", f"{self.found.words(cell)}的人选"))
            later += [_person(one) for one in filling.people]
            later += [Fact("也可由", one) for one in filling.teams]
            if not filling.people:
                later.append(Fact("人选", "没有可推荐的教师"))
        name = self.found.name("stage", first.stage) + self.found.name("subject", first.subject)
        state, tone = (
            ("有空缺", "error") if any(not one.teams for one in cells) else ("已覆盖", "ok")
        )
        return Details(name, "", state, tone, facts, later=later)

    def _begin(self) -> None:
        """Ask for a team at the hole of the row, or which of its holes shall be filled."""
        if self.found is None or not self._proposed:
            return
        if len(self._proposed) == 1:
            self._fill(*self._proposed[0])
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for cell, filling in self._proposed:
            menu.addAction(self.found.words(cell), partial(self._fill, cell, filling))
        menu.popup(self.begin.mapToGlobal(self.begin.rect().topLeft()))

    def _fill(self, cell: Cell, filling: Filling) -> None:
        """Ask for a team, led by the first person proposed."""
        if self.found is None:
            return
        first = filling.people[0].candidate if filling.people else None
        texts = {
            "stage": self.found.name("stage", cell.stage),
            "subject": self.found.name("subject", cell.subject),
            "track": self.found.name("track", cell.track) if cell.track else "",
            "host": first.school if first else "",
        }
        self.fill.emit(texts, first.teacher_no if first else "")


def _figures(found: Coverage, targets: Sequence[Reached]) -> str:
    told = [f"{len(found.cells)} 处中空缺 {len(found.empty)} 处"]
    told += [("✓ " if one.met else "✗ ") + one.words for one in targets]
    if found.courses:
        listed = "、".join(found.courses[:_COURSES])
        told.append(f"没有版主的网联课程：{listed}")
    return "；".join(told) + "。"


def _rows(found: Coverage) -> list[TableRow]:
    keys = dict.fromkeys((one.stage, one.subject) for one in found.cells)
    rows: list[TableRow] = []
    for stage, subject in keys:
        cells = [one for one in found.cells if (one.stage, one.subject) == (stage, subject)]
        texts = {f"track{one.track}": _state(one) for one in cells}
        tones = {f"track{one.track}": "ok" if one.teams else "error" for one in cells}
        texts |= {
            "stage": found.name("stage", stage),
            "subject": found.name("subject", subject),
            "people": str(sum(one.people for one in cells)),
        }
        notes = {
            f"track{one.track}": f"{found.words(one)}还没有团队" for one in cells if not one.teams
        }
        rows.append(TableRow(f"{stage}/{subject}", texts, tones, notes))
    return rows


def _state(cell: Cell) -> str:
    return "、".join(cell.teams.values()) or f"空缺（教师 {cell.people} 人）"


def _person(one: Proposal) -> Fact:
    told = "、".join((one.candidate.school, *one.why))
    return Fact(one.candidate.name, told + (f"；但{'、'.join(one.but)}" if one.but else ""))
