"""The two pairs of keys of a site: Ed25519 to sign with, X25519 (age) to be sealed to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from models.signing.signatures import PUBLIC_BYTES, SecretKey, fingerprint_of
from models.sync import age
from models.sync.refusals import damaged

CODE_DIGITS = 8
_AGE = 62
"""Characters of a public age key."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What everybody may know of a site's keys.

    Attributes:
        sign: the public half of the signing key, 32 bytes.
        seal: the public half of the key it is sealed to, as ``age1…``.
    """

    sign: bytes
    seal: str

    @property
    def key_id(self) -> str:
        """The short name of the two: 8 hexadecimal digits."""
        return hashlib.sha256(self.said()).hexdigest()[:CODE_DIGITS]

    @property
    def fingerprint(self) -> str:
        """What two people compare on the telephone."""
        return fingerprint_of(self.said())

    def said(self) -> bytes:
        """The bytes that stand for the two keys wherever they are signed."""
        return self.sign + self.seal.encode("ascii")


def public_keys(sign: str, seal: str) -> PublicKeys:
    """Keys as they stand in a document.

    Raises:
        Refused: they are no such keys.
    """
    try:
        found = PublicKeys(bytes.fromhex(sign), seal)
        if len(found.sign) != PUBLIC_BYTES or len(seal) != _AGE:
            raise damaged("密钥")
        age.check_public(seal)
    except ValueError as error:
        raise damaged("密钥") from error
    return found


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The private halves of this file's site; they never show themselves.

    Attributes:
        site: whose they are.
        signer: signs what this site writes.
        opener: opens what is sealed to it (``AGE-SECRET-KEY-…``).
        older: openers used before, for packages that were on their way when the keys were changed.
    """

    site: str
    signer: SecretKey = field(repr=False)
    opener: str = field(repr=False)
    older: tuple[str, ...] = field(default=(), repr=False)

    @property
    def public(self) -> PublicKeys:
        """The public halves."""
        return PublicKeys(self.signer.public, age.public_of(self.opener))

    @property
    def openers(self) -> tuple[str, ...]:
        """Everything that may open what is sealed to this site."""
        return (self.opener, *self.older)


def make_keys(site: str) -> OwnKeys:
    """New keys for a site, from the operating system's random source."""
    return OwnKeys(site, SecretKey.make(), age.new_opener())


def code_of(site: str) -> str:
    """How a site is called where a stranger may read it: 8 hexadecimal digits, no name."""
    return site[:CODE_DIGITS].upper()
