"""``certificate keys list|new|backup|restore|retire``: the keys that sign certificates."""

from __future__ import annotations

from pathlib import Path

import click

from models.errors import UserError
from models.signing import keys as signing
from models.signing.key_backup import back_up, restore
from models.signing.keys import Key
from models.store.trouble import told
from ui.cli.session import Session

_LONGEST = 4096
PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    help="口令所在的文本文件（第一行）；不写则在屏幕上询问，不显示输入。",
)


@click.group("keys")
def keys_group() -> None:
    """签名密钥：列出、启用、备份、恢复、停用。"""


@keys_group.command("list")
@click.pass_obj
def list_command(session: Session) -> None:
    """列出本单位的密钥。"""
    with session.office(read_only=True) as office:
        found = signing.keys(office)
    lines = [_told(one) for one in found]
    session.finish(
        {"ok": True, "keys": [_said(one) for one in found]},
        "\n".join(lines) or "还没有密钥；第一次打印带验真码的证书时自动生成。",
    )


@keys_group.command("new")
@click.option("--reason", default="", help="更换的原因；已有密钥在用时必须写。")
@click.pass_obj
def new_command(session: Session, reason: str) -> None:
    """启用一把新密钥；在用的旧密钥随之停用，它签过的证书仍然有效。"""
    with session.office() as office:
        made = signing.rotate(office, reason) if reason.strip() else signing.make_key(office)
    _finish(session, made, "已启用")


@keys_group.command("backup")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="备份写到哪里。")
@PASSPHRASE_FILE
@click.pass_obj
def backup_command(session: Session, out: Path, passphrase_file: Path | None) -> None:
    """备份在用的密钥，用口令加密。口令忘了，备份就打不开。"""
    passphrase = _passphrase(passphrase_file, twice=True)
    with session.office() as office:
        key = back_up(office, out, passphrase)
    session.finish(
        {"ok": True, "file": str(out), **_said(key)},
        f"密钥 {key.key_id} 已备份到 {out}。请与口令分开存放。",
    )


@keys_group.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@PASSPHRASE_FILE
@click.pass_obj
def restore_command(session: Session, file: Path, passphrase_file: Path | None) -> None:
    """把备份的密钥恢复到这台电脑。"""
    passphrase = _passphrase(passphrase_file, twice=False)
    with session.office() as office:
        key = restore(office, file, passphrase)
    _finish(session, key, "已恢复")


@keys_group.command("retire")
@click.argument("key")
@click.option("--reason", required=True, help="停用的原因。")
@click.pass_obj
def retire_command(session: Session, key: str, reason: str) -> None:
    """停用一把密钥；它签过的证书仍然有效。不能撤销。"""
    with session.office() as office:
        retired = signing.retire(office, key, reason)
    _finish(session, retired, "已停用")


def _passphrase(file: Path | None, *, twice: bool) -> str:
    """The passphrase, from a file or asked for without showing it."""
    if file is None:
        return _asked(twice=twice)
    with told(file), file.open("rb") as source:
        content = source.read(_LONGEST)
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UserError(
            "signing.passphrase_file",
            f"口令文件“{file.name}”不是 UTF-8 文本。",
            "请用记事本另存为 UTF-8 编码。",
        ) from error
    return lines[0] if lines else ""


def _asked(*, twice: bool) -> str:
    typed = str(click.prompt("口令", hide_input=True, err=True))
    if twice and click.prompt("再输入一次口令", hide_input=True, err=True) != typed:
        raise UserError("signing.passphrases_differ", "两次输入的口令不一样。", "请重新输入。")
    return typed


def _finish(session: Session, key: Key, done: str) -> None:
    session.finish({"ok": True, **_said(key)}, f"{done}：{_told(key)}")


def _said(key: Key) -> dict[str, object]:
    return {
        "key": key.key_id,
        "fingerprint": key.fingerprint,
        "made_on": key.made_on,
        "retired_on": key.retired_on or None,
        "reason": key.reason or None,
        "active": key.active,
        "here": key.here,
    }


def _told(key: Key) -> str:
    state = f"{key.retired_on} 停用（{key.reason}）" if not key.active else "在用"
    where = "" if key.here or not key.active else "，私钥不在这台电脑上"
    return f"密钥 {key.key_id}　{key.made_on} 启用　{state}{where}　指纹 {key.fingerprint}"
