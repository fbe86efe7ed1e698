"""What the words of a receiver's result say of one row: accepted, refused, or nothing yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from models.entities.cells import Raw
from models.entities.written import as_text
from models.text.tidy import key
from models.uploads.forms import ReturnColumns
from models.uploads.reading import plain_title

ACCEPTED, REFUSED, UNKNOWN = "accepted", "refused", "unknown"
UNSAID = "结果表没有写明是否接收"
_CLAUSE = re.compile(r"[,，.。;；:：!！、()（）\[\]【】\n]+")
_NOT = re.compile("[不未没无非否]")
"""In a clause with a word of acceptance it turns the word around: 不成功, 尚未审核通过."""


def outcome(cells: Mapping[str, Raw], said: ReturnColumns) -> tuple[str, str, str]:
    """State, the receiver's reasons and the number given there.

    Args:
        cells: the cells of the row that are no answer of ours, by ``plain_title`` of their header.
        said: under which titles and in which words the receiver answers.
    """
    reason = _first(cells, said.reasons, said.nothing)
    mark = _first(cells, said.states)
    given = _first(cells, said.numbers)
    state = _state(mark, reason, given, said)
    if state == ACCEPTED and _is(reason, said.accepted):
        return state, "", given
    if state == REFUSED and not reason and not _is(mark, said.refused):
        reason = mark  # 失败：身份证号已存在
    if state == UNKNOWN and not reason:
        reason = f"上级写的是“{mark}”" if mark else UNSAID
    return state, reason, given


def _state(mark: str, reason: str, given: str, said: ReturnColumns) -> str:
    """By the mark, else by a reason or a number; a word of refusal may hold one of acceptance."""
    for word in (mark, reason):
        if word and (state := _told(word, said)):
            return state
    if mark and (state := _held(_CLAUSE.split(mark), said)):
        return state
    first = _CLAUSE.split(reason.strip())[0]
    if _ends(first, said.accepted) and _held([first], said) == ACCEPTED:
        return ACCEPTED  # 校验通过，数据已入库
    if reason:
        return REFUSED
    return ACCEPTED if given else UNKNOWN


def _told(text: str, said: ReturnColumns) -> str:
    """What a text says that is one of the words; "" for nothing."""
    kinds = ((REFUSED, said.refused), (ACCEPTED, said.accepted), (UNKNOWN, said.pending))
    return next((state for state, words in kinds if _is(text, words)), "")


def _held(clauses: Iterable[str], said: ReturnColumns) -> str:
    """What a mark says that holds one of the words; "" for nothing."""
    parts = [key(one) for one in clauses]
    whole = "".join(parts)
    if any(key(one) in whole for one in _long(said.refused)):
        return REFUSED
    for part in parts:
        found = [place for one in _long(said.accepted) if (place := part.find(key(one))) >= 0]
        if found:
            return REFUSED if _NOT.search(part[: max(found)]) else ACCEPTED
    return ""


def _is(text: str, words: Sequence[str]) -> bool:
    return key(text) in {key(one) for one in words}


def _ends(text: str, words: Sequence[str]) -> bool:
    return key(text).endswith(tuple(key(one) for one in _long(words)))


def _long(words: Sequence[str]) -> list[str]:
    """The words that may be looked for within others: 是 and × may not."""
    return [one for one in words if len(one) > 1]


def _first(cells: Mapping[str, Raw], titles: Sequence[str], nothing: Sequence[str] = ()) -> str:
    """The first cell under one of the titles that is filled, and not with a word for nothing."""
    for title in titles:
        cell = cells.get(plain_title(title))
        if cell is not None and (text := as_text(cell).strip()) and not _is(text, nothing):
            return text
    return ""
