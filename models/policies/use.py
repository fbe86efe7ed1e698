"""Saying which pack holds when, and writing packs of one's own."""

from __future__ import annotations

from datetime import date

from models.errors import UserError
from models.office.context import Office
from models.policies.checking import check_text
from models.policies.library import own_text, pack_named, packs_of
from models.policies.packs import shipped_packs
from models.store.operations import Operation
from resources import path


def text_of(office: Office, pack_id: str) -> str:
    """The text of a pack, the office's own or the one shipped.

    Raises:
        UserError: there is no such pack.
    """
    own = own_text(office, pack_id)
    if own is not None:
        return own
    if pack_id not in {pack.id for pack in shipped_packs()}:
        pack_named(office, pack_id)  # tells which there are
    return path(f"policies/{pack_id}.toml").read_text(encoding="utf-8")


def save_pack(office: Office, text: str) -> Operation:
    """Keep a pack of the office's own, in the place of an earlier one of the same id.

    Raises:
        UserError: the text has mistakes, all of them are told; its id is that of a shipped pack.
    """
    checked = check_text(office, text)
    if checked.pack is None or checked.mistakes:
        raise UserError("policy.mistakes", "".join(checked.mistakes), "改正后再保存。")
    pack = checked.pack
    if pack.id in {one.id for one in shipped_packs()}:
        raise UserError(
            "policy.shipped_id",
            f"“{pack.id}”是随程序附带的规则包，不能用这个编号保存。",
            f"请把 id 改成别的，如 {pack.id}-ours。",
        )
    with office.store.operation("policies.save", f"保存规则包 {pack.title}") as operation:
        known = office.store.value("SELECT id FROM own_pack WHERE pack_id = ?", (pack.id,))
        if known is None:
            row = (office.store.ids.new_id(), pack.id, text)
            office.store.insert("own_pack", ("id", "pack_id", "text"), [row])
        else:
            office.store.execute("UPDATE own_pack SET text = ? WHERE id = ?", (text, known))
    return operation


def drop_pack(office: Office, pack_id: str) -> Operation:
    """Take a pack of the office's own out again.

    Raises:
        UserError: it is no pack of the office's own, it is in use, or others are based on it.
    """
    if own_text(office, pack_id) is None:
        raise UserError("policy.not_own", f"“{pack_id}”不是本单位的规则包。", "只能删除自己的。")
    used = office.store.value("SELECT COUNT(*) FROM policy_use WHERE pack_id = ?", (pack_id,))
    if used:
        raise UserError(
            "policy.in_use", f"规则包“{pack_id}”正在使用。", "请先为那段时间指定别的规则包。"
        )
    children = [one.title for one in packs_of(office) if one.based_on == pack_id]
    if children:
        raise UserError(
            "policy.base",
            f"规则包“{children[0]}”以“{pack_id}”为依据，不能删除。",
            "请先改正它的 based_on，或先删除它。",
        )
    with office.store.operation("policies.drop", f"删除规则包 {pack_id}") as operation:
        office.store.execute("DELETE FROM own_pack WHERE pack_id = ?", (pack_id,))
    return operation


def use_pack(office: Office, pack_id: str, first: date, last: date) -> Operation:
    """Say that a pack holds from a day to a day, both included.

    A pack that was to hold over exactly the same days gives way; how other periods that overlap go
    together says ``library.in_use``.

    Raises:
        UserError: no such pack, or the last day before the first.
    """
    pack = pack_named(office, pack_id)
    if last < first:
        raise UserError("policy.days", f"结束日期 {last} 早于开始日期 {first}。", "请核对日期。")
    title = f"{first} 至 {last} 使用规则包 {pack.title}"
    with office.store.operation("policies.use", title) as operation:
        days = (first.isoformat(), last.isoformat())
        office.store.execute("DELETE FROM policy_use WHERE first_day = ? AND last_day = ?", days)
        row = (office.store.ids.new_id(), pack_id, *days)
        office.store.insert("policy_use", ("id", "pack_id", "first_day", "last_day"), [row])
    return operation


def end_use(office: Office, use_id: str) -> Operation:
    """Take a decision on a pack's use back.

    Raises:
        UserError: it is not there any more.
    """
    if office.store.value("SELECT id FROM policy_use WHERE id = ?", (use_id,)) is None:
        raise UserError("policy.no_use", "这条适用期已不在库中。", "请刷新列表。")
    with office.store.operation("policies.end_use", "取消规则适用期") as operation:
        office.store.execute("DELETE FROM policy_use WHERE id = ?", (use_id,))
    return operation
