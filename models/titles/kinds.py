"""The rules of the place for titles: data of ``resources/titles/kinds.toml``.

Kinds of titles with levels and the codes of 骨干级别 they bear in the register, terms, conditions,
duties of the yearly registration, consequences of a withdrawal, and the ratios to be reached.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

import resources
from models.errors import UserError
from models.text.tidy import key as tidy_key

_FILE = "titles/kinds.toml"
_LAST_RANK = 99

What = Literal[
    "work_years", "rank", "education", "subject", "holds", "hours", "contest", "lesson",
    "designation", "posts", "veto",
]  # fmt: skip


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Quoted(_Data):
    """A rule with where it stands; "" where it is the office's own."""

    document: str = ""
    quote: str = ""


class Level(_Data):
    """A level of titles."""

    key: str
    title: str


class Condition(Quoted):
    """What a nomination is checked for.

    Attributes:
        key, title: its name in the program and in the office.
        what: the fact that answers it.
        least: what the fact must come to at least.
        codes: codes one of which the fact must be.
        kinds: kinds of titles one of which is held already.
        years: for hours: over so many years, that of the day included.
        themes, modes: for hours: only trainings of these codes; () for any.
        designation: the designation of the rule pack.
        waivable: whether a person may set it aside with a reason (破格).
    """

    key: str
    title: str
    what: What
    least: Decimal = Decimal(0)
    codes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    years: int = 0
    themes: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    designation: str = ""
    waivable: bool = False


class Duty(Quoted):
    """What a titled teacher does every year.

    Attributes:
        key, title: its name in the program and in the office.
        least: how often a year.
        grounds, modes: entries of the ledger that count as having done it once each.
    """

    key: str
    title: str
    least: int
    grounds: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()


class TitleKind(Quoted):
    """A kind of title.

    Attributes:
        key, title, aliases: its name in the program, in the office, and other words for it.
        rank: among titles of one level the lower stands higher.
        levels: level to the code of 骨干级别; "" for an honour that the register does not bear.
        years: the term; 0 for none.
        certificate: the kind of certificate, "" for none.
        not_for: states in which nobody gets it.
        registered, recheck: whether it is registered every year and checked again at its end.
        withdrawn: what follows from a withdrawal, in words.
        barred_years: for how long nobody is nominated again after it.
        conditions, duties: what is asked before and meanwhile.
    """

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    rank: int
    levels: dict[str, str]
    years: int
    certificate: str
    not_for: tuple[str, ...]
    registered: bool
    recheck: bool
    withdrawn: str
    barred_years: int = 0
    conditions: tuple[Condition, ...] = ()
    duties: tuple[Duty, ...] = ()

    def code(self, level: str) -> str:
        """The code of 骨干级别 at a level, "" for none."""
        return self.levels.get(level, "")

    def duty(self, key: str) -> Duty | None:
        """The duty stored as ``key``."""
        return next((one for one in self.duties if one.key == key), None)


class Ratio(Quoted):
    """A share of the teachers in post that is to hold a title.

    Attributes:
        kinds, levels: which titles count.
        percent: the share.
        regions: beginnings of the codes of the regions it is for; () for all.
        stages, subjects, locations: codes of the teachers measured; () for all.
    """

    key: str
    title: str
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    percent: Decimal
    regions: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()


class TitleRules(_Data):
    """Everything the place says about titles.

    Attributes:
        levels: the highest first.
        warn_days: how long before its end a term is to be seen.
        listed_days: for how long a public list hangs at least.
        failed_years: after so many failed registrations in a row a withdrawal is proposed.
        registered_from: month and day from which a running year is registered; before it nothing
            is proposed for who still has duties to do.
        not_teaching: states of teachers who do not count as in post.
        teaching_stages: the stages the coverage is about.
        kinds, ratios: in order.
    """

    levels: tuple[Level, ...]
    warn_days: int
    listed_days: int
    failed_years: int
    registered_from: Annotated[str, Field(pattern=r"^\d\d-\d\d$")]
    not_teaching: tuple[str, ...]
    teaching_stages: tuple[str, ...]
    kinds: tuple[TitleKind, ...]
    ratios: tuple[Ratio, ...]

    def kind(self, key: str) -> TitleKind:
        """The kind stored as ``key``; one that the rules know no more goes by its stored name."""
        return next((one for one in self.kinds if one.key == key), _gone(key))

    def level_title(self, key: str) -> str:
        """What the office calls a level."""
        return next((one.title for one in self.levels if one.key == key), key)

    def title_of(self, kind: str, level: str) -> str:
        """A title as lists call it: 县级骨干教师; kinds of one level only without it."""
        found = self.kind(kind)
        return found.title if len(found.levels) == 1 else self.level_title(level) + found.title

    def place(self, kind: str, level: str) -> tuple[int, int]:
        """Where a title stands: the lower the higher it is."""
        keys = [one.key for one in self.levels]
        found = self.kind(kind)
        at = keys.index(level) if level in keys else len(keys)
        return (at if found.rank else -1, found.rank)

    def by_code(self, code: str) -> tuple[str, str] | None:
        """Kind and level of a code of 骨干级别; None for one the rules do not know."""
        return _codes().get(code)

    def ratios_for(self, region: str) -> tuple[Ratio, ...]:
        """The ratios that hold in a region; those for nobody in particular where none does."""
        own = [one for one in self.ratios if one.regions and region.startswith(one.regions)]
        return tuple(own) or tuple(one for one in self.ratios if not one.regions)


def _gone(key: str) -> TitleKind:
    """A kind that was taken out of the rules: nothing is asked for it and nothing follows."""
    return TitleKind(
        key=key,
        title=key,
        rank=_LAST_RANK,
        levels={},
        years=0,
        certificate="",
        not_for=(),
        registered=False,
        recheck=False,
        withdrawn="",
    )


@cache
def title_rules() -> TitleRules:
    """The rules of the place."""
    raw = tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8"))
    return TitleRules.model_validate(raw)


@cache
def _codes() -> dict[str, tuple[str, str]]:
    return {code: (kind, level) for kind, level, code in _each_code(title_rules())}


def _each_code(rules: TitleRules) -> Iterator[tuple[str, str, str]]:
    for one in rules.kinds:
        for level, code in one.levels.items():
            if code:
                yield one.key, level, code


def kind_meant(text: str) -> TitleKind:
    """The kind of title a person means by its title, another word for it, or its key.

    Raises:
        UserError: there is none.
    """
    wanted = tidy_key(text)
    for one in title_rules().kinds:
        if wanted in {tidy_key(word) for word in (one.key, one.title, *one.aliases)}:
            return one
    raise _unknown("titles.kind", "称号", text, [one.title for one in title_rules().kinds])


def level_meant(kind: TitleKind, text: str) -> str:
    """The level of a kind that a person means; "" means the only one it has.

    Raises:
        UserError: the kind is not given at such a level.
    """
    wanted = tidy_key(text)
    if not wanted and len(kind.levels) == 1:
        return next(iter(kind.levels))
    offered = [one for one in title_rules().levels if one.key in kind.levels]
    for one in offered:
        if wanted and wanted in (one.key, tidy_key(one.title), tidy_key(one.title[:-1])):
            return one.key
    raise _unknown("titles.level", f"{kind.title}级别", text, [one.title for one in offered])


def title_meant(text: str) -> tuple[TitleKind, str]:
    """Kind and level of a title written as one word: 县级骨干教师, 市学科带头人.

    Raises:
        UserError: there is none.
    """
    wanted = tidy_key(text)
    for one in title_rules().kinds:
        for level in one.levels:
            name = tidy_key(title_rules().level_title(level))
            for word in (one.title, *one.aliases):
                alone = tidy_key(word) if len(one.levels) == 1 else None
                if wanted in (name + tidy_key(word), name[:-1] + tidy_key(word), alone):
                    return one, level
        if wanted in {tidy_key(word) for word in (one.title, *one.aliases)}:
            raise _without_level(one, text)
    raise _unknown("titles.kind", "称号", text, [one.title for one in title_rules().kinds])


def _without_level(kind: TitleKind, text: str) -> UserError:
    rules = title_rules()
    offered = [rules.title_of(kind.key, one.key) for one in rules.levels if one.key in kind.levels]
    return UserError("titles.level", f"“{text}”没有写明级别。", f"可填：{'、'.join(offered)}。")


def _unknown(code: str, what: str, text: str, offered: list[str]) -> UserError:
    said = f"没有“{text}”这种{what}。" if text.strip() else f"没有填{what}。"
    return UserError(code, said, f"可填：{'、'.join(offered)}。")
