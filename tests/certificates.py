"""Issued certificates for tests of their paper."""

from __future__ import annotations

from decimal import Decimal

from models.certificates.issuing import issue_for_course
from models.certificates.printing import RunWish, begin_run
from models.certificates.register import Certificate
from models.office.context import Office
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.marks import read_mark
from models.training.scoring import record_scores
from tests.people import school, teachers

BLANK = "空白结业证书"


def issued(
    office: Office, schools: dict[str, int], title: str = "手指游戏"
) -> tuple[Certificate, ...]:
    """Certificates of one course for so many teachers of each new school."""
    people = [
        one
        for name, count in schools.items()
        for one in teachers(office, school(office, name), count)
    ]
    course_id = register(office, {"title": title, "year": 2025, "hours": Decimal(15)}).course_id
    enrol(office, course_id, people)
    record_scores(office, course_id, dict.fromkeys(people, read_mark("80")))
    return issue_for_course(office, course_id).certificates


def begun(office: Office, certificates: tuple[Certificate, ...], stock: str = "", **more):
    """A run of those certificates."""
    ids = [one.id for one in certificates]
    wish = RunWish("手指游戏结业证书", "completion", "completion", ids, stock=stock, **more)
    return begin_run(office, wish).run
