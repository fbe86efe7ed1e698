"""The teacher's form; loaded when it is first opened, as checking a name needs the readings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from models.office.context import Office
from models.staff.forms import check_teacher_form, enter_teacher
from models.staff.institutions import institution_rows
from models.staff.queries import teacher_rows
from models.staff.records import Teacher
from models.store.operations import Operation
from ui.desktop.tasks.session import Session
from ui.desktop.widgets.form.form import FormPlan
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import Filled, FormSheet

HEADINGS = {
    "identity": "身份",
    "post": "任教",
    "standing": "资历",
    "status": "岗位与培训",
    "contact": "联系与备注",
    "remark": "联系与备注",
}


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
    sheet.begin(_texts(session.office, teacher_id) if teacher_id else {})

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


def plan_of(office: Office) -> FormPlan:
    """What the teacher's form is made of in this office."""
    schools = [row.shown["name"] for row in institution_rows(office)]
    return form_plan(
        Teacher, HEADINGS, office.codes, schools, lambda texts: check_teacher_form(office, texts)
    )


def with_reason(filled: Filled) -> dict[str, str]:
    """The texts to save; why a warning was confirmed goes to the remark, where all can read it."""
    texts = dict(filled.checked.texts)
    if filled.reason:
        texts["remark"] = "；".join(part for part in (texts.get("remark"), filled.reason) if part)
    return texts


def _texts(office: Office, teacher_id: str) -> Mapping[str, str]:
    found = teacher_rows(office, [teacher_id], masked=False)
    return found[0].shown if found else {}


def _saved(session: Session, sheet: FormSheet, operation: Operation) -> None:
    sheet.saved(f"已保存：{operation.title}")
    if operation.changed.count:
        session.undo_offered.emit(f"已保存：{operation.title}", operation.id)
