"""``title batch|nominate|check|publish|object|decide|certificates``: the way of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from models.certificates.titled import issue_titles
from models.errors import UserError
from models.exchange.nomination_list import NominationList, read_nominations
from models.office.context import Office
from models.office.forms import form_values
from models.titles import batches, publishing
from models.titles.batches import STAGES, BatchRow, batch_meant
from models.titles.checking import check
from models.titles.kinds import Condition, TitleKind, title_rules
from models.titles.nominating import Nominee, drop_nominations, nominate, waive
from models.titles.nominations import NominationRow, nominations
from models.titles.records import Nomination
from ui.cli.days import read_day
from ui.cli.named import school_named, teacher_of
from ui.cli.session import Exit, Session
from ui.cli.templates import write_template_of

_FILE = click.Path(path_type=Path)


@click.group("batch")
def batch_group() -> None:
    """批次（期）：开始、列出、名额、结束。"""


@batch_group.command("add")
@click.option("--kind", required=True, help="称号，如 骨干教师；见 title kinds。")
@click.option("--level", default="", help="级别，如 县级。")
@click.option("--number", default="", help="期次，如 5。")
@click.option("--name", default="", help="名称；不写按期次和称号。")
@click.option("--year", default="", help="年度；不写为今年。")
@click.option("--quota", default="", help="总名额。")
@click.option("--document", default="", help="依据文件。")
@click.pass_obj
def add_command(session: Session, **texts: str) -> None:
    """开始一批。"""
    with session.office() as office:
        batch_id, _ = batches.open_batch(office, texts)
        found = batches.batch(office, batch_id)
    session.finish({"ok": True, "batch": batch_json(found)}, f"已开始 {found.name}")


@batch_group.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """列出各批。"""
    with session.office(read_only=True) as office:
        found = batches.batches(office)
    lines = [
        f"{one.name}  {STAGES[one.stage]}  推荐 {one.nominated}，公示 {one.listed}，"
        f"认定 {one.granted}"
        for one in found
    ]
    session.finish({"batches": [batch_json(one) for one in found]}, "\n".join(lines))


@batch_group.command("quota")
@click.argument("batch")
@click.option("--share", type=int, help="把这么多名额按各校教师人数分配。")
@click.option("--school", default="", help="单独定一所学校的名额。")
@click.option("--quota", type=int, help="这所学校的名额；不写为不限。")
@click.pass_obj
def quota_command(session: Session, batch: str, **given: Any) -> None:  # noqa: ANN401 - as click
    """分配各校名额；不写选项则列出。"""
    with session.office(read_only=given["share"] is None and not given["school"]) as office:
        found = batch_meant(office, batch)
        if given["share"] is not None:
            batches.set_quotas(office, found.id, batches.proposed_quotas(office, given["share"]))
        if given["school"]:
            school = school_named(office, given["school"]).id
            batches.set_quotas(office, found.id, {school: given["quota"]})
        quotas = batches.school_quotas(office, found.id)
    lines = [f"{one.school}  名额 {one.quota}，已推荐 {one.nominated}" for one in quotas]
    session.finish({"quotas": [asdict(one) for one in quotas]}, "\n".join(lines))


@batch_group.command("close")
@click.argument("batch")
@click.pass_obj
def close_command(session: Session, batch: str) -> None:
    """结束一批，以后不再改动。"""
    with session.office() as office:
        found = batch_meant(office, batch)
        batches.close_batch(office, found.id)
    session.finish({"ok": True, "batch": found.name}, f"{found.name}已结束")


@click.command("kinds")
@click.pass_obj
def kinds_command(session: Session) -> None:
    """列出称号：级别、任期、条件、职责。"""
    rules = title_rules()
    listed = [_kind_json(one) for one in rules.kinds]
    lines = [
        f"{one['title']}  {'、'.join(one['levels'].values())}  "
        f"{'任期 ' + str(one['years']) + ' 年' if one['years'] else '不设任期'}"
        for one in listed
    ]
    session.finish({"kinds": listed}, "\n".join(lines))


@click.command("template")
@click.argument("out", type=_FILE)
@click.pass_obj
def template_command(session: Session, out: Path) -> None:
    """写一个空白的推荐名单模板，供 nominate --list 使用。"""
    write_template_of(session, Nomination, out)
    session.finish({"ok": True, "file": str(out)}, f"推荐名单模板已写到 {out}")


@click.command("nominate")
@click.argument("batch")
@click.option("--teacher", "teachers", multiple=True, help="教师编号，可写多次。")
@click.option("--list", "names", type=_FILE, help="推荐名单工作簿；与模板同样的栏目。")
@click.option("--lesson", default="", help="实践课得分。")
@click.option("--contest", default="", help="竞赛获奖。")
@click.option("--merits", default="", help="主要业绩。")
@click.option("--skip-bad", is_flag=True, help="有误的行不要，其余照样写入。")
@click.option("--drop", default="", help="退出推荐的原因；与 --teacher 一起用。")
@click.pass_obj
def nominate_command(session: Session, batch: str, **given: Any) -> None:  # noqa: ANN401 - as click
    """推荐教师，逐个或用名单；--drop 让他们退出。"""
    with session.office() as office:
        found = batch_meant(office, batch)
        if given["drop"]:
            _drop(office, found, given["teachers"], given["drop"])
            read = NominationList((), ())
        else:
            read = _gathered(office, found, given)
            if read.nominees and (not read.problems or given["skip_bad"]):
                nominate(office, found.id, read.nominees)
        rows = nominations(office, found.id)
    refused = bool(read.problems) and not given["skip_bad"]
    session.finish(
        {
            "ok": not refused,
            "nominated": 0 if refused else len(read.nominees),
            "problems": list(read.problems),
            "told": list(read.told),
            "people": [nomination_json(one) for one in rows],
        },
        "\n".join([*read.problems, *read.told, f"{found.name}共推荐 {len(rows)} 人"]),
        Exit.PROBLEMS if refused else Exit.DONE,
    )


@click.command("check")
@click.argument("batch")
@click.option("--waive", "condition", default="", help="对 --teacher 破格的一项条件（名称）。")
@click.option("--teacher", default="", help="教师编号。")
@click.option("--reason", default="", help="破格的理由。")
@click.pass_obj
def check_command(session: Session, batch: str, condition: str, teacher: str, reason: str) -> None:
    """按条件审核推荐人选，逐项列出理由；--waive 破格。"""
    with session.office() as office:
        found = batch_meant(office, batch)
        if condition:
            one = _nominated(office, found, teacher)
            waive(office, one.id, _condition(found, condition).key, reason)
        else:
            check(office, found.id)
        rows = nominations(office, found.id)
    fit = sum(one.fit for one in rows)
    lines = [f"{one.name}（{one.school}）：{one.why or '符合'}" for one in rows]
    session.finish(
        {"ok": True, "fit": fit, "people": [nomination_json(one) for one in rows]},
        "\n".join([*lines, f"{len(rows)} 人中 {fit} 人符合条件"]),
    )


@click.command("publish")
@click.argument("batch")
@click.option("--from", "first", default="", help="公示第一天。")
@click.option("--until", "last", default="", help="公示最后一天。")
@click.option("--back", is_flag=True, help="收回公示。")
@click.pass_obj
def publish_command(session: Session, batch: str, first: str, last: str, *, back: bool) -> None:
    """公示符合条件的人选。"""
    with session.office() as office:
        found = batch_meant(office, batch)
        if back:
            publishing.unpublish(office, found.id)
        else:
            days = (read_day(first).isoformat(), read_day(last).isoformat())
            publishing.publish(office, found.id, *days)
        rows = nominations(office, found.id)
    listed = [one for one in rows if one.state == "listed"]
    session.finish(
        {"ok": True, "listed": len(listed), "people": [nomination_json(one) for one in rows]},
        f"公示 {len(listed)} 人",
    )


@click.command("object")
@click.argument("batch")
@click.argument("teacher")
@click.option("--text", default="", help="异议的内容。")
@click.option("--sender", default="", help="何人提出。")
@click.option("--uphold", is_flag=True, help="异议成立：退出本批。")
@click.option("--dismiss", is_flag=True, help="异议不成立。")
@click.option("--decision", default="", help="处理意见。")
@click.pass_obj
def object_command(session: Session, batch: str, teacher: str, **given: Any) -> None:  # noqa: ANN401 - as click
    """登记对公示人选的异议；--uphold、--dismiss 处理它。"""
    with session.office() as office:
        found = batch_meant(office, batch)
        one = _nominated(office, found, teacher)
        if given["uphold"] or given["dismiss"]:
            opened = [
                each
                for each in publishing.objections(office, found.id)
                if each.nomination_id == one.id and each.upheld is None
            ]
            if not opened:
                raise UserError("titles.no_objection", f"{one.name}没有待处理的异议。", "")
            for each in opened:
                publishing.decide(
                    office, each.id, upheld=given["uphold"], decision=given["decision"]
                )
        else:
            publishing.object_to(office, one.id, given["text"], sender=given["sender"])
        listed = publishing.objections(office, found.id)
    session.finish(
        {"ok": True, "objections": [asdict(each) for each in listed]},
        "\n".join(f"{each.name}：{each.text}（{each.state_name}）" for each in listed),
    )


@click.command("certificates")
@click.argument("batch")
@click.pass_obj
def certificates_command(session: Session, batch: str) -> None:
    """给一批认定的人发证（编号、登记），编号记在称号旁；打印用 certificate print。"""
    with session.office() as office:
        found = batch_meant(office, batch)
        issued = issue_titles(office, found.id)
    numbers = [one.number for one in issued.certificates]
    session.finish(
        {"ok": True, "issued": len(numbers), "before": issued.before, "numbers": numbers},
        f"{found.name}发证 {len(numbers)} 本，先前已发 {issued.before} 本。",
    )


COMMANDS = (
    batch_group, kinds_command, template_command, nominate_command, check_command,
    publish_command, object_command, certificates_command,
)  # fmt: skip


def batch_json(one: BatchRow) -> dict[str, object]:
    """A batch as the command line tells it."""
    return {**asdict(one), "stage": one.stage}


def nomination_json(one: NominationRow) -> dict[str, object]:
    """Somebody recommended as the command line tells it."""
    return {
        "teacher_no": one.teacher_no,
        "name": one.name,
        "school": one.school,
        "subject": one.subject_name,
        "state": one.state,
        "fit": one.fit,
        "findings": [asdict(each) for each in one.findings],
        "waived": {key: value["reason"] for key, value in one.waivers.items()},
        "why": one.why,
    }


def _kind_json(one: TitleKind) -> dict[str, Any]:
    rules = title_rules()
    return {
        "kind": one.key,
        "title": one.title,
        "levels": {level: rules.level_title(level) for level in one.levels},
        "years": one.years,
        "conditions": [each.title for each in one.conditions],
        "duties": [f"{each.title}（每年 {each.least} 次）" for each in one.duties],
        "document": one.document,
        "quote": one.quote,
    }


def _gathered(office: Office, found: BatchRow, given: Mapping[str, Any]) -> NominationList:
    if given["names"] is not None:
        return read_nominations(office, found.id, given["names"])
    texts = {"lesson_score": given["lesson"], "contest": given["contest"]}
    values = form_values(office, Nomination, {**texts, "merits": given["merits"]})
    people = [Nominee(teacher_of(office, one), values) for one in given["teachers"]]
    if not people:
        raise UserError(
            "titles.nobody", "没有说清推荐谁。", "请用 --teacher 写教师编号，或用 --list 指明名单。"
        )
    return NominationList(tuple(people), ())


def _drop(office: Office, found: BatchRow, teachers: tuple[str, ...], reason: str) -> None:
    ids = [_nominated(office, found, one).id for one in teachers]
    drop_nominations(office, ids, reason)


def _nominated(office: Office, found: BatchRow, teacher_no: str) -> NominationRow:
    for one in nominations(office, found.id):
        if one.teacher_no == teacher_no:
            return one
    raise UserError(
        "titles.no_nomination",
        f"“{found.name}”的推荐名单中没有编号为 {teacher_no} 的教师。",
        "请用 title check 查看名单。",
    )


def _condition(found: BatchRow, text: str) -> Condition:
    conditions = title_rules().kind(found.kind).conditions
    for one in conditions:
        if text.strip() in (one.key, one.title):
            return one
    offered = "、".join(one.title for one in conditions)
    raise UserError("titles.no_finding", f"没有“{text}”这项条件。", f"可填：{offered}。")
