"""The certificate forms of an office: its own before those shipped with the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.certificates.own_forms import OwnForm, own_forms, save_own_form
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
        text: its description as TOML.
        own: whether it is the office's own.
        shipped: whether the program has one of that name.
        form: what the text says; None where it is damaged.
        problem: what is wrong with it; "" where nothing is.
    """

    name: str
    text: str
    own: bool
    shipped: bool
    form: Form | None
    problem: str = ""

    @property
    def title(self) -> str:
        """What the office calls it; a damaged one by its name."""
        return self.name if self.form is None else self.form.title


def listed_forms(office: Office) -> list[ListedForm]:
    """Every form: the office's own, then the shipped ones that no own one takes the place of."""
    shipped = shipped_texts()
    own = {one.name: one.text for one in own_forms(office)}
    found = [_listed(name, text, own=True, shipped=name in shipped) for name, text in own.items()]
    rest = {name: text for name, text in shipped.items() if name not in own}
    found += [_listed(name, text, own=False, shipped=True) for name, text in rest.items()]
    return found


def forms_of(office: Office) -> list[Form]:
    """The forms that can be used, the office's own first; a damaged one is left out."""
    return [one.form for one in listed_forms(office) if one.form is not None]


def form_named(office: Office, name: str) -> Form:
    """The form of that name, the office's own before the shipped one.

    Raises:
        UserError: there is none, or it is damaged; the sentence names the place.
    """
    listed = {one.name: one for one in listed_forms(office)}
    if name not in listed:
        known = "、".join(f"{one.name}（{one.title}）" for one in listed.values())
        raise UserError("form.unknown", f"没有证书样式“{name}”。", f"可用：{known}。")
    found = listed[name]
    return found.form or parse_form(found.text, name)


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


def free_name(name: str, taken: Collection[str]) -> str:
    """A name near ``name`` that nothing has yet: ``completion-2``."""
    stem = name.rstrip("0123456789").rstrip("-") if name in taken else name
    number = 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name


def _listed(name: str, text: str, *, own: bool, shipped: bool) -> ListedForm:
    try:
        form = parse_form(text, name)
    except UserError as error:
        return ListedForm(name, text, own, shipped, None, error.sentence)
    if form.name != name:
        said = f"证书样式“{name}”里写的编号是“{form.name}”。 请把 name 改成 {name}。"
        return ListedForm(name, text, own, shipped, None, said)
    return ListedForm(name, text, own, shipped, form)
