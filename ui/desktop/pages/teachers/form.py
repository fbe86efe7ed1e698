"""The teacher's form; loaded when it is first opened, as checking a name needs the readings."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.staff.forms import enter_teacher
from models.store.operations import Operation
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.form.sheet import Filled, FormSheet
from ui.desktop.widgets.form.teachers import plan_of, texts_of, with_reason


def teacher_form(session: Session, parent: QWidget, teacher_id: str | None = None) -> FormSheet:
    """Open the form for a new teacher, or for a known one.

    Args:
        session: where it reads and writes.
        parent: the page.
        teacher_id: the teacher to change; None for a new one.
    """
    sheet = FormSheet(
        "修改教师" if teacher_id else "新增教师",
        plan_of(session.office),
        parent,
        many=teacher_id is None,
    )
    sheet.begin(texts_of(session.office, teacher_id) if teacher_id else {})

    def save(filled: Filled) -> None:
        texts = with_reason(filled)
        session.write(
            "正在保存",
            lambda office, _progress: enter_teacher(office, teacher_id, texts),
            lambda operation: _saved(session, sheet, operation),
            sheet.refused,
        )

    sheet.filled.connect(save)
    sheet.open()
    return sheet


def _saved(session: Session, sheet: FormSheet, operation: Operation) -> None:
    sheet.saved(f"已保存：{operation.title}")
    if operation.changed.count:
        session.undo_offered.emit(f"已保存：{operation.title}", operation.id)
