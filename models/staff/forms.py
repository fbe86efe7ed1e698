"""What a person typed into a form, checked like a row of a workbook and then saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.entities.cells import Raw
from models.entities.cleaning import Context
from models.entities.describe import columns
from models.entities.problems import Problem, Severity
from models.errors import UserError
from models.office.context import Office
from models.staff.checks import clean_institution, clean_teacher
from models.staff.institution_records import Institution
from models.staff.institutions import save_institution
from models.staff.records import Teacher
from models.staff.registration import save_teacher
from models.staff.schools import read_school_finder
from models.store.operations import Operation


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form's fields as stored columns, and what there is to say of them."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def acceptable(self) -> bool:
        """Whether nothing stands against saving."""
        return all(problem.severity is not Severity.REFUSE for problem in self.problems)


def check_teacher_form(office: Office, raw: Mapping[str, Raw]) -> CheckedForm:
    """The form of a teacher as it would be saved; an emptied field becomes empty."""
    cleaned = clean_teacher(raw, _context(office))
    values, problems = dict(cleaned.values), list(cleaned.problems)
    read_school_finder(office).resolve(values, problems, None, "school")
    return CheckedForm({**_emptied(raw, columns(Teacher), "school"), **values}, tuple(problems))


def check_institution_form(office: Office, raw: Mapping[str, Raw]) -> CheckedForm:
    """The form of an institution as it would be saved; an emptied field becomes empty."""
    cleaned = clean_institution(raw, _context(office))
    values, problems = dict(cleaned.values), list(cleaned.problems)
    read_school_finder(office).resolve(values, problems, None, "parent")
    return CheckedForm({**_emptied(raw, columns(Institution), "parent"), **values}, tuple(problems))


def enter_teacher(office: Office, teacher_id: str | None, raw: Mapping[str, Raw]) -> Operation:
    """Save a teacher's form as one undoable step.

    Raises:
        UserError: the form has errors, or a new teacher is in the register already.
    """
    form = check_teacher_form(office, raw)
    _refuse(form)
    return save_teacher(office, teacher_id, form.values)


def enter_institution(
    office: Office, institution_id: str | None, raw: Mapping[str, Raw]
) -> Operation:
    """Save an institution's form as one undoable step.

    Raises:
        UserError: the form has errors, or a new institution bears the name of a known one.
    """
    form = check_institution_form(office, raw)
    _refuse(form)
    return save_institution(office, institution_id, form.values)


def _context(office: Office) -> Context:
    return Context(codes=office.codes, today=office.store.clock.today())


def _emptied(raw: Mapping[str, Raw], fields: Mapping[str, object], place: str) -> dict[str, None]:
    """The stored columns of the fields that the form shows empty; the number never is."""
    empty: dict[str, None] = {}
    for name in fields:
        if name in raw and raw[name] in (None, "") and name != "teacher_no":
            stored = (f"{place}_id", f"{place}_reported") if name == place else (name,)
            empty |= dict.fromkeys(stored)
    return empty


def _refuse(form: CheckedForm) -> None:
    if not form.acceptable:
        first = next(one for one in form.problems if one.severity is Severity.REFUSE)
        raise UserError(first.code, first.message)
