"""``courses …``: courses, who takes them, their scores, and the hours they bring."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from models.errors import UserError
from models.exchange.score_sheet import read_score_sheet
from models.office.context import Office
from models.staff.directory import Known, read_directory
from models.staff.queries import TeacherFilter, teacher_by_no, teacher_ids
from models.training import courses, enrolments, posting, scoring
from ui.cli.session import Session


@click.group("courses")
def courses_group() -> None:
    """课程、学员、成绩和学时。"""


@courses_group.command("add")
@click.option("--title", required=True, help="课程名称。")
@click.option("--year", required=True, type=int, help="培训年度。")
@click.option("--hours", required=True, help="学时。")
@click.option("--credits", "credits_", help="学分；不写按当年的规则折算。")
@click.option("--mode", help="培训形式，如 集中。")
@click.option("--organizer", help="举办单位；不写为本单位。")
@click.option("--start", help="开始日期，如 2025-07-20。")
@click.option("--end", help="结束日期。")
@click.option("--code", help="课程代码；不写自动编。")
@click.pass_obj
def add_command(session: Session, **given: str | int | None) -> None:
    """登记一门课程。"""
    with session.office() as office:
        mode = office.codes["training_mode"].find(str(given["mode"])) if given["mode"] else None
        if given["mode"] and mode is None:
            raise UserError("courses.mode", f"没有“{given['mode']}”这种培训形式。", "请核对。")
        found = courses.register(
            office,
            {
                "title": given["title"],
                "year": given["year"],
                "hours": _amount(str(given["hours"])),
                "credits": None if given["credits_"] is None else _amount(str(given["credits_"])),
                "mode": mode.code if mode else None,
                "organizer": given["organizer"] or office.identity.name,
                "start_date": given["start"],
                "end_date": given["end"],
                "code": given["code"],
            },
        )
    session.finish(
        {"ok": True, "course": found.code, "alike": list(found.alike)}, f"已登记课程 {found.code}"
    )


@courses_group.command("list")
@click.option("--year", type=int, help="只列这一年。")
@click.pass_obj
def list_command(session: Session, year: int | None) -> None:
    """列出课程。"""
    with session.office(read_only=True) as office:
        rows = courses.course_rows(office, year)
    listed = [
        {**row.shown, "enrolled": row.enrolled, "marked": row.marked, "passed": row.passed}
        for row in rows
    ]
    text = "\n".join(
        f"{row.shown['code']}  {row.shown['title']}  {row.shown['hours']} 学时  "
        f"报名 {row.enrolled}  合格 {row.passed}"
        for row in rows
    )
    session.finish({"courses": listed}, text or "还没有课程。")


@courses_group.command("enrol")
@click.argument("course")
@click.argument("teacher_no", nargs=-1)
@click.option("--school", help="这所学校的全体教师。")
@click.pass_obj
def enrol_command(
    session: Session, course: str, teacher_no: tuple[str, ...], school: str | None
) -> None:
    """为教师报名一门课程。"""
    with session.office() as office:
        wanted = [_teacher(office, number) for number in teacher_no]
        if school is not None:
            wanted += school_teachers(office, school)
        done = enrolments.enrol(office, courses.find(office, course), wanted)
    session.finish(
        {"ok": True, "enrolled": done.enrolled, "known": done.known},
        f"报名 {done.enrolled} 人，原已报名 {done.known} 人。",
    )


@courses_group.command("scores")
@click.argument("course")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def scores_command(session: Session, course: str, file: Path) -> None:
    """从成绩表（教师编号或身份证号、成绩）录入成绩。"""
    with session.office() as office:
        sheet = read_score_sheet(office, file)
        done = scoring.record_by_number(office, courses.find(office, course), sheet)
    results = {str(result): count for result, count in done.results.items()}
    session.finish(
        {
            "ok": True,
            "recorded": done.recorded,
            "unchanged": done.unchanged,
            "results": results,
        },
        f"录入成绩 {done.recorded} 人，不变 {done.unchanged} 人。",
    )


@courses_group.command("post")
@click.argument("course")
@click.pass_obj
def post_command(session: Session, course: str) -> None:
    """把合格学员的学时、学分登记入账。"""
    with session.office() as office:
        done = posting.post_results(office, courses.find(office, course))
    session.finish(
        {
            "ok": True,
            "posted": done.posted,
            "before": done.before,
            "elsewhere": list(done.elsewhere),
            "not_passed": done.not_passed,
        },
        f"登记学时 {done.posted} 人，先前已登记 {done.before} 人，未合格 {done.not_passed} 人。",
    )


COMMANDS = (courses_group,)


def school_named(office: Office, school: str) -> Known:
    """The school of that name, full, short or otherwise known.

    Raises:
        UserError: no such school.
    """
    known = read_directory(office).find(school)
    if known is None:
        near = "、".join(one.name for one in read_directory(office).similar(school))
        raise UserError(
            "staff.no_such_school",
            f"机构名录中没有“{school}”。",
            f"是否指：{near}？" if near else "请核对名称。",
        )
    return known


def school_teachers(office: Office, school: str) -> list[str]:
    """The teachers of a school named in any way it goes by.

    Raises:
        UserError: no such school.
    """
    return teacher_ids(office, TeacherFilter(equal={"school_id": school_named(office, school).id}))


def _teacher(office: Office, number: str) -> str:
    found = teacher_by_no(office, number)
    if found is None:
        raise UserError("staff.no_such_number", f"没有编号为 {number} 的教师。", "请核对编号。")
    return found


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise UserError("courses.amount", f"“{text}”不是数。", "请写成 15 或 1.5。") from error
