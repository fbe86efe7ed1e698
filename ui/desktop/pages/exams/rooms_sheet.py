"""考场: rooms as a grid to type into; blocks are pasted from Excel."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.errors import OfficeError, UserError
from models.exams.records import Exam, Room
from models.exams.rooms import read_lanes, read_seats, write_lanes, write_seats
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.edit_grid import EditColumn, EditGrid, EditRow
from ui.desktop.widgets.parts import button, label

_JOBS = "ui.desktop.pages.exams.day_jobs"
save_rooms = Lazy(_JOBS, "save_rooms")
COLUMNS = (
    EditColumn("number", "考场号", 4, numeric=True),
    EditColumn("name", "门上的名称", 8),
    EditColumn("place", "学校或楼层", 9, stretch=True),
    EditColumn("lanes", "各列座位数（从门一侧起）", 8),
    EditColumn("left_empty", "不坐人的座号", 6),
)
WIDTH, HEIGHT = 860, 520
BLANK = 10
NEW = "new-"
HOW = (
    "可以从 Excel 复制几行几列，选中起始格后按 Ctrl+V。座位如“8 7 7 8”表示四列；"
    "座号从门一侧的第一列前排起编。在空行里填写就是新增考场。"
)


class RoomsSheet(Sheet):
    """All rooms of an exam.

    Signals:
        saved: the operation.
    """

    saved = Signal(object)

    def __init__(
        self, session: Session, parent: QWidget, exam: Exam, rooms: Sequence[Room]
    ) -> None:
        """Make the window with these rooms."""
        super().__init__("考场", parent, WIDTH)
        self._session = session
        self._exam = exam
        self.grid = EditGrid("考场", _problem)
        self._told = label("", "fieldError", wrap=True)
        self._told.hide()
        self.body.addWidget(label(HOW, "muted", wrap=True))
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self._told)
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.action = button("保存", self.save, kind="primary")
        self.foot.addWidget(self.action)
        lines = [EditRow(one.id, _texts(one)) for one in rooms]
        lines += [EditRow(f"{NEW}{place}", {}) for place in range(BLANK)]
        self.grid.show_sheet(COLUMNS, lines)
        self.grid.setCurrentIndex(self.grid.sheet.index(0, 1))
        self.grid.sheet.edited.connect(self._settle)
        self.grid.lost.connect(self._lost)
        self._settle()
        self.resize(tokens.px(WIDTH), tokens.px(HEIGHT))

    def save(self) -> None:
        """Write what was typed."""
        lines = {
            row: texts
            for row, texts in self.grid.changed_texts().items()
            if not row.startswith(NEW) or any(texts.values())
        }
        work = save_rooms.bind(self._exam.id, lines)
        self._session.write("正在保存考场", work, self._done, self._refuse)

    def _settle(self) -> None:
        sheet = self.grid.sheet
        self.action.setEnabled(bool(sheet.changes) and not sheet.problems)
        problem = next(iter(sheet.problems.values()), "")
        self._say(f"有 {len(sheet.problems)} 格不能用，已标出：{problem}" if problem else "")

    def _lost(self, count: int) -> None:
        if count:
            self._say(f"粘贴的内容中有 {count} 格超出表格，没有放下。")

    def _done(self, operation: object) -> None:
        self.accept()
        self.saved.emit(operation)

    def _refuse(self, error: OfficeError) -> None:
        self._say(error.sentence)

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))


def _texts(one: Room) -> dict[str, str]:
    return {
        "number": str(one.number),
        "name": one.name,
        "place": one.place,
        "lanes": write_lanes(one.lanes),
        "left_empty": write_seats(one.left_empty),
    }


def _problem(_row: str, column: str, text: str) -> str:
    """Why a cell cannot be taken."""
    try:
        if column == "lanes" and text:
            read_lanes(text)
        elif column == "left_empty" and text:
            read_seats(text)
    except UserError as error:
        return error.sentence
    if column == "number" and text and not text.isdecimal():
        return "考场号应为整数。"
    return ""
