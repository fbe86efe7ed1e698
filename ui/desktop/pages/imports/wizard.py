"""The wizard: ① 选文件 ② 对应列 ③ 检查 ④ 完成; nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ui.desktop.pages.imports.check_step import CheckStep
from ui.desktop.pages.imports.columns_step import ColumnsStep
from ui.desktop.pages.imports.done_step import DoneStep
from ui.desktop.pages.imports.steps import StepBar
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.drop_area import DropArea
from ui.desktop.widgets.notice import NoticeBar
from ui.desktop.widgets.parts import button, row
from ui.desktop.widgets.table.copying import from_tsv

if TYPE_CHECKING:
    from models.exchange.reading.tables import Layout
    from ui.desktop.pages.imports.jobs import Applied, Checked

FILES = "表格 (*.xlsx *.xls *.et *.ods *.csv *.txt);;所有文件 (*)"
CHOOSE, MATCH, CHECK, DONE = range(4)
_JOBS = "ui.desktop.pages.imports.jobs"
check_files = Lazy(_JOBS, "check_files")
fix_layout = Lazy(_JOBS, "fix_layout")
apply_files = Lazy(_JOBS, "apply_files")
export_errors = Lazy(_JOBS, "export_errors")
save_pasted = Lazy(_JOBS, "save_pasted")


class ImportWizard(QWidget):
    """Leads from files to rows in the register.

    Signals:
        left: the person is done with it or gave it up.
    """

    left = Signal()

    def __init__(self, session: Session) -> None:
        """Begin at the first step."""
        super().__init__()
        self._session = session
        self.files: list[Checked] = []
        self.steps = StepBar()
        self.notice = NoticeBar()
        self.stack = QStackedWidget()
        self.drop = DropArea(
            "把学校交来的表格拖到这里", "支持 .xlsx .xls .et .ods .csv，可以一次选几个文件"
        )
        self.matching = ColumnsStep()
        self.checking = CheckStep(session.preferences)
        self.done = DoneStep()
        for step in (self.drop, self.matching, self.checking, self.done):
            self.stack.addWidget(step)
        self._give_up = button("全部取消", self.leave)
        self._back = button("上一步", self.back, drawing="arrow-left")
        self._next = button("下一步", self.go_on, kind="primary")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.BLOCK)
        layout.addWidget(self.steps)
        layout.addWidget(self.notice)
        layout.addWidget(self.stack, 1)
        layout.addLayout(row(self._give_up, None, self._back, self._next))
        self.drop.asked.connect(self.choose)
        self.drop.dropped.connect(self.take)
        self.matching.corrected.connect(self._correct)
        self.checking.errors_wanted.connect(self.export_errors)
        self.done.errors_wanted.connect(self.export_errors)
        self.done.undo_wanted.connect(session.undo)
        self._show(CHOOSE)

    @property
    def step(self) -> int:
        """Which step is in sight, from 0."""
        return self.stack.currentIndex()

    @property
    def underway(self) -> bool:
        """Whether files were chosen that have not been taken in yet."""
        return self.step in (MATCH, CHECK)

    def choose(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, "选择要导入的表格", "", FILES)
        if names:
            self.take([Path(name) for name in names])

    def take(self, paths: Sequence[Path]) -> None:
        """Read files and show how their columns are understood."""
        self.notice.hide()
        self._session.read("正在读取文件", check_files.bind(list(paths)), self._read)

    def paste(self, titles: Sequence[str]) -> None:
        """Take the block on the clipboard like a file; ``titles`` head it where it has no header."""
        cells = from_tsv(QGuiApplication.clipboard().text())
        if not cells:
            self._session.told.emit("剪贴板里没有表格内容。请先在 Excel 或 WPS 中复制。", "warn")
            return
        file = save_pasted(cells, titles)
        self._session.read("正在检查粘贴的内容", check_files.bind([file]), self._read_pasted)

    def back(self) -> None:
        """The step before, as it was left."""
        self._show(CHOOSE if self.step == MATCH else MATCH)

    def go_on(self) -> None:
        """The next step; from the check it writes."""
        if self.step == MATCH:
            self.checking.show_files(self.files)
            self._show(CHECK)
        elif self.step == CHECK:
            self._session.write("正在导入", apply_files.bind(list(self.files)), self._applied)
        else:
            self.leave()

    def leave(self) -> None:
        """Give up or be done: forget the files."""
        self.files = []
        self.notice.hide()
        self._show(CHOOSE)
        self.left.emit()

    def export_errors(self, place: int) -> None:
        """Ask where the rows with problems of a file go, and write them."""
        checked = self.files[place]
        proposed = checked.path.with_name(f"{checked.path.stem}-有错的行.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, "导出有错的行", str(proposed), "Excel (*.xlsx)")
        if name:
            self._session.read(
                "正在导出", export_errors.bind(checked, Path(name)), self._errors_written
            )

    def _errors_written(self, file: Path) -> None:
        self.notice.tell(f"已导出到 {file}。改正后可以直接重新导入。", "ok")

    def _read(self, files: list[Checked]) -> None:
        self.files = files
        unread = [one for one in files if not one.tables]
        if unread:
            self.notice.tell("\n".join(_why(one) for one in unread), "error")
        self.files = [one for one in files if one.tables]
        if self.files:
            self.matching.show_files(self.files)
            self._show(MATCH)

    def _read_pasted(self, files: list[Checked]) -> None:
        self._read(files)
        if self.files:
            self.go_on()

    def _correct(self, place: int, sheet: str | None, layout: Layout) -> None:
        """A person corrected the reading of a table: check the file anew."""
        work = fix_layout.bind(self.files[place], sheet, layout)
        self._session.read("正在重新检查", work, self._corrected(place))

    def _corrected(self, place: int) -> Callable[[Checked], None]:
        def done(checked: Checked) -> None:
            if not checked.tables:
                self.notice.tell(_why(checked), "error")
                return
            self.files[place] = checked
            self.matching.show_files(self.files)

        return done

    def _applied(self, results: list[Applied]) -> None:
        self.done.show_results(results)
        self._show(DONE)

    def _show(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        self.steps.show_step(step)
        self._back.setVisible(step in (MATCH, CHECK))
        self._give_up.setVisible(step in (CHOOSE, MATCH, CHECK))
        self._give_up.setText("返回" if step == CHOOSE else "全部取消")
        self._next.setVisible(step != CHOOSE)
        self._next.setText({CHECK: self._write_words(), DONE: "完成"}.get(step, "下一步"))
        self._next.setEnabled(step != CHECK or self._writes())

    def _writes(self) -> bool:
        return any(one.plan is not None and one.plan.writes for one in self.files)

    def _write_words(self) -> str:
        counts = [one.plan.counts for one in self.files if one.plan is not None]
        rows = sum(one.inserted + one.updated for one in counts)
        refused = sum(one.refused for one in counts)
        if not rows:
            return "没有需要写入的行"
        return f"只导入正确的 {rows:,} 行" if refused else f"导入 {rows:,} 行"


def _why(checked: Checked) -> str:
    return checked.error or (checked.plan.message if checked.plan else "") or "没有可以导入的内容。"
