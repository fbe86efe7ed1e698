"""One row of a comparison: ours and theirs field by field, and which side is right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from models.uploads.differences import FATE_NAMES, Difference, Fate, ReconcileRow, Side
from models.uploads.forms import Subject
from ui.desktop.pages.uploads.compare_choices import SIDE_TITLES, ComparedChoices, sides_of
from ui.desktop.widgets import tokens
from ui.desktop.widgets.parts import boxed, button, clear, column, label, pill, row, rule

if TYPE_CHECKING:
    from ui.desktop.tasks.session import Session

FATE_TONES = {
    Fate.DIFFERENT: "warn",
    Fate.ONLY_HERE: "info",
    Fate.ONLY_THERE: "error",
    Fate.UNCLEAR: "muted",
}
EXPLAINED = {
    Fate.DIFFERENT: "以本单位为准的，下次上报时再报；以上级为准的，改本单位的数据。",
    Fate.ONLY_HERE: "上级没有这一条。以本单位为准，下次上报时再报。",
    Fate.ONLY_THERE: "本单位没有这一条。以上级为准，补登到本单位。",
    Fate.UNCLEAR: "认不出是哪一条，请核对后改正其中一边。",
}


class ComparePanel(QFrame):
    """The chosen row with a choice at every field.

    Signals:
        chosen: key of a field ("" for the whole row) and a ``Side``.
    """

    chosen = Signal(str, object)

    def __init__(self, session: Session) -> None:
        """Make it empty."""
        super().__init__()
        self.setObjectName("card")
        self._session = session
        self._row: ReconcileRow | None = None
        self._subject = Subject.RECORD
        self.choices: dict[str, QComboBox] = {}
        inner = QWidget()
        inner.setObjectName("scrollBody")
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, tokens.px(6), 0)
        self._lines.setSpacing(tokens.BLOCK)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.record = button("看这条记录", self._to_record)
        self.teacher = button("看教师", self._to_teacher)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(tokens.CARD, tokens.px(14), tokens.CARD, tokens.px(14))
        outer.setSpacing(tokens.BLOCK)
        outer.addWidget(area, 1)
        outer.addLayout(row(self.record, self.teacher, None))
        self.show_row(None, Subject.RECORD, ComparedChoices())

    def show_row(self, one: ReconcileRow | None, subject: Subject, said: ComparedChoices) -> None:
        """Show a row with what was chosen of it; None for nothing."""
        self._row, self._subject = one, subject
        clear(self._lines)
        self.choices = {}
        self.teacher.setVisible(one is not None)
        self.teacher.setEnabled(one is not None and bool(one.teacher_id))
        self.record.setVisible(one is not None and subject is Subject.RECORD)
        self.record.setEnabled(one is not None and bool(one.subject_id))
        if one is None:
            hint = label("在左边选中一条，这里对照两边的内容。", "muted", wrap=True)
            self._lines.addWidget(hint)
            self._lines.addStretch(1)
            return
        name = label(one.caption, "name", wrap=True)
        state = pill(FATE_NAMES[one.fate], FATE_TONES[one.fate])
        head = row(name, state)
        head.setStretch(0, 1)
        self._lines.addWidget(boxed(head))
        if one.number:
            self._lines.addWidget(label(f"上级的表第 {one.number} 行", "muted"))
        self._lines.addWidget(label(one.message or EXPLAINED[one.fate], "muted", wrap=True))
        for each in one.differences:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._difference(one, each, said))
        if not one.differences and len(sides_of(one)) > 1:
            self._lines.addWidget(rule())
            self._lines.addWidget(self._choice(one, "", "这一条", said))
        self._lines.addStretch(1)

    def _difference(self, one: ReconcileRow, each: Difference, said: ComparedChoices) -> QWidget:
        ours = row(label("本单位", "muted"), label(each.ours or "（空）", wrap=True))
        theirs = row(label("上级　", "muted"), label(each.theirs or "（空）", wrap=True))
        for both in (ours, theirs):
            both.setStretch(1, 1)
        lines = column(label(each.title, "heading"), ours, theirs, gap=tokens.px(6))
        lines.addWidget(self._choice(one, each.key, each.title, said))
        if each.why:
            lines.addWidget(label(each.why, "caption", wrap=True))
        return boxed(lines)

    def _choice(self, one: ReconcileRow, key: str, title: str, said: ComparedChoices) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(f"{title}以哪边为准")
        for side in sides_of(one, key):
            box.addItem(SIDE_TITLES[side], side)
        box.setCurrentIndex(max(0, box.findData(said.of(one, key))))
        box.activated.connect(partial(self._tell, key))
        self.choices[key] = box
        return box

    def _tell(self, key: str, place: int) -> None:
        self.chosen.emit(key, Side(self.choices[key].itemData(place)))

    def _to_record(self) -> None:
        if self._row is not None:
            self._session.go.emit("ledger", ("entry", self._row.subject_id))

    def _to_teacher(self) -> None:
        if self._row is not None and self._row.teacher_id:
            self._session.go.emit("teachers", self._row.teacher_id)
