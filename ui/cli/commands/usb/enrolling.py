"""``usb enrol|join|sites|end|keys|recovery|rescue|readmit``: who exchanges, and with which keys."""

from __future__ import annotations

from pathlib import Path

import click

from models.store.trouble import told
from models.sync import losses
from models.sync.enrolment import invite
from models.sync.key_pairs import PublicKeys
from models.sync.post import readmit
from models.sync.roster import Site, named_site, own, site_of, sites
from models.sync.sticks import write_safely
from models.workspace.joining import join_school, look_into
from models.workspace.opening import close_workspace
from ui.cli.commands.usb.filling import first_slice, take_first_slice
from ui.cli.named import school_named
from ui.cli.session import Session

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False)
_REASON = click.option("--reason", required=True, help="原因，留在变更记录里。")


@click.command("enrol")
@click.argument("school")
@click.option("--out", type=_FOLDER, required=True, help="注册文件写到哪个文件夹（U 盘）。")
@click.option(
    "--again", default="", metavar="原因", help="该校换电脑、丢密钥：重新注册，原电脑停用。"
)
@click.pass_obj
def enrol_command(session: Session, school: str, out: Path, again: str) -> None:
    """为学校制作注册文件和一次性注册码。注册码只显示这一次，请抄在纸上另行交给学校。"""
    with session.office() as office:
        known = school_named(office, school)
        made = invite(office, known.id, first_slice, again=again, out=out)
        file = out / made.file_name
        write_safely(file, made.content)
    session.finish(
        {
            "ok": True,
            "file": str(file),
            "school": made.site.name,
            "site": made.site.id,
            "code": made.site.code,
            "passphrase": made.code,
            "bytes": len(made.content),
        },
        f"{made.site.name}的注册文件：{file}\n注册码：{made.code}\n"
        "注册码只显示这一次。请抄在纸上，与文件分开交给学校；只能用一次。",
    )


@click.command("join")
@click.argument("file", type=_FILE)
@click.option("--passphrase", required=True, help="注册单上的 24 位注册码。")
@click.pass_obj
def join_command(session: Session, file: Path, passphrase: str) -> None:
    """学校首次使用：用注册文件和注册码建立本校的数据文件。"""
    enrolment = look_into(file, passphrase)
    office = join_school(session.database, enrolment, take_first_slice, session.desk())
    me = site_of(office, own(office))
    close_workspace(office)
    name, county = enrolment.identity.name, enrolment.county.name
    fingerprint = me.keys.fingerprint if me is not None and me.keys is not None else ""
    session.finish(
        {
            "ok": True,
            "db": str(session.database),
            "school": name,
            "institution": enrolment.institution_id,
            "county": county,
            "site": enrolment.site,
            "fingerprint": fingerprint,
        },
        f"已为{name}建立数据：{session.database}\n密钥指纹 {fingerprint}\n"
        f"请写一个交换包带回{county}，注册才算完成。",
    )


@click.command("sites")
@click.pass_obj
def sites_command(session: Session) -> None:
    """列出名册：注册过的学校电脑（学校端则是县里）。"""
    with session.office(read_only=True) as office:
        found = sites(office)
    session.finish(
        {"ok": True, "sites": [_said(one) for one in found]},
        "\n".join(_told(one) for one in found) or "还没有注册过学校。",
    )


@click.command("end")
@click.argument("site")
@_REASON
@click.pass_obj
def end_command(session: Session, site: str, reason: str) -> None:
    """停用一台学校电脑的注册（编号或学校名称）：不再收它的包，也不再为它写包。"""
    with session.office() as office:
        ended = losses.end_registration(office, named_site(office, site).id, reason)
    session.finish({"ok": True, **_said(ended)}, f"已停用：{_told(ended)}")


@click.command("keys")
@_REASON
@click.pass_obj
def keys_command(session: Session, reason: str) -> None:
    """更换本机的交换密钥（有人离岗）；对方从下一个包得知。"""
    with session.office() as office:
        made = losses.change_keys(office, reason)
    _finish_keys(session, made)


@click.command("recovery")
@click.pass_obj
def recovery_command(session: Session) -> None:
    """县里制作恢复码：印两份封存，电脑丢失或密钥被盗时用。只显示这一次。"""
    with session.office() as office:
        code = losses.make_recovery_code(office)
    session.finish(
        {"ok": True, "recovery": code},
        f"恢复码：{code}\n只显示这一次。请印两份，分别封存；不要存在任何电脑里。",
    )


@click.command("rescue")
@click.option("--recovery", required=True, help="纸上的恢复码。")
@_REASON
@click.pass_obj
def rescue_command(session: Session, recovery: str, reason: str) -> None:
    """县里的密钥丢失或被盗：用恢复码换新密钥，各校不用重新注册。"""
    with session.office() as office:
        made = losses.rescue(office, recovery, reason)
    _finish_keys(session, made)


@click.command("readmit")
@click.argument("file", type=_FILE)
@click.pass_obj
def readmit_command(session: Session, file: Path) -> None:
    """县里恢复了较早的备份：把持有注册证明的学校电脑重新记入名册。"""
    with told(file):
        content = file.read_bytes()
    with session.office() as office:
        site = readmit(office, content)
    session.finish({"ok": True, **_said(site)}, f"已恢复登记：{_told(site)}")


COMMANDS = (
    enrol_command,
    join_command,
    sites_command,
    end_command,
    keys_command,
    recovery_command,
    rescue_command,
    readmit_command,
)


def _finish_keys(session: Session, made: PublicKeys) -> None:
    session.finish(
        {"ok": True, "key": made.key_id, "fingerprint": made.fingerprint},
        f"已启用新密钥 {made.key_id}，指纹 {made.fingerprint}",
    )


def _said(site: Site) -> dict[str, object]:
    return {
        "site": site.id,
        "code": site.code,
        "name": site.name,
        "kind": site.kind,
        "state": str(site.state),
        "invited_on": site.invited_on,
        "since": site.since or None,
        "fingerprint": None if site.keys is None else site.keys.fingerprint,
        "ended_on": site.ended_on or None,
        "reason": site.reason or None,
    }


_STATES = {"invited": "已发注册文件", "active": "已注册", "ended": "已停用"}


def _told(site: Site) -> str:
    ended = f"　{site.ended_on} 停用（{site.reason}）" if site.ended_on else ""
    return f"{site.code}　{site.name}　{_STATES[site.state]}{ended}"
