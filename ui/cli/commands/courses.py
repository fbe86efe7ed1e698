"""``courses …``: courses, who takes them, their scores, and the hours they bring."""

from __future__ import annotations

from pathlib import Path

import click

from models.exchange.score_sheet import read_score_sheet
from models.training import courses, enrolments, posting, scoring
from models.training.forms import enter_course
from models.training.naming import teacher_meant
from ui.cli.named import school_named, school_teachers
from ui.cli.session import Session


@click.group("courses")
def courses_group() -> None:
    """课程、学员、成绩和学时。"""


@courses_group.command("add")
@click.option("--title", required=True, help="课程名称。")
@click.option("--year", required=True, help="培训年度。")
@click.option("--hours", help="学时；不写按天数折算。")
@click.option("--days", help="天数。")
@click.option("--credits", "credits_", help="学分；不写按当年的规则折算。")
@click.option("--mode", "category", help="培训形式，如 集中。")
@click.option("--level", help="培训级别，如 县级。")
@click.option("--theme", help="项目类别，如 全员培训。")
@click.option("--nature", help="课程性质，如 必修。")
@click.option("--stages", help="学段，几个之间用顿号。")
@click.option("--subjects", help="学科，几个之间用顿号。")
@click.option("--track", help="文本或网联。")
@click.option("--organizer", help="举办单位；不写为本单位。")
@click.option("--operator", help="承办单位，与举办单位不同时写。")
@click.option("--place", help="地点。")
@click.option("--book", help="用书。")
@click.option("--fee", help="每人费用，元。")
@click.option("--quota", help="每校名额。")
@click.option("--ethics", help="是否含师德内容：是、否。")
@click.option("--gated", help="考前是否审核资格：是、否。")
@click.option("--start", "start_date", help="开始日期，如 2025-07-20。")
@click.option("--end", "end_date", help="结束日期。")
@click.option("--code", help="课程代码；不写自动编。")
@click.option("--school", help="学校计划：申报的学校；待批准后才能报名。")
@click.pass_obj
def add_command(session: Session, school: str | None, **given: str | None) -> None:
    """登记一门课程。"""
    texts = {name.rstrip("_"): text for name, text in given.items() if text is not None}
    with session.office() as office:
        texts.setdefault("organizer", office.identity.name)
        filed_by = school_named(office, school).id if school else None
        found = enter_course(office, texts, filed_by=filed_by)
    near = [f"“{one}”名称相近，请核对是不是同一门。" for one in found.alike]
    session.finish(
        {
            "ok": True,
            "course": found.code,
            "alike": list(found.alike),
            "told": list(found.told),
        },
        "\n".join((*found.told, *near, f"已登记课程 {found.code}")),
    )


@courses_group.command("list")
@click.option("--year", type=int, help="只列这一年。")
@click.pass_obj
def list_command(session: Session, year: int | None) -> None:
    """列出课程。"""
    with session.office(read_only=True) as office:
        rows = courses.course_rows(office, year)
    listed = [
        {
            **row.shown,
            "enrolled": row.enrolled,
            "pending": row.pending,
            "marked": row.marked,
            "passed": row.passed,
        }
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
        wanted = [teacher_meant(office, number) for number in teacher_no]
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
            "to_reverse": list(done.to_reverse),
            "unchanged": done.unchanged,
            "results": results,
        },
        f"录入成绩 {done.recorded} 人，不变 {done.unchanged} 人。{done.told}",
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
