"""What the courses' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from models.certificates.issuing import Issued, issue_for_course
from models.exchange.course_sheets import take_component_marks, take_sign_in, take_work
from models.exchange.score_sheet import read_score_sheet
from models.office.context import Office
from models.progress import Progress
from models.staff.queries import TeacherFilter, teacher_ids
from models.store.operations import Operation
from models.training import nominations
from models.training.components import (
    components_of,
    read_component_mark,
    record_component_marks,
)
from models.training.courses import Registered
from models.training.enrolments import Enrolled, enrol
from models.training.forms import change_course, enter_course
from models.training.marks import read_mark
from models.training.naming import teacher_meant
from models.training.posting import PostedCourse, post_results
from models.training.scoring import Scored, record_by_number, record_scores
from reports.inputs.course_sheets import gate_sheet, score_sheet, sign_in_sheet, work_sheet
from reports.inputs.issue_checks import fitting
from reports.inputs.lists import course_list
from reports.workbooks.table import TableSheet, write_table

_SHEETS: Mapping[str, Callable[[Office, str], TableSheet]] = {
    "sign-in": sign_in_sheet,
    "work": work_sheet,
    "scores": score_sheet,
    "gate": gate_sheet,
}


def save_new(office: Office, _progress: Progress, texts: Mapping[str, str]) -> Registered:
    """Take in a course from the texts of its form."""
    return enter_course(office, texts)


def save_changed(
    office: Office, _progress: Progress, course_id: str, texts: Mapping[str, str]
) -> Operation:
    """Change a course by the texts of its form."""
    return change_course(office, course_id, texts)


def enrol_wanted(
    office: Office,
    _progress: Progress,
    course_id: str,
    wanted: Mapping[str, str],
    numbers: Sequence[str] = (),
    *,
    choosing: bool = False,
) -> Enrolled:
    """Enrol people named by number or name, else the teachers at work who have these values.

    With ``choosing`` they choose the course and wait for their school's opinion.
    """
    if numbers:
        found = [teacher_meant(office, number) for number in numbers]
    else:
        found = teacher_ids(office, TeacherFilter(equal=wanted))
    return (nominations.choose if choosing else enrol)(office, course_id, found)


def replace_by_number(
    office: Office, _progress: Progress, course_id: str, leaving: str, coming: str, reason: str
) -> Operation:
    """Let the teacher of a number take the place of a nominee."""
    return nominations.replace(office, course_id, leaving, teacher_meant(office, coming), reason)


def take_sign_in_sheet(
    office: Office, _progress: Progress, course_id: str, path: Path
) -> Operation:
    """Take a filled sign-in sheet."""
    return take_sign_in(office, course_id, path)


def take_work_sheet(office: Office, _progress: Progress, course_id: str, path: Path) -> Operation:
    """Take a filled sheet of homework and exchange."""
    return take_work(office, course_id, path)


def take_scores(office: Office, _progress: Progress, course_id: str, path: Path) -> Scored:
    """Take the results of a course from a workbook, by part where its score has parts."""
    return _take(office, course_id, path, resit=False)


def take_resits(office: Office, _progress: Progress, course_id: str, path: Path) -> Scored:
    """Take the results of a re-sit from a workbook."""
    return _take(office, course_id, path, resit=True)


def enter_scores(
    office: Office,
    _progress: Progress,
    course_id: str,
    teachers: Sequence[str],
    texts: Mapping[str, str],
    *,
    resit: bool,
) -> Scored:
    """Write what was typed for some people: a score, or marks by part."""
    if "score" in texts:
        mark = read_mark(texts["score"])
        return record_scores(office, course_id, dict.fromkeys(teachers, mark), resit=resit)
    marks = {component: read_component_mark(text) for component, text in texts.items()}
    return record_component_marks(office, course_id, dict.fromkeys(teachers, marks), resit=resit)


def write_sheet(office: Office, progress: Progress, course_id: str, what: str, out: Path) -> Path:
    """Write one of a course's sheets."""
    write_table(out, _SHEETS[what](office, course_id), progress, overwrite=True)
    return out


def export_courses(office: Office, progress: Progress, out: Path) -> Path:
    """Write the list of courses; it can be imported again."""
    write_table(out, course_list(office), progress, overwrite=True)
    return out


def post(office: Office, _progress: Progress, course_id: str) -> PostedCourse:
    """Enter the hours of those who passed."""
    return post_results(office, course_id)


def issue(office: Office, _progress: Progress, course_id: str) -> Issued:
    """Issue certificates to those who passed."""
    return issue_for_course(office, course_id, check=fitting)


def _take(office: Office, course_id: str, path: Path, *, resit: bool) -> Scored:
    if components_of(office, course_id):
        return take_component_marks(office, course_id, path, resit=resit)
    return record_by_number(office, course_id, read_score_sheet(office, path), resit=resit)
