"""Numbers by a template an office sets, such as ``{region}{year}{kind}{seq:05d}``.

What stands between braces is the name of a place; only places that count may bear a width.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from string import Formatter

from models.text.unreadable import UnreadableError

_WIDTH = re.compile(r"0?[1-9]?d?")


def places_in(rule: str) -> list[str]:
    """The places a template names, in order.

    Raises:
        UnreadableError: its braces do not pair.
    """
    return [place for _, place, _, _ in _parsed(rule) if place is not None]


def check_places(rule: str, known: Iterable[str], counted: Collection[str]) -> None:
    """Refuse a template that cannot be filled.

    Args:
        rule: the template.
        known: the places it may name.
        counted: those of them that may bear a width.

    Raises:
        UnreadableError: broken braces, an unknown place, a width that means nothing.
    """
    may = set(known)
    for _, place, width, conversion in _parsed(rule):
        if place is None:
            continue
        if place not in may:
            raise UnreadableError("number_rule.place", f"不认识 {{{place}}}")
        if conversion or (width and (place not in counted or not _WIDTH.fullmatch(width))):
            raise UnreadableError("number_rule.width", f"{{{place}:{width}}} 的写法不支持")


def fill(rule: str, texts: Mapping[str, str]) -> str:
    """A template that was checked with its places filled; a width counts for digits only."""
    pieces: list[str] = []
    for words, place, width, _ in Formatter().parse(rule):
        pieces.append(words)
        if place is not None:
            text = texts[place]
            pieces.append(format(int(text), width or "") if text.isdecimal() and width else text)
    return "".join(pieces)


def _parsed(rule: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(rule))
    except ValueError as error:
        raise UnreadableError("number_rule.braces", "大括号不成对") from error
