"""``exam``: rankings, statistics, awards, publication, and posting to courses and ledger."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from models.exams.awarding import Honour, award_named, decide, decided, propose
from models.exams.posting import PostWish, post_exam
from models.exams.posting_plan import PostPlan, plan_posting
from models.exams.publishing import publish
from models.exams.ranking import exam_rules, read_weights, unit_rule
from models.exams.registration import find
from models.exams.results import PersonResult, UnitResult, UnitRule
from models.exams.statistics import Group, Spread, Worth, statistics_of
from reports.inputs.exam_results import Outcome, outcome_of
from reports.inputs.exam_sheets import publication_sheets
from reports.workbooks.table import write_tables
from ui.cli.amounts import number
from ui.cli.commands.reports import write_paper
from ui.cli.session import Session, TerminalProgress

_FILE = click.Path(path_type=Path)


@click.command("rank")
@click.argument("code")
@click.option(
    "--by", default="", help="单位排名依据：mean 平均分、pass_rate 合格率、weighted 综合。"
)
@click.option("--least", type=int, help="参考人数少于它的单位不排名。")
@click.option("--weights", help="综合得分的权重：平均分,合格率，如 60,40。")
@click.option("--out", type=_FILE, help="排名印成 PDF 或写成工作簿。")
@click.option("--json", "as_json", is_flag=True, help="结果以一个 JSON 对象写出。")
@click.pass_obj
def rank_command(
    session: Session, code: str, out: Path | None, *, as_json: bool, **given: object
) -> None:
    """个人和单位按成绩降序排名，相同的名次相同。"""
    session = replace(session, as_json=session.as_json or as_json)
    with session.office(read_only=True) as office:
        rule = _rule(str(given["by"]), given["least"], given["weights"])
        found = outcome_of(office, find(office, code), rule)
        if out is not None:
            asked = {
                "exam": code,
                "by": rule.by,
                "least": str(rule.least),
                "weights": f"{rule.mean:f},{rule.pass_rate:f}",
            }
            write_paper(office, "exam-ranking", asked, out)
    results = found.results
    lines = [f"{_place(one.rank)}  {one.name}  {_told(one.value)}" for one in results.units]
    lines += [
        f"{_place(one.rank)}  {one.examinee.school_name}  {one.examinee.name}  "
        f"{'' if one.total is None else one.total}  {one.words}"
        for one in results.people
    ]
    session.finish(
        {
            "ok": True,
            "exam": found.exam.code,
            "rule": rule.words,
            "waiting": len(results.waiting),
            "people": [_person(found, one) for one in results.people],
            "units": [_unit(one) for one in results.units],
        },
        "\n".join(lines),
    )


@click.command("stats")
@click.argument("code")
@click.option("--out", type=_FILE, help="统计印成 PDF（带图）或写成工作簿。")
@click.pass_obj
def stats_command(session: Session, code: str, out: Path | None) -> None:
    """平均分、合格率、分布，分学校、学科、科目、试题。"""
    with session.office(read_only=True) as office:
        found = outcome_of(office, find(office, code))
        if out is not None:
            write_paper(office, "exam-statistics", {"exam": code}, out)
    figures = statistics_of(found.book, found.results)
    whole = figures.whole
    session.finish(
        {
            "ok": True,
            **{
                name: getattr(figures, name)
                for name in ("due", "sat", "absent", "excused", "cheated", "waiting")
            },
            "whole": _spread(whole),
            "bands": [{"band": one.name, "count": one.count} for one in figures.bands],
            "schools": [_group(one) for one in figures.schools],
            "subjects": [_group(one) for one in figures.subjects],
            "stages": [_group(one) for one in figures.stages],
            "parts": [_worth(one) for one in figures.parts],
            "items": {part.name: [_worth(one) for one in items] for part, items in figures.items},
        },
        f"应考 {figures.due} 人，实考 {figures.sat} 人，缺考 {figures.absent} 人；"
        f"平均分 {_told(whole.mean)}，合格 {whole.passed} 人，"
        f"合格率 {_told(whole.pass_rate, '%')}。",
    )


@click.command("awards")
@click.argument("code")
@click.option("--confirm", is_flag=True, help="把建议名单定为正式名单。")
@click.option("--award", "award", help="只定这一项：unit、manager、person，或其名称。")
@click.option("--name", "names", multiple=True, help="这一项给谁，可以写几次；代替建议名单。")
@click.option("--school", default="", help="--name 所写的人的单位。")
@click.option("--reason", default="", help="依据。")
@click.pass_obj
def awards_command(
    session: Session, code: str, award: str | None, names: tuple[str, ...], **given: object
) -> None:
    """先进单位、优秀管理干部、优秀学员：列出建议，或由人确定。"""
    with session.office() as office:
        found = outcome_of(office, find(office, code))
        proposed = propose(office, found.results)
        if names:
            key = award_named(award or "").key
            school, reason = str(given["school"]), str(given["reason"])
            decide(office, found.exam, key, [Honour(key, one, school, reason) for one in names])
        elif given["confirm"]:
            with office.store.operation("exams.awards", f"{found.exam.name}确定表彰名单"):
                for rule in exam_rules().awards:
                    if award in (None, rule.key, rule.title):
                        chosen = [one for one in proposed if one.award == rule.key]
                        decide(office, found.exam, rule.key, chosen)
        given_now = decided(office, found.exam)
    shown = given_now or proposed
    titles = {one.key: one.title for one in exam_rules().awards}
    session.finish(
        {
            "ok": True,
            "proposed": [_honour(one) for one in proposed],
            "decided": [_honour(one) for one in given_now],
        },
        "\n".join(f"{titles[one.award]}  {one.school}  {one.name}  {one.reason}" for one in shown)
        or "没有符合条件的单位和个人。",
    )


@click.command("publish")
@click.argument("code")
@click.option("--out", type=_FILE, help="把公布用的工作簿（不含身份证号）写到这里。")
@click.option("--by", default="", help="单位排名依据，同 exam rank。")
@click.option("--least", type=int, help="参考人数少于它的单位不排名。")
@click.option("--weights", help="综合得分的权重，如 60,40。")
@click.pass_obj
def publish_command(session: Session, code: str, out: Path | None, **given: object) -> None:
    """公布成绩：此后只能用更正，写明原因。"""
    with session.office() as office:
        exam = find(office, code)
        rule = _rule(str(given["by"]), given["least"], given["weights"])
        publish(office, exam)
        found = outcome_of(office, find(office, code), rule)
        if out is not None:
            sheets = publication_sheets(office, found)
            write_tables(out, sheets, TerminalProgress(), overwrite=True)
    people = len(found.results.people)
    session.finish(
        {
            "ok": True,
            "published_on": found.exam.published_on,
            "people": people,
            "file": None if out is None else str(out),
        },
        f"已公布 {people} 人的成绩。",
    )


@click.command("post")
@click.argument("code")
@click.option("--enrol", is_flag=True, help="没有报名对应课程的考生一并报名。")
@click.option("--reverse", is_flag=True, help="更正后不合格的，冲销已记的学时。")
@click.option("--dry-run", is_flag=True, help="只看会做什么，不写入。")
@click.pass_obj
def post_command(session: Session, code: str, *, enrol: bool, reverse: bool, dry_run: bool) -> None:
    """把成绩记入课程，合格的登记学时学分，不合格的本年不予验印；更正后可再次登记。"""
    with session.office(read_only=dry_run) as office:
        exam = find(office, code)
        if dry_run:
            _finish_plan(session, plan_posting(office, exam))
        done = post_exam(office, exam, PostWish(enrol=enrol, reverse=reverse))
    session.finish(
        {
            "ok": True,
            "recorded": done.recorded,
            "posted": done.posted,
            "blocked": done.blocked,
            "freed": done.freed,
            "not_enrolled": list(done.strangers),
            "elsewhere": list(done.elsewhere),
            "to_reverse": list(done.to_reverse),
            "reversed": done.reversed,
        },
        "\n".join(
            (
                f"记入课程成绩 {done.recorded} 人，登记学时 {done.posted} 人，"
                f"不予验印 {done.blocked} 人，解除 {done.freed} 人"
                f"{f'，冲销学时 {done.reversed} 人' if done.reversed else ''}。",
                *done.told,
            )
        ),
    )


COMMANDS = (rank_command, stats_command, awards_command, publish_command, post_command)


def _rule(by: str, least: object, weights: object) -> UnitRule:
    return unit_rule(
        by,
        least if isinstance(least, int) else None,
        read_weights(weights) if isinstance(weights, str) and weights else None,
    )


def _place(rank: int | None) -> str:
    return "—" if rank is None else str(rank)


def _told(figure: object, unit: str = "") -> str:
    """A figure as the terminal shows it; a dash where nobody counts."""
    return "—" if figure is None else f"{figure}{unit}"


def _person(found: Outcome, one: PersonResult) -> dict[str, object]:
    who = one.examinee
    return {
        "rank": one.rank,
        "teacher_no": who.teacher_no,
        "admission_no": who.admission_no,
        "name": who.name,
        "school": who.school_name,
        "subject": who.subject,
        "parts": {part.name: number(one.points.get(part.id)) for part in found.book.parts},
        "total": number(one.total),
        "result": one.result,
    }


def _unit(one: UnitResult) -> dict[str, object]:
    return {
        "rank": one.rank,
        "school": one.name,
        **{
            name: getattr(one, name)
            for name in ("due", "sat", "absent", "excused", "cheated", "passed", "waiting")
        },
        "mean": number(one.mean),
        "pass_rate": number(one.pass_rate),
        "value": number(one.value),
    }


def _spread(one: Spread) -> dict[str, object]:
    amounts = ("mean", "pass_rate", "highest", "lowest", "median", "deviation")
    figures = {name: number(getattr(one, name)) for name in amounts}
    return {"count": one.count, "passed": one.passed, **figures}


def _group(one: Group) -> dict[str, object]:
    return {"name": one.name, **_spread(one.spread)}


def _worth(one: Worth) -> dict[str, object]:
    return {
        "name": one.name,
        "count": one.count,
        "full": one.full,
        "nothing": one.nothing,
        **{name: number(getattr(one, name)) for name in ("full_marks", "mean", "rate")},
    }


def _honour(one: Honour) -> dict[str, object]:
    told = asdict(one)
    return {name: told[name] for name in ("award", "name", "school", "reason")}


def _finish_plan(session: Session, plan: PostPlan) -> None:
    courses = [
        {
            "course": one.title,
            "marks": len(one.marks),
            "not_enrolled": [each.examinee.name for each in one.strangers],
            "to_reverse": [each.examinee.name for each in one.to_reverse],
        }
        for one in plan.courses
    ]
    lines = [f"{one['course']}：记入成绩 {one['marks']} 人" for one in courses]
    put, lifted = len(plan.blocks.put), len(plan.blocks.lifted)
    session.finish(
        {
            "ok": True,
            "idle": plan.idle,
            "courses": courses,
            "blocked": put,
            "freed": lifted,
            "waiting": len(plan.results.waiting),
        },
        "\n".join([*lines, f"不予验印 {put} 人，解除 {lifted} 人；没有写入。"]),
    )
