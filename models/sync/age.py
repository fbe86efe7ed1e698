"""The age library as this room uses it: keys as text, failures as ``ValueError``.

The library carries no types, so that this is the only module that calls it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyrage  # pyright: ignore[reportMissingTypeStubs]

_age: Any = pyrage


class OthersSealError(ValueError):
    """The bytes are sealed, and to none of the given keys."""


def new_opener() -> str:
    """A new private key (``AGE-SECRET-KEY-…``) from the operating system's random source."""
    return str(_age.x25519.Identity.generate())


def public_of(opener: str) -> str:
    """The public key (``age1…``) of a private one.

    Raises:
        ValueError: it is no private key.
    """
    try:
        return str(_age.x25519.Identity.from_str(opener).to_public())
    except _age.IdentityError as error:
        raise ValueError("no private age key") from error


def check_public(key: str) -> None:
    """Refuse a text that is no public key.

    Raises:
        ValueError: it is none.
    """
    try:
        known = str(_age.x25519.Recipient.from_str(key))
    except _age.RecipientError as error:
        raise ValueError("no public age key") from error
    if known != key:
        raise ValueError("no public age key")


def sealed(plain: bytes, receivers: Sequence[str]) -> bytes:
    """The bytes, for the owners of these public keys alone."""
    return _age.encrypt(plain, [_age.x25519.Recipient.from_str(one) for one in receivers])


def unsealed(content: bytes, openers: Sequence[str]) -> bytes:
    """The bytes again, for whoever has one of the private keys.

    Raises:
        OthersSealError: they are sealed to other keys.
        ValueError: they are damaged, cut off, or no age file.
    """
    try:
        return _age.decrypt(content, [_age.x25519.Identity.from_str(one) for one in openers])
    except _age.DecryptError as error:
        if "No matching keys" in str(error):
            raise OthersSealError("sealed to others") from error
        raise ValueError("damaged") from error
