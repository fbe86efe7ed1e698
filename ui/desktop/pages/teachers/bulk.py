"""批量修改: one value for many teachers, shown before it is written, undone in one step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from models.entities.describe import Column, Kind, columns
from models.office.context import Office
from models.progress import Progress
from models.staff.queries import teacher_rows
from models.staff.records import Teacher
from models.staff.registration import change_many
from models.store.operations import Operation
from ui.desktop.tasks.session import Session
from ui.desktop.widgets import tokens
from ui.desktop.widgets.dialogs import Sheet
from ui.desktop.widgets.parts import button, label
from ui.desktop.widgets.small_grid import SmallGrid

EXAMPLES = 10
_KINDS = (Kind.CODE, Kind.FLAG)
_NOT_MANY = frozenset({"sex", "id_type"})


def change_many_sheet(
    session: Session, parent: QWidget, teacher_ids: Sequence[str]
) -> ChangeManySheet | None:
    """Open the window for the teachers selected; None where there is none."""
    if not teacher_ids:
        return None
    sheet = ChangeManySheet(session, parent, teacher_ids)
    sheet.open()
    return sheet


class ChangeManySheet(Sheet):
    """Asks for a field and a value, and shows before and after for the first ten."""

    def __init__(self, session: Session, parent: QWidget, teacher_ids: Sequence[str]) -> None:
        """Begin with the first field that many may share."""
        super().__init__("批量修改", parent, 560)
        self._session = session
        self._ids = list(teacher_ids)
        self._fields = changeable()
        self._says = label("", "heading", wrap=True)
        self._field = QComboBox()
        self._field.setAccessibleName("要修改的项目")
        for name, described in self._fields.items():
            self._field.addItem(described.title, name)
        self._value = QComboBox()
        self._value.setAccessibleName("改为")
        self._preview = SmallGrid("修改前后", ("姓名", "修改前", "修改后"), 2)
        self._lay_out()
        self._field.currentIndexChanged.connect(self._offer)
        self._value.currentIndexChanged.connect(self._show)
        self._offer()

    def change(self) -> None:
        """Write it as one step."""
        name, value, ids = self._field.currentData(), self._value.currentData(), self._ids

        def work(office: Office, _progress: Progress) -> Operation:
            return change_many(office, ids, name, value)

        self._session.write("正在批量修改", work, self._done)
        self.accept()

    def _done(self, operation: Operation) -> None:
        self._session.undo_offered.emit(f"已{operation.title}", operation.id)

    def _lay_out(self) -> None:
        chooser = QVBoxLayout()
        chooser.setSpacing(tokens.px(4))
        chooser.addWidget(label("项目", "caption"))
        chooser.addWidget(self._field)
        chooser.addWidget(label("改为", "caption"))
        chooser.addWidget(self._value)
        self._preview.setMinimumHeight(tokens.px(220))
        self.body.addLayout(chooser)
        self.body.addWidget(self._says)
        self.body.addWidget(self._preview, 1)
        self.foot.addWidget(label(f"只列出前 {EXAMPLES} 人", "caption"))
        self.foot.addStretch(1)
        self.foot.addWidget(button("取消", self.reject))
        self.foot.addWidget(button("修改", self.change, kind="primary"))

    def _offer(self) -> None:
        described = self._fields[self._field.currentData()]
        self._value.blockSignals(True)  # noqa: FBT003 - Qt's own positional flag
        self._value.clear()
        for value, text in self._values(described):
            self._value.addItem(text, value)
        self._value.blockSignals(False)  # noqa: FBT003 - Qt's own positional flag
        self._show()

    def _values(self, described: Column) -> list[tuple[object, str]]:
        if described.kind is Kind.FLAG:
            return [(1, "是"), (0, "否"), (None, "（清空）")]
        table = self._session.office.codes[described.table or ""]
        return [*((one.code, one.name) for one in table if not one.hidden), (None, "（清空）")]

    def _show(self) -> None:
        name = self._field.currentData()
        title = self._fields[name].title
        self._says.setText(f"将修改 {len(self._ids):,} 人的“{title}”，作为一步，可以撤销。")
        found = teacher_rows(self._session.office, self._ids[:EXAMPLES])
        after = self._value.currentText() if self._value.currentData() is not None else "（空）"
        self._preview.show_lines(
            [(one.shown["name"], one.shown[name] or "（空）", after) for one in found]
        )


def changeable() -> dict[str, Column]:
    """The fields that many teachers may be given one value of: codes and yes-or-no."""
    return {
        name: described
        for name, described in columns(Teacher).items()
        if described.kind in _KINDS and name not in _NOT_MANY
    }
