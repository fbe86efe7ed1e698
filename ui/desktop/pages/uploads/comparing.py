"""对账: an export of the higher system held against our file, and which side is right where."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from models.uploads.differences import FATE_NAMES, Fate, ReconcileRow, Reconciliation, Side
from models.uploads.forms import Subject
from ui.desktop.pages.uploads.compare_choices import SIDE_TITLES, ComparedChoices
from ui.desktop.pages.uploads.compare_panel import FATE_TONES, ComparePanel
from ui.desktop.pages.uploads.view import View
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.filters import Choice, FilterCombo, FilterRow
from ui.desktop.widgets.list_page import GridCard, ListBody
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import boxed, button, label, row
from ui.desktop.widgets.saving import TABLES, ask_for_file
from ui.desktop.widgets.table.source import FixedRows, TableColumn, TableRow, numbers_of
from ui.desktop.widgets.table.view import DataTable

if TYPE_CHECKING:
    from pathlib import Path

    from models.errors import OfficeError
    from models.uploads.differences import Reconciled
    from ui.desktop.tasks.session import Session

compared = Lazy("ui.desktop.pages.uploads.reads", "compared")
apply_compared = Lazy("ui.desktop.pages.uploads.jobs", "apply_compared")
COLUMNS = (
    TableColumn("number", "行", 3, numeric=True),
    TableColumn("who", "内容", 14),
    TableColumn("fate", "情况", 5),
    TableColumn("what", "不同在哪里", 12, stretch=True),
    TableColumn("side", "选定", 6),
)
EMPTY = (
    "从上级系统导出本单位的记录或教师，在这里逐条对：上级没有的、本单位没有的、内容不同的。"
    "看不会改动任何数据。"
)
_NAMED = 3


class CompareView(View):
    """The rows that are not the same, with a choice for each; written as one step."""

    def __init__(self, session: Session) -> None:
        """Make it without a comparison."""
        super().__init__(session)
        self.found: Reconciliation | None = None
        self.said = ComparedChoices()
        self._rows: dict[str, ReconcileRow] = {}
        self.notice = NoticeBar()
        self.figures = label("", "muted", wrap=True)
        fates = [Choice(str(one), name) for one, name in FATE_NAMES.items()]
        self.filters = FilterRow("姓名、内容（Ctrl+F）", {"fate": FilterCombo("情况", fates)})
        self.table = DataTable(COLUMNS, session.preferences, "upload_compare")
        self.table.setAccessibleName("对账不同的")
        self.grid = GridCard(self.table)
        self.panel = ComparePanel(session)
        self._lay_out()
        self.filters.changed.connect(self._show)
        self.table.chosen.connect(self._show_panel)
        self.table.selection_count.connect(self._selected)
        self.panel.chosen.connect(self._choose)
        self._show()

    def reload(self) -> None:
        """A comparison stays as it is until the person compares anew; changes are told then."""

    def focus_search(self) -> None:
        """Go to the search field."""
        self.filters.search.setFocus()

    def compare(self) -> None:
        """Ask for an export and hold it against our file."""
        path = ask_for_file(self, "选择上级系统导出的表", TABLES)
        if path is not None:
            self._compare(path)

    def choose_all(self, side: Side) -> None:
        """Choose a side for all selected rows."""
        chosen = [self._rows[one] for one in self.table.selected_ids() if one in self._rows]
        self.said.put_all(chosen, side)
        self._show()

    def write(self) -> None:
        """Ask, then write everything that was chosen."""
        found = self.found
        if found is None:
            return
        words = "以上级为准的改本单位的数据，以本单位为准的下次再报；一次写入，可以撤销。"
        work = apply_compared.bind(found, self.said.all())
        go = partial(self.session.write, "正在写入", work, self._written, self._refused)
        answers = (Answer("再看看"), Answer("写入", go, "primary"))
        ask(self, f"写入选定的 {self.said.count():,} 处？", words, answers)

    def _lay_out(self) -> None:
        self._begin = button("选上级导出的表…", self.compare, kind="primary", drawing="file-down")
        self._write = button("写入选定的…", self.write, kind="primary", drawing="check")
        self.lines.addLayout(row(self._begin, self._write, None))
        self.lines.addWidget(self.notice)
        self.lines.addWidget(self.figures)
        self.lines.addWidget(self.filters)
        body = ListBody(self.grid, self.panel, self.session.preferences, "upload_compare")
        self.lines.addWidget(body, 1)
        self._sides = [
            button(SIDE_TITLES[side], partial(self.choose_all, side))
            for side in (Side.OURS, Side.THEIRS, Side.LATER)
        ]
        self._foot: QWidget = boxed(row(label("选中的都", "muted"), *self._sides, None))
        self.lines.addWidget(self._foot)

    def _compare(self, path: Path) -> None:
        self.session.read("正在对账", compared.bind(path), self._filled)

    def _filled(self, found: Reconciliation) -> None:
        self.found = found
        self.said = ComparedChoices()
        self._rows = {one.id: one for one in found.rows}
        self.figures.setText(_figures(found))
        if found.notes:
            self.notice.tell("".join(found.notes), "warn")
        else:
            self.notice.hide()
        self._show()
        if found.rows:
            self.table.selectRow(0)

    def _show(self) -> None:
        found = self.found
        words, fate = self.filters.query(), self.filters.values().get("fate", "")
        rows = [
            self._line(one)
            for one in self._rows.values()
            if words in one.caption and (not fate or one.fate == fate)
        ]
        self.table.show_rows(FixedRows(rows, numbers_of(COLUMNS, rows)))
        self.grid.show_table(yes=bool(rows))
        for one in (self.filters, self.figures, self._foot):
            one.setVisible(found is not None and bool(found.rows))
        if self.filters.active:
            say = self.grid.empty.say
            say("没有符合条件的。", "清除筛选", self.filters.clear, "search")
        elif found is None:
            self.grid.empty.say(EMPTY, "选上级导出的表…", self.compare, "file-diff")
        else:
            same = f"{found.same:,} 条两边都一样，没有不同。"
            self.grid.empty.say(same, drawing="circle-check")
        self._count()
        self._show_panel()

    def _count(self) -> None:
        count = self.said.count()
        self._write.setText(f" 写入选定的 {count:,} 处…" if count else " 写入选定的…")
        self._write.setEnabled(bool(count))
        self.counted.emit(f"不同的 {len(self._rows):,} 条" if self.found else "")

    def _line(self, one: ReconcileRow) -> TableRow:
        side, tone = self.said.words(one)
        names = [each.title for each in one.differences]
        what = "、".join(names[:_NAMED]) + (f" 等 {len(names)} 栏" if len(names) > _NAMED else "")
        texts = {
            "number": str(one.number or ""),
            "who": one.caption,
            "fate": FATE_NAMES[one.fate],
            "what": what or one.message,
            "side": side,
        }
        return TableRow(one.id, texts, {"fate": FATE_TONES[one.fate], "side": tone})

    def _show_panel(self, *_: object) -> None:
        one = self._rows.get(self.table.current_id())
        subject = self.found.form.subject if self.found else Subject.RECORD
        self.panel.show_row(one, subject, self.said)
        self._selected()

    def _selected(self, *_: object) -> None:
        chosen = [self._rows[one] for one in self.table.selected_ids() if one in self._rows]
        for each in self._sides:
            each.setEnabled(any(one.fate is not Fate.UNCLEAR for one in chosen))

    def _choose(self, key: str, side: Side) -> None:
        one = self._rows.get(self.table.current_id())
        if one is not None:
            self.said.put(one, key, side)
            self._show()

    def _written(self, done: Reconciled) -> None:
        told = "；".join(done.left)
        words = f"改 {done.changed} 条，补 {done.added} 条，下次再报 {done.resent} 条"
        self.session.undo_offered.emit(f"{words}。{told}", done.operation.id)
        if self.found is not None:
            self._compare(self.found.path)

    def _refused(self, error: OfficeError) -> None:
        self.notice.tell(error.sentence, "error")


def _figures(found: Reconciliation) -> str:
    years = "、".join(str(one) for one in found.years)
    told = [f"“{found.path.name}”是“{found.form.title}”，{years} 年：一样的 {found.same:,} 条"]
    told += [
        f"{name} {found.count(fate):,} 条" for fate, name in FATE_NAMES.items() if found.count(fate)
    ]
    return "，".join(told) + "。"
