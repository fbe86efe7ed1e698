"""One package as bytes: a signed header and compressed content, sealed to its receiver.

::

    age file (recipients: the receiver, and the sender to know its own again)
     └─ header, one line of JSON of at most 64 KiB       <- what the signature is of
        signature, one line (Ed25519, base64)
        one Zstandard frame, zeros up to full 4 KiB      <- its length and SHA-256 are in the header

Nobody outside learns more than the size. Whoever opens it believes nothing before the signature.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import zstandard

from models.signing.signatures import SIGNATURE_BYTES, holds
from models.sync import age
from models.sync.key_pairs import OwnKeys, PublicKeys
from models.sync.refusals import (
    Refused,
    damaged,
    not_for_us,
    too_large,
    too_new,
    written_here,
)
from models.sync.strict_json import Json, canonical, inner, number, strict, text

FORMAT = 1
PURPOSE = "sync:package"
LARGEST_FILE = 64 * 2**20
LARGEST_CONTENT = 256 * 2**20
LARGEST_HEADER = 64 * 2**10
BLOCK = 4096
_LEVEL, _LARGEST_WINDOW = 10, 8 * 2**20
_SIGNATURE_LINE = 4 * ((SIGNATURE_BYTES + 2) // 3)
_PIECE = 2**20
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a header says of its package.

    Attributes:
        sender, receiver: the sites it goes between.
        number: which one it is from this sender to this receiver, from 1; an enrolment file is 0.
        package: its own random identity.
        at: when it was written by the writer's clock; shown, never believed.
        content: what the exchange says of the payload (base, receipt, digest, schema …).
        papers: what the keys' rooms have to say: announcements and the county's statements.
    """

    sender: str
    receiver: str
    number: int
    package: str
    at: str
    content: Mapping[str, Json] = field(default_factory=dict[str, Json])
    papers: Mapping[str, Json] = field(default_factory=dict[str, Json])


@dataclass(frozen=True, slots=True)
class Opened:
    """A package whose seal, signature and content held.

    Attributes:
        facts: its header.
        payload: its content.
        signed_by: the public signing key that signed it.
    """

    facts: Facts
    payload: bytes = field(repr=False)
    signed_by: bytes


class Trust(Protocol):
    """Says whose signature a package must bear."""

    def key_for(self, facts: Facts) -> bytes:
        """The public signing key that must have signed a package with this header.

        Nothing of the header is proved yet; what is taken from it must carry its own proof.

        Raises:
            Refused: the sender is unknown or no longer registered.
        """
        ...

    def refusal(self, facts: Facts, bears: Callable[[bytes], bool]) -> Refused:
        """What is told of a package that does not bear that key's signature.

        Args:
            facts: the header.
            bears: tells whether the package bears the signature of another key.
        """
        ...


def seal(payload: bytes, facts: Facts, sender: OwnKeys, receiver: PublicKeys) -> bytes:
    """The package as it may lie anywhere.

    Raises:
        Refused: the payload or the header is larger than a reader takes.
    """
    if len(payload) > LARGEST_CONTENT:
        raise too_large()
    packed = zstandard.ZstdCompressor(level=_LEVEL).compress(payload)
    header = canonical(
        {
            "fmt": FORMAT,
            "from": facts.sender,
            "to": facts.receiver,
            "no": facts.number,
            "id": facts.package,
            "at": facts.at,
            "raw": len(payload),
            "z": len(packed),
            "sha": hashlib.sha256(packed).hexdigest(),
            "content": dict(facts.content),
            "papers": dict(facts.papers),
        }
    )
    if len(header) > LARGEST_HEADER:
        raise too_large()
    signature = base64.b64encode(sender.signer.sign(PURPOSE, header))
    plain = b"\n".join((header, signature, packed))
    plain += bytes(-len(plain) % BLOCK)
    sealed = age.sealed(plain, (receiver.seal, sender.public.seal))
    if len(sealed) > LARGEST_FILE:
        raise too_large()
    return sealed


def open_envelope(content: bytes, trust: Trust, own: OwnKeys) -> Opened:
    """What a package holds, once everything about it held.

    Raises:
        Refused: damaged, too large or too new; not for this site; an unknown or revoked sender;
            a signature that does not hold.
    """
    header, signature, body = _parts(_unsealed(content, own))
    said = _object(header)
    try:
        facts = _facts(said)
        sizes = number(said, "raw"), number(said, "z")
        digest = text(said, "sha", 64)
    except ValueError as error:
        raise damaged() from error
    if facts.sender == own.site:
        raise written_here()
    if facts.receiver != own.site:
        raise not_for_us()
    key = trust.key_for(facts)
    if not holds(key, PURPOSE, header, signature):
        raise trust.refusal(facts, lambda other: holds(other, PURPOSE, header, signature))
    return Opened(facts, _content(body, sizes, digest), key)


def _unsealed(content: bytes, own: OwnKeys) -> bytes:
    if len(content) > LARGEST_FILE:
        raise too_large()
    try:
        return age.unsealed(content, own.openers)
    except age.OthersSealError as error:
        raise not_for_us() from error
    except ValueError as error:
        raise damaged() from error


def _parts(plain: bytes) -> tuple[bytes, bytes, memoryview]:
    """Header, signature and what follows them."""
    end = plain.find(b"\n", 0, LARGEST_HEADER + 1)
    start = end + 1 + _SIGNATURE_LINE
    if end < 0 or plain[start : start + 1] != b"\n" or len(plain) % BLOCK:
        raise damaged()
    try:
        signature = base64.b64decode(plain[end + 1 : start], validate=True)
    except ValueError as error:
        raise damaged() from error
    return plain[:end], signature, memoryview(plain)[start + 1 :]


def _object(header: bytes) -> dict[str, Json]:
    try:
        said = strict(header)
        made_for = number(said, "fmt")
    except ValueError as error:
        raise damaged() from error
    if made_for > FORMAT:
        raise too_new()
    return said


def _facts(said: Mapping[str, Json]) -> Facts:
    names = {name: text(said, name, 32) for name in ("from", "to", "id")}
    if not all(_ID.fullmatch(one) for one in names.values()):
        raise ValueError("id")
    return Facts(
        sender=names["from"],
        receiver=names["to"],
        number=number(said, "no"),
        package=names["id"],
        at=text(said, "at", 40),
        content=inner(said, "content"),
        papers=inner(said, "papers"),
    )


def _content(body: memoryview, sizes: tuple[int, int], digest: str) -> bytes:
    """The payload; never more of it than the header promised and this program takes."""
    raw, packed = sizes
    if raw > LARGEST_CONTENT:
        raise too_large()
    frame, padding = body[:packed], body[packed:]
    if len(frame) != packed or len(padding) >= BLOCK or any(padding):
        raise damaged()
    if hashlib.sha256(frame).hexdigest() != digest:
        raise damaged()
    reader = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(
        io.BytesIO(frame)
    )
    found = io.BytesIO()
    try:
        while found.tell() <= raw:
            piece = reader.read(min(_PIECE, raw + 1 - found.tell()))
            if not piece:
                break
            found.write(piece)
    except zstandard.ZstdError as error:
        raise damaged() from error
    if found.tell() != raw:
        raise damaged()
    return found.getvalue()
