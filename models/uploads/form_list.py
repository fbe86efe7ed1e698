"""The list of forms: those of the office's own, and the shipped ones that none of them replaces."""

from __future__ import annotations

from dataclasses import dataclass

import resources
from models.errors import UserError
from models.office.context import Office
from models.uploads.form_text import read_form
from models.uploads.forms import Form

_FOLDER = "uploads"


@dataclass(frozen=True, slots=True)
class Listed:
    """One form in the list.

    Attributes:
        form: the form; None where its text cannot be read.
        name: its name.
        own: whether it is the office's own.
        trouble: why it cannot be read; "" for nothing.
    """

    form: Form | None
    name: str
    own: bool
    trouble: str = ""


def forms(office: Office) -> list[Listed]:
    """All forms, those of the office's own first, then the shipped ones."""
    own = office.store.query("SELECT name, text FROM upload_form ORDER BY name, id")
    texts = {row["name"]: (row["text"], True) for row in own}
    for file in sorted(resources.path(_FOLDER).glob("*.toml")):
        texts.setdefault(file.stem, (file.read_text(encoding="utf-8"), False))
    return [_listed(name, *said) for name, said in texts.items()]


def _listed(name: str, text: str, own: bool) -> Listed:  # noqa: FBT001 - unpacked from a pair
    try:
        return Listed(read_form(text, name), name, own)
    except UserError as error:
        return Listed(None, name, own, error.sentence)
