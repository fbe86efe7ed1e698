"""A form while it is being edited: its columns, its own words, and whether anything changed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from models.uploads.facts import cell_kind, fact_named
from models.uploads.forms import Form, FormColumn

_PARTS = re.compile(r"[、，,；;\n]+")
_CODED = re.compile(r"^\s*([0-9A-Za-z]{1,8})\s*[-—–－_.、:： ]\s*(\D.*)$")


@dataclass(frozen=True, slots=True)
class FormDraft:
    """A form and how it began.

    Attributes:
        form: as it is now; not yet checked as a whole.
        saved: as it was when the editor opened.
    """

    form: Form
    saved: Form

    @property
    def dirty(self) -> bool:
        """Whether saving would change anything."""
        return self.form != self.saved

    def with_column(self, key: str, **changes: object) -> FormDraft:
        """Change what is said of a column."""
        columns = tuple(
            one.model_copy(update=changes) if one.key == key else one for one in self.form.columns
        )
        return replace(self, form=self.form.model_copy(update={"columns": columns}))

    def with_fact(self, key: str, fact: str) -> FormDraft:
        """Let a column take a fact; what sort of cell it makes follows."""
        column = self.form.column(key)
        found = fact_named(self.form.subject, fact) if fact else None
        kind = cell_kind(found, column.choices) if found else column.kind
        return self.with_column(key, fact=fact, kind=kind, translate={})

    def with_words(self, **changes: object) -> FormDraft:
        """Change what is said of the form as a whole."""
        return replace(self, form=self.form.model_copy(update=changes))

    def missing(self) -> list[FormColumn]:
        """Required columns with nothing in them."""
        return [
            one for one in self.form.columns if one.required and not one.fact and not one.constant
        ]


def choices_of(text: str) -> dict[str, str]:
    """What a person typed as the values that are taken: ``10-国家级、20-省级`` or plain words."""
    found: dict[str, str] = {}
    for part in filter(None, (one.strip() for one in _PARTS.split(text))):
        coded = _CODED.match(part)
        if coded:
            found[coded[1]] = coded[2].strip()
        else:
            found[part] = part
    return found


def choices_text(choices: dict[str, str]) -> str:
    """The values that are taken, as a person types them."""
    return "、".join(name if code == name else f"{code}-{name}" for code, name in choices.items())


def words_of(text: str) -> tuple[str, ...]:
    """Several titles in one line."""
    return tuple(filter(None, (one.strip() for one in _PARTS.split(text))))
