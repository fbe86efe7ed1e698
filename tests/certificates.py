"""Issued certificates for tests of their paper."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from models.certificates.events import CERTIFICATE
from models.certificates.issuing import issue_for_course
from models.certificates.kinds import Kind, kinds
from models.certificates.printing import RunWish, begin_run
from models.certificates.register import Certificate
from models.certificates.sheets import PrintRun
from models.office.context import Office
from models.training.courses import register
from models.training.enrolments import enrol
from models.training.marks import read_mark
from models.training.scoring import record_scores
from reports.inputs.certificate_values import Beside, values_of
from reports.kit.copies import Copy
from reports.kit.forms import Form
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


def run_wish(certificates: tuple[Certificate, ...], stock: str = "", **more: Any) -> RunWish:
    """To print those certificates, in any order."""
    ids = [one.id for one in certificates]
    return RunWish("手指游戏结业证书", "completion", "completion", ids, stock=stock, **more)


def begun(
    office: Office, certificates: tuple[Certificate, ...], stock: str = "", **more: Any
) -> PrintRun:
    """A run of those certificates."""
    return begin_run(office, run_wish(certificates, stock, **more)).run


def booklets(office: Office, people: list[str], first: int = 1) -> list[str]:
    """A 继续教育证书 for each of those teachers; the certificates' identities."""
    names = {row["id"]: row for row in office.store.query("SELECT * FROM teacher")}
    rows = [
        (
            office.store.ids.new_id(), f"JX{n:05d}", "JX*", n, "continuing", one, None,
            names[one]["teacher_no"], names[one]["name"], None, None, None, "继续教育证书", 2012,
            0, *[None] * 4, "桦甸市教师进修学校", "2012-01-05", *[None] * 4,
        )
        for n, one in enumerate(people, start=first)
    ]  # fmt: skip
    with office.store.operation("test.booklets", "发继续教育证书"):
        office.store.insert("certificate", ("id", *CERTIFICATE), rows)
    return [row[0] for row in rows]


def sample_copy(form: Form) -> Copy:
    """A copy that says what the description of a form's kind gives as examples."""
    fitting = [one for one in kinds().values() if form.name in (*one.forms, one.institution_form)]
    values: dict[str, str] = {}
    for kind in fitting or kinds().values():
        values = values_of(_sample(kind), Beside("22028219850601002X")) | values
    return Copy("样张", values)


def _sample(kind: Kind) -> Certificate:
    """A certificate of the kind that says what its description gives as examples."""
    facts = {one.key: one.example for one in kind.facts}
    kept = {
        "birth": "1985-06",
        "ethnicity": "汉族",
        "education": "大学本科",
        "rank": "一级教师",
        "stage": "初中",
        "subject": "数学",
        "position": "教研组长",
    }
    return Certificate(
        id="",
        number=f"2202822025{kind.mark}00012",
        kind=kind.key,
        teacher_id="",
        institution_id="",
        course_id=None,
        holder_no="",
        holder_name="张红梅",
        holder_sex="女",
        holder_school="桦甸市第四中学",
        holder_id_tail="002X",
        title=facts[kind.about],
        year=2025,
        batch="5",
        facts={name: text for name, text in kept.items() if name in kind.keeps} | facts,
        hours=None,
        credits=None,
        score="",
        start_date=facts.get("start_date", ""),
        end_date=facts.get("end_date", ""),
        issuer="桦甸市教师进修学校",
        issued_on="2025-09-20",
        void=False,
        voided_on="",
        void_reason="",
    )
