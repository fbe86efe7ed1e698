"""``exam``: setting up an exam, changing it, who is left out, and what stands of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any, TypeVar

import click

from models.errors import UserError
from models.exams import changing, exclusions, registration
from models.exams.bases import bases
from models.exams.drawing import draws
from models.exams.eligibility import STRATUM_NAMES
from models.exams.examinees import examinees
from models.exams.freezing import find_frame
from models.exams.quotas import (
    ROUNDING_NAMES,
    read_count,
    read_fraction,
    read_rounding,
    write_fraction,
)
from models.exams.records import (
    DRAWN_BEFORE_NAMES,
    KIND_NAMES,
    MODE_NAMES,
    Exam,
    ExamTerms,
)
from models.exams.terms import read_base, read_choice, read_filter, read_strata
from models.office.context import Office
from models.text.dates import read_date
from models.text.unreadable import UnreadableError
from models.training import courses
from models.training.naming import teacher_meant
from ui.cli.session import Session

Command = TypeVar("Command", bound=Callable[..., object])
_OPTIONS = (
    click.option("--base", help="抽取范围：subject、class、all、unit，或学科教师、任课教师等。"),
    click.option("--strata", help="分组：school、subject、stage 中的几个，用逗号隔开。"),
    click.option("--fraction", help="比例，如 0.1、10% 或 1/10。"),
    click.option("--count", help="每组抽几人，代替比例；写 0 仍按比例。"),
    click.option("--rounding", help="ceiling、half-up-min-1 或 largest-remainder。"),
    click.option("--stage", help="只考这个学段。"),
    click.option("--track", help="只考文本或网联。"),
    click.option("--status", help="只考这种岗位状态。"),
    click.option("--post", help="只考这种职务。"),
    click.option("--course", help="所考课程的代码。"),
    click.option("--gated", "gated", flag_value="yes", help="名单核对所考课程的考试资格。"),
    click.option("--not-gated", "gated", flag_value="", help="不核对考试资格。"),
    click.option("--drawn-before", help="上次抽中的人：equal 机会均等，left_out 本次不列入。"),
    click.option("--kind", help="sample 抽测、whole 统考。"),
    click.option("--mode", help="paper 笔试、computer 机考。"),
    click.option("--term", help="学期或批次，如 6月、12月。"),
    click.option("--level", help="级别，如 县级。"),
    click.option("--date", "held_on", help="考试日期，如 2025-12-20。"),
    click.option("--from", "starts_at", help="开始时间，如 09:00。"),
    click.option("--to", "ends_at", help="结束时间，如 11:00。"),
    click.option("--places", help="考试地点。"),
    click.option("--pass-mark", help="合格线；不写按规则。"),
    click.option("--entries", type=click.Choice(["1", "2"]), help="手工录分录几遍。"),
)  # fmt: skip


def _with_terms(command: Command) -> Command:
    """The options that say what an exam is."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("create")
@click.option("--code", required=True, help="考试编号，短而唯一，如 2025-12。")
@click.option("--name", required=True, help="名称。")
@click.option("--year", type=int, help="培训年度；不写为今年。")
@_with_terms
@click.pass_obj
def create_command(
    session: Session, code: str, name: str, year: int | None, **given: str | None
) -> None:
    """建立一次考试；没写的按规则。"""
    with session.office() as office:
        this_year = office.store.clock.today().year
        bare = ExamTerms(code=code, name=name, year=this_year if year is None else year)
        exam, _ = registration.create(office, _terms(office, bare, given))
    session.finish({"ok": True, "exam": exam.code}, f"已建立考试 {exam.code}")


_add_command = click.Command(
    "add", callback=create_command.callback, params=create_command.params, hidden=True
)


@click.command("edit")
@click.argument("code")
@click.option("--code", "new_code", help="新的编号。")
@click.option("--name", help="新的名称。")
@click.option("--year", type=int, help="新的年度。")
@_with_terms
@click.pass_obj
def edit_command(
    session: Session, code: str, new_code: str | None, year: int | None, **given: str | None
) -> None:
    """修改一次考试；只改写出的各项。"""
    with session.office() as office:
        exam = registration.find(office, code)
        before = changing.terms_of(office, exam)
        bare = replace(
            before,
            code=before.code if new_code is None else new_code,
            name=given["name"] or before.name,
            year=before.year if year is None else year,
        )
        exam, _ = changing.update(office, exam, _terms(office, bare, given))
    session.finish({"ok": True, "exam": exam.code}, f"已修改考试 {exam.code}")


@click.command("delete")
@click.argument("code")
@click.pass_obj
def delete_command(session: Session, code: str) -> None:
    """删除一次还没有冻结名单的考试。"""
    with session.office() as office:
        changing.delete(office, registration.find(office, code))
    session.finish({"ok": True, "exam": code}, f"已删除考试 {code}，可以撤销。")


@click.command("exclude")
@click.argument("code")
@click.argument("teacher", nargs=-1)
@click.option("--reason", default="", help="不列入名单的原因，如 产假。")
@click.option("--signed-by", default="", help="批准人。")
@click.option("--take-back", is_flag=True, help="重新列入名单。")
@click.option("--anew", is_flag=True, help="名单已冻结：为重新冻结而改。")
@click.pass_obj
def exclude_command(
    session: Session, code: str, teacher: tuple[str, ...], **given: str | bool
) -> None:
    """把教师（编号或姓名）逐人排除在抽签名单之外；不写教师则列出已排除的。"""
    with session.office() as office:
        exam = registration.find(office, code)
        with office.store.operation("exams.exclude", f"“{exam.name}”不列入 {len(teacher)} 人"):
            for one in teacher:
                _exclude(office, exam, teacher_meant(office, one), given)
        left = exclusions.exclusions(office, exam)
    hidden = ("id", "teacher_id")
    listed = [{k: v for k, v in asdict(one).items() if k not in hidden} for one in left]
    lines = [f"{one.teacher_no}  {one.name}  {one.reason}（{one.signed_by}）" for one in left]
    session.finish({"ok": True, "excluded": listed}, "\n".join(lines) or "没有逐人排除的教师。")


@click.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """列出各次考试。"""
    with session.office(read_only=True) as office:
        found = [_summary(office, one) for one in registration.exams(office)]
    lines = [
        f"{one['code']}  {one['name']}  {one['kind_name']}  名单 {one['size'] or '未冻结'}"
        f"  抽中 {one['drawn']}  考生 {one['examinees']}"
        for one in found
    ]
    session.finish({"exams": found}, "\n".join(lines) or "还没有考试。")


@click.command("show")
@click.argument("code")
@click.pass_obj
def show_command(session: Session, code: str) -> None:
    """一次考试的设置、名单、各次抽签。"""
    with session.office(read_only=True) as office:
        exam = registration.find(office, code)
        told = _summary(office, exam) | _details(office, exam)
    lines = [f"{exam.code}  {exam.name}", f"范围：{told['base_name']}", f"抽取：{told['how_many']}"]
    if told["frame_sha256"]:
        lines.append(f"名单：{told['size']} 人，指纹 {told['frame_sha256']}")
    lines += [f"第 {one['attempt']} 次抽签：种子 {one['seed']}" for one in told["draws"]]
    session.finish({"ok": True, **told}, "\n".join(lines))


COMMANDS = (
    create_command,
    _add_command,
    edit_command,
    delete_command,
    exclude_command,
    list_command,
    show_command,
)


def _exclude(office: Office, exam: Exam, teacher_id: str, given: Mapping[str, str | bool]) -> None:
    anew = given["anew"] is True
    if given["take_back"]:
        exclusions.include_again(office, exam, teacher_id, for_anew=anew)
        return
    wish = exclusions.ExclusionWish(teacher_id, str(given["reason"]), str(given["signed_by"]))
    exclusions.exclude(office, exam, wish, for_anew=anew)


def _terms(office: Office, before: ExamTerms, given: Mapping[str, str | None]) -> ExamTerms:
    """The terms with what was typed in place of what was there."""
    said = {name: text for name, text in given.items() if text is not None}
    readers: Mapping[str, Callable[[str], object]] = {
        "base": read_base,
        "strata": read_strata,
        "fraction": read_fraction,
        "rounding": read_rounding,
        "drawn_before": lambda text: read_choice(text, DRAWN_BEFORE_NAMES, "上次抽中的人"),
        "pass_mark": _mark,
        "entries": int,
        "gated": bool,
        **{
            name: lambda text, name=name: read_filter(office, name, text)
            for name in ("stage", "track", "status", "post")
        },
    }
    changes = {name: read(said[name]) for name, read in readers.items() if name in said}
    if "fraction" in said:
        changes["quota"] = None
    if "count" in said:
        changes["quota"] = None if said["count"] == "0" else read_count(said["count"])
    if "course" in said:
        changes["course_id"] = courses.find(office, said["course"]) if said["course"] else None
    return replace(before, **changes, session=replace(before.session, **_session(office, said)))


def _session(office: Office, said: Mapping[str, str]) -> dict[str, Any]:
    """When, where and how, as typed."""
    readers: Mapping[str, Callable[[str], object]] = {
        "kind": lambda text: read_choice(text, KIND_NAMES, "考试种类"),
        "mode": lambda text: read_choice(text, MODE_NAMES, "考试方式"),
        "level": lambda text: read_filter(office, "level", text),
        "held_on": _day,
        "term": str,
        "starts_at": str,
        "ends_at": str,
        "places": str,
    }
    return {name: read(said[name]) for name, read in readers.items() if name in said}


def _mark(text: str) -> Decimal:
    if not text.replace(".", "", 1).isdecimal():
        raise UserError("exam.pass_mark", f"合格线“{text}”看不懂。", "请写数字，如 60。")
    return Decimal(text)


def _day(text: str) -> str:
    try:
        return read_date(text).text
    except UnreadableError as error:
        raise UserError("exam.day", f"考试日期“{text}”看不懂。", "请写成 2025-12-20。") from error


def _summary(office: Office, exam: Exam) -> dict[str, Any]:
    frame, made = find_frame(office, exam.id), draws(office, exam)
    return {
        "code": exam.code,
        "name": exam.name,
        "year": exam.year,
        "kind": exam.session.kind,
        "kind_name": KIND_NAMES[exam.session.kind],
        "held_on": exam.session.held_on,
        "size": None if frame is None else frame.size,
        "frame_sha256": None if frame is None else frame.sha256,
        "drawn": made[-1].record["drawn"] if made else 0,
        "examinees": len(examinees(office, exam)),
    }


def _details(office: Office, exam: Exam) -> dict[str, Any]:
    scope, session = exam.scope, exam.session
    by_share = f"{write_fraction(exam.fraction)}，{ROUNDING_NAMES[exam.rounding]}"
    frame = find_frame(office, exam.id)
    left = () if frame is None else frame.excluded
    return {
        "base": scope.base,
        "base_name": bases().rules[scope.base].name,
        "strata": list(scope.strata),
        "strata_names": [STRATUM_NAMES[one] for one in scope.strata],
        "fraction": write_fraction(exam.fraction),
        "rounding": exam.rounding,
        "count": exam.quota,
        "how_many": by_share if exam.quota is None else f"每组 {exam.quota} 人",
        "gated": exam.gated,
        "drawn_before": exam.drawn_before,
        "mode": session.mode,
        "term": session.term,
        "starts_at": session.starts_at,
        "ends_at": session.ends_at,
        "places": session.places,
        "pass_mark": str(exam.pass_mark),
        "entries": exam.entries,
        "excluded": [{"teacher_no": one.teacher_no, "reason": one.reason} for one in left],
        "draws": [
            {
                "attempt": one.attempt,
                "seed": one.seed,
                "drawn_at": one.drawn_at,
                "reason": one.reason,
                "drawn": one.record["drawn"],
            }
            for one in draws(office, exam)
        ],
    }
