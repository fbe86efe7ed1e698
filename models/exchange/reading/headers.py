"""Which column of a table is which field: header words read as a person reads them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.entities.cells import Raw
from models.entities.describe import Entity, columns
from models.text.tidy import key

_DECORATION = re.compile(r"[(（\[【〔].*?[)）\]】〕]|[*＊★:：]|^\d+[.、]|必填$|选填$")
_BRACKETS = re.compile(r"[(（].*?[)）]")
_READ_PAST = frozenset(
    {"序号", "序", "号", "no", "no.", "编号", "行号", "顺序号", "序列号", "错误说明"}
)
_ELSE = re.compile("配偶|紧急|家长|父亲|母亲|父母|子女|推荐人|联系人|负责人|审核|昵称|监护|毕业|原")
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Matched:
    """The columns of a header: index from 0 to field, and the titles nobody needs."""

    fields: Mapping[int, str]
    unknown: tuple[str, ...]


def header_texts(rows: Sequence[Sequence[Raw]]) -> list[str]:
    """The header words of each column; of several header rows the lowest word counts."""
    width = max((len(row) for row in rows), default=0)
    texts: list[str] = []
    for column in range(width):
        words = [
            str(row[column]) for row in rows if column < len(row) and isinstance(row[column], str)
        ]
        texts.append(words[-1] if words else "")
    return texts


def header_word(title: str) -> str:
    """A header word without what stands in brackets: 考试（70%）→ 考试."""
    return key(_BRACKETS.sub("", title))


def match_columns(texts: Sequence[str], entity: type[Entity]) -> Matched:
    """Map header words to the fields of an entity; the better word wins a field."""
    ranked = sorted(
        (rank, column, field)
        for column, text in enumerate(texts)
        if (found := _field_of(text, entity)) is not None
        for field, rank in [found]
    )
    fields: dict[int, str] = {}
    for _, column, field in ranked:
        if field not in fields.values():
            fields[column] = field
    unknown = tuple(
        text.strip()
        for column, text in enumerate(texts)
        if text.strip() and column not in fields and _plain(text) not in _READ_PAST
    )
    return Matched(dict(sorted(fields.items())), unknown)


def signature(texts: Sequence[str]) -> str:
    """What two tables with the same header words in the same order share."""
    joined = "\x1f".join(_plain(text) for text in texts).rstrip("\x1f")
    return hashlib.sha256(joined.encode()).hexdigest()


def _field_of(text: str, entity: type[Entity]) -> tuple[str, int] | None:
    """The field a header word means and how well it fits: 0 title, 1 synonym, 2 part of it."""
    whole, plain = key(text), _plain(text)
    words = _words(entity)
    for word in (whole, plain):
        if word in words:
            return words[word]
    if not plain or _ELSE.search(plain):
        return None
    inside = [word for word in words if len(word) >= _SHORTEST_PART and word in plain]
    return (words[max(inside, key=len)][0], 2) if inside else None


@cache
def _words(entity: type[Entity]) -> dict[str, tuple[str, int]]:
    """Every word that means a field, titles before synonyms."""
    found: dict[str, tuple[str, int]] = {}
    for field, column in columns(entity).items():
        for synonym in column.synonyms:
            found.setdefault(key(synonym), (field, 1))
    return found | {key(column.title): (field, 0) for field, column in columns(entity).items()}


def _plain(text: str) -> str:
    return _DECORATION.sub("", key(text))
