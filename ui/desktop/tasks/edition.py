"""The edition of the window: the whole program, or what a school sees of it, in its words.

What a school sees stands in ``resources/editions/school.toml``. A page asks the edition of its
session for its words and for what of it is left out; no page knows which edition it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from resources import path


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page as an edition calls it: its key, its title, and the group of the rail."""

    key: str
    title: str
    group: str


class FirstStep(NamedTuple):
    """Something to do first: a drawing, a title, a sentence, and the page it is done at."""

    drawing: str
    title: str
    words: str
    page: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What the window shows.

    Attributes:
        name: "" for the whole program; also the folder of the help that goes before.
        pages: those shown, in order; empty for all.
        first: what to do first; empty for the usual.
        papers: names of the papers to print; empty for all.
        hidden: parts of pages that are left out.
        deeds: by the work they belong to, the buttons that are left out, by their words.
        words: sentences in place of the usual, by name.
    """

    name: str = ""
    pages: Sequence[PageWords] = ()
    first: Sequence[FirstStep] = ()
    papers: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    deeds: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    words: Mapping[str, str] = field(default_factory=dict[str, str])

    def page(self, key: str) -> PageWords | None:
        """What it calls a page; None for a page it leaves out or has no words for."""
        return next((one for one in self.pages if one.key == key), None)

    def shows(self, key: str) -> bool:
        """Whether a page is there."""
        return not self.pages or self.page(key) is not None

    def hides(self, part: str) -> bool:
        """Whether a part of a page is left out."""
        return part in self.hidden

    def leaves_out(self, work: str) -> frozenset[str]:
        """The words of the buttons that are left out of a work."""
        return self.deeds.get(work, frozenset())

    def say(self, name: str, usual: str) -> str:
        """Its words for something, else the usual ones."""
        return self.words.get(name, usual)


WHOLE = Edition()
"""The whole program, as an office of any level but a school's sees it."""
_EDITIONS = frozenset({"school"})


@cache
def edition_of(level: str) -> Edition:
    """The edition for an office of a level."""
    if level not in _EDITIONS:
        return WHOLE
    text = (path("editions") / f"{level}.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)
    return Edition(
        name=level,
        pages=tuple(PageWords(**one) for one in found["page"]),
        first=tuple(FirstStep(**one) for one in found["first"]),
        papers=frozenset(found["papers"]["names"]),
        hidden=frozenset(found["hidden"]["parts"]),
        deeds={work: frozenset(texts) for work, texts in found["deeds"].items()},
        words=dict(found["words"]),
    )
