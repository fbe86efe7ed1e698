"""``ledger …``: hours and credits entry by entry, claims and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from models.errors import UserError
from models.office.context import Office
from models.office.settings import write_settings
from models.training import claims, ledger
from models.training.claim_list import STEPS, claim_rows
from models.training.entries import CLOSED_SETTING
from models.training.forms import claim_of
from models.training.listing import EntryFilter, entry_ids, entry_rows, stored_entries
from models.training.naming import teacher_meant
from ui.cli.amounts import number
from ui.cli.named import school_named
from ui.cli.session import Session

_SHOWN = 50
_TABLES = {
    "mode": ("category", "training_mode"),
    "theme": ("theme", "training_theme"),
    "level": ("level", "training_level"),
    "nature": ("nature", "course_nature"),
}
_PERSON = click.option("--person", help="办理人；不写为当前登录的人。")


@click.group("ledger")
def ledger_group() -> None:
    """学时台账：登记、冲销、查看；待审的学时。"""


@ledger_group.command("post")
@click.option("--teacher", "teacher_no", required=True, help="教师编号。")
@click.option("--year", required=True, help="培训年度。")
@click.option("--title", "course", required=True, help="课程名称。")
@click.option("--hours", required=True, help="学时。")
@click.option("--credits", "credits_", help="学分；不写按当年的规则折算。")
@click.option("--mode", "category", help="培训形式，如 集中。")
@click.option("--theme", help="项目类别，如 全员培训。")
@click.option("--level", help="培训级别，如 县级。")
@click.option("--nature", help="课程性质，如 必修。")
@click.option("--organizer", help="培训机构。")
@click.option("--start", "start_date", help="开始日期，如 2025-07-20。")
@click.option("--end", "end_date", help="结束日期。")
@click.option("--evidence", help="佐证：证书编号、文件等。")
@click.option("--offset", "ground", help="冲抵事由，如 发表论文；不写即一般培训。")
@click.option("--reason", help="冲抵的理由。")
@_PERSON
@click.pass_obj
def post_command(session: Session, person: str | None, **given: str | None) -> None:
    """登记一人一次培训的学时；按设置可能要先审核、验证才入账。"""
    texts = {name.rstrip("_"): text for name, text in given.items() if text is not None}
    with session.office() as office:
        _act_as(office, person)
        done = claims.claim(office, [claim_of(office, texts)], source="命令行登记")
    text = "已入账。" if done.posted else "已录入，待审核。"
    session.finish(
        {"ok": True, "claims": list(done.claims), "posted": done.posted, "told": list(done.told)},
        "\n".join((*done.told, text)),
    )


@ledger_group.command("reverse")
@click.argument("entries", nargs=-1, required=True)
@click.option("--reason", required=True, help="冲销的原因。")
@click.pass_obj
def reverse_command(session: Session, entries: tuple[str, ...], reason: str) -> None:
    """冲销学时：登记相反的记录，原记录保留。"""
    with session.office() as office:
        if len(entry_rows(office, entries)) < len(entries):
            raise UserError(
                "ledger.no_such_entry", "有的编号不是台账中的记录。", "请用 ledger list 查看编号。"
            )
        operation = ledger.reverse(office, entries, reason)
    session.finish(
        {"ok": True, "reversed": operation.changed.count, "operation": operation.id},
        f"已冲销 {operation.changed.count} 条。",
    )


@ledger_group.command("list")
@click.option("--teacher", "teacher_no", help="只列这名教师（编号）。")
@click.option("--year", type=int, help="只列这一年。")
@click.option("--school", help="只列登记时在这所学校的。")
@click.pass_obj
def list_command(
    session: Session, teacher_no: str | None, year: int | None, school: str | None
) -> None:
    """列出台账，冲销的和被冲销的都在内。"""
    with session.office(read_only=True) as office:
        wanted = EntryFilter(
            year=year,
            teacher_id=teacher_meant(office, teacher_no) if teacher_no else "",
            school_id=school_named(office, school).id if school else "",
        )
        rows = [_entry(office, one) for one in stored_entries(office, entry_ids(office, wanted))]
    lines = [
        f"{one['year']}  {one['name']}  {one['title']}  {one['hours']} 学时"
        f"{'（已冲销）' if one['reversed'] else ''}"
        for one in rows[:_SHOWN]
    ]
    if len(rows) > _SHOWN:
        lines.append(f"……共 {len(rows)} 条")
    session.finish({"entries": rows}, "\n".join(lines) or "没有学时记录。")


@ledger_group.command("claims")
@click.option(
    "--state",
    type=click.Choice(["waiting", "entered", "approved", "returned", "posted"]),
    default="waiting",
    show_default=True,
    help="waiting 为所有未入账的。",
)
@click.pass_obj
def claims_command(session: Session, state: str) -> None:
    """列出申报的学时和办到哪一步。"""
    with session.office(read_only=True) as office:
        rows = claim_rows(office, "" if state == "waiting" else state)
    listed = [{"id": row.id, "state": row.state, **_claim(row.shown)} for row in rows]
    lines = [
        f"{row.id}  {row.shown['state']}  {row.shown['name']}  {row.shown['year']}  "
        f"{row.shown['course']}  {row.shown['hours']} 学时  录入 {row.shown['entered_by']}"
        for row in rows
    ]
    session.finish({"claims": listed}, "\n".join(lines) or "没有这样的学时。")


@ledger_group.command("approve")
@click.argument("claim_ids", nargs=-1, required=True)
@click.option("--opinion", default="", help="意见。")
@_PERSON
@click.pass_obj
def approve_command(
    session: Session, claim_ids: tuple[str, ...], opinion: str, person: str | None
) -> None:
    """审核申报的学时；录入人不能审核自己的。"""
    with session.office() as office:
        _act_as(office, person)
        done = claims.approve(office, claim_ids, opinion)
    _finish_step(session, done, "审核")


@ledger_group.command("verify")
@click.argument("claim_ids", nargs=-1, required=True)
@click.option("--opinion", default="", help="意见。")
@_PERSON
@click.pass_obj
def verify_command(
    session: Session, claim_ids: tuple[str, ...], opinion: str, person: str | None
) -> None:
    """验证审核过的学时，入账。"""
    with session.office() as office:
        _act_as(office, person)
        done = claims.verify(office, claim_ids, opinion)
    _finish_step(session, done, "验证")


@ledger_group.command("return")
@click.argument("claim_ids", nargs=-1, required=True)
@click.option("--reason", required=True, help="退回的原因。")
@_PERSON
@click.pass_obj
def return_command(
    session: Session, claim_ids: tuple[str, ...], reason: str, person: str | None
) -> None:
    """退回申报的学时，改正后可以重新提交。"""
    with session.office() as office:
        _act_as(office, person)
        claims.send_back(office, claim_ids, reason)
    session.finish({"ok": True, "returned": len(claim_ids)}, f"已退回 {len(claim_ids)} 条。")


@ledger_group.command("resubmit")
@click.argument("claim_id")
@_PERSON
@click.pass_obj
def resubmit_command(session: Session, claim_id: str, person: str | None) -> None:
    """重新提交退回的学时。"""
    with session.office() as office:
        _act_as(office, person)
        done = claims.resubmit(office, claim_id)
    _finish_step(session, done, "提交")


@ledger_group.command("set")
@click.option(
    "--steps", type=click.Choice(list(STEPS)), help="录入后的步骤：空、审核、审核并验证。"
)
@click.option("--closed-until", type=click.IntRange(0, 9999), help="封账到哪一年；0 为不封账。")
@click.pass_obj
def set_command(session: Session, steps: str | None, closed_until: int | None) -> None:
    """设定学时的办理步骤和封账年度。"""
    wanted: dict[str, str] = {}
    if steps is not None:
        wanted[claims.STEPS_SETTING] = steps
    if closed_until is not None:
        wanted[CLOSED_SETTING] = str(closed_until) if closed_until else ""
    with session.office() as office:
        write_settings(office.store, wanted)
    session.finish({"ok": True, "settings": wanted}, "已设定。")


COMMANDS = (ledger_group,)


def _act_as(office: Office, person: str | None) -> None:
    """Work under a name other than that of the login."""
    if person:
        office.store.person = person


def _entry(office: Office, stored: Mapping[str, Any]) -> dict[str, object]:
    """A ledger entry as other programs read it: names for codes, amounts as exact numbers."""
    names = {
        key: office.codes[table].name_of(str(stored[field])) if stored[field] else None
        for key, (field, table) in _TABLES.items()
    }
    said = (
        "start_date", "end_date", "kind", "source", "school", "entered_by", "approved_by",
        "verified_by", "organizer", "evidence", "remark",
    )  # fmt: skip
    ground = stored["ground"]
    return {
        "id": stored["id"],
        "teacher_no": stored["teacher_no"],
        "name": stored["name"],
        "year": stored["year"],
        "title": stored["course"],
        "hours": number(stored["hours"]),
        "credits": number(stored["credits"]),
        **names,
        **{name: stored[name] for name in said},
        "ground": office.codes["offset_ground"].name_of(str(ground)) if ground else None,
        "reversed": bool(stored["reversed"]),
        "reverses": stored["reverses"],
    }


def _claim(shown: Mapping[str, str]) -> dict[str, str]:
    names = (
        "teacher_no", "name", "school", "year", "course", "hours", "credits", "category", "theme",
        "level", "nature", "start_date", "end_date", "kind", "ground", "reason", "evidence",
        "source", "entered_by", "entered_on", "approved_by", "opinion",
    )  # fmt: skip
    return {name: shown[name] for name in names}


def _finish_step(session: Session, done: claims.Claimed, word: str) -> None:
    session.finish(
        {"ok": True, "claims": len(done.claims), "posted": done.posted},
        f"已{word} {len(done.claims)} 条，入账 {done.posted} 条。",
    )
