"""``training …``: trainings in, their approval, their people's way, and their sheets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from models.exchange.course_sheets import take_component_marks, take_sign_in, take_work
from models.office.context import Office
from models.office.settings import write_settings
from models.store.operations import Operation
from models.training import aliases, approvals, courses, nominations
from models.training.gate import gate
from models.training.naming import teacher_meant
from models.training.scoring import Scored
from reports.inputs.course_sheets import gate_sheet, score_sheet, sign_in_sheet, work_sheet
from reports.workbooks.table import TableSheet, write_table
from ui.cli.commands.courses import (
    add_command,
    enrol_command,
    list_command,
    scores_command,
)
from ui.cli.commands.courses import post_command as post_results_command
from ui.cli.commands.importing import import_command
from ui.cli.named import school_named
from ui.cli.session import Session, TerminalProgress

_FILE = click.Path(path_type=Path)
_OPINION = click.option("--opinion", default="", help="意见。")
_SHEETS: dict[str, Callable[[Office, str], TableSheet]] = {
    "sign-in": sign_in_sheet,
    "work": work_sheet,
    "scores": score_sheet,
    "gate": gate_sheet,
}
_TAKEN: dict[str, Callable[[Office, str, Path], Operation | Scored]] = {
    "sign-in": take_sign_in,
    "work": take_work,
    "scores": take_component_marks,
}


@click.group("training")
def training_group() -> None:
    """培训：登记、审批、选报、签到、考试资格、成绩。"""


@training_group.command("import")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--sheet", help="只读这一张工作表。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--errors", type=_FILE, help="把有问题的行写成这个工作簿。")
@click.option("--yes", is_flag=True, help="能收下的直接收下；需要人决定的行退回。")
@click.option("--again", is_flag=True, help="内容导入过的文件也重新导入。")
@click.pass_context
def import_courses_command(context: click.Context, **given: object) -> None:
    """从工作簿导入培训课程。"""
    context.invoke(import_command, what="courses", **given)


training_group.add_command(add_command)
training_group.add_command(list_command)
training_group.add_command(enrol_command)
training_group.add_command(scores_command)
training_group.add_command(post_results_command)


@training_group.command("file")
@click.argument("codes", nargs=-1, required=True)
@click.option("--school", help="申报的学校或辅导站。")
@_OPINION
@click.pass_obj
def file_command(
    session: Session, codes: tuple[str, ...], school: str | None, opinion: str
) -> None:
    """申报培训计划。"""
    with session.office() as office:
        filed_by = school_named(office, school).id if school else None
        ids = [courses.find(office, code) for code in codes]
        done = approvals.file_plans(office, ids, filed_by=filed_by, opinion=opinion)
    _finish(session, done, "申报")


@training_group.command("approve")
@click.argument("codes", nargs=-1, required=True)
@_OPINION
@click.pass_obj
def approve_command(session: Session, codes: tuple[str, ...], opinion: str) -> None:
    """批准培训。"""
    with session.office() as office:
        ids = [courses.find(office, code) for code in codes]
        done = approvals.approve(office, ids, opinion)
    _finish(session, done, "批准")


@training_group.command("return")
@click.argument("codes", nargs=-1, required=True)
@click.option("--reason", required=True, help="退回的原因。")
@click.pass_obj
def return_command(session: Session, codes: tuple[str, ...], reason: str) -> None:
    """退回申报的培训。"""
    with session.office() as office:
        ids = [courses.find(office, code) for code in codes]
        done = approvals.send_back(office, ids, reason)
    _finish(session, done, "退回")


@training_group.command("aliases")
@click.argument("course")
@click.pass_obj
def aliases_command(session: Session, course: str) -> None:
    """列出一门课程的别名，和台账中可能是同一门的名称。"""
    with session.office(read_only=True) as office:
        course_id = courses.find(office, course)
        proposed = aliases.alias_proposals(office, course_id)
        known = aliases.aliases_of(office, course_id)
    lines = [f"别名：{one}" for one in known]
    lines += [f"相近：{one.alias}（台账 {one.entries} 条）" for one in proposed]
    listed = [{"title": one.alias, "entries": one.entries} for one in proposed]
    session.finish({"aliases": known, "proposed": listed}, "\n".join(lines) or "没有相近的名称。")


@training_group.command("alias")
@click.argument("course")
@click.argument("other")
@click.option("--apart", is_flag=True, help="不是同一门，以后不再提。")
@click.pass_obj
def alias_command(session: Session, course: str, other: str, *, apart: bool) -> None:
    """确认另一个名称是（或不是）同一门课程。"""
    with session.office() as office:
        course_id = courses.find(office, course)
        if apart:
            aliases.tell_apart(office, courses.read(office, course_id)["title"], other)
        else:
            aliases.add_alias(office, course_id, other)
    session.finish({"ok": True}, "已记住。")


@training_group.command("choose")
@click.argument("course")
@click.argument("teacher_no", nargs=-1, required=True)
@click.pass_obj
def choose_command(session: Session, course: str, teacher_no: tuple[str, ...]) -> None:
    """个人选报，等学校意见和县批准。"""
    with session.office() as office:
        people = [teacher_meant(office, number) for number in teacher_no]
        done = nominations.choose(office, courses.find(office, course), people)
    session.finish(
        {"ok": True, "chosen": done.enrolled, "known": done.known}, f"选报 {done.enrolled} 人。"
    )


@training_group.command("opinion")
@click.argument("course")
@click.argument("teacher_no", nargs=-1, required=True)
@click.option("--by", type=click.Choice(["school", "county"]), required=True, help="谁的意见。")
@click.option("--no", "refused", is_flag=True, help="不同意。")
@_OPINION
@click.pass_obj
def opinion_command(
    session: Session, course: str, teacher_no: tuple[str, ...], **given: object
) -> None:
    """学校对选报的意见，或县里批准。"""
    agrees, opinion = not given["refused"], str(given["opinion"])
    with session.office() as office:
        people = [teacher_meant(office, number) for number in teacher_no]
        course_id = courses.find(office, course)
        if given["by"] == "school":
            nominations.give_opinion(office, course_id, people, opinion, agrees=agrees)
        else:
            nominations.decide(office, course_id, people, opinion, approved=agrees)
    session.finish({"ok": True, "people": len(people)}, f"已办理 {len(people)} 人。")


@training_group.command("replace")
@click.argument("course")
@click.argument("leaving")
@click.argument("coming")
@click.option("--reason", required=True, help="更换的原因。")
@click.pass_obj
def replace_command(session: Session, course: str, leaving: str, coming: str, reason: str) -> None:
    """更换人选（教师编号），前后两人都保留可查。"""
    with session.office() as office:
        old, new = teacher_meant(office, leaving), teacher_meant(office, coming)
        nominations.replace(office, courses.find(office, course), old, new, reason)
    session.finish({"ok": True}, "已更换。")


@training_group.command("gate")
@click.argument("course")
@click.pass_obj
def gate_command(session: Session, course: str) -> None:
    """逐人列出考试资格和还缺什么。"""
    with session.office(read_only=True) as office:
        people = gate(office, courses.find(office, course))
    listed = [
        {
            "teacher_no": one.teacher_no,
            "name": one.name,
            "school": one.school,
            "may_sit": one.may_sit,
            "missing": list(one.missing),
            "lifted": one.lifted or None,
        }
        for one in people
    ]
    lines = [
        f"{one.teacher_no}  {one.name}  {'具备' if one.may_sit else '；'.join(one.missing)}"
        for one in people
    ]
    session.finish({"people": listed}, "\n".join(lines) or "还没有学员。")


@training_group.command("sheet")
@click.argument("course")
@click.argument("what", type=click.Choice(list(_SHEETS)))
@click.argument("out", type=_FILE)
@click.pass_obj
def sheet_command(session: Session, course: str, what: str, out: Path) -> None:
    """写出签到表、作业与交流表、成绩表或资格审核表。"""
    with session.office(read_only=True) as office:
        sheet = _SHEETS[what](office, courses.find(office, course))
        written = write_table(out, sheet, TerminalProgress(), overwrite=True)
    session.finish({"ok": True, "file": str(out), "rows": written.rows}, f"已写出 {out}")


@training_group.command("take")
@click.argument("course")
@click.argument("what", type=click.Choice(list(_TAKEN)))
@click.argument("file", type=_FILE)
@click.pass_obj
def take_command(session: Session, course: str, what: str, file: Path) -> None:
    """收回填好的签到表、作业与交流表、分项成绩表。"""
    with session.office() as office:
        done = _TAKEN[what](office, courses.find(office, course), file)
    operation = done.operation if isinstance(done, Scored) else done
    session.finish({"ok": True, "operation": operation.id}, f"已{operation.title}")


@training_group.command("set")
@click.option("--approval", type=click.Choice(["yes", "no"]), required=True)
@click.pass_obj
def set_command(session: Session, approval: str) -> None:
    """设定本单位登记的培训是否也要批准后才能报名。"""
    with session.office() as office:
        write_settings(office.store, {courses.APPROVAL_SETTING: approval})
    session.finish({"ok": True, "approval": approval}, "已设定。")


COMMANDS = (training_group,)


def _finish(session: Session, done: approvals.Decided, word: str) -> None:
    text = "\n".join((*done.told, f"已{word} {done.courses} 项。"))
    session.finish({"ok": True, "courses": done.courses, "told": list(done.told)}, text)
