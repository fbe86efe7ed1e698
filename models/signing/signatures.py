"""Ed25519 as the office uses it: every signature says what it is for."""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

KEY_ID_BYTES = 4
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64


class SecretKey:
    """The private half of a key; it never shows itself in a message or a log."""

    __slots__ = ("_key", "key_id", "public")

    def __init__(self, secret: bytes) -> None:
        """Take the 32 bytes of a key.

        Raises:
            ValueError: they are not 32 bytes.
        """
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.public = self._key.public_key().public_bytes_raw()
        self.key_id = key_id_of(self.public)

    @classmethod
    def make(cls) -> SecretKey:
        """A new key from the operating system's random source."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    def sign(self, purpose: str, message: bytes) -> bytes:
        """The 64 bytes of a signature that holds for this purpose alone."""
        return self._key.sign(_said(purpose, message))

    def reveal(self) -> bytes:
        """The 32 secret bytes, for the key's file and its backup."""
        return self._key.private_bytes_raw()

    def __repr__(self) -> str:
        return f"SecretKey({self.key_id})"


def key_id_of(public: bytes) -> str:
    """The short name of a key: 8 hexadecimal digits of the SHA-256 of its public half."""
    return hashlib.sha256(public).digest()[:KEY_ID_BYTES].hex()


def fingerprint_of(public: bytes) -> str:
    """What two people compare on the telephone: 32 hexadecimal digits in groups of four."""
    digits = hashlib.sha256(public).hexdigest()[:32].upper()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def holds(public: bytes, purpose: str, message: bytes, signature: bytes) -> bool:
    """Whether the owner of ``public`` signed this message for this purpose."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, _said(purpose, message))
    except (InvalidSignature, ValueError):
        return False
    return True


def _said(purpose: str, message: bytes) -> bytes:
    # What was signed as one thing must never pass for another.
    return f"sxt:{purpose}\0".encode() + message
