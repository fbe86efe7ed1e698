"""The office's own certificate forms: each the text of a TOML file under the form's name.

What the text means is not known here; the kit of the papers reads it. An own form takes the place
of the shipped one of the same name until it is taken out again.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import UserError
from models.office.context import Office
from models.store.operations import Operation

_COLUMNS = ("id", "name", "text")


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A form of the office's own.

    Attributes:
        name: its stable name, by which kinds of certificates and print runs refer to it.
        text: its description as TOML.
    """

    name: str
    text: str


def own_forms(office: Office) -> list[OwnForm]:
    """All of the office's own, by name."""
    rows = office.store.query("SELECT name, text FROM own_form ORDER BY name, id")
    found = {row["name"]: OwnForm(row["name"], row["text"]) for row in rows}
    return list(found.values())


def own_text(office: Office, name: str) -> str | None:
    """The text of the office's own form of that name; None where it has none."""
    sql = "SELECT text FROM own_form WHERE name = ? ORDER BY id DESC LIMIT 1"
    found = office.store.value(sql, (name,))
    return None if found is None else str(found)


def save_own_form(office: Office, own: OwnForm, title: str) -> Operation:
    """Keep a form, in the place of an earlier one of the same name.

    Args:
        office: the office.
        own: name and text.
        title: what the history calls the form.

    Raises:
        UserError: the name is empty.
    """
    _check_name(own.name)
    with office.store.operation("certificates.save_form", f"保存证书样式 {title}") as operation:
        if own_text(office, own.name) is None:
            row = (office.store.ids.new_id(), own.name, own.text)
            office.store.insert("own_form", _COLUMNS, [row])
        else:
            office.store.execute(
                "UPDATE own_form SET text = ? WHERE name = ?", (own.text, own.name)
            )
    return operation


def copy_own_form(office: Office, copy: OwnForm, title: str) -> Operation:
    """Keep a copy of a form under a name that no form of the office's own has yet.

    Raises:
        UserError: the name is empty, or taken.
    """
    _check_name(copy.name)
    _check_free(office, copy.name)
    with office.store.operation("certificates.copy_form", f"新增证书样式 {title}") as operation:
        row = (office.store.ids.new_id(), copy.name, copy.text)
        office.store.insert("own_form", _COLUMNS, [row])
    return operation


def rename_own_form(office: Office, renamed: OwnForm, title: str) -> Operation:
    """Give a form another title in its text; its name, by which others refer to it, stays.

    Raises:
        UserError: no such form.
    """
    _check_own(office, renamed.name)
    with office.store.operation("certificates.rename_form", f"证书样式改名为 {title}") as operation:
        office.store.execute(
            "UPDATE own_form SET text = ? WHERE name = ?", (renamed.text, renamed.name)
        )
    return operation


def drop_own_form(office: Office, name: str, title: str) -> Operation:
    """Take a form out; the shipped one of that name, where there is one, holds again.

    Raises:
        UserError: no such form.
    """
    _check_own(office, name)
    with office.store.operation("certificates.drop_form", f"删除证书样式 {title}") as operation:
        office.store.execute("DELETE FROM own_form WHERE name = ?", (name,))
    return operation


def _check_name(name: str) -> None:
    if not name.strip():
        raise UserError("form.no_name", "证书样式没有编号。", "请写明 name，如 completion-2。")


def _check_own(office: Office, name: str) -> None:
    if own_text(office, name) is None:
        raise UserError("form.not_own", f"“{name}”不是本单位的证书样式。", "请刷新列表后重试。")


def _check_free(office: Office, name: str) -> None:
    if own_text(office, name) is not None:
        raise UserError("form.taken", f"已有编号为“{name}”的证书样式。", "请换一个编号。")
