"""④ 完成: what was taken in, and what can be done next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.exchange.batches import Batch
from ui.desktop.widgets import tokens
from ui.desktop.widgets.list_page import filled_card
from ui.desktop.widgets.parts import button, clear, label, picture, row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the last page says.

    Attributes:
        batches: what was imported, file by file.
        unwritten: names of files that held nothing to write.
        problems: how many rows were refused or have something to tell.
        questions: how many moves wait for a person.
        undone: whether it was taken back since.
    """

    batches: tuple[Batch, ...]
    unwritten: tuple[str, ...]
    problems: int
    questions: int
    undone: bool


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What the buttons of the last page do."""

    undo: Callable[[], object]
    give_back: Callable[[], object]
    questions: Callable[[], object]
    look: Callable[[], object]


class FinishedStep(QWidget):
    """A sentence a file and a few buttons."""

    def __init__(self, steps: NextSteps) -> None:
        """Make it empty."""
        super().__init__()
        frame, lines = filled_card()
        self._head = label("", "name")
        self._drawing = picture("circle-check", tokens.OK, 44)
        self._undone = picture("undo-2", tokens.MUTED, 44)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(tokens.GAP)
        self.look_button = button("查看教师名册", steps.look, drawing="users")
        self.questions_button = button("去确认调动", steps.questions, drawing="arrow-left-right")
        self.give_back_button = button("导出有错的行…", steps.give_back, drawing="file-up")
        self.undo_button = button("撤销本次导入", steps.undo, drawing="undo-2")
        buttons = row(
            None,
            self.look_button,
            self.questions_button,
            self.give_back_button,
            self.undo_button,
            None,
        )
        middle = Qt.AlignmentFlag.AlignHCenter
        lines.addStretch(1)
        for widget in (self._drawing, self._undone, self._head):
            lines.addWidget(widget, 0, middle)
        lines.addLayout(self._lines)
        lines.addSpacing(tokens.BLOCK)
        lines.addLayout(buttons)
        lines.addStretch(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)

    def show_outcome(self, outcome: Outcome) -> None:
        """Say what was done."""
        self._head.setText("本次导入已撤销" if outcome.undone else "导入完成")
        self._drawing.setVisible(not outcome.undone)
        self._undone.setVisible(outcome.undone)
        clear(self._lines)
        for text in sentences(outcome):
            line = label(text, "muted", wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._lines.addWidget(line)
        self.questions_button.setVisible(bool(outcome.questions))
        self.give_back_button.setVisible(bool(outcome.problems))
        self.undo_button.setVisible(not outcome.undone)

    def says(self) -> str:
        """The sentences in sight."""
        items = [self._lines.itemAt(place) for place in range(self._lines.count())]
        widgets = [item.widget() for item in items if item is not None]
        found = [widget.accessibleName() or widget.property("text") for widget in widgets if widget]
        return "\n".join([self._head.text(), *(str(one) for one in found)])


def sentences(outcome: Outcome) -> list[str]:
    """A sentence for each file, one for what was not taken, one for what is left to decide."""
    if outcome.undone:
        return ["数据已回到导入之前的样子，可在“操作记录”中再次恢复。"]
    found = [
        f"{one.file_name}：新增 {one.counts.inserted:,}，更新 {one.counts.updated:,}，"
        f"不变 {one.counts.unchanged:,}，退回 {one.counts.refused:,}，略过 {one.counts.skipped:,}"
        for one in outcome.batches
    ]
    if outcome.unwritten:
        found.append(f"没有需要写入的内容：{'、'.join(outcome.unwritten)}。")
    if outcome.problems:
        found.append(f"有 {outcome.problems:,} 行退回或需要核对，可导出改好后再次导入。")
    if outcome.questions:
        found.append(f"有 {outcome.questions:,} 名教师列在了另一所学校，请确认是否调入。")
    return found
