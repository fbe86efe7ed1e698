"""What a teacher's form is made of; loaded late, as checking a name needs the readings."""

from __future__ import annotations

from collections.abc import Mapping

from models.office.context import Office
from models.staff.forms import check_teacher_form
from models.staff.institutions import institution_rows
from models.staff.queries import teacher_rows
from models.staff.records import Teacher
from ui.desktop.widgets.form.form import FormPlan
from ui.desktop.widgets.form.plans import form_plan
from ui.desktop.widgets.form.sheet import Filled

HEADINGS = {
    "identity": "身份",
    "post": "任教",
    "standing": "资历",
    "status": "岗位与培训",
    "contact": "联系与备注",
    "remark": "联系与备注",
}


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


def texts_of(office: Office, teacher_id: str) -> Mapping[str, str]:
    """What the form begins with for a known teacher."""
    found = teacher_rows(office, [teacher_id], masked=False)
    return found[0].shown if found else {}
