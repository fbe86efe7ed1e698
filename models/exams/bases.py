"""The bases of a sample as data: ``resources/exams/bases.toml`` says who belongs to which."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import resources
from models.policies.records import Base

_FILE = "exams/bases.toml"


@dataclass(frozen=True, slots=True)
class BaseRule:
    """Whom one base takes in.

    Attributes:
        name: as chosen and printed.
        rule: the same in a sentence, as printed on the record.
        subject: whether a subject must be recorded.
        not_subjects: main subjects that do not count as teaching.
        posts: only these posts, or none recorded; empty for any.
        not_posts: never these posts.
    """

    name: str
    rule: str
    subject: bool = False
    not_subjects: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()
    not_posts: frozenset[str] = frozenset()

    def takes(self, subject: str | None, post: str | None) -> bool:
        """Whether somebody of that main subject and post (codes) belongs to the base."""
        if self.subject and (subject is None or subject in self.not_subjects):
            return False
        if self.posts and post is not None and post not in self.posts:
            return False
        return post not in self.not_posts


@dataclass(frozen=True, slots=True)
class Bases:
    """All bases, and which states of a teacher count.

    Attributes:
        gone: states of those whom no exam concerns.
        in_post: states of those who can be drawn.
        rules: the bases.
    """

    gone: frozenset[str]
    in_post: frozenset[str]
    rules: Mapping[Base, BaseRule]

    def names(self) -> dict[Base, str]:
        """What each base is called, in the order in which they are offered."""
        return {base: rule.name for base, rule in self.rules.items()}


@cache
def bases() -> Bases:
    """The bases the program carries."""
    data = tomllib.loads(resources.path(_FILE).read_text(encoding="utf-8"))
    return Bases(
        gone=frozenset(data["gone"]),
        in_post=frozenset(data["in_post"]),
        rules={base: _rule(data["bases"][base]) for base in get_args(Base)},
    )


def _rule(row: Mapping[str, Any]) -> BaseRule:
    sets = ("not_subjects", "posts", "not_posts")
    return BaseRule(
        name=row["name"],
        rule=row["rule"],
        subject=row.get("subject", False),
        **{key: frozenset(row.get(key, ())) for key in sets},
    )
