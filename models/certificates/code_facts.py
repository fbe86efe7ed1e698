"""What a certificate's code says, as few bytes: a CBOR array in a fixed order.

A certificate that has a level or a last day of validity has them after the others; one that has
neither is written as the first version wrote all, so that those codes are read as they ever were.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import cast

import cbor2

BUDGET = 207
"""Bytes of facts with which a code stays a QR of version 12, level M (419 characters)."""
CUT = "…"
_EPOCH = datetime.date(1970, 1, 1)
_SHORTEST = 6


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """The facts of one certificate, as its code carries them.

    Attributes:
        number, kind, name: printed number, title of the kind, the holder.
        id_tail: last four characters of the holder's ID number, "" where unknown.
        school: the holder's school; ends in "…" where it did not fit.
        title: the course or the honour; likewise.
        year: 0 where it has none.
        hours: in hundredths, None where it has none.
        issued_on: ``YYYY-MM-DD``.
        issuer: the office that issued it.
        level: of the honour or the title, such as 县级; "" where it has none.
        valid_to: its last day, ``YYYY-MM-DD``; "" where it does not end or the code is of before.
    """

    number: str
    kind: str
    name: str
    id_tail: str
    school: str
    title: str
    year: int
    hours: int | None
    issued_on: str
    issuer: str
    level: str = ""
    valid_to: str = ""


def packed(facts: CodeFacts, salt: int = 0) -> bytes:
    """The facts as bytes; ``salt`` is without meaning and makes the same facts look different."""
    said: list[object] = [
        salt,
        facts.number,
        facts.kind,
        facts.name,
        facts.id_tail,
        facts.school,
        facts.title,
        facts.year,
        facts.hours,
        _days(facts.issued_on),
        facts.issuer,
    ]
    if facts.level or facts.valid_to:
        said += [facts.level, _days(facts.valid_to) if facts.valid_to else None]
    return cbor2.dumps(said)


def unpacked(content: bytes) -> CodeFacts:
    """The facts again.

    Raises:
        EOFError: the bytes end before the facts do.
        ValueError: the bytes are no facts.
    """
    try:
        found: object = cbor2.loads(content, max_depth=2, allow_indefinite=False)
    except cbor2.CBORDecodeEOF as error:
        raise EOFError(str(error)) from error
    except cbor2.CBORDecodeError as error:
        raise ValueError(str(error)) from error
    return _facts(found)


def fitted(facts: CodeFacts) -> CodeFacts:
    """The facts with school and title shortened so far that the code stays readable by phones."""
    school, title = facts.school, facts.title
    while len(packed(facts)) > BUDGET and max(len(school), len(title)) > _SHORTEST:
        if len(school) > len(title):
            school = school[:-1]
        else:
            title = title[:-1]
        facts = replace(facts, school=_cut(facts.school, school), title=_cut(facts.title, title))
    return facts


def _days(day: str) -> int:
    return (datetime.date.fromisoformat(day) - _EPOCH).days


def _day(days: int) -> str:
    try:
        return (_EPOCH + datetime.timedelta(days=days)).isoformat()
    except OverflowError as error:
        raise ValueError(str(days)) from error


def _cut(whole: str, kept: str) -> str:
    return whole if whole == kept else kept + CUT


def _facts(found: object) -> CodeFacts:
    fields = cast("list[object]", found) if isinstance(found, list) else []
    match fields:
        case [
            int(), str(number), str(kind), str(name), str(id_tail), str(school), str(title),
            int(year), (int() | None) as hours, int(day), str(issuer), *more,
        ]:  # fmt: skip
            level, valid_to = _validity(more)
            return CodeFacts(
                number, kind, name, id_tail, school, title, year, hours, _day(day), issuer,
                level, valid_to,
            )  # fmt: skip
        case _:
            raise ValueError("not the facts of a certificate")


def _validity(more: list[object]) -> tuple[str, str]:
    """Level and last day; both "" in a code of before, which ends without them."""
    match more:
        case []:
            return "", ""
        case [str(level), (int() | None) as last]:
            return level, "" if last is None else _day(last)
        case _:
            raise ValueError("more than this version knows")
