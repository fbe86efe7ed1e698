"""Bytes closed with a passphrase: scrypt makes the key, ChaCha20-Poly1305 closes and proves."""

from __future__ import annotations

import base64
import os
import unicodedata
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from models.errors import UserError

SHORTEST = 8
COST, BLOCK, LANES = 2**16, 8, 2
"""64 MiB and about half a second a guess: what OWASP asks for, in the memory an old PC has."""
_DEAREST = 2**18, 16, 8
"""A file may not make this computer work for hours."""
_SALT, _NONCE, _KEY = 16, 12, 32


def check_passphrase(passphrase: str) -> None:
    """Refuse a passphrase that guessing would find.

    Raises:
        UserError: too short, or one character only.
    """
    plain = _plain(passphrase)
    if len(plain) < SHORTEST or len(set(plain)) == 1:
        raise UserError(
            "signing.weak_passphrase",
            f"口令太短：至少 {SHORTEST} 个字符，不能都是同一个字符。",
            "可以用一句自己记得住的话，写在纸上与备份分开存放。",
        )


def closed(content: bytes, passphrase: str, about: bytes) -> dict[str, Any]:
    """The content as it may lie anywhere; ``about`` stands in clear and cannot be exchanged.

    Raises:
        UserError: the passphrase is too weak.
    """
    check_passphrase(passphrase)
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    key = _stretched(passphrase, salt, (COST, BLOCK, LANES))
    return {
        "kdf": "scrypt",
        "n": COST,
        "r": BLOCK,
        "p": LANES,
        "salt": base64.b64encode(salt).decode(),
        "cipher": "chacha20-poly1305",
        "nonce": base64.b64encode(nonce).decode(),
        "content": base64.b64encode(ChaCha20Poly1305(key).encrypt(nonce, content, about)).decode(),
    }


def opened(box: Mapping[str, Any], passphrase: str, about: bytes) -> bytes:
    """The content again.

    Raises:
        UserError: another passphrase closed it, or what stands in the file was changed.
        ValueError: it is no such box.
    """
    try:
        if (box["kdf"], box["cipher"]) != ("scrypt", "chacha20-poly1305"):
            raise ValueError(box["kdf"])
        cost = (int(box["n"]), int(box["r"]), int(box["p"]))
        salt, nonce, content = (
            base64.b64decode(box[name], validate=True) for name in ("salt", "nonce", "content")
        )
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error
    if any(one > most for one, most in zip(cost, _DEAREST, strict=True)):
        raise ValueError(str(cost))
    key = _stretched(passphrase, salt, cost)
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, content, about)
    except InvalidTag as error:
        raise UserError(
            "signing.wrong_passphrase",
            "口令不对，或备份文件被改动过。",
            "请核对大小写和输入法（中文、英文）后再试。",
        ) from error


def _stretched(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    return Scrypt(salt=salt, length=_KEY, n=n, r=r, p=p).derive(_plain(passphrase).encode())


def _plain(passphrase: str) -> str:
    """The passphrase as it is the same from every keyboard."""
    return unicodedata.normalize("NFKC", passphrase.strip())
