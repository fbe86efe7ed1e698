"""Which rows a form takes, and what tells them apart, as a person writes it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from models.uploads.facts import facts_of
from models.uploads.forms import Form, Subject
from ui.desktop.pages.uploads.form_draft import words_of

_CONDITIONS = re.compile(r"[；;\n]+")
_IS = re.compile(r"[=＝]")
Conditions = Mapping[str, tuple[str, ...]]


def key_text(form: Form) -> str:
    """The titles of the columns that together tell a row from all others."""
    return "、".join(form.column(one).title for one in form.key)


def key_of_text(form: Form, text: str) -> tuple[str, ...]:
    """The columns that were named by their titles.

    Raises:
        ValueError: a title is none of the form's; the sentence is for the person.
    """
    keys = {one.title: one.key for one in form.columns}
    for title in words_of(text):
        if title not in keys:
            raise ValueError(f"表里没有“{title}”这一栏，请照上级的栏目写，几栏之间用顿号。")
    return tuple(dict.fromkeys(keys[title] for title in words_of(text)))


def conditions_text(subject: Subject, said: Conditions) -> str:
    """Conditions as ``conditions_of`` reads them."""
    facts = facts_of(subject)
    return "；".join(
        f"{facts[name].title if name in facts else name}={'、'.join(values)}"
        for name, values in said.items()
    )


def conditions_of(subject: Subject, text: str) -> dict[str, tuple[str, ...]]:
    """A fact's name to the codes or names in ``记录：培训级别=国家级、省级；…``.

    Raises:
        ValueError: it cannot be understood; the sentence is for the person.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (one.strip() for one in _CONDITIONS.split(text))):
        title, *values = (one.strip() for one in _IS.split(part))
        if len(values) != 1 or not words_of(values[0]):
            raise ValueError(f"“{part}”看不懂，请写成：记录：培训级别=国家级、省级。")
        found[_fact(subject, title)] = words_of(values[0])
    return found


def _fact(subject: Subject, title: str) -> str:
    """The name of the fact of that title, with or without what stands before its colon."""
    facts = facts_of(subject).values()
    named = [one.name for one in facts if title in (one.title, one.name)]
    named = named or [one.name for one in facts if one.title.endswith(f"：{title}")]
    if len(named) != 1:
        raise ValueError(f"没有叫“{title}”的项目，请照“各栏填什么”里的名称写。")
    return named[0]
