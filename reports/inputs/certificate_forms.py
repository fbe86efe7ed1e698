"""The certificate forms of an office: its own before those shipped with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.certificates.own_forms import OwnForm, own_forms, own_text, save_own_form
from models.errors import UserError
from reports.kit.form_text import form_text
from reports.kit.forms import parse_form
from resources import path

if TYPE_CHECKING:
    from collections.abc import Collection

    from models.office.context import Office
    from models.store.operations import Operation
    from reports.kit.forms import Form

NO_FORMS = frozenset({"kinds"})
"""Files beside the shipped forms that are none."""


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A form as lists show it, readable or not.

    Attributes:
        name: its stable name.
        title: what the office calls it; of a damaged one as the program calls its own, or its name.
        text: its description as TOML.
        own: whether it is the office's own.
        shipped: whether the program has one of that name.
        form: what the text says; None where it is damaged.
        problem: what is wrong with it; "" where nothing is.
    """

    name: str
    title: str
    text: str
    own: bool
    shipped: bool
    form: Form | None
    problem: str = ""


def listed_forms(office: Office) -> list[ListedForm]:
    """Every form: the office's own, then the shipped ones that no own one takes the place of."""
    shipped = {name: _listed(name, text, own=False) for name, text in shipped_texts().items()}
    own = {
        one.name: _listed(one.name, one.text, shipped.get(one.name), own=True)
        for one in own_forms(office)
    }
    return [*own.values(), *(one for name, one in shipped.items() if name not in own)]


def form_named(office: Office, name: str) -> Form:
    """The form of that name, the office's own before the shipped one.

    Raises:
        UserError: there is none, or it is damaged; the sentence names the place.
    """
    own, shipped = own_text(office, name), _shipped_text(name)
    before = _listed(name, shipped, own=False) if own is not None and shipped is not None else None
    text = shipped if own is None else own
    if text is None:
        known = "、".join(f"{one.name}（{one.title}）" for one in listed_forms(office))
        raise UserError("form.unknown", f"没有证书样式“{name}”。", f"可用：{known}。")
    found = _listed(name, text, before, own=own is not None)
    return found.form or parse_form(text, name)


def save_form(office: Office, form: Form) -> Operation:
    """Keep a form as the office's own, in the place of one of the same name.

    Raises:
        UserError: the form has no name.
    """
    return save_own_form(office, OwnForm(form.name, form_text(form)), form.title)


def shipped_texts() -> dict[str, str]:
    """The forms that come with the program, as texts by name."""
    files = sorted(path("certificates").glob("*.toml"))
    return {
        file.stem: file.read_text(encoding="utf-8") for file in files if file.stem not in NO_FORMS
    }


def _shipped_text(name: str) -> str | None:
    """The shipped form of that name as text; whatever else is asked for is no file of ours."""
    known = {file.stem: file for file in path("certificates").glob("*.toml")}
    file = None if name in NO_FORMS else known.get(name)
    return None if file is None else file.read_text(encoding="utf-8")


def free_name(name: str, taken: Collection[str]) -> str:
    """A name near ``name`` that nothing has yet: ``completion-2``."""
    stem = name.rstrip("0123456789").rstrip("-") if name in taken else name
    number = 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def _listed(name: str, text: str, before: ListedForm | None = None, *, own: bool) -> ListedForm:
    """A form as its text says.

    Args:
        name: under which it is kept.
        text: as TOML.
        before: the shipped one that it takes the place of.
        own: whether it is the office's own.
    """
    shipped = before is not None or not own
    called = name if before is None else before.title
    try:
        form = parse_form(text, called)
    except UserError as error:
        return ListedForm(name, called, text, own, shipped, None, error.sentence)
    if form.name != name:
        said = f"证书样式“{called}”里写的编号是“{form.name}”。 请把 name 改成 {name}。"
        return ListedForm(name, called, text, own, shipped, None, said)
    return ListedForm(name, form.title, text, own, shipped, form)
