"""``policy …``: the rule packs, checking one, and saying which holds when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from models.errors import UserError, WorldError
from models.policies.checking import check_text
from models.policies.library import pack_named, packs_of, uses_of
from models.policies.records import Pack
from models.policies.sentences import pack_sections
from models.policies.use import save_pack, text_of, use_pack
from ui.cli.session import Exit, Session

_FILE = click.Path(path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("policy")
def policy_group() -> None:
    """规则包：列出、查看、检查、采用。"""


@policy_group.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """列出规则包，和本单位指定的适用期。"""
    with session.office(read_only=True) as office:
        packs, uses = packs_of(office), uses_of(office)
    session.finish(
        {
            "policies": [_listed(pack) for pack in packs],
            "uses": [
                {"id": one.pack_id, "from": one.first_day, "to": one.last_day} for one in uses
            ],
        },
        "\n".join(
            [
                f"{pack.id}  {pack.title}  {pack.region}  要求 {len(pack.requirements)} 条"
                for pack in packs
            ]
            + [f"{one.first_day} 至 {one.last_day} 使用 {one.pack_id}" for one in uses]
        ),
    )


@policy_group.command("show")
@click.argument("policy_id")
@click.option("--text", is_flag=True, help="只要规则文件的原文。")
@click.pass_obj
def show_command(session: Session, policy_id: str, *, text: bool) -> None:
    """查看一个规则包的全部要求，连同所依据的规则包。"""
    with session.office(read_only=True) as office:
        pack = pack_named(office, policy_id)
        written = text_of(office, policy_id)
    lines = [f"{pack.title}（{pack.document}）"]
    for section in pack_sections(pack):
        lines.append(f"【{section.title}】")
        lines += [f"{one.id}  {one.title}：{one.sentence}".strip() for one in section.lines]
    result = {**pack.model_dump(mode="json", exclude_defaults=True), "text": written}
    session.finish(result, written if text else "\n".join(lines))


@policy_group.command("check")
@click.argument("file", type=_FILE)
@click.option("--save", is_flag=True, help="没有错误就保存为本单位的规则包。")
@click.pass_obj
def check_command(session: Session, file: Path, *, save: bool) -> None:
    """检查一个规则文件，逐条说明错在哪里。"""
    text = _read(file)
    with session.office(read_only=not save) as office:
        found = check_text(office, text)
        if save and not found.mistakes:
            save_pack(office, text)
    result = {
        "ok": not found.mistakes,
        "id": found.pack.id if found.pack else None,
        "mistakes": list(found.mistakes),
        "saved": save and not found.mistakes,
    }
    words = "\n".join(found.mistakes) or ("已保存。" if save else "没有错误。")
    session.finish(result, words, Exit.PROBLEMS if found.mistakes else Exit.DONE)


@policy_group.command("use")
@click.argument("policy_id")
@click.option("--from", "first", required=True, type=_DAY, help="从哪一天起，如 2021-01-01。")
@click.option("--to", "last", required=True, type=_DAY, help="到哪一天止。")
@click.pass_obj
def use_command(session: Session, policy_id: str, **days: date) -> None:
    """指定一段时间采用哪个规则包；时间重叠时，开始较晚的优先。"""
    first, last = _day(days["first"]), _day(days["last"])
    with session.office() as office:
        use_pack(office, policy_id, first, last)
    session.finish(
        {"ok": True, "id": policy_id, "from": first.isoformat(), "to": last.isoformat()},
        f"{first} 至 {last} 采用规则包 {policy_id}。",
    )


COMMANDS = (policy_group,)


def _day(given: date) -> date:
    """The day alone of what click makes a moment."""
    return date(given.year, given.month, given.day)


def _listed(pack: Pack) -> dict[str, object]:
    return {
        "id": pack.id,
        "title": pack.title,
        "region": pack.region,
        "document": pack.document,
        "valid_from": pack.valid_from.isoformat(),
        "valid_until": None if pack.valid_until is None else pack.valid_until.isoformat(),
        "requirements": len(pack.requirements),
    }


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("policy.no_file", f"没有找到文件 {file}。", "请核对文件名。") from error
    except UnicodeDecodeError as error:
        raise UserError(
            "policy.not_toml", f"{file.name} 不是 UTF-8 文字。", "请另存为 UTF-8 后再读。"
        ) from error
    except OSError as error:
        raise WorldError("policy.read", f"读不了 {file}：{error.strerror}。") from error
