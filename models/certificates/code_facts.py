"""What a certificate's code says, as few bytes: a CBOR array in a fixed order."""

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


def packed(facts: CodeFacts, salt: int = 0) -> bytes:
    """The facts as bytes; ``salt`` is without meaning and makes the same facts look different."""
    day = (datetime.date.fromisoformat(facts.issued_on) - _EPOCH).days
    return cbor2.dumps(
        [
            salt,
            facts.number,
            facts.kind,
            facts.name,
            facts.id_tail,
            facts.school,
            facts.title,
            facts.year,
            facts.hours,
            day,
            facts.issuer,
        ]
    )


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


def _cut(whole: str, kept: str) -> str:
    return whole if whole == kept else kept + CUT


def _facts(found: object) -> CodeFacts:
    fields = cast("list[object]", found) if isinstance(found, list) else []
    match fields:
        case [
            int(), str(number), str(kind), str(name), str(id_tail), str(school), str(title),
            int(year), (int() | None) as hours, int(day), str(issuer),
        ]:  # fmt: skip
            try:
                issued_on = (_EPOCH + datetime.timedelta(days=day)).isoformat()
            except OverflowError as error:
                raise ValueError(str(day)) from error
            return CodeFacts(
                number, kind, name, id_tail, school, title, year, hours, issued_on, issuer
            )
        case _:
            raise ValueError("not the facts of a certificate")
