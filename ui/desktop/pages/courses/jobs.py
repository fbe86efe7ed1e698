"""What the courses' page has done on the lanes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from models.certificates.issuing import Issued, issue_for_course
from models.entities.cleaning import Cleaned, Context, clean_row
from models.entities.problems import Severity
from models.errors import UserError
from models.exchange.score_sheet import read_score_sheet
from models.office.context import Office
from models.progress import Progress
from models.staff.queries import TeacherFilter, teacher_ids
from models.training.course import Course
from models.training.courses import Registered, register
from models.training.enrolments import Enrolled, enrol
from models.training.posting import PostedCourse, post_results
from models.training.scoring import Scored, record_by_number


def check_course(office: Office, texts: Mapping[str, str]) -> Cleaned:
    """What the office says of a course's form."""
    return clean_row(Course, texts, Context(codes=office.codes, today=office.store.clock.today()))


def enter_course(office: Office, _progress: Progress, texts: Mapping[str, str]) -> Registered:
    """Take in a course.

    Raises:
        UserError: the form has errors.
    """
    cleaned = check_course(office, texts)
    for problem in cleaned.problems:
        if problem.severity is Severity.REFUSE:
            raise UserError(problem.code, problem.message)
    return register(
        office, {name: value for name, value in cleaned.values.items() if value is not None}
    )


def enrol_school(
    office: Office, _progress: Progress, course_id: str, wanted: Mapping[str, str]
) -> Enrolled:
    """Enrol the teachers at work who have these values: school, stage, subject."""
    found = teacher_ids(office, TeacherFilter(equal=wanted))
    return enrol(office, course_id, found)


def take_scores(office: Office, _progress: Progress, course_id: str, file: Path) -> Scored:
    """Take the results of a course from a workbook."""
    return record_by_number(office, course_id, read_score_sheet(office, file))


def post(office: Office, _progress: Progress, course_id: str) -> PostedCourse:
    """Enter the hours of those who passed."""
    return post_results(office, course_id)


def issue(office: Office, _progress: Progress, course_id: str) -> Issued:
    """Issue certificates to those who passed."""
    return issue_for_course(office, course_id)
