"""⑤ 成绩: marks typed, pasted or taken from a workbook; two typings held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QComboBox, QSizePolicy

from models.errors import OfficeError, UserError
from models.exams.marks import MarkBook
from ui.desktop.pages.exams.mark_cells import MarkCells, Mode, Show
from ui.desktop.pages.exams.score_deeds import ScoreSheets
from ui.desktop.pages.exams.view import Loaded, StepView
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.dialogs import Answer, ask
from ui.desktop.widgets.edit_grid import EditColumn, EditGrid, EditRow
from ui.desktop.widgets.list_page import UNBOUNDED
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, label

if TYPE_CHECKING:
    from models.exams.entering import Entered

save_marks = Lazy("ui.desktop.pages.exams.score_jobs", "save_marks")
MODES: dict[Mode, str] = {"first": "录第一遍", "second": "录第二遍", "both": "核对两遍"}
SHOWS: dict[Show, str] = {"all": "全部考生", "missing": "还没有成绩的", "differing": "两遍不同的"}


class MarksStep(StepView):
    """The mark book as a grid; nothing is written before 保存."""

    def __init__(self, session: Session) -> None:
        """Make the step."""
        super().__init__(session, Lazy("ui.desktop.pages.exams.score_loads", "marks"))
        self.cells: MarkCells | None = None
        self._shown = ("", 0, 0)
        self.sheets = ScoreSheets(session, self)
        self.mode = _choice("录第几遍", MODES)
        self.show_only = _choice("显示哪些考生", SHOWS)
        self.grid = EditGrid("成绩录入", self._problem)
        self.grid.setObjectName("gridCard")
        self.told = label("", "muted", wrap=True)
        self.problems = NoticeBar()
        self.bar.addWidget(self.mode)
        self.bar.addWidget(self.show_only)
        self.save_button = button("保存", self.save, kind="primary")
        self.reset_button = button("放弃修改", self.reset)
        self.bar.addWidget(self.save_button)
        self.bar.addWidget(self.reset_button)
        self.bar.addStretch(1)
        self.add_menu(
            "成绩表",
            {
                "导出成绩登记表…": partial(self.sheets.export, "exam-scores"),
                "收回成绩登记表…": self.take,
            },
            _open,
        )
        self.lines.addWidget(self.problems)
        self.lines.addWidget(self.grid, 1)
        self.lines.addWidget(self.told)
        self.grid.setMaximumHeight(UNBOUNDED)
        self.grid.sheet.edited.connect(self._edited)
        self.grid.lost.connect(self._lost)
        self.mode.currentIndexChanged.connect(self._turn)
        self.show_only.currentIndexChanged.connect(self._turn)
        self._edited()

    @property
    def dirty(self) -> bool:
        """Whether something was typed and not saved."""
        return bool(self.grid.sheet.changes)

    def reload(self) -> None:
        """Read the marks anew; what was typed and not saved stays."""
        if not self.dirty or self.loaded is None:
            super().reload()

    def fill(self, loaded: Loaded) -> None:
        """Show the marks."""
        super().fill(loaded)
        twice = loaded.exam.entries > 1
        self.mode.setVisible(twice)
        if not twice:
            self.mode.setCurrentIndex(0)
        self._show()

    def save(self) -> None:
        """Write what was typed, all or nothing."""
        loaded, cells = self.loaded, self.cells
        if loaded is None or cells is None:
            return
        try:
            given = cells.given(self.grid.changed_texts())
        except UserError as error:
            self.problems.tell(error.sentence, "error")
            return
        if given:
            work = save_marks.bind(loaded.exam.id, given)
            self.session.write("正在保存成绩", work, self._saved, self._refused)

    def may_leave(self) -> bool:
        """Whether nothing typed would be lost; asks what is to be done with it otherwise."""
        if self.dirty:
            count = len(self.grid.sheet.changes)
            ask(
                self,
                f"有 {count:,} 处成绩还没有保存。",
                "保存，或者放弃这些修改，然后再离开。",
                (
                    Answer("取消"),
                    Answer("不保存", self.reset, "danger"),
                    Answer("保存", self.save, "primary"),
                ),
                "warn",
            )
        return not self.dirty

    def reset(self) -> None:
        """Forget what was typed."""
        self.grid.sheet.reset()
        self.problems.hide()
        self.reload()

    def take(self) -> None:
        """Take a filled score sheet, as the typing in sight or as both."""
        loaded = self.loaded
        if loaded is not None:
            mode = cast("Mode", self.mode.currentData())
            entries = MarkCells(loaded.more, mode).entries
            self.sheets.take(loaded.exam, entries)

    def _show(self) -> None:
        loaded = self.loaded
        if loaded is None or not isinstance(loaded.more, MarkBook):
            return
        self.cells = MarkCells(loaded.more, cast("Mode", self.mode.currentData()))
        columns = self.cells.columns()
        rows = self.cells.rows(cast("Show", self.show_only.currentData()))
        shown = (loaded.exam.id, self.mode.currentIndex(), self.show_only.currentIndex())
        here = self.grid.current_cell() if shown == self._shown else None
        self.grid.show_sheet(columns, rows)
        if here is None or not self.grid.go_to(here):
            self.grid.setCurrentIndex(self.grid.sheet.index(*_start(columns, rows)))
        self._shown = shown
        some = "" if len(rows) == len(loaded.more.people) else f"显示 {len(rows):,} 人。"
        keys = "回车到下一人，Tab 到下一格；从 Excel 复制一列，选中第一人后按 Ctrl+V。"
        closed = loaded.exam.published_on or loaded.exam.posted_on
        if closed:
            keys = "成绩已经公布或登记，改动请在“⑥ 结果”中更正，写明原因。"
        self.told.setText(f"{some}{keys}")
        self.grid.setEnabled(not closed and bool(loaded.more.people))

    def _turn(self, *_: int) -> None:
        if self.dirty:
            self.problems.tell("有成绩还没有保存。请先保存，或放弃修改。", "warn")
            return
        self._show()

    def _edited(self) -> None:
        sheet = self.grid.sheet
        self.save_button.setEnabled(bool(sheet.changes) and not sheet.problems)
        self.reset_button.setEnabled(bool(sheet.changes))
        count = len(sheet.changes)
        self.save_button.setText(f"保存 {count:,} 处" if count else "保存")
        for one in (self.mode, self.show_only):
            one.setEnabled(not sheet.changes)
        if sheet.problems:
            sentence = next(iter(sheet.problems.values()))
            words = f"有 {len(sheet.problems):,} 格不能用，已标红，改正后才能保存：{sentence}"
            self.problems.tell(words, "error")
        elif self.problems.text():
            self.problems.hide()

    def _lost(self, count: int) -> None:
        if count and not self.grid.sheet.problems:
            words = f"粘贴的内容中有 {count:,} 格超出表格或不能改，没有放下。"
            self.problems.tell(words, "warn")

    def _saved(self, done: list[Entered]) -> None:
        self.grid.sheet.reset()
        self.reload()
        recorded = sum(one.recorded for one in done)
        states = sum(one.states for one in done)
        words = f"已录 {recorded:,} 个成绩" + (f"，{states:,} 人缺考等" if states else "")
        self.session.undo_offered.emit(f"{words}。", done[-1].operation.id)

    def _refused(self, error: OfficeError) -> None:
        self.problems.tell(error.sentence, "error")

    def _problem(self, row: str, column: str, text: str) -> str:
        return "" if self.cells is None else self.cells.problem(row, column, text)


def _choice(name: str, choices: dict[Mode, str] | dict[Show, str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    for value, text in choices.items():
        box.addItem(text, value)
    return box


def _start(columns: Sequence[EditColumn], rows: Sequence[EditRow]) -> tuple[int, int]:
    """Where the person begins: at the first difference, else at the first mark."""
    open_to = [place for place, one in enumerate(columns) if one.editable]
    for down, row in enumerate(rows):
        for across in open_to:
            if columns[across].key in row.notes:
                return down, across
    return 0, open_to[0] if open_to else 0


def _open(loaded: Loaded) -> bool:
    return bool(loaded.now.people)
