"""A conflict in which neither side is right: the person fills in what is, in the teacher's form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from models.store.operations import Operation
from ui.desktop.pages.sync.shown import ConflictLine
from ui.desktop.tasks.lazy import Lazy
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.asking import form_and_write
from ui.desktop.widgets.form.sheet import FormSheet
from ui.desktop.widgets.form.teachers import plan_of, texts_of, with_reason

fill_in = Lazy("ui.desktop.pages.sync.jobs", "fill_in")


def ask_for_another(
    session: Session,
    parent: QWidget,
    conflict: ConflictLine,
    done: Callable[[Operation], object],
) -> FormSheet:
    """Open the form of the teacher with what is shown now; saving it decides the conflict."""
    sheet = FormSheet(f"修改教师：{conflict.field}", plan_of(session.office), parent)
    sheet.begin(texts_of(session.office, conflict.row))

    form_and_write(
        session,
        sheet,
        lambda filled: fill_in.bind(conflict.id, conflict.row, with_reason(filled)),
        done,
        ("正在保存决定", "已保存"),
    )
    return sheet
