"""Which editor a property of the model gets, told by its type alone."""

from __future__ import annotations

import types
from enum import StrEnum
from typing import Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from reports.kit.form_wording import CHOICES, Title, title_of
from ui.desktop.pages.certificates.designer.editors import (
    ChoiceEditor,
    ColourEditor,
    Editor,
    FlagEditor,
    LineEditor,
    NumberEditor,
    WordsEditor,
)

STEPS = {"毫米": 0.1, "磅": 0.5, "行": 1, "字": 1}
HIDDEN = frozenset({("", "name"), ("background", "picture")})
"""Properties that the window keeps by itself."""
WORDS = frozenset({"fields", "columns"})
"""Where a text may name values."""
SAME = "（随字体）"

PRINTED = ((None, "有值的打印"), (True, "打印"), (False, "不打印"))


def editor_for(slot: str, name: str, field: FieldInfo) -> Editor | None:
    """The editor of a property; None for what is no single value."""
    kind, optional = _plain(field.annotation)
    title = title_of(slot, name)
    if (slot, name) in HIDDEN:
        return None
    if name == "text" and slot in WORDS:
        return WordsEditor()
    if isinstance(kind, type):
        return _of_type(kind, title, field, optional=optional)
    if get_origin(kind) is tuple and get_args(kind) and _is_number(get_args(kind)[0]):
        return NumberEditor(STEPS.get(title.unit, 1), count=len(get_args(kind)))
    return None


def _of_type(kind: type, title: Title, field: FieldInfo, *, optional: bool) -> Editor | None:
    if issubclass(kind, bool):
        return ChoiceEditor(PRINTED) if optional else FlagEditor(title.title)
    if issubclass(kind, StrEnum):
        words = CHOICES.get(kind.__name__, {})
        none = [(None, SAME)] if optional else []
        return ChoiceEditor([*none, *((one, words.get(one, one)) for one in kind)])
    if issubclass(kind, int | float):
        return NumberEditor(STEPS.get(title.unit, 1), title.unit)
    if issubclass(kind, str):
        return ColourEditor() if _is_colour(field) else LineEditor()
    return None


def nested(field: FieldInfo) -> type[BaseModel] | None:
    """The model of a property that is a group of values itself, such as the frame."""
    kind, _ = _plain(field.annotation)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def listed(field: FieldInfo) -> type[BaseModel] | None:
    """The model of each element of a property that is a list of groups, such as columns."""
    kind, _ = _plain(field.annotation)
    if get_origin(kind) is not tuple:
        return None
    inner, _ = _plain(get_args(kind)[0])
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _plain(annotation: object) -> tuple[object, bool]:
    """A type without its notes and without None, and whether None was allowed."""
    if hasattr(annotation, "__metadata__"):
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        rest = [one for one in get_args(annotation) if one is not type(None)]
        return _plain(rest[0])[0], len(rest) < len(get_args(annotation))
    return annotation, False


def _is_number(annotation: object) -> bool:
    kind, _ = _plain(annotation)
    return isinstance(kind, type) and issubclass(kind, int | float)


def _is_colour(field: FieldInfo) -> bool:
    return any("#" in str(getattr(one, "pattern", "")) for one in field.metadata)
