"""The text inside a certificate's QR: ``TC1:`` and base45 of version, key, facts, signature.

Base45 knows the space as a digit, so a text that was typed or passed through a chat has spaces that
belong to it and spaces that do not. It never ends in a space, and the salt sees to it that no two
stand in a row; where others were added, the signature tells which reading is the right one.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import base45  # pyright: ignore[reportMissingTypeStubs]

from models.certificates.code_facts import CodeFacts, packed
from models.signing.signatures import KEY_ID_BYTES, SIGNATURE_BYTES

PURPOSE = "certificate"
VERSION = 1
PREFIX = f"TC{VERSION}:"
LONGEST = 2_000
"""Characters of a text that is looked at; a seal has some 420."""
_HEAD = 1 + KEY_ID_BYTES
_SALTS = 48
"""From 24 on the salt is a byte longer, and the same facts fall into other digits."""
_GROUPS = range(1, 33)
_FEW = 10
"""Up to so many spaces every choice among them is tried."""
_BEGINNING = re.compile(r"\s*T\s*C\s*(\d)\s*:")


@dataclass(frozen=True, slots=True)
class SignedBytes:
    """One reading of a text.

    Attributes:
        version: of the format.
        key_id: of the key that is said to have signed.
        facts: what was signed besides, not looked at yet.
        signed: the very bytes that were signed.
        signature: 64 bytes.
    """

    version: int
    key_id: str
    facts: bytes
    signed: bytes
    signature: bytes


def written(facts: CodeFacts, key_id: str, sign: Callable[[str, bytes], bytes]) -> str:
    """The text of a certificate's code.

    Args:
        facts: what it says.
        key_id: the key that signs.
        sign: signs for a purpose.
    """
    head = bytes([VERSION]) + bytes.fromhex(key_id)
    text = ""
    for salt in range(_SALTS):
        signed = head + packed(facts, salt)
        text = base45.b45encode(signed + sign(PURPOSE, signed)).decode()
        if "  " not in text:
            break
    return PREFIX + text


def version_of(text: str) -> int | None:
    """The version a text says it has; None for one that is no code of ours."""
    found = _BEGINNING.match(_plain(text))
    return int(found[1]) if found else None


def readings(text: str) -> Iterator[SignedBytes]:
    """What the text may say, the likeliest first; nothing where it is no code of this version.

    Lower case, full-width letters, line ends and spaces that were added do no harm.
    """
    plain = _plain(text)
    beginning = _BEGINNING.match(plain)
    if beginning is None or len(plain) > LONGEST:
        return
    seen: set[str] = set()
    for one in _spaced(plain[beginning.end() :]):
        if one in seen:
            continue
        seen.add(one)
        try:
            content = base45.b45decode(one)
        except ValueError:
            continue
        if len(content) > _HEAD + SIGNATURE_BYTES:
            yield SignedBytes(
                version=content[0],
                key_id=content[1:_HEAD].hex(),
                facts=content[_HEAD:-SIGNATURE_BYTES],
                signed=content[:-SIGNATURE_BYTES],
                signature=content[-SIGNATURE_BYTES:],
            )


def _plain(text: str) -> str:
    """Capital half-width letters."""
    return unicodedata.normalize("NFKC", text[: 2 * LONGEST]).upper().strip()


def _spaced(body: str) -> Iterator[str]:
    """The text with those of its spaces that may belong to it."""
    yield re.sub(r"[^\S ]+", "", body)
    one_line = re.sub(r"[^\S ]+", "", body).strip()
    single = re.sub(r"\s+", " ", body).strip()
    # One key in forty gives a text that begins with a space.
    for lead in ("", " "):
        yield lead + one_line
        yield lead + single
        yield lead + "".join(single.split())
        for size in _GROUPS:
            yield from (lead + one for one in _ungrouped(one_line, size))
    parts = single.split(" ")
    if len(parts) - 1 <= _FEW:
        for lead, *kept in itertools.product(("", " "), repeat=len(parts)):
            yield lead + "".join(itertools.chain(*zip(parts, (*kept, ""), strict=True)))


def _ungrouped(body: str, size: int) -> Iterator[str]:
    """The text that was written in groups of ``size``, the first of which the prefix shortened."""
    step = size + 1
    for first in range(1, step):
        if len(body) > first and set(body[first::step]) == {" "}:
            yield "".join(letter for at, letter in enumerate(body) if (at - first) % step)
