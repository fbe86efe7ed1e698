"""Writing one requirement into a pack's text as a person would, everything else left untouched."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from models.entities.display import plain_decimal
from models.policies.complaints import complaint
from models.policies.field_names import place_words
from models.policies.requirements import Requirement, Selection, Whom

_HEAD = "[[requirements]]"
_TABLE = re.compile(r"\s*\[")
_HEADER = re.compile(r"\s*\[\[\s*requirements\s*\]\]")
_WITHIN = re.compile(r"\s*\[\[?\s*requirements\.")
_ORDER = (
    "id", "title", "document", "clause", "quote", "whom", "window", "months", "measure", "of",
    "for_all", "least", "prorate", "relief", "stamp",
)  # fmt: skip
_ALWAYS = frozenset({"id", "title", "clause", "window", "measure", "least"})


def requirement_of(values: Mapping[str, Any]) -> tuple[Requirement | None, tuple[str, ...]]:
    """The requirement that a form's values make, or what is wrong with them."""
    try:
        return Requirement.model_validate(dict(values)), ()
    except ValidationError as error:
        told = [
            f"{place_words(one['loc'])}：{complaint(dict(one))}"
            if one["loc"]
            else complaint(dict(one))
            for one in error.errors()
        ]
        return None, tuple(dict.fromkeys(told))


def requirement_text(one: Requirement) -> str:
    """The requirement as it stands in a pack's text."""
    usual = Requirement.model_construct().__dict__
    lines = [_HEAD]
    for name in _ORDER:
        value = getattr(one, name)
        skipped = name == "least" and one.measure == "courses"
        if skipped or (name not in _ALWAYS and value == usual.get(name)):
            continue
        lines.append(f"{name} = {_written(value)}")
    return "\n".join(lines) + "\n"


def with_requirement(text: str, one: Requirement, number: int | None = None) -> tuple[str, int]:
    """The text with the requirement put in, and the line it begins at.

    Args:
        text: of the pack.
        one: the requirement.
        number: which one it takes the place of, from 0; None puts it behind the last. Lines of
            remarks within the old one are kept above it.
    """
    lines = text.splitlines()
    blocks = requirement_blocks(text)
    if number is not None and number < len(blocks):
        start, end = blocks[number]
        kept = [line for line in lines[start:end] if line.lstrip().startswith("#")]
        new = [*kept, *requirement_text(one).splitlines()]
        lines[start:end] = new
        return "\n".join(lines) + "\n", start + len(kept) + 1
    place = blocks[-1][1] if blocks else _behind_rules(lines)
    new = ["", *requirement_text(one).splitlines()]
    if place < len(lines) and lines[place].strip():
        new.append("")
    lines[place:place] = new
    return "\n".join(lines).rstrip() + "\n", place + 2


def without_requirement(text: str, number: int) -> str:
    """The text without one of its requirements."""
    lines = text.splitlines()
    start, end = requirement_blocks(text)[number]
    while end < len(lines) and not lines[end].strip():
        end += 1
    del lines[start:end]
    return "\n".join(lines).rstrip() + "\n"


def requirement_blocks(text: str) -> list[tuple[int, int]]:
    """First line and the line behind the last of each requirement, from 0, without blank ends."""
    lines = text.splitlines()
    starts = [place for place, line in enumerate(lines) if _HEADER.match(line)]
    return [(start, _end(lines, start)) for start in starts]


def _end(lines: Sequence[str], start: int) -> int:
    end = start + 1
    while end < len(lines) and not (_begins_table(lines[end]) and not _WITHIN.match(lines[end])):
        end += 1
    # blank lines and remarks right before the next table belong to what follows
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end


def _begins_table(line: str) -> bool:
    """Whether a line is the head of a table: not an entry of a list that goes over lines."""
    return bool(_TABLE.match(line)) and line.rstrip().endswith("]") and '"' not in line


def _behind_rules(lines: Sequence[str]) -> int:
    """Where the first requirement goes: before targets and titles, else at the end."""
    for place, line in enumerate(lines):
        if line.startswith(("[[targets]]", "[[designations]]")):
            return place
    return len(lines)


def _written(value: object) -> str:
    """A value in TOML."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case BaseModel():
            told = [f"{name} = {_written(one)}" for name, one in _said(value)]
            return "{ " + ", ".join(told) + " }"
        case tuple():
            return "[" + ", ".join(_written(one) for one in value) + "]"  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            return plain_decimal(value)  # pyright: ignore[reportArgumentType]


def _said(part: BaseModel) -> list[tuple[str, object]]:
    """The conditions a part gives."""
    if not isinstance(part, Whom | Selection):
        return []
    fields = type(part).model_fields
    return [(name, one) for name in fields if (one := getattr(part, name)) not in ((), None)]
